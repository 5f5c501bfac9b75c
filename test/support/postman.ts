import { isArray, isObject, member } from '../../src/json/value.ts';
import { type Converted, converted, type ConvertedOptions } from './converted.ts';

export type Json = Readonly<Record<string, unknown>>;

/** A collection of these items as text. */
export function collection(item: readonly Json[], more: Json = {}, version = '2.1.0'): string {
  const schema = `https://schema.getpostman.com/json/collection/v${version}/collection.json`;
  return JSON.stringify({ info: { name: 'Pets', description: 'Pets.', version: '1', schema }, item, ...more });
}

export function request(more: Json, name = 'Call pets', saved: Json = {}): Json {
  return { name, request: { method: 'POST', url: 'https://api.pets.example/v1/pets', ...more }, ...saved };
}

/** A collection with one request that has these members. */
export async function convertedRequest(more: Json, options?: ConvertedOptions): Promise<Converted> {
  return await converted(collection([request(more)]), options);
}

export function valuesIn(value: unknown, name: string): readonly unknown[] {
  const found = member(value, name);
  return isArray(found) ? found : isObject(found) ? Object.values(found) : [];
}

/** Where the only operation is. */
export const operation = 'paths./v1/pets.post';
