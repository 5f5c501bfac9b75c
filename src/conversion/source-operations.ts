import type { Ledger } from './ledger.ts';
import { NamesInUse } from './names-in-use.ts';
import type { BrokenReference, Reach } from './reach.ts';
import type { ReferenceResolver } from './references.ts';
import { reportReference } from './report-reference.ts';
import { parsePath } from './path-names.ts';
import { pascalCase, isBlank, operationIdFor } from './words.ts';
import { referenceOf, type SourceNode, sourceText } from './source.ts';

/** An operation as the source has it. */
export interface SourceOperation {
  readonly method: string;
  /** As written. */
  readonly path: string;
  readonly node: SourceNode;
  readonly pathItem: SourcePath;
  /** In the source, if it has one. */
  readonly stated: string | undefined;
  /** In the result. */
  readonly id: string;
}

export interface SourcePath {
  readonly path: string;
  readonly node: SourceNode;
  /** The path item and what it refers to; the first one wins. */
  readonly layers: readonly SourceNode[];
  /** A reference of the last layer that leads nowhere. */
  readonly broken: BrokenReference | undefined;
}

export const connectorMethods: ReadonlySet<string> = new Set([
  'get',
  'put',
  'post',
  'delete',
  'options',
  'head',
  'patch',
]);

/** Methods that OpenAPI has and connectors don't. */
export const otherMethods: ReadonlySet<string> = new Set(['trace', 'query']);

/** The value of a member of a path item. */
export function pathMember({ layers }: SourcePath, name: string): SourceNode | undefined {
  for (const layer of layers) {
    const member = layer.members.get(name);
    if (member) return member;
  }
  return undefined;
}

/** The path items of a document with what they refer to, whose files are loaded here. */
export async function readPaths(
  paths: SourceNode | undefined,
  references: ReferenceResolver,
): Promise<readonly SourcePath[]> {
  const found: SourcePath[] = [];
  for (const node of paths?.members.values() ?? []) {
    if (node.name.startsWith('x-') || node.kind !== 'object') continue;
    const layers: SourceNode[] = [];
    let broken: BrokenReference | undefined;
    let at: SourceNode | undefined = node;
    while (at && !layers.includes(at)) {
      layers.push(at);
      const reference = referenceOf(at);
      if (reference === undefined) break;
      await references.load(at, reference);
      const target = references.resolve(at, reference);
      if ('failure' in target) broken = { node: at, reference, failure: target.failure };
      else if (layers.includes(target.node))
        broken = { node: at, reference, failure: { rule: 'ref-cycle', values: {} } };
      at = 'node' in target ? target.node : undefined;
    }
    found.push({ path: node.name, node, layers, broken });
  }
  return found;
}

/** All operations that a connector can have, with the IDs of the result. Methods that it can't have are reported. */
export function readOperations(paths: readonly SourcePath[], ledger: Ledger): readonly SourceOperation[] {
  const used = new NamesInUse({ ignoresCase: true });
  return paths.flatMap((pathItem) => {
    if (pathItem.broken) reportReference(pathItem.broken, "Its operations aren't converted", ledger);
    const members = new Map<string, SourceNode>();
    for (const layer of pathItem.layers.toReversed()) for (const [name, node] of layer.members) members.set(name, node);
    const inOrder = pathItem.layers.flatMap((layer) => [...layer.members.keys()]);
    return [...new Set(inOrder)].flatMap((name) => {
      const node = members.get(name);
      if (!node || node.kind !== 'object') return [];
      const { path } = pathItem;
      if (otherMethods.has(name)) return reportMethod(node, name, path, ledger);
      if (name === 'additionalOperations')
        return [...node.members.values()].flatMap((one) => reportMethod(one, one.name, path, ledger));
      if (!connectorMethods.has(name)) return [];
      const stated = sourceText(node.members.get('operationId'));
      const id = operationId(stated, { method: name, path, node }, used, ledger);
      return [{ method: name, path, node, pathItem, stated: isBlank(stated) ? undefined : stated, id }];
    });
  });
}

/** How many operations there are with methods that connectors don't have. */
export function otherOperations(paths: readonly SourcePath[]): number {
  return paths
    .flatMap(({ layers }) => layers)
    .flatMap(({ members }) => [
      ...[...otherMethods].flatMap((name) => members.get(name) ?? []),
      ...(members.get('additionalOperations')?.members.values() ?? []),
    ])
    .filter(({ kind }) => kind === 'object').length;
}

function reportMethod(node: SourceNode, method: string, path: string, ledger: Ledger): readonly SourceOperation[] {
  const id = sourceText(node.members.get('operationId')) ?? `${method.toUpperCase()} ${path}`;
  ledger.add('method', node, { method: method.toUpperCase(), id });
  return [];
}

function operationId(
  stated: string | undefined,
  { method, path, node }: Pick<SourceOperation, 'method' | 'path' | 'node'>,
  used: NamesInUse,
  ledger: Ledger,
): string {
  const place = node.members.get('operationId') ?? node;
  const isMissing = stated === undefined || isBlank(stated);
  const wanted = isMissing ? operationIdFor(method, parsePath(path).path) : cleanId(stated);
  const id = used.take(wanted);
  if (isMissing) ledger.add('operation-id-made', place, { method: method.toUpperCase(), path, id });
  else if (id !== wanted) ledger.add('operation-id-twice', place, { old: stated, id });
  else if (wanted !== stated) ledger.add('operation-id-cleaned', place, { old: stated, id });
  if (id.length > 80) ledger.add('operation-id-long', place, { n: id.length });
  return id;
}

function cleanId(stated: string): string {
  if (/^[A-Za-z0-9_-]+$/u.test(stated)) return stated;
  return pascalCase(stated) || 'Operation';
}

/** The parts of the source that an operation consists of. */
export function rootsOf({ node, pathItem }: SourceOperation): readonly SourceNode[] {
  const parameters = pathMember(pathItem, 'parameters');
  return parameters ? [node, parameters] : [node];
}

/** Whether a part of the source is sent in requests of these operations. */
export function requestPartsOf(operations: readonly SourceOperation[], reach: Reach): (node: SourceNode) => boolean {
  const inputs = reach.from(
    operations.flatMap(({ node, pathItem }) =>
      [node.members.get('requestBody'), node.members.get('parameters'), pathMember(pathItem, 'parameters')].flatMap(
        (part) => part ?? [],
      ),
    ),
  );
  return (node) => {
    for (let at: SourceNode | undefined = node; at; at = at.parent) if (inputs.has(at)) return true;
    return false;
  };
}
