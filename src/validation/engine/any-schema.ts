import { isArray, isObject, type JsonObject, jsonType } from '../../json/value.ts';
import type { Fix } from './finding.ts';
import type { Location } from './location.ts';
import type { MemberCheck, MemberChecks } from './rule.ts';

/** For what schemas have in common with parameters, their items and headers. */
export function ofAnySchema(check: MemberCheck<Location<JsonObject>>): MemberChecks['of'] {
  return { schema: check, parameter: check, items: check, header: check };
}

/** Whether a value is of a type of Swagger; of a type that there is not, every value is. */
export function fitsType(value: unknown, type: unknown): boolean {
  switch (type) {
    case 'integer':
      return Number.isInteger(value);
    case 'array':
      return isArray(value);
    case 'object':
      return isObject(value);
    case 'string':
    case 'number':
    case 'boolean':
      return typeof value === type;
    default:
      return true;
  }
}

/** What a text says as a value of the type, if it plainly is one: "true" is a boolean, "10" a number. */
function fromText(text: unknown, type: unknown): boolean | number | undefined {
  if (typeof text !== 'string') return undefined;
  if (type === 'boolean') return text === 'true' ? true : text === 'false' ? false : undefined;
  const value = Number(text);
  return (type === 'number' || type === 'integer') && String(value) === text && fitsType(value, type) && isFinite(value)
    ? value
    : undefined;
}

/** Puts right a text that plainly says a value of the type. */
export function fixFromText(text: unknown, type: unknown): Fix | undefined {
  const meant = fromText(text, type);
  return meant === undefined ? undefined : { replace: meant };
}

/** The type of a value in the words of a schema. */
export function typeName(value: unknown): string {
  return jsonType(value) ?? 'nothing';
}

/** Two values are the same in JSON when their keys are. The order of members counts, as nobody minds. */
export function valueKey(value: unknown): unknown {
  return typeof value === 'object' && value !== null
    ? `json ${JSON.stringify(value)}`
    : typeof value === 'string'
      ? `text ${value}`
      : value;
}
