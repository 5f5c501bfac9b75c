import { convertOperation } from './operations.ts';
import { outArray, type OutNode, outObject, type OutObject } from './output-tree.ts';
import { leaveOutFor } from './obstacle.ts';
import { type ParsedPath, parsePath, pathShape } from './path-names.ts';
import { operationParameters } from './path-parameters.ts';
import { hostPolicy, type PolicyInstance } from './policies.ts';
import type { ConvertedSecurity } from './security.ts';
import { isReachable, reportAddress, serverUrl, publicUrl } from './servers.ts';
import type { SharedParts } from './shared-parts.ts';
import { pathMember, type SourceOperation } from './source-operations.ts';
import { type SourceNode, sourceText } from './source.ts';
import type { ConversionState } from './state.ts';

export interface PathsContext {
  readonly state: ConversionState;
  readonly shared: SharedParts;
  readonly security: ConvertedSecurity;
  /** Of the document. */
  readonly server: URL;
}

export interface ConvertedPaths {
  readonly paths: OutObject;
  readonly policies: readonly PolicyInstance[];
  readonly operations: readonly SourceOperation[];
}

/** All operations with their paths. Those that connectors can't have are reported, and left out. */
export function convertPaths(
  operations: readonly SourceOperation[],
  source: SourceNode | undefined,
  context: PathsContext,
): ConvertedPaths {
  const { state } = context;
  const paths = outObject({}, source);
  const taken = new Map<string, string>();
  /** The path of the source that each path of the result comes from first. */
  const owners = new Map<string, string>();
  const calls = new Map<string, string[]>();
  const isConverted = (operation: SourceOperation): boolean => {
    const { path: written, pathItem, method, id, node } = operation;
    const parsed = parsePath(written);
    reportPath(parsed, pathItem.node, written, state);
    if (parsed.problem)
      return (leaveOutFor(operation, { node: pathItem.node, words: 'its path' }, state.ledger), false);
    const target = serverOf(operation, context);
    const start = target?.prefix === undefined ? parsed : { ...parsed, path: `${target.prefix}${parsed.path}` };
    const parameters = operationParameters(
      {
        parsed: start,
        written,
        pathNode: pathItem.node,
        ofPath: pathMember(pathItem, 'parameters'),
        ofOperation: node.members.get('parameters'),
      },
      context.shared,
      state,
    );
    const shape = `${method} ${pathShape(parameters.path)}`;
    if (isTaken(taken, shape, operation, state)) return false;
    const owner = owners.get(parameters.path) ?? written;
    const placed =
      owner === written ? parameters : { ...parameters, own: [...parameters.ofPath, ...parameters.own], ofPath: [] };
    const result = convertOperation(operation, { ...context, parameters: placed });
    if (!result) return false;
    taken.set(shape, written);
    owners.set(parameters.path, owner);
    place(paths, { path: parameters.path, method, result, operation, ofPath: placed.ofPath }, state);
    if (target?.url !== undefined) {
      state.ledger.add('server-of-operation-policy', target.node, { id, url: target.url });
      calls.set(target.url, [...(calls.get(target.url) ?? []), id]);
    }
    return true;
  };
  const converted = operations.filter(isConverted);
  return { paths, policies: [...calls].map(([url, ids]) => hostPolicy(url, ids)), operations: converted };
}

/** Whether a path and method can't be distinguished from an earlier one, which is reported. */
export function isTaken(
  taken: ReadonlyMap<string, string>,
  shape: string,
  { method, path, node }: SourceOperation,
  { ledger }: ConversionState,
): boolean {
  const other = taken.get(shape);
  if (other !== undefined) ledger.leaveOutFor('path-same', node, { method: method.toUpperCase(), path, other });
  return other !== undefined;
}

interface Placed {
  readonly path: string;
  readonly method: string;
  readonly result: OutObject;
  readonly operation: SourceOperation;
  readonly ofPath: readonly OutNode[];
}

function place(
  paths: OutObject,
  { path, method, result, operation, ofPath }: Placed,
  { extension }: ConversionState,
): void {
  const { pathItem } = operation;
  let item = paths.members.get(path);
  if (item?.kind !== 'object') {
    item = outObject({}, pathItem.node);
    paths.members.set(path, item);
    for (const layer of pathItem.layers)
      for (const [name, member] of layer.members)
        if (name.startsWith('x-') && !item.members.has(name)) item.members.set(name, extension(member));
    if (ofPath.length > 0) item.members.set('parameters', outArray(ofPath, pathMember(pathItem, 'parameters')));
  }
  item.members.set(method, result);
}

/** Reports what became of a path. */
export function reportPath(parsed: ParsedPath, node: SourceNode, written: string, { ledger }: ConversionState): void {
  if (parsed.problem) return ledger.add(parsed.problem.rule, node, { name: parsed.problem.name, path: written });
  if (!parsed.hasSlash) ledger.add('path-slash', node, { path: written });
  for (const [name, value] of parsed.query) ledger.add('path-query', node, { query: `${name}=${value}` });
  if (parsed.fragment !== undefined) ledger.add('path-fragment', node, { fragment: parsed.fragment });
  for (const [old, name] of parsed.renamed)
    ledger.add(old === 'connectionId' ? 'parameter-connection-id' : 'path-template', node, { old, new: name }, 'kept');
}

interface OperationServer {
  readonly node: SourceNode;
  /** What goes before the path. */
  readonly prefix?: string;
  /** Another origin. */
  readonly url?: string;
}

/** Where an operation goes, if that is another place than the document's. */
function serverOf(operation: SourceOperation, { state, server }: PathsContext): OperationServer | undefined {
  const list = operation.node.members.get('servers') ?? pathMember(operation.pathItem, 'servers');
  const { ledger } = state;
  const servers = (list?.items ?? []).map((node) => {
    const template = sourceText(node.members.get('url')) ?? '';
    return { node, template, url: serverUrl(node, template, server.href) };
  });
  const usable = servers.filter(({ url }) => url && isReachable(url));
  const chosen = usable.find(({ url }) => url?.protocol === 'https:') ?? usable[0];
  for (const [index, one] of servers.entries())
    if (one !== chosen)
      ledger.add('server-of-operation-other', one.node, { n: index + 1, url: publicUrl(one.template) });
  if (!chosen?.url) return undefined;
  const { url, node } = chosen;
  reportAddress(url, node, ledger);
  const base = server.pathname.replace(/\/$/u, '');
  const own = url.pathname.replace(/\/$/u, '');
  if (url.origin === server.origin && (own === base || own.startsWith(`${base}/`))) {
    const prefix = own.slice(base.length);
    if (prefix === '') ledger.add('server-same', node);
    else ledger.add('server-of-operation', node, { prefix });
    return { node, prefix };
  }
  return { node, url: `${url.origin}${own}` };
}
