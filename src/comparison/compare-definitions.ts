import { isOperation, operationsOf } from '../connector/operations.ts';
import { jsonPointer } from '../json/pointer.ts';
import type { JsonNode } from '../json/tree.ts';
import { type Documents, meaningOf } from './breaking.ts';
import type { Area, Change } from './change.ts';
import { describe } from './describe.ts';
import { type Difference, differences } from './differences.ts';
import { followParameters, isOfOperations } from './moved-parameters.ts';
import { type OperationPair, operationName, pairOperations } from './pair-operations.ts';
import { notificationContent, References, resolversOf, type Usage } from './references.ts';

const part = 'apiDefinition';

/** What is compared, and the values of it that are not told. */
interface Compared extends Documents {
  readonly concealed: ReadonlySet<JsonNode>;
}

/** How two API definitions differ: operation by operation, then what they share, then all else. No value in `concealed` is told. */
export function compareDefinitions(
  before: JsonNode,
  after: JsonNode,
  concealed: ReadonlySet<JsonNode> = new Set(),
): readonly Change[] {
  const references = { before: new References(before), after: new References(after) };
  const documents: Compared = { ...references, known: new Map(), concealed };
  const pairs = pairOperations(operationsOf(before), operationsOf(after));
  const rest = differences(
    { before, after, steps: [], beforePath: [], afterPath: [] },
    { isOmitted: isOperation, resolvers: resolversOf(documents) },
  );
  return [
    ...pairs.flatMap((pair) => operationChanges(pair, documents)),
    ...rest.map((difference) => changeBesides(difference, documents)),
  ];
}

function operationChanges(pair: OperationPair, documents: Compared): readonly Change[] {
  const { before, after } = pair;
  const operation = before ?? after;
  const thing = { part, area: 'operation', subject: operation && operationName(operation) } as const;
  const nodes = {
    before: before?.node,
    after: after?.node,
    steps: [],
    beforePath: before?.path ?? [],
    afterPath: after?.path ?? before?.path ?? [],
  };
  const found = [...differences(nodes, { resolvers: resolversOf(documents) }), ...aroundMoved(pair, documents)];
  const changes = followParameters(found, pair, documents).map(({ seenAs: seen, ...one }) => {
    const difference = asRenaming(one, pair);
    const seenAs = isOfVariable(one, pair) ? { rule: undefined } : seen;
    const { steps } = difference;
    const change = {
      ...describe(difference, { ...thing, steps, meaning: meaningOf(difference, documents) }, documents.concealed),
      ...seenAs,
    };
    const isWhole = difference.kind === 'added' || difference.kind === 'removed';
    return isWhole && steps.length === 0 ? { ...change, before: before?.route, after: after?.route } : change;
  });
  if (!before || !after || before.route === after.route) return changes;
  const place = jsonPointer(after.path);
  const routes = { before: before.route, after: after.route, pointer: place, place };
  const moved: Change = {
    ...thing,
    ...routes,
    kind: 'changed',
    detail: 'path',
    breaking: isSameRoute(before.route, after.route) ? undefined : 'flows and apps can still call the old path',
    rule: 'path',
    usedBy: [],
  };
  return [moved, ...changes];
}

/** How the parameters differ that the path of an operation has, and the path where it is now. */
function aroundMoved({ before, after }: OperationPair, documents: Documents): readonly Difference[] {
  if (!before || !after || before.path[1] === after.path[1]) return [];
  const [beforePath, afterPath] = [before, after].map(({ path }) => [...path.slice(0, 2), 'parameters'] as const);
  if (!beforePath || !afterPath) return [];
  const [was, is] = [documents.before.at(beforePath), documents.after.at(afterPath)];
  const pair = { before: was, after: is, steps: ['parameters'], beforePath, afterPath };
  return differences(pair, { resolvers: resolversOf(documents) });
}

/** Whether a parameter came or went with the name of a variable, in a path that is otherwise the same. */
function isOfVariable({ kind, steps }: Difference, { before, after }: OperationPair): boolean {
  const isParameter = steps.length === 2 && steps[0] === 'parameters' && steps[1]?.endsWith(' (path)') === true;
  if (!isParameter || kind === 'changed' || !before || !after) return false;
  return before.route !== after.route && isSameRoute(before.route, after.route);
}

/** Whether requests are the same: the name of a variable is in none. */
function isSameRoute(before: string, after: string): boolean {
  const variable = /\{[^{}]*\}/gu;
  return before.replaceAll(variable, '{}') === after.replaceAll(variable, '{}');
}

/** A new operation ID at the same place is a new name. */
function asRenaming(difference: Difference, { before, after }: OperationPair): Difference {
  const isId = difference.steps.length === 1 && difference.steps[0] === 'operationId';
  if (!isId || before?.id === undefined || after?.id === undefined) return difference;
  return { ...difference, kind: 'renamed', steps: [], names: { before: before.id, after: after.id } };
}

/** How far the subject of a change is from the root, and what its own steps begin with for an operation that uses it. */
interface Place {
  readonly area: Area;
  readonly depth: number;
  readonly inRequests?: readonly string[];
  readonly inResponses?: readonly string[];
}

const places: ReadonlyMap<string, Place> = new Map<string, Place>([
  ['info', { area: 'information', depth: 0 }],
  ['host', { area: 'service', depth: 0 }],
  ['basePath', { area: 'service', depth: 0 }],
  ['schemes', { area: 'service', depth: 0 }],
  ['consumes', { area: 'service', depth: 0 }],
  ['produces', { area: 'service', depth: 0 }],
  ['security', { area: 'security', depth: 0 }],
  ['securityDefinitions', { area: 'security', depth: 2 }],
  ['paths', { area: 'path', depth: 2, inRequests: [] }],
  [
    'definitions',
    {
      area: 'definition',
      depth: 2,
      inRequests: ['parameters', 'shared', 'schema'],
      inResponses: ['responses', 'default', 'schema'],
    },
  ],
  ['parameters', { area: 'shared parameter', depth: 2, inRequests: ['parameters', 'shared'] }],
  ['responses', { area: 'shared response', depth: 2, inResponses: ['responses', 'default'] }],
]);

const elsewhere: Place = { area: 'information', depth: 0 };

/** A change outside of operations. */
function changeBesides(difference: Difference, documents: Compared): Change {
  const { steps } = difference;
  const place = places.get(steps[0] ?? '') ?? elsewhere;
  const own = steps[0] === 'info' ? steps.slice(1) : steps.slice(place.depth);
  const subject = place.depth > 0 ? steps[1] : undefined;
  const isNotification = place.area === 'path' && own[0] === notificationContent;
  const usage = place.area === 'path' ? always : usageOf(steps, documents);
  const ways = [
    // Certification asks about what comes back, where it's in both.
    ...(place.inResponses && usage.inResponses ? [place.inResponses] : []),
    ...(place.inRequests && usage.inRequests ? [place.inRequests] : []),
  ];
  // What comes and goes as a whole is told by the operations that use it.
  const isWhole = own.length === 0 && difference.kind !== 'changed';
  const isTold = isWhole || isOfOperations(difference, documents) || isOfMovedPath(steps, documents);
  const inside = isNotification ? [['responses', 'default', ...own.slice(1)]] : ways.map((way) => [...way, ...own]);
  const meanings = isTold ? [] : inside.map((way) => meaningOf({ ...difference, steps: way }, documents));
  const known = meanings.filter((one) => one !== undefined);
  const meaning = known.find(({ reason }) => reason !== undefined) ?? known[0];
  const thing = { part, area: place.area, subject, steps: own, meaning, usedBy: usage.operations } as const;
  return describe(difference, thing, documents.concealed);
}

/** Whether a path came or went: its operations tell it. */
function isOfMovedPath([paths = '', path = '']: readonly string[], { before, after }: Documents): boolean {
  return paths === 'paths' && [before, after].some((one) => one.at([paths, path]) === undefined);
}

const always: Usage = { operations: [], inRequests: true, inResponses: false };

/** Of a shared part, by the operations of before and of now. */
function usageOf(steps: readonly string[], { before, after }: Documents): Usage {
  const reference = `#${jsonPointer(steps.slice(0, 2))}`;
  const [old, current] = [before.usageOf(reference), after.usageOf(reference)];
  return {
    operations: [...new Set([...current.operations, ...old.operations])],
    inRequests: old.inRequests || current.inRequests,
    inResponses: old.inResponses || current.inResponses,
  };
}
