import type { Definition } from './definition.ts';
import { isArray, isObject, isString, type JsonObject } from '../../json/value.ts';

/** A schema whose parts are being counted. */
interface Frame {
  readonly schema: JsonObject;
  readonly parts: readonly unknown[];
  next: number;
  count: number;
}

/**
 * How many schemas a schema has in it, itself included and references followed, up to a limit. Each is counted once,
 * however often it is used, and a reference back to what is being counted counts as one: so the time is that of reading
 * the document. The stack is our own: chains of references are longer than any document is deep.
 */
export class SchemaCounter {
  readonly #definition: Definition;
  readonly #limit: number;
  readonly #counts = new Map<JsonObject, number>();
  readonly #targets = new Map<string, unknown>();

  constructor(definition: Definition, limit: number) {
    this.#definition = definition;
    this.#limit = limit;
  }

  isOverLimit(schema: JsonObject): boolean {
    return this.#count(schema) > this.#limit;
  }

  #count(schema: JsonObject): number {
    const known = this.#counts.get(schema);
    if (known !== undefined) return known;
    const open = [this.#open(schema)];
    for (let frame = open.at(-1); frame; frame = open.at(-1)) {
      const part = frame.count > this.#limit ? undefined : this.#nextPart(frame);
      if (part !== undefined) {
        const count = hasParts(part) ? this.#counts.get(part) : 1;
        if (count === undefined) open.push(this.#open(part));
        else frame.count += count;
        continue;
      }
      this.#counts.set(frame.schema, frame.count);
      open.pop();
      const outer = open.at(-1);
      if (outer) outer.count += frame.count;
    }
    return this.#counts.get(schema) ?? 0;
  }

  #open(schema: JsonObject): Frame {
    this.#counts.set(schema, 1);
    return { schema, parts: partsOf(schema), next: 0, count: 1 };
  }

  #nextPart(frame: Frame): JsonObject | undefined {
    while (frame.next < frame.parts.length) {
      const part = this.#followed(frame.parts[frame.next++]);
      if (part) return part;
    }
    return undefined;
  }

  #followed(value: unknown): JsonObject | undefined {
    if (!isObject(value)) return undefined;
    const reference = value['$ref'];
    if (!isString(reference)) return value;
    if (!this.#targets.has(reference)) {
      const location = this.#definition.resolve(reference);
      this.#targets.set(reference, location && this.#definition.follow(location)?.value);
    }
    const target = this.#targets.get(reference);
    return isObject(target) ? target : undefined;
  }
}

function hasParts({ properties, items, allOf, additionalProperties }: JsonObject): boolean {
  return isObject(properties) || isArray(allOf) || isObject(items) || isObject(additionalProperties);
}

function partsOf({ properties, items, allOf, additionalProperties }: JsonObject): readonly unknown[] {
  return [
    ...(isObject(properties) ? Object.values(properties) : []),
    ...(isArray(allOf) ? allOf : []),
    items,
    additionalProperties,
  ];
}
