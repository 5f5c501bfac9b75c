import type { ConversionOptions, ConvertedDocument } from './conversion.ts';
import { DefinitionNames } from './definitions.ts';
import { Ledger } from './ledger.ts';
import {
  objectMember,
  outArray,
  outObject,
  type OutNode,
  type OutObject,
  outText,
  outValue,
  setMembers,
  copied,
  memberText,
} from './output-tree.ts';
import { pathShape } from './path-names.ts';
import { hostPolicy } from './policies.ts';
import { joinedOperation, postmanOperation, postmanPath, reportEvents } from './postman-operations.ts';
import { hostVariables, postmanPlace, type PostmanServer, postmanServer } from './postman-places.ts';
import { postmanText } from './postman-text.ts';
import { nameOfFolder, type PostmanRequest, readRequests } from './postman-requests.ts';
import { type PostmanSignIn, postmanSignIn, statedWithoutSignIn } from './postman-sign-in.ts';
import { type LoadFile, ReferenceResolver } from './references.ts';
import { variablesOf } from './postman-variables.ts';
import { selector } from './selection.ts';
import { connectorMethods } from './source-operations.ts';
import { type DescriptionFile, memberOf, type SourceNode, sourceText } from './source.ts';
import { bareState } from './state2.ts';
import type { ConversionState } from './state.ts';
import { isBlank } from './words.ts';

/** A collection of Postman: names and types of what its requests send, and none of their values. */
export async function convertPostman(
  source: DescriptionFile,
  options: ConversionOptions,
  load: LoadFile,
): Promise<ConvertedDocument> {
  const collection = source.root.members.get('collection') ?? source.root;
  const ledger = new Ledger();
  const references = new ReferenceResolver(source, load);
  const names = new DefinitionNames(undefined);
  const state = bareState({ root: source.root, ledger, references, names, copy: copied });
  const requests = readRequests(collection, ledger);
  const isSelected = selector(requests.map(selectable), { operations: options.operations, tags: options.tags });
  const selected = requests.filter((request) => isSelected(selectable(request)));
  const place = postmanServer(collection, selected, options.host, ledger);
  const { url: server } = place;
  const security = postmanSignIn(collection, selected, { ...options, baseUrl: server.href }, state);
  const { paths, policies } = writePaths({ requests: selected, server: place, security }, state);
  const result = outObject({ swagger: outText('2.0') }, source.root);
  setMembers(result, {
    info: informationOf(collection, options, state),
    host: outText(server.host),
    basePath: outText(server.pathname.replace(/(?<=.)\/$/u, '')),
    schemes: outArray([outText(server.protocol.slice(0, -1))]),
    consumes: outValue(['application/json']),
    produces: outValue(['application/json']),
    paths,
    securityDefinitions: security.definitions,
    security: security.requirement && outArray([security.requirement]),
    tags: tagsOfFolders(selected),
  });
  reportCollection(collection, new Set(selected.flatMap((request) => hostVariables(request, collection))), state);
  return {
    root: result,
    properties: { connectionParameters: security.parameters, policyTemplateInstances: policies },
    entries: ledger.entries,
    files: references.files,
    sourceOperations: requests.length,
    notes: [],
  };
}

function selectable({ id, method, url, folders }: PostmanRequest) {
  const tag = folders.map((folder) => nameOfFolder(folder));
  return { id, stated: id, method, path: `/${url.segments.join('/')}`, tags: [...tag, tag.join(' / ')] };
}

interface PathsContext {
  readonly requests: readonly PostmanRequest[];
  readonly server: PostmanServer;
  readonly security: PostmanSignIn;
}

function writePaths(
  { requests, server, security }: PathsContext,
  state: ConversionState,
): { readonly paths: OutObject; readonly policies: readonly unknown[] } {
  const { ledger } = state;
  const paths = outObject();
  const shapes = new Map<string, string>();
  const names = new Map<string, string>();
  const calls = new Map<string, string[]>();
  /** What policies put in place of the host, by operation. */
  const hosts = new Map<string, string | undefined>();
  for (const request of requests) {
    const { method, node, name, id } = request;
    if (!connectorMethods.has(method)) {
      ledger.add('method', node, { method: method.toUpperCase(), id });
      continue;
    }
    const place = postmanPlace(request, server, ledger);
    if (!place) continue;
    const path = postmanPath({ ...request, url: { ...request.url, segments: place.segments } }, state);
    const operation = postmanOperation(request, path, security.headers, state);
    const without = security.requirement && statedWithoutSignIn(request);
    if (without) operation.members.set('security', outArray([], without));
    const shape = pathShape(path.path);
    const written = shapes.get(shape) ?? path.path;
    shapes.set(shape, written);
    const item = objectMember(paths, written) ?? outObject();
    paths.members.set(written, item);
    const there = objectMember(item, method);
    const key = `${method} ${written}`;
    const { policyUrl } = place;
    if (there && hosts.get(key) !== policyUrl) {
      ledger.add('path-same', node, { method: method.toUpperCase(), path: path.path, other: names.get(key) ?? '' });
      continue;
    }
    hosts.set(key, policyUrl);
    if (there) {
      ledger.add('postman-request-same', node, { name, other: names.get(key) ?? '' });
      item.members.set(method, joinedOperation(there, written === path.path ? operation : withoutPath(operation)));
      continue;
    }
    names.set(key, name);
    // The names of variables are those of the first request that calls the path.
    if (written === path.path) item.members.set(method, operation);
    else item.members.set(method, renamedVariables(operation, path.path, written));
    if (policyUrl !== undefined) calls.set(policyUrl, [...(calls.get(policyUrl) ?? []), id]);
  }
  return { paths, policies: [...calls].map(([url, ids]) => hostPolicy(url, ids)) };
}

function withoutPath(operation: OutObject): OutObject {
  return mapParameters(operation, (parameter) => (memberText(parameter, 'in') === 'path' ? undefined : parameter));
}

function renamedVariables(operation: OutObject, path: string, written: string): OutObject {
  const [own, others] = [path, written].map((one) => [...one.matchAll(/\{([^{}]*)\}/gu)].map(([, name = '']) => name));
  return mapParameters(operation, (parameter) => {
    const index =
      memberText(parameter, 'in') === 'path' ? (own?.indexOf(memberText(parameter, 'name') ?? '') ?? -1) : -1;
    const name = others?.[index];
    if (name === undefined) return parameter;
    const renamed = outObject({}, parameter.origin);
    for (const [member, value] of parameter.members)
      renamed.members.set(member, member === 'name' ? outText(name) : value);
    return renamed;
  });
}

function mapParameters(operation: OutObject, change: (parameter: OutObject) => OutObject | undefined): OutObject {
  const list = operation.members.get('parameters');
  if (list?.kind !== 'array') return operation;
  const result = outObject({}, operation.origin);
  const changed = list.items.flatMap((item) => (item.kind === 'object' ? (change(item) ?? []) : []));
  for (const [name, value] of operation.members)
    result.members.set(name, name === 'parameters' ? outArray(changed) : value);
  return result;
}

function informationOf(collection: SourceNode, options: ConversionOptions, { ledger }: ConversionState): OutObject {
  const info = collection.members.get('info');
  const name = info?.members.get('name');
  const stated = isBlank(sourceText(name)) ? undefined : sourceText(name);
  const title = options.title ?? stated ?? options.titleFromName;
  const place = name ?? info ?? collection;
  if (options.title === undefined && stated === undefined) ledger.add('title-made', place, { title });
  if (title.length > 30) ledger.add('title-long', place, { n: title.length });
  const description = postmanText(info?.members.get('description'));
  if (!description && options.description === undefined) ledger.add('description-made', info ?? collection);
  const version = versionOf(info?.members.get('version'));
  if (version === undefined) ledger.add('version-made', info ?? collection);
  const made = outText(options.description ?? `Lets apps and flows work with ${title}.`);
  return outObject(
    {
      title: outText(title, name),
      description: options.description === undefined ? (description ?? made) : made,
      version: outText(version ?? '1.0', info?.members.get('version')),
    },
    info,
  );
}

function versionOf(node: SourceNode | undefined): string | undefined {
  if (node?.kind !== 'object') return isBlank(sourceText(node)) ? undefined : sourceText(node);
  const parts = ['major', 'minor', 'patch'].map((part) => sourceText(memberOf(node, part)) ?? '0');
  return parts.join('.');
}

function tagsOfFolders(requests: readonly PostmanRequest[]): OutNode | undefined {
  const tags = new Map<string, OutObject>();
  for (const { folders } of requests) {
    if (folders.length === 0) continue;
    const name = folders.map((folder) => nameOfFolder(folder)).join(' / ');
    const last = folders.at(-1);
    const description = postmanText(last?.members.get('description'));
    if (!tags.has(name))
      tags.set(name, outObject({ name: outText(name, last?.members.get('name')), description }, last));
  }
  return tags.size === 0 ? undefined : outArray([...tags.values()]);
}

function reportCollection(collection: SourceNode, inHosts: ReadonlySet<string>, { ledger }: ConversionState): void {
  const walk = (node: SourceNode, depth: number): void => {
    reportEvents(node, ledger);
    const protocol = node.members.get('protocolProfileBehavior');
    if (protocol) ledger.add('postman-setting', protocol, { name: protocol.name });
    for (const variable of node.members.get('variable')?.items ?? []) {
      const name = sourceText(variable.members.get('key')) ?? '';
      const url = variablesOf([node]).get(name);
      if (url !== undefined && inHosts.has(name))
        ledger.add('postman-variable-host', variable, { variable: `{{${name}}}`, url });
      else ledger.add('postman-variable', variable, { name });
    }
    if (depth > 0)
      for (const item of node.members.get('item')?.items ?? []) if (!item.members.has('request')) walk(item, depth - 1);
  };
  walk(collection, 50);
}
