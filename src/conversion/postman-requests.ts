import type { Ledger } from './ledger.ts';
import { NamesInUse } from './names-in-use.ts';
import { splitAt } from './path-names.ts';
import { statedText } from './postman-text.ts';
import { memberOf, type SourceNode } from './source.ts';
import { isBlank, pascalCase } from './words.ts';
import { reportType } from './wrong-type.ts';

/** A request of a collection. */
export interface PostmanRequest {
  readonly node: SourceNode;
  readonly request: SourceNode;
  readonly name: string;
  /** From the outermost one. */
  readonly folders: readonly SourceNode[];
  readonly method: string;
  readonly url: PostmanUrl;
  readonly id: string;
}

export interface PostmanUrl {
  readonly node: SourceNode | undefined;
  /** Scheme and host, with variables. */
  readonly base: string;
  readonly segments: readonly string[];
  /** Members of the query, those that are switched off included. */
  readonly query: readonly { readonly name: string; readonly value: string | undefined; readonly node: SourceNode }[];
}

/** Deeper folders are those of a collection that are built to do harm. */
const deepestFolder = 50;

/** All requests of a collection, with the IDs that they get. */
export function readRequests(root: SourceNode, ledger: Ledger): readonly PostmanRequest[] {
  const found: Omit<PostmanRequest, 'id'>[] = [];
  const walk = (items: SourceNode | undefined, folders: readonly SourceNode[]): void => {
    for (const node of items?.items ?? []) {
      const request = node.members.get('request');
      const name = statedText(node.members.get('name')) ?? '';
      if (request) found.push(readRequest(node, request, folders, ledger));
      else if (node.kind !== 'object') reportType(ledger, node, 'an object');
      else if (!node.members.has('item')) ledger.add('postman-folder-empty', node, { name });
      else if (folders.length >= deepestFolder) ledger.add('postman-folder-deep', node, { name, n: deepestFolder });
      else {
        const before = found.length;
        walk(node.members.get('item'), [...folders, node]);
        if (found.length === before) ledger.add('postman-folder-empty', node, { name });
      }
    }
  };
  walk(root.members.get('item'), []);
  const used = new NamesInUse({ ignoresCase: true });
  return found.map((one) => ({ ...one, id: freeId(one, used) }));
}

function readRequest(
  node: SourceNode,
  request: SourceNode,
  folders: readonly SourceNode[],
  ledger: Ledger,
): Omit<PostmanRequest, 'id'> {
  const isText = request.kind === 'string';
  const method = (isText ? undefined : statedText(request.members.get('method'))) ?? 'GET';
  const url = readUrl(isText ? request : request.members.get('url'), ledger);
  const name = statedText(node.members.get('name')) ?? '';
  return { node, request, name, folders, method: method.toLowerCase(), url };
}

function freeId({ name, folders, method, url }: Omit<PostmanRequest, 'id'>, used: NamesInUse): string {
  const own = pascalCase(name) || pascalCase(`${method} ${url.segments.join(' ')}`) || 'Request';
  const withFolder = `${pascalCase(nameOfFolder(folders.at(-1)))}${own}`;
  return used.take(used.has(own) ? withFolder : own);
}

export function nameOfFolder(folder: SourceNode | undefined): string {
  return statedText(folder?.members.get('name')) ?? '';
}

/** A URL as text or taken apart, as collections have both. */
function readUrl(node: SourceNode | undefined, ledger: Ledger): PostmanUrl {
  const raw = statedText(node) ?? statedText(node?.members.get('raw')) ?? '';
  const parsed = splitUrl(raw);
  const path = node?.members.get('path');
  const segments =
    path?.kind === 'array'
      ? path.items.map((segment) => statedText(segment) ?? statedText(segment.members.get('value')) ?? '')
      : (statedText(path)?.split('/') ?? parsed.segments);
  const [beforeFragment, fragment] = splitAt(segments.join('/'), '#');
  const [bare, inPath = ''] = splitAt(beforeFragment, '?');
  const anyFragment = fragment ?? parsed.fragment ?? statedText(node?.members.get('hash'));
  if (node && anyFragment !== undefined) ledger.add('path-fragment', node, { fragment: anyFragment });
  const ofText = (text: string) =>
    node ? [...new URLSearchParams(text)].map(([name, value]) => ({ name, value, node })) : [];
  const host = node?.members.get('host');
  const base = raw === '' && host ? hostText(node, host) : parsed.base;
  const listed = node?.members.get('query');
  const query =
    listed?.kind === 'array'
      ? listed.items.flatMap((item) => {
          const name = statedText(item.members.get('key'));
          if (name === undefined || isBlank(name)) return (ledger.leaveOutFor('postman-query-unnamed', item), []);
          return [{ name, value: statedText(item.members.get('value')), node: item }];
        })
      : ofText(parsed.query);
  const rest = bare.split('/').filter((segment) => segment !== '');
  return { node, base, segments: rest, query: [...query, ...ofText(inPath)] };
}

function hostText(node: SourceNode | undefined, host: SourceNode): string {
  const protocol = statedText(node?.members.get('protocol'));
  const name =
    host.kind === 'array' ? host.items.map((part) => statedText(part) ?? '').join('.') : (statedText(host) ?? '');
  const port = statedText(memberOf(node, 'port'));
  return `${protocol === undefined ? '' : `${protocol}://`}${name}${port === undefined ? '' : `:${port}`}`;
}

function splitUrl(raw: string): {
  readonly base: string;
  readonly segments: readonly string[];
  readonly query: string;
  readonly fragment: string | undefined;
} {
  const [beforeFragment = '', fragment] = raw.split(/#(.*)/su);
  const [beforeQuery = '', query = ''] = beforeFragment.split(/\?(.*)/su);
  // The scheme may be a variable, too.
  const [, base = '', path = ''] = /^((?:[^/]*:\/\/)?[^/]*)(.*)$/isu.exec(beforeQuery) ?? [];
  return { base, segments: path.split('/'), query, fragment };
}
