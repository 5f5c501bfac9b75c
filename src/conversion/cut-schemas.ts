import type { Ledger } from './ledger.ts';
import { outArray, type OutNode, outObject, type OutObject, outText, stringOfOut } from './output-tree.ts';
import type { SourceNode } from './source.ts';

/** The platform refuses a body or a response with more. */
const mostSchemas = 512;

/** Nobody finds a property that is deeper, and documents have at most 500 levels of JSON. */
const deepestCopy = 50;

export interface CutContext {
  readonly ledger: Ledger;
  /** The schema behind a reference of the result. */
  readonly resolved: (schema: OutObject) => OutObject | undefined;
  /** The document, for what has no place of its own. */
  readonly document: SourceNode;
}

/** Makes bodies and responses with too many schemas smaller: what is too deep becomes an object without properties. */
export class SchemaCutter {
  readonly #context: CutContext;
  readonly #counts = new Map<OutObject, number>();
  readonly #cut = new Map<OutObject, OutObject>();

  constructor(context: CutContext) {
    this.#context = context;
  }

  /** Cuts the schema of a parameter or response, if it has one. */
  cut(holder: OutObject, where: string): void {
    const schema = holder.members.get('schema');
    if (schema?.kind !== 'object') return;
    const n = this.#count(schema);
    if (n <= mostSchemas) return;
    holder.members.set('schema', this.#cutSchema(schema, where, n, holder));
  }

  #cutSchema(schema: OutObject, where: string, n: number, holder: OutObject): OutObject {
    const resolved = this.#context.resolved(schema) ?? schema;
    let depth = 0;
    let best = this.#cut.get(resolved);
    for (let next = best ? Infinity : 0; next <= deepestCopy; next += 1) {
      const copy = this.#copy(schema, next, { left: mostSchemas });
      if (!copy) break;
      best = copy;
      depth = next;
    }
    const result = best ?? outObject({ type: outText('object') }, schema.origin);
    this.#cut.set(resolved, result);
    const place = schema.origin ?? holder.origin ?? this.#context.document;
    this.#context.ledger.add('schema-cut', place, { where, n: n > 10_000 ? 'over 10,000' : n, d: depth });
    return result;
  }

  /** As the validator counts: with all that references lead to; one back to what is being counted counts as one. */
  #count(schema: OutObject): number {
    const target = this.#context.resolved(schema) ?? schema;
    const known = this.#counts.get(target);
    if (known !== undefined) return known;
    const open = [{ schema: target, parts: partsOf(target), next: 0, count: 1 }];
    this.#counts.set(target, 1);
    for (let frame = open.at(-1); frame; frame = open.at(-1)) {
      const part = frame.parts[frame.next];
      frame.next += 1;
      if (part) {
        const inner = this.#context.resolved(part) ?? part;
        const count = this.#counts.get(inner);
        if (count !== undefined) frame.count = Math.min(frame.count + count, 1_000_000);
        else {
          this.#counts.set(inner, 1);
          open.push({ schema: inner, parts: partsOf(inner), next: 0, count: 1 });
        }
        continue;
      }
      this.#counts.set(frame.schema, frame.count);
      open.pop();
      const outer = open.at(-1);
      if (outer) outer.count = Math.min(outer.count + frame.count, 1_000_000);
    }
    return this.#counts.get(target) ?? 1;
  }

  /** A copy without references down to a depth; undefined where there are too many schemas for that. */
  #copy(schema: OutObject, depth: number, budget: { left: number }): OutObject | undefined {
    budget.left -= 1;
    if (budget.left < 0) return undefined;
    const target = this.#context.resolved(schema);
    if (!target) return outObject({ type: outText('object') }, schema.origin);
    const result = outObject({}, schema.origin);
    const hasParts = partsOf(target).length > 0;
    for (const [name, value] of target.members) {
      if (depth <= 0 && hasParts && name !== 'type' && name !== 'items' && !texts.has(name)) continue;
      const copy = this.#copyMember(name, value, depth, budget);
      if (!copy) return undefined;
      result.members.set(name, copy);
    }
    return result;
  }

  #copyMember(name: string, value: OutNode, depth: number, budget: { left: number }): OutNode | undefined {
    if (name === 'allOf' && value.kind === 'array') {
      const copies = value.items.flatMap((item) =>
        item.kind === 'object' ? (this.#copy(item, depth - 1, budget) ?? []) : item,
      );
      return copies.length < value.items.length ? undefined : outArray(copies, value.origin);
    }
    if (value.kind !== 'object') return value;
    if (name === 'items' || name === 'additionalProperties') return this.#copy(value, depth - 1, budget);
    if (name !== 'properties') return value;
    const properties = outObject({}, value.origin);
    for (const [property, schema] of value.members) {
      const copy = schema.kind === 'object' ? this.#copy(schema, depth - 1, budget) : schema;
      if (!copy) return undefined;
      properties.members.set(property, copy);
    }
    return properties;
  }
}

const texts = new Set(['title', 'description', 'x-ms-summary', 'x-ms-visibility', 'x-nullable']);

function partsOf({ members }: OutObject): readonly OutObject[] {
  const properties = members.get('properties');
  const own = properties?.kind === 'object' ? [...properties.members.values()] : [];
  const allOf = members.get('allOf');
  const branches = allOf?.kind === 'array' ? allOf.items : [];
  return [...own, ...branches, members.get('items'), members.get('additionalProperties')].flatMap((part) =>
    part?.kind === 'object' ? part : [],
  );
}

/** Cuts all bodies and responses of these paths, and those that they share. */
export function cutSchemas(parts: readonly (OutObject | undefined)[], context: CutContext): void {
  const cutter = new SchemaCutter(context);
  for (const part of parts) for (const holder of holdersIn(part)) cutter.cut(holder.node, holder.where);
}

interface Holder {
  readonly node: OutObject;
  readonly where: string;
}

function holdersIn(part: OutNode | undefined): readonly Holder[] {
  if (part?.kind === 'array') return part.items.flatMap((item) => holdersIn(item));
  if (part?.kind !== 'object') return [];
  if (part.members.has('schema')) {
    const name = stringOfOut(part.members.get('name'));
    return [{ node: part, where: name === undefined ? 'The response' : 'The body' }];
  }
  const inner = [...part.members].filter(([name]) => !name.startsWith('x-') && name !== 'examples');
  return inner.flatMap(([, member]) => holdersIn(member));
}
