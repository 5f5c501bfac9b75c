import * as fc from 'fast-check';

export interface Mutation {
  readonly at: number;
  readonly length: number;
  readonly bytes: Uint8Array;
}

const tokens = ['{', '}', '[', ']', '"', ',', ':', '\\', '/*', '//', 'null', '1', '"$ref"', '\r', '\n', '{}', '[]'];

/** Up to three bytes of a file give way to others, or to a token of JSON. */
export const mutations: fc.Arbitrary<readonly Mutation[]> = fc.array(
  fc.record({
    at: fc.nat(),
    length: fc.integer({ min: 0, max: 3 }),
    bytes: fc.oneof(
      fc.uint8Array({ maxLength: 3 }),
      fc.constantFrom(...tokens).map((text) => new TextEncoder().encode(text)),
    ),
  }),
  { minLength: 1, maxLength: 3 },
);

export function mutate(bytes: Uint8Array, { at, length, bytes: inserted }: Mutation): Uint8Array {
  const start = at % (bytes.length + 1);
  return Uint8Array.from([...bytes.subarray(0, start), ...inserted, ...bytes.subarray(start + length)]);
}

/** Gives another value to a value of a document or to one in it: the one with this number, counted from the outside in. */
export function replaceAt(value: unknown, at: { left: number }, by: unknown): unknown {
  if (at.left-- === 0) return by;
  if (Array.isArray(value)) return value.map((item) => replaceAt(item, at, by));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, replaceAt(item, at, by)]));
}

/** A value of a document and all in it. */
export function valuesIn(value: unknown): readonly unknown[] {
  if (typeof value !== 'object' || value === null) return [value];
  return [value, ...Object.values(value).flatMap(valuesIn)];
}
