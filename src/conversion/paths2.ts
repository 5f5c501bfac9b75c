import { finishOperation2 } from './operations2.ts';
import { copied, outArray, outObject, type OutObject } from './output-tree.ts';
import { parsePath, pathShape } from './path-names.ts';
import { isRefused2, type Key2, keyOf2, ofPath2, type Path2 } from './path-parameters2.ts';
import { isTaken, reportPath } from './paths.ts';
import { connectorMethods, otherMethods, pathMember, type SourceOperation } from './source-operations.ts';
import { nameAndPlace, parameterOf } from './lists2.ts';
import type { SourceNode } from './source.ts';
import type { ConversionState } from './state.ts';

/** The paths of OpenAPI 2.0 with these operations. Those that connectors can't have are reported, and left out. */
export function writePaths2(
  paths: SourceNode,
  operations: readonly SourceOperation[],
  state: ConversionState,
): OutObject {
  const result = outObject({}, paths);
  const taken = new Map<string, string>();
  const byItem = new Map<SourceNode, readonly SourceOperation[]>();
  for (const operation of operations) {
    const { node } = operation.pathItem;
    byItem.set(node, [...(byItem.get(node) ?? []), operation]);
  }
  for (const node of paths.members.values()) {
    const own = byItem.get(node);
    if (!own) {
      if (node.name.startsWith('x-')) result.members.set(node.name, copied(node));
      continue;
    }
    const parsed = parsePath(node.name);
    reportPath(parsed, node, node.name, state);
    const isConverted = (operation: SourceOperation): boolean => {
      const shape = `${operation.method} ${pathShape(parsed.path)}`;
      if (parsed.problem || isTaken(taken, shape, operation, state) || isRefused2(operation, state)) return false;
      taken.set(shape, node.name);
      return true;
    };
    const kept = own.filter((operation) => {
      const isKept = isConverted(operation);
      if (!isKept) state.ledger.leaveOut(operation.node);
      return isKept;
    });
    writePath(result, node, { written: node.name, parsed }, kept, state);
  }
  return result;
}

function writePath(
  paths: OutObject,
  node: SourceNode,
  path: Path2,
  operations: readonly SourceOperation[],
  state: ConversionState,
): void {
  const [first] = operations;
  if (!first) return;
  const { extension } = state;
  const there = paths.members.get(path.parsed.path);
  const item = there?.kind === 'object' ? there : outObject({}, node);
  paths.members.set(path.parsed.path, item);
  const list = pathMember(first.pathItem, 'parameters');
  const ofPath = ofPath2(list && extension(list), path, state);
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
        const copy = extension(member);
        if (copy.kind === 'object')
          item.members.set(name, finishOperation2(operation, { copy, path, inherited, staying }, state));
      } else if (name === 'parameters') {
        if (member === list && !there) item.members.set(name, outArray(staying, list));
      } else if (!connectorMethods.has(name) && !otherMethods.has(name)) item.members.set(name, extension(member));
    }
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
