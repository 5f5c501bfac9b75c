/** An object of a parsed document: nothing is known of its members. */
export type JsonObject = Readonly<Record<string, unknown>>;

export type JsonType = 'object' | 'array' | 'string' | 'number' | 'boolean' | 'null';

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function isArray(value: unknown): value is readonly unknown[] {
  return Array.isArray(value);
}

export function isString(value: unknown): value is string {
  return typeof value === 'string';
}

/** In API properties and settings null means the same as nothing. */
export function isAbsent(value: unknown): value is undefined | null {
  return value === undefined || value === null;
}

/** Whether there is a text in it: not absent, not of another type, not blank. */
export function isText(value: unknown): value is string {
  return typeof value === 'string' && value.trim() !== '';
}

/** The member of an object, or undefined: never something inherited, and whatever `value` is. */
export function member(value: unknown, name: string | number): unknown {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return undefined;
  if (isArray(value)) return typeof name === 'number' ? value[name] : undefined;
  return isObject(value) ? value[name] : undefined;
}

export function has(object: JsonObject, name: string): boolean {
  return Object.hasOwn(object, name);
}

/** The JSON type of a parsed value; undefined for none. */
export function jsonType(value: unknown): JsonType | undefined {
  if (value === null) return 'null';
  if (isArray(value)) return 'array';
  switch (typeof value) {
    case 'object':
      return 'object';
    case 'string':
      return 'string';
    case 'number':
      return 'number';
    case 'boolean':
      return 'boolean';
    default:
      return undefined;
  }
}
