export type PlainJson = string | number | boolean | null | PlainJson[] | { [name: string]: PlainJson };

/** A value as `JSON.stringify` would write it: without members that are undefined, and with null for what JSON lacks. */
export function plainJson(value: unknown): PlainJson {
  if (typeof value === 'string' || typeof value === 'boolean') return value;
  if (typeof value === 'number') return Number.isFinite(value) ? value : null;
  if (Array.isArray(value)) return value.map(plainJson);
  if (typeof value !== 'object' || value === null) return null;
  const members = Object.entries(value).filter(([, member]) => member !== undefined);
  return Object.fromEntries(members.map(([name, member]) => [name, plainJson(member)]));
}

/** What has an ID and a name, such as an environment. */
interface Pair {
  readonly id: PlainJson;
  readonly name: PlainJson;
}

/** A pair of an ID and a name alone: in a cell it's a value. */
export function pairIn(value: PlainJson | undefined): Pair | undefined {
  if (value === undefined || !isJsonObject(value) || Object.keys(value).length !== 2) return undefined;
  const { id, name } = value;
  return id === undefined || name === undefined ? undefined : { id, name };
}

/** Whether it is an object. */
export function isJsonObject(value: PlainJson): value is { [name: string]: PlainJson } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
