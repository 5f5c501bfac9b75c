import { entraRefusal } from './entra-error.ts';
import type { CloudRequest } from './exchange.ts';

export type Form = ReadonlyMap<string, string>;

/** The fields of a request that Entra reads. */
export function formOf({ headers, body }: CloudRequest): Form {
  if (!headers['content-type']?.startsWith('application/x-www-form-urlencoded')) {
    throw entraRefusal('invalid_request', 'AADSTS900144: The request body must be sent as a form.');
  }
  return new Map(new URLSearchParams(body.toString()));
}

export function required(form: Form, name: string): string {
  const value = form.get(name);
  if (value) return value;
  throw entraRefusal(
    'invalid_request',
    `AADSTS900144: The request body must contain the following parameter: '${name}'.`,
  );
}
