import type { Ledger, RuleValues } from './ledger.ts';
import { leaveOutFor } from './obstacle.ts';
import type { PostmanRequest } from './postman-requests.ts';
import { variablesNamedIn, variablesOf, withVariables } from './postman-variables.ts';
import type { ConversionRuleId } from './rules.ts';
import { HostMissing, hostUrl, isReachable, reportAddress } from './servers.ts';
import type { SourceNode } from './source.ts';

/** Where the operations of a collection are. */
export interface PostmanServer {
  readonly url: URL;
  /** Whether somebody has named it: then it's what variables in the URLs of requests stand for. */
  readonly isGiven: boolean;
  /** The origin that it stands for where no URL has a variable. */
  readonly replaced?: string | undefined;
  readonly collection: SourceNode;
}

/** Where an operation is: below the server, or elsewhere by a policy. */
export interface PostmanPlace {
  readonly segments: readonly string[];
  /** What the policy puts in place of host and base path. */
  readonly policyUrl?: string;
}

/** The server of most requests. Raises {@link HostMissing} where most have a host that nothing tells. */
export function postmanServer(
  collection: SourceNode,
  requests: readonly PostmanRequest[],
  host: string | undefined,
  ledger: Ledger,
): PostmanServer {
  const given = host === undefined ? undefined : hostUrl(host);
  if (given) return { url: given, isGiven: true, replaced: replacedOrigin(requests, collection), collection };
  // Without requests there is nothing to convert, whatever the host.
  if (requests.length === 0) return { url: new URL('https://localhost'), isGiven: false, collection };
  const urls = requests.map((request) => ({ request, url: baseUrl(request, collection) }));
  const first = urls.find(({ url }) => url && isReachable(url));
  const unknown = urls.filter(({ request, url }) => url === undefined && request.url.base !== '').length;
  if (!first?.url || unknown > requests.length / 2) throw new HostMissing();
  const { base, node } = first.request.url;
  if (base.includes('{{') && node)
    ledger.add('postman-variable-host', node, { variable: base, url: shownUrl(first.url) });
  return { url: first.url, isGiven: false, collection };
}

function replacedOrigin(requests: readonly PostmanRequest[], collection: SourceNode): string | undefined {
  if (requests.some(({ url }) => url.base.includes('{{'))) return undefined;
  const urls = requests.flatMap((request) => baseUrl(request, collection) ?? []);
  return (urls.find((url) => !isReachable(url)) ?? urls[0])?.origin;
}

/** Without what may be a secret: the query, and who signs in. */
function shownUrl({ origin, pathname }: URL): string {
  return `${origin}${pathname.replace(/\/$/u, '')}`;
}

/** The place of an operation; undefined for one that has none in the cloud, which is reported. */
export function postmanPlace(request: PostmanRequest, server: PostmanServer, ledger: Ledger): PostmanPlace | undefined {
  const { node, id, url } = request;
  const place = url.node ?? node;
  const { base, segments } = url;
  const refuse = (rule: ConversionRuleId, values: RuleValues): undefined => {
    ledger.add(rule, place, { id, ...values });
    leaveOutFor(request, { node: place, words: 'its URL' }, ledger);
  };
  if (base === '' && segments.length === 0) return refuse('postman-url-missing', {});
  if (server.isGiven && base.includes('{{')) {
    ledger.add('postman-variable-host', place, { variable: base, url: shownUrl(server.url) });
    return { segments };
  }
  const own = baseUrl(request, server.collection);
  if (!own) {
    if (server.isGiven || base === '') return { segments };
    return refuse('postman-host-unknown', { variable: base });
  }
  if (own.search || own.hash) ledger.add('server-query', place);
  reportAddress(own, place, ledger);
  if (server.isGiven && (own.origin === server.replaced || !isReachable(own))) {
    if (own.origin !== server.url.origin) ledger.add('postman-host-replaced', place, { url: own.origin });
    return { segments };
  }
  if (!isReachable(own)) return refuse('postman-host-unusable', { url: own.origin });
  const whole = [...segmentsOf(own), ...segments];
  const below = segmentsOf(server.url);
  const isSame = own.origin === server.url.origin;
  if (isSame && below.every((segment, index) => segment === whole[index]))
    return { segments: whole.slice(below.length) };
  const policyUrl = isSame ? own.origin : shownUrl(own);
  ledger.add('postman-host-other', place, { id, url: policyUrl });
  return { segments: isSame ? whole : segments, policyUrl };
}

function segmentsOf({ pathname }: URL): readonly string[] {
  return pathname.split('/').filter((segment) => segment !== '');
}

/** Scheme, host, and the path that a variable may bring along. */
function baseUrl({ url, folders, node }: PostmanRequest, collection: SourceNode): URL | undefined {
  const filled = withVariables(url.base, variablesOf([node, ...folders.toReversed(), collection]));
  return filled === undefined || filled === '' ? undefined : hostUrl(filled);
}

/** The names of the variables that the host of a request consists of. */
export function hostVariables({ url, folders, node }: PostmanRequest, collection: SourceNode): readonly string[] {
  return variablesNamedIn(url.base, variablesOf([node, ...folders.toReversed(), collection]));
}
