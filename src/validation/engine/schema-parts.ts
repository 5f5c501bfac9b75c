import type { Definition } from './definition.ts';
import { isArray, type JsonObject } from '../../json/value.ts';
import { isObjectLocation, type Location } from './location.ts';

/** A chain of `allOf` in a hostile document can be as long as the document. */
const mostParts = 30;

/** A schema and all that it is put together from by `allOf`, references followed. */
export function schemaParts(definition: Definition, schema: Location): readonly Location<JsonObject>[] {
  const parts = new Map<JsonObject, Location<JsonObject>>();
  const open = [schema];
  for (let next = open.pop(); next && parts.size < mostParts; next = open.pop()) {
    const part = definition.follow(next);
    if (!part || !isObjectLocation(part) || parts.has(part.value)) continue;
    parts.set(part.value, part);
    const allOf = part.at('allOf');
    if (isArray(allOf.value)) for (const index of allOf.value.slice(0, mostParts).keys()) open.push(allOf.at(index));
  }
  return [...parts.values()];
}
