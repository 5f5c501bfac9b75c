import { finishOperation2 } from './operations2.ts';
import { knownMembers } from './known-members2.ts';
import { keptRequirements } from './methods2.ts';
import { leaveOutFor } from './obstacle.ts';
import { outArray, outObject, type OutObject } from './output-tree.ts';
import { parsePath, pathShape } from './path-names.ts';
import { isRefused2, type Key2, keyOf2, ofPath2, type Path2 } from './path-parameters2.ts';
import { isTaken, reportPath } from './paths.ts';
import { pathMember, type SourceOperation } from './source-operations.ts';
import { convertParameters2, nameAndPlace, parameterOf } from './parameters2.ts';
import { convertResponses2 } from './responses2.ts';
import type { SourceNode } from './source.ts';
import type { ConversionState } from './state.ts';

interface PathsContext2 {
  readonly state: ConversionState;
  /** Whether operations get nothing but what makes them valid. */
  readonly repairsOnly: boolean;
}

/** The paths of OpenAPI 2.0 with these operations. Those that connectors can't have are reported, and left out. */
export function writePaths2(
  paths: SourceNode,
  operations: readonly SourceOperation[],
  { state, repairsOnly }: PathsContext2,
): { readonly paths: OutObject; readonly operations: readonly SourceOperation[] } {
  const result = outObject({}, paths);
  const converted: SourceOperation[] = [];
  const taken = new Map<string, string>();
  const byItem = new Map<SourceNode, readonly SourceOperation[]>();
  for (const operation of operations) {
    const { node } = operation.pathItem;
    byItem.set(node, [...(byItem.get(node) ?? []), operation]);
  }
  for (const node of paths.members.values()) {
    const own = byItem.get(node);
    if (!own) continue;
    const parsed = parsePath(node.name);
    reportPath(parsed, node, node.name, state);
    const isConverted = (operation: SourceOperation): boolean => {
      const shape = `${operation.method} ${pathShape(parsed.path)}`;
      if (parsed.problem) leaveOutFor(operation, { node, words: 'its path' }, state.ledger);
      if (parsed.problem || isTaken(taken, shape, operation, state) || isRefused2(operation, state)) return false;
      taken.set(shape, node.name);
      return true;
    };
    const kept = own.filter(isConverted);
    converted.push(...kept);
    writePath(result, node, { written: node.name, parsed }, kept, { state, repairsOnly });
  }
  return { paths: result, operations: converted };
}

function writePath(
  paths: OutObject,
  node: SourceNode,
  path: Path2,
  operations: readonly SourceOperation[],
  { state, repairsOnly }: PathsContext2,
): void {
  const [first] = operations;
  if (!first) return;
  const { extension } = state;
  const there = paths.members.get(path.parsed.path);
  const item = there?.kind === 'object' ? there : outObject({}, node);
  paths.members.set(path.parsed.path, item);
  const list = pathMember(first.pathItem, 'parameters');
  const ofPath = ofPath2(list?.kind === 'array' ? convertParameters2(list, state) : undefined, path, state);
  const inherited = ofPath.filter(
    (one) => there !== undefined || isInTheWay(keyOf2(one, state.references), operations, state),
  );
  const staying = ofPath.filter((one) => !inherited.includes(one));
  const byNode = new Map(operations.map((operation) => [operation.node, operation] as const));
  for (const layer of first.pathItem.layers)
    for (const [name, member] of layer.members) {
      if (name === '$ref' || item.members.has(name)) continue;
      const operation = byNode.get(member);
      if (operation) {
        const copy = convertMembers(operation, { state, repairsOnly });
        item.members.set(name, finishOperation2(operation, { copy, path, inherited, staying, repairsOnly }, state));
      } else if (name === 'parameters') {
        if (member === list && !there) item.members.set(name, outArray(staying, list));
      } else if (name.startsWith('x-')) item.members.set(name, extension(member));
    }
}

function convertMembers(operation: SourceOperation, { state, repairsOnly }: PathsContext2): OutObject {
  return knownMembers('operation', operation.node, state, {
    parameters: (list) => convertParameters2(list, state),
    security: (list) => keptRequirements(list, { id: operation.id, repairsOnly }, state),
    responses: () => convertResponses2(operation, state),
  });
}

/** Whether a body or a form field of a path can't stay there, because an operation sends another body. */
function isInTheWay(
  { name, place }: Key2,
  operations: readonly SourceOperation[],
  { references }: ConversionState,
): boolean {
  if (place !== 'body' && place !== 'formData') return false;
  return operations
    .flatMap(({ node }) => node.members.get('parameters')?.items ?? [])
    .flatMap((item) => parameterOf(item, references) ?? [])
    .map(nameAndPlace)
    .some((own) => {
      const isSame = own.name === name && own.place === place;
      return !isSame && (own.place === 'body' || (own.place === 'formData' && place === 'body'));
    });
}
