import type { ConversionOptions, ConvertedDocument } from './conversion.ts';
import { DefinitionNames } from './definitions.ts';
import { Ledger } from './ledger.ts';
import {
  outArray,
  outObject,
  type OutNode,
  type OutObject,
  outText,
  outValue,
  setMembers,
  copied,
} from './output-tree.ts';
import { reportEvents, reportMembers, reportVariables } from './postman-members.ts';
import { postmanPaths } from './postman-paths.ts';
import { hostVariables, postmanServer } from './postman-places.ts';
import { postmanText, statedText } from './postman-text.ts';
import { nameOfFolder, type PostmanRequest, readRequests } from './postman-requests.ts';
import { postmanSignIn } from './postman-sign-in.ts';
import { type LoadFile, ReferenceResolver } from './references.ts';
import { variablesOf } from './postman-variables.ts';
import { selector } from './selection.ts';
import { type DescriptionFile, memberOf, type SourceNode } from './source.ts';
import { bareState } from './bare-state.ts';
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
  const { paths, policies } = postmanPaths(selected, place, security, state);
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
    tags: tagsOfFolders(selected, ledger),
  });
  const inHosts = place.isGiven ? [] : selected.flatMap((request) => hostVariables(request, collection));
  reportCollection(collection, selected, new Set([...inHosts, ...security.variables]), state);
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

function informationOf(collection: SourceNode, options: ConversionOptions, { ledger }: ConversionState): OutObject {
  const info = collection.members.get('info');
  const name = info?.members.get('name');
  const stated = isBlank(statedText(name)) ? undefined : statedText(name);
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
  if (node?.kind !== 'object') return isBlank(statedText(node)) ? undefined : statedText(node);
  const parts = ['major', 'minor', 'patch'].map((part) => statedText(memberOf(node, part)));
  return parts.every((part) => part === undefined) ? undefined : parts.map((part) => part ?? '0').join('.');
}

function tagsOfFolders(requests: readonly PostmanRequest[], ledger: Ledger): OutNode | undefined {
  const tags = new Map<string, OutObject>();
  for (const { folders } of requests) {
    const last = folders.at(-1);
    if (!last) continue;
    const name = folders.map((folder) => nameOfFolder(folder)).join(' / ');
    for (const folder of folders) {
      const place = folder.members.get('name') ?? folder;
      ledger.add('postman-folder', place, { name: nameOfFolder(folder) });
    }
    const description = postmanText(last.members.get('description'));
    if (!tags.has(name))
      tags.set(name, outObject({ name: outText(name, last.members.get('name')), description }, last));
  }
  return tags.size === 0 ? undefined : outArray([...tags.values()]);
}

/** Reports what requests have no part in: that of the collection, and of the folders that they're in. */
function reportCollection(
  collection: SourceNode,
  selected: readonly PostmanRequest[],
  /** Variables whose values are in the result. */
  usedVariables: ReadonlySet<string>,
  { ledger }: ConversionState,
): void {
  const info = collection.members.get('info');
  const version = info?.members.get('version');
  reportMembers(collection, 'collection', ledger);
  reportMembers(info, 'info', ledger);
  if (version?.kind === 'object') reportMembers(version, 'version', ledger);
  const last = new Set(selected.map(({ folders }) => folders.at(-1)));
  const used = new Set(selected.flatMap(({ folders }) => folders));
  for (const folder of used) {
    reportMembers(folder, 'folder', ledger);
    const description = folder.members.get('description');
    const name = nameOfFolder(folder);
    if (!last.has(folder) && description) ledger.add('postman-folder-empty', description, { name });
  }
  for (const node of [collection, ...used]) {
    reportEvents(node, ledger);
    reportVariables(node, ledger, (name) => usedVariables.has(name) && variablesOf([node]).has(name));
  }
}
