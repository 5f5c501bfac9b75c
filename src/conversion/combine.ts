import type { Ledger } from './ledger.ts';
import {
  clone,
  distinctValues,
  isSameOut,
  memberText,
  outArray,
  outBoolean,
  outLiteral,
  type OutNode,
  outObject,
  type OutObject,
  outText,
  textsOf,
} from './output-tree.ts';
import type { SourceNode } from './source.ts';

/** What a combination is about, and where it's reported. */
export interface Combination {
  readonly node: SourceNode;
  readonly name: string;
  readonly ledger: Ledger;
  /** A schema without reference; undefined for one that is being made, because it contains itself. */
  readonly resolved: (schema: OutObject) => OutObject | undefined;
  readonly budget: CombinationBudget;
  /** How many combinations are around this one. */
  readonly depth: number;
}

/** What all combinations of a document may cost together, and those that have been made. */
export interface CombinationBudget {
  left: number;
  readonly known: Map<string, OutObject>;
  readonly numbers: WeakMap<OutNode, number>;
  next: number;
}

export function newBudget(): CombinationBudget {
  return { left: 10_000, known: new Map(), numbers: new WeakMap(), next: 0 };
}

const deepest = 8;
const mostBranches = 50;
const mostProperties = 500;
/** Properties of merged schemas: a tower of allOf repeats those of all floors below. */
const mostMerged = 2000;

type Kind = 'object' | 'array' | 'string' | 'number' | 'integer' | 'boolean' | 'none';

function kindOf(schema: OutObject): Kind {
  const type = memberText(schema, 'type');
  if (type === 'object' || type === 'array' || type === 'string' || type === 'number') return type;
  if (type === 'integer' || type === 'boolean') return type;
  const { members } = schema;
  if (members.has('properties') || members.has('additionalProperties') || members.has('required')) return 'object';
  return members.has('items') ? 'array' : 'none';
}

export function schemaProperties(schema: OutObject): ReadonlyMap<string, OutNode> {
  const properties = schema.members.get('properties');
  return properties?.kind === 'object' ? properties.members : new Map<string, OutNode>();
}

/** One schema that accepts what any of the branches accepts, as far as OpenAPI 2.0 can say it. */
export function united(branches: readonly OutObject[], around: Combination, baseKind?: string): OutObject {
  const [only] = branches;
  if (branches.length === 1 && only) return only;
  const { budget } = around;
  const key = `${baseKind} ${branches.map((branch) => numberOf(branch, budget)).join(' ')}`;
  const known = budget.known.get(key);
  if (known) {
    reportUnion(known, branches.length, around);
    return known;
  }
  budget.left -= 1;
  const result = unitedNew(branches, around, baseKind);
  budget.known.set(key, result);
  return result;
}

function unitedNew(branches: readonly OutObject[], around: Combination, baseKind: string | undefined): OutObject {
  if (branches.length > mostBranches || around.budget.left < 0) return withoutForm(branches.length, around);
  const resolved = branches.flatMap((branch) => around.resolved(branch) ?? []);
  if (resolved.length < branches.length) return withoutForm(branches.length, around);
  const kinds = new Set(resolved.map(kindOf).map((kind) => (kind === 'none' ? (baseKind ?? kind) : kind)));
  const [kind] = kinds;
  if (kinds.size === 1 && kind === 'object') return unitedObjects(resolved, around);
  if (kinds.size === 1 && kind === 'array') return unitedArrays(resolved, around);
  if (['object', 'array', 'none'].some((one) => kinds.has(one))) return withoutForm(branches.length, around);
  return unitedScalars(resolved, [...kinds], around);
}

function reportUnion(result: OutObject, n: number, { ledger, node, name }: Combination): void {
  const kind = kindOf(result);
  const rule = kind === 'object' ? 'schema-one-of-objects' : 'schema-one-of-mixed';
  ledger.add(rule, node, { name, n });
}

function withoutForm(n: number, { ledger, node, name }: Combination): OutObject {
  ledger.add('schema-one-of-mixed', node, { name, n });
  return outObject();
}

function unitedObjects(branches: readonly OutObject[], around: Combination): OutObject {
  const { ledger, node, name } = around;
  const byName = new Map<string, OutNode[]>();
  for (const branch of branches)
    for (const [property, schema] of schemaProperties(branch)) {
      const schemas = byName.get(property);
      if (!schemas) byName.set(property, [schema]);
      else if (!schemas.some((one) => isSameOut(one, schema))) schemas.push(schema);
    }
  if (byName.size > mostProperties) return withoutForm(branches.length, around);
  ledger.add('schema-one-of-objects', node, { name, n: branches.length });
  const properties = outObject();
  for (const [property, schemas] of byName) properties.members.set(property, unitedProperty(property, schemas, around));
  const result = outObject({ type: outText('object') });
  const required = commonRequired(branches);
  if (required.length > 0) result.members.set('required', outArray(required));
  if (properties.members.size > 0) result.members.set('properties', properties);
  copyCommon(['additionalProperties', 'x-nullable', 'discriminator', 'xml'], branches, result);
  return result;
}

function unitedProperty(name: string, schemas: readonly OutNode[], around: Combination): OutNode {
  const [first] = schemas;
  if (schemas.length === 1 && first) return first;
  if (around.depth >= deepest) return outObject();
  const objects = schemas.flatMap((schema) => (schema.kind === 'object' ? schema : []));
  return united(objects, { ...around, name, depth: around.depth + 1 });
}

/** What all branches require, from the first one. */
function commonRequired(branches: readonly OutObject[]): readonly OutNode[] {
  const [first, ...others] = branches;
  const sets = others.map((branch) => new Set(textsOf(branch.members.get('required'))));
  const required = first?.members.get('required');
  if (required?.kind !== 'array') return [];
  return required.items.filter((item) => {
    const [name] = textsOf(outArray([item]));
    return name !== undefined && sets.every((set) => set.has(name));
  });
}

function copyCommon(names: readonly string[], branches: readonly OutObject[], result: OutObject): void {
  const [first, ...others] = branches;
  for (const name of names) {
    const value = first?.members.get(name);
    const isCommon = others.every((other) => {
      const counterpart = other.members.get(name);
      return value !== undefined && counterpart !== undefined && isSameOut(value, counterpart);
    });
    if (value && isCommon) result.members.set(name, value);
  }
}

function unitedArrays(branches: readonly OutObject[], around: Combination): OutObject {
  const items = branches.map((branch) => branch.members.get('items'));
  const known = items.flatMap((item) => (item?.kind === 'object' ? item : []));
  const distinct = distinctValues(known);
  const isComplete = known.length === branches.length;
  around.ledger.add('schema-one-of-scalars', around.node, {
    name: around.name,
    types: 'one of several lists',
    result: 'one list',
  });
  const united1 =
    isComplete && around.depth < deepest ? united(distinct, { ...around, depth: around.depth + 1 }) : outObject();
  const result = outObject({ type: outText('array'), items: united1 });
  copyCommon(['x-nullable', 'minItems', 'maxItems', 'uniqueItems'], branches, result);
  return result;
}

/** The one type that scalars of several have; undefined for none. */
export function commonType(types: readonly string[]): string | undefined {
  const distinct = [...new Set(types)];
  if (distinct.length === 1) return distinct[0];
  if (distinct.some((type) => type === 'object' || type === 'array')) return undefined;
  if (distinct.includes('string')) return 'string';
  return distinct.every((type) => type === 'integer' || type === 'number') ? 'number' : undefined;
}

function unitedScalars(branches: readonly OutObject[], kinds: readonly string[], around: Combination): OutObject {
  const type = commonType(kinds);
  const { ledger, node, name } = around;
  const types = kinds.length > 1 ? kinds.join(' or ') : `one of ${branches.length} kinds of ${kinds[0]}`;
  ledger.add('schema-one-of-scalars', node, { name, types, result: type ?? 'of any type' });
  if (type === undefined) return outObject();
  const result = outObject({ type: outText(type) });
  if (kinds.length > 1) return result;
  copyCommon(['format', 'minimum', 'maximum', 'minLength', 'maxLength', 'pattern', 'x-nullable'], branches, result);
  const lists = branches.map((branch) => branch.members.get('enum'));
  const values = lists.flatMap((list) => (list?.kind === 'array' ? list.items : []));
  if (lists.every((list) => list !== undefined)) {
    result.members.set('enum', outArray(distinctValues(values)));
  }
  return result;
}

function numberOf(node: OutNode, budget: CombinationBudget): string {
  const reference = node.kind === 'object' ? memberText(node, '$ref') : undefined;
  if (reference !== undefined) return reference;
  const known = budget.numbers.get(node);
  if (known !== undefined) return String(known);
  budget.next += 1;
  budget.numbers.set(node, budget.next);
  return String(budget.next);
}

/** One schema that says what all parts say together. Where they disagree the last one counts, and the first text wins. */
export function merged(parts: readonly OutObject[], outer: OutObject, around: Combination): OutObject {
  const result = outObject({}, outer.origin);
  const made = new Set<OutNode>();
  for (const part of [...parts, outer]) mergeInto(result, part, made, around);
  // What is said outside counts, whatever the parts say.
  for (const [name, value] of outer.members) if (isFirst(name)) result.members.set(name, value);
  const isNullable = [...parts, outer].every(({ members }) => !members.has('type') || members.has('x-nullable'));
  if (!outer.members.has('x-nullable') && !isNullable) result.members.delete('x-nullable');
  return result;
}

const firstMembers = new Set(['title', 'description', 'default', 'example', 'xml', 'externalDocs', 'discriminator']);

/** Whether a member says nothing that two schemas could disagree about: the first one is as good. */
function isFirst(name: string): boolean {
  return firstMembers.has(name) || name.startsWith('x-');
}

/** Keywords by the type that they limit. */
const typeKeywords: Readonly<Record<string, readonly string[]>> = {
  string: ['minLength', 'maxLength', 'pattern'],
  number: ['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum', 'multipleOf'],
  array: ['items', 'minItems', 'maxItems', 'uniqueItems'],
  object: ['properties', 'required', 'additionalProperties', 'minProperties', 'maxProperties'],
};

/** Takes away what only values of another type can have, which the last one that says a type rules out. */
function dropOtherTypes(result: OutObject, part: OutObject): void {
  const [before, after] = [result, part].map((schema) => memberText(schema, 'type')?.replace('integer', 'number'));
  if (before === undefined || after === undefined || before === after) return;
  for (const name of [...(typeKeywords[before] ?? []), 'format']) result.members.delete(name);
}

/** @param made What has been made for the result, and so may be changed. */
function mergeInto(result: OutObject, part: OutObject, made: Set<OutNode>, around: Combination): void {
  dropOtherTypes(result, part);
  for (const [name, value] of part.members) {
    const before = result.members.get(name);
    result.members.set(
      name,
      before === undefined || before === value ? value : mergedMember(name, before, value, made, around),
    );
  }
}

function mergedMember(name: string, before: OutNode, after: OutNode, made: Set<OutNode>, around: Combination): OutNode {
  // Of equal values the one outside counts, so that its place is known.
  if (isSameOut(before, after)) return after.origin ? after : before;
  switch (name) {
    case 'properties':
      return mergedProperties(before, after, made, around);
    case 'required':
      return joined(before, after);
    case 'minimum':
    case 'minLength':
    case 'minItems':
    case 'minProperties':
      return numberIn(before) >= numberIn(after) ? before : after;
    case 'maximum':
    case 'maxLength':
    case 'maxItems':
    case 'maxProperties':
      return numberIn(before) <= numberIn(after) ? before : after;
    case 'uniqueItems':
    case 'exclusiveMinimum':
    case 'exclusiveMaximum':
      return outBoolean(true);
    case 'enum':
      return commonValues(before, after, around);
    case 'type':
      return mergedType(before, after, around);
    case 'items':
      return mergedSchema('items', before, after, around);
    case 'additionalProperties':
      return before.kind === 'scalar' && before.json === 'false' ? before : after;
    default:
      return isFirst(name) ? before : conflicting(name, after, around);
  }
}

function conflicting(member: string, after: OutNode, { ledger, node, name }: Combination): OutNode {
  ledger.add('schema-all-of-conflict', node, { name, member });
  return after;
}

function mergedProperties(before: OutNode, after: OutNode, made: Set<OutNode>, around: Combination): OutNode {
  if (before.kind !== 'object' || after.kind !== 'object') return after;
  const properties = made.has(before) ? before : clone(before, undefined);
  made.add(properties);
  for (const [name, schema] of after.members) {
    const earlier = properties.members.get(name);
    if (properties.members.size < mostMerged || earlier)
      properties.members.set(name, earlier ? mergedSchema(name, earlier, schema, around) : schema);
    else conflicting(name, schema, around);
  }
  return properties;
}

function mergedSchema(name: string, before: OutNode, after: OutNode, around: Combination): OutNode {
  if (isSameOut(before, after) || before.kind !== 'object' || after.kind !== 'object') return after;
  const [one, other] = [around.resolved(before), around.resolved(after)];
  const isFree = around.depth < deepest && around.budget.left > 0;
  if (!one || !other || !isFree) return conflicting(name, after, around);
  around.budget.left -= 1;
  return merged([one], other, { ...around, depth: around.depth + 1, name });
}

function mergedType(before: OutNode, after: OutNode, around: Combination): OutNode {
  const types = textsOf(outArray([before, after]));
  if (types.length === 2 && types.every((type) => type === 'integer' || type === 'number')) return outText('integer');
  return conflicting('type', after, around);
}

function joined(before: OutNode, after: OutNode): OutNode {
  if (before.kind !== 'array' || after.kind !== 'array') return after;
  const known = new Set(textsOf(before));
  return outArray([
    ...before.items,
    ...after.items.filter((item) => textsOf(outArray([item])).some((name) => !known.has(name))),
  ]);
}

function commonValues(before: OutNode, after: OutNode, around: Combination): OutNode {
  if (before.kind !== 'array' || after.kind !== 'array') return after;
  const common = before.items.filter((item) => after.items.some((other) => isSameOut(item, other)));
  return common.length > 0 ? outArray(common) : conflicting('enum', after, around);
}

/** As a number; limits that aren't numbers have been left out. */
function numberIn(node: OutNode): number {
  return node.kind === 'scalar' ? Number(node.json) : Number.NaN;
}

/** A number as JSON has it. */
export function outNumber(value: number): OutNode {
  return outLiteral(String(value));
}
