import { shownSteps } from '../connector/secret-stretches.ts';
import { jsonPointer } from '../json/pointer.ts';
import { type JsonNode, nodeAt, stringOf } from '../json/tree.ts';
import type { ChangeRule } from './change.ts';
import { detailWords } from './detail.ts';
import { type Difference, differences } from './differences.ts';
import { type References, resolversOf } from './references.ts';
import { shapeOf } from './shape.ts';

/** The definitions that differences are between: what references in them stand for. */
export interface Documents {
  readonly before: References;
  readonly after: References;
  /** What is known of shapes that took the place of each other. */
  readonly known: Map<string, Meaning | undefined>;
}

/** What a change means to who uses the connector. */
export interface Meaning {
  readonly rule: ChangeRule;
  /** Why flows and apps break; absent where they go on, and certification alone asks about it. */
  readonly reason?: string;
}

interface Rule extends Meaning {
  /** Kinds of differences. */
  readonly kinds: readonly Difference['kind'][];
  /** over the path to the difference as a pointer, from the operation on, with names in place of indexes. */
  readonly where: RegExp;
  readonly when?: (difference: Difference, documents: Documents) => boolean;
}

const parameter = /^\/parameters\/[^/]+$/u;

/** What is in extensions and samples is for people and designers: flows do not depend on it. */
const asides = /(?<!\/(?:properties|parameters|responses|headers))\/(?:x-[^/]*|examples?|default)\//u;

/** What flows and apps that use an operation depend on. */
const rules: readonly Rule[] = [
  { kinds: ['removed'], where: /^$/u, rule: 'operation-removed', reason: 'flows and apps that use it stop working' },
  {
    kinds: ['renamed'],
    where: /^$/u,
    rule: 'operation-removed',
    reason: 'flows and apps refer to it by its old operationId',
  },
  {
    kinds: ['added', 'changed', 'removed'],
    where: /^\/operationId$/u,
    rule: 'operation-removed',
    reason: 'flows and apps refer to it by its operationId',
  },
  {
    kinds: ['added'],
    where: /^\/x-ms-trigger$/u,
    rule: 'operation-trigger',
    reason: 'flows use it as an action, but it becomes a trigger',
  },
  {
    kinds: ['removed'],
    where: /^\/x-ms-trigger$/u,
    rule: 'operation-trigger',
    reason: "flows start with it, but it's no longer a trigger",
  },
  {
    kinds: ['changed'],
    where: /^\/x-ms-trigger$/u,
    rule: 'operation-trigger',
    reason: 'flows start with it, but it becomes another kind of trigger',
  },
  {
    kinds: ['added'],
    where: parameter,
    when: ({ after }, documents) => isRequired(documents.after.resolve(after)),
    rule: 'input-required',
    reason: "flows and apps don't set this required parameter",
  },
  {
    kinds: ['removed', 'renamed'],
    where: parameter,
    rule: 'input-removed',
    reason: 'flows and apps set a value for it',
  },
  {
    kinds: ['added', 'changed'],
    where: /^\/parameters\/[^/]+\/required$/u,
    when: ({ after }) => isTrue(after),
    rule: 'input-required',
    reason: "flows and apps that don't set it stop working",
  },
  {
    kinds: ['added'],
    where: /^\/parameters\/.*(?<!\/properties)\/required(?:\/[^/]+)?$/u,
    when: (difference, documents) => difference.after?.type !== 'boolean' && isAskedFor(difference, documents),
    rule: 'input-required',
    reason: "flows and apps that don't set it stop working",
  },
  {
    kinds: ['removed'],
    where: /^\/parameters\/.*(?<!\/properties)\/enum\/[^/]+$/u,
    rule: 'input-value-removed',
    reason: 'flows and apps may use this value',
  },
  {
    kinds: ['added'],
    where: /^\/parameters\/.*(?<!\/properties)\/enum$/u,
    rule: 'input-value-removed',
    reason: 'flows and apps may use other values',
  },
  {
    kinds: ['removed', 'renamed'],
    where: /^\/parameters\/.*\/properties\/[^/]+$/u,
    rule: 'input-removed',
    reason: 'flows and apps may set a value for it',
  },
  {
    kinds: ['removed', 'renamed'],
    where: /^\/responses\/.*\/(?:properties|headers)\/[^/]+$/u,
    rule: 'output-removed',
    reason: 'flows and apps may use its value',
  },
  {
    kinds: ['removed'],
    where: /^\/responses\/(?:2[^/]*|default)(?:\/schema)?$/u,
    when: ({ before, steps }) => steps.at(-1) === 'schema' || nodeAt(before, 'schema') !== undefined,
    rule: 'output-removed',
    reason: 'flows and apps may use its content',
  },
  {
    kinds: ['changed'],
    where: /^\/(?:parameters|responses)\/.*\/type$/u,
    when: ({ before, after }) => before?.type === 'string' && after?.type === 'string',
    rule: 'type',
    reason: 'flows and apps expect the old type',
  },
  {
    kinds: ['added', 'changed'],
    where: /^\/x-ms-visibility$/u,
    when: ({ after }) => stringOf(after) === 'internal',
    rule: 'operation-hidden',
  },
];

/** What a difference, with the path to it from the operation on, means to flows and apps; undefined when nothing. */
export function meaningOf(difference: Difference, documents: Documents): Meaning | undefined {
  const way = jsonPointer(difference.steps);
  if (asides.test(way)) return undefined;
  const found = rules.find(
    ({ kinds, where, when }) =>
      kinds.includes(difference.kind) && where.test(way) && (when?.(difference, documents) ?? true),
  );
  return (
    found ?? (difference.kind === 'changed' && shapes.test(way) ? meaningOfShape(difference, documents) : undefined)
  );
}

const shapes = /^\/(?:parameters|responses)\//u;

function isTrue(node: JsonNode | undefined): boolean {
  return node?.type === 'boolean' && node.value === 'true';
}

function isRequired(parameterNode: JsonNode | undefined): boolean {
  return isTrue(nodeAt(parameterNode, 'required')) && !isSetByPlatform([parameterNode]);
}

/** Internal values come from their default: nobody gives them. */
function isSetByPlatform(nodes: readonly (JsonNode | undefined)[]): boolean {
  const isInternal = nodes.some((node) => stringOf(nodeAt(node, 'x-ms-visibility')) === 'internal');
  return isInternal && nodes.some((node) => nodeAt(node, 'default') !== undefined);
}

/** Whether users give the property that a list of required ones names now. */
function isAskedFor({ after, place }: Difference, { after: current }: Documents): boolean {
  const schema = current.resolve(current.atPointer(place.replace(/\/required(?:\/\d+)?$/u, '')));
  const property = nodeAt(schema, 'properties', stringOf(after) ?? '');
  return !isSetByPlatform([property, current.resolve(property)]);
}

/** What it means that a schema stands for something else: that a reference or a part of it is another one, came, or went. */
function meaningOfShape({ steps, ...difference }: Difference, documents: Documents): Meaning | undefined {
  const isShape = [difference.before, difference.after].some(
    (node) => nodeAt(node, '$ref') !== undefined || nodeAt(node, 'allOf') !== undefined,
  );
  if (!isShape) return undefined;
  const before = shapeOf(difference.before, documents.before);
  const after = shapeOf(difference.after, documents.after);
  const reason = 'flows and apps expect the old shape';
  if (!before || !after) return { rule: 'type', reason };
  const key = [steps[0], before.start, after.start].join(' ');
  if (documents.known.has(key)) return documents.known.get(key);
  // Schemas can refer to each other in circles: until the contrary is found they are as good as before.
  documents.known.set(key, undefined);
  const resolvers = resolversOf(documents);
  const inner = differences({ before, after, steps, beforePath: [], afterPath: [] }, { resolvers });
  const meaning = inner
    .map((one): Meaning | undefined => {
      const found = meaningOf(one, documents);
      if (found?.reason === undefined) return undefined;
      // What is behind a further reference has been named there.
      if (found.reason.startsWith(reason)) return { rule: found.rule, reason: found.reason };
      const place = detailWords(shownSteps(one.steps).slice(steps.length));
      return { rule: found.rule, reason: place === undefined ? reason : `${reason}: ${place} ${one.kind}` };
    })
    .find((found) => found !== undefined);
  documents.known.set(key, meaning);
  return meaning;
}
