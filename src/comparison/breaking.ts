import { jsonPointer } from '../json/pointer.ts';
import { type JsonNode, nodeAt, stringOf } from '../json/tree.ts';
import { type Difference, differences } from './differences.ts';
import type { References } from './references.ts';

/** The definitions that differences are between: what references in them stand for. */
export interface Documents {
  readonly before: References;
  readonly after: References;
  /** What is known of shapes that took the place of each other: whether that breaks flows. */
  readonly known: Map<string, boolean>;
}

interface Rule {
  /** Kinds of differences. */
  readonly kinds: readonly Difference['kind'][];
  /** over the path to the difference as a pointer, from the operation on, with names in place of indexes. */
  readonly where: RegExp;
  readonly when?: (difference: Difference, documents: Documents) => boolean;
  readonly reason: string;
}

const parameter = /^\/parameters\/[^/]+$/u;

/** What is in extensions and samples is for people and designers: flows do not depend on it. */
const asides = /(?<!\/(?:properties|parameters|responses|headers))\/(?:x-[^/]*|examples?|default)\//u;

/** What flows and apps that use an operation depend on. */
const rules: readonly Rule[] = [
  { kinds: ['removed'], where: /^$/u, reason: 'flows and apps that use it stop working' },
  { kinds: ['renamed'], where: /^$/u, reason: 'flows and apps know it by its old operationId' },
  {
    kinds: ['added', 'changed', 'removed'],
    where: /^\/operationId$/u,
    reason: 'flows and apps know it by its operationId',
  },
  { kinds: ['added'], where: /^\/x-ms-trigger$/u, reason: 'flows use it as an action, and it becomes a trigger' },
  { kinds: ['removed'], where: /^\/x-ms-trigger$/u, reason: 'flows start with it, and it is no trigger any more' },
  { kinds: ['changed'], where: /^\/x-ms-trigger$/u, reason: 'flows start with it, and it is another kind of trigger' },
  {
    kinds: ['added'],
    where: parameter,
    when: ({ after }, documents) => isRequired(documents.after.resolve(after)),
    reason: 'flows and apps do not give this required parameter',
  },
  { kinds: ['removed', 'renamed'], where: parameter, reason: 'flows and apps give a value for it' },
  {
    kinds: ['added', 'changed'],
    where: /^\/parameters\/[^/]+\/required$/u,
    when: ({ after }) => isTrue(after),
    reason: 'flows and apps that do not give it stop working',
  },
  {
    kinds: ['added'],
    where: /^\/parameters\/.*(?<!\/properties)\/required(?:\/[^/]+)?$/u,
    when: ({ after }) => after?.type !== 'boolean',
    reason: 'flows and apps that do not give it stop working',
  },
  {
    kinds: ['removed'],
    where: /^\/parameters\/.*(?<!\/properties)\/enum\/[^/]+$/u,
    reason: 'flows and apps may give this value',
  },
  {
    kinds: ['added'],
    where: /^\/parameters\/.*(?<!\/properties)\/enum$/u,
    reason: 'flows and apps may give other values',
  },
  {
    kinds: ['removed', 'renamed'],
    where: /^\/parameters\/.*\/properties\/[^/]+$/u,
    reason: 'flows and apps may give a value for it',
  },
  {
    kinds: ['removed', 'renamed'],
    where: /^\/responses\/.*\/(?:properties|headers)\/[^/]+$/u,
    reason: 'flows and apps may use its value',
  },
  {
    kinds: ['removed'],
    where: /^\/responses\/(?:2[^/]*|default)(?:\/schema)?$/u,
    when: ({ before, steps }) => steps.at(-1) === 'schema' || nodeAt(before, 'schema') !== undefined,
    reason: 'flows and apps may use what it holds',
  },
  {
    kinds: ['changed'],
    where: /^\/(?:parameters|responses)\/.*\/type$/u,
    when: ({ before, after }) => before?.type === 'string' && after?.type === 'string',
    reason: 'flows and apps expect the old type',
  },
  {
    kinds: ['changed'],
    where: /^\/(?:parameters|responses)\//u,
    when: refersToSomethingBreaking,
    reason: 'flows and apps expect the old shape',
  },
];

/** Why a difference, with the path to it from the operation on, breaks flows and apps; undefined when it does not. */
export function breakingReason(difference: Difference, documents: Documents): string | undefined {
  const way = jsonPointer(difference.steps);
  if (asides.test(way)) return undefined;
  const found = rules.find(
    ({ kinds, where, when }) =>
      kinds.includes(difference.kind) && where.test(way) && (when?.(difference, documents) ?? true),
  );
  return found?.reason;
}

function isTrue(node: JsonNode | undefined): boolean {
  return node?.type === 'boolean' && node.value === 'true';
}

/** Internal parameters come from their default: nobody gives them. */
function isRequired(parameterNode: JsonNode | undefined): boolean {
  const isInternal = stringOf(nodeAt(parameterNode, 'x-ms-visibility')) === 'internal';
  const hasDefault = nodeAt(parameterNode, 'default') !== undefined;
  return isTrue(nodeAt(parameterNode, 'required')) && !(isInternal && hasDefault);
}

/** Whether what a reference stood for and what is there now differ in what flows depend on. */
function refersToSomethingBreaking({ steps, ...difference }: Difference, documents: Documents): boolean {
  const isReference = [difference.before, difference.after].some((node) => nodeAt(node, '$ref') !== undefined);
  const before = documents.before.resolve(difference.before);
  const after = documents.after.resolve(difference.after);
  if (!isReference || !before || !after) return isReference;
  const key = [steps[0], before.start, after.start].join(' ');
  const known = documents.known.get(key);
  if (known !== undefined) return known;
  // Schemas can refer to each other in circles: until the contrary is found they are as good as before.
  documents.known.set(key, false);
  const inner = differences({ before, after, steps, beforePath: [], afterPath: [] });
  const isBreaking = inner.some((one) => breakingReason(one, documents) !== undefined);
  documents.known.set(key, isBreaking);
  return isBreaking;
}
