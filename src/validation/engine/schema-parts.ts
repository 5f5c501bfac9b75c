import type { Definition } from './definition.ts';
import { isArray, isObject, type JsonObject } from '../../json/value.ts';
import type { Place } from '../place.ts';

/** A chain of `allOf` in a hostile document can be as long as the document. */
const mostParts = 30;

/** A schema and all that it is put together from by `allOf`, references followed. */
export function schemaParts(definition: Definition, schema: Place): readonly Place<JsonObject>[] {
  const parts = new Map<JsonObject, Place<JsonObject>>();
  const open = [schema];
  for (let next = open.pop(); next && parts.size < mostParts; next = open.pop()) {
    const part = definition.follow(next);
    if (!part || !isPlaceOfObject(part) || parts.has(part.value)) continue;
    parts.set(part.value, part);
    const allOf = part.at('allOf');
    if (isArray(allOf.value)) for (const index of allOf.value.slice(0, mostParts).keys()) open.push(allOf.at(index));
  }
  return [...parts.values()];
}

export function isPlaceOfObject(place: Place): place is Place<JsonObject> {
  return isObject(place.value);
}
