import { connectionParameters, securityDefinition } from '../connector/new-authentication.ts';
import { outObject, type OutObject, outValue } from './output-tree.ts';
import { bearerParameters, type SchemeOptions, missingClientId } from './security-schemes.ts';
import type { Ledger } from './ledger.ts';
import type { JsonObject } from '../json/value.ts';
import type { SourceNode } from './source.ts';
import type { PostmanRequest } from './postman-requests.ts';
import { statedText } from './postman-text.ts';
import {
  type CollectionVariables,
  variablesNamedIn,
  variablesOf,
  withKnownVariables,
  withVariables,
} from './postman-variables.ts';
import { hostUrl, publicUrl } from './servers.ts';
import type { ConversionState } from './state.ts';
import { reportType } from './wrong-type.ts';

/** How a collection signs in. */
export interface PostmanSignIn {
  readonly definitions: OutObject | undefined;
  readonly requirement: OutObject | undefined;
  readonly parameters: JsonObject;
  /** Headers that it sends, in lower case. */
  readonly headers: ReadonlySet<string>;
  /** Variables whose values are in it. */
  readonly variables: readonly string[];
}

const none: PostmanSignIn = {
  definitions: undefined,
  requirement: undefined,
  parameters: {},
  headers: new Set(),
  variables: [],
};

/** What is read of `auth`: where a key goes, and URLs and scopes. No other value is looked at. */
const readable = new Set(['key', 'in', 'authUrl', 'accessTokenUrl', 'scope', 'grant_type']);

/** The first way to sign in, that of the collection before those of folders and requests. Others are left out. */
export function postmanSignIn(
  collection: SourceNode,
  requests: readonly PostmanRequest[],
  options: SchemeOptions,
  state: ConversionState,
): PostmanSignIn {
  const { ledger } = state;
  const places = new Set([
    collection,
    ...requests.flatMap(({ folders }) => folders),
    ...requests.map((one) => one.request),
  ]);
  const stated = [...places].flatMap((node) => node.members.get('auth') ?? []);
  for (const auth of stated)
    if (isNone(auth)) ledger.add('postman-auth-none', auth);
    else if (auth.kind !== 'object' && auth.kind !== 'null') reportType(ledger, auth, 'an object');
  const usable = stated.filter((auth) => !isNone(auth) && auth.kind === 'object');
  let result: PostmanSignIn | undefined;
  for (const auth of usable) {
    const kind = statedText(auth.members.get('type')) ?? 'an unknown kind';
    const converted = convertAuth(kind, auth, options, ledger);
    result ??= converted;
    if (!converted) continue;
    if (JSON.stringify(converted.parameters) !== JSON.stringify(result?.parameters))
      ledger.add('postman-auth-other', auth, { kind });
    else if (kind === 'bearer') ledger.add('security-bearer', auth, { name: kind });
    else ledger.add('postman-auth', auth, { kind });
  }
  return result ?? none;
}

/** What says that a request is sent without sign-in: itself, or the nearest folder that says anything. */
export function statedWithoutSignIn({ request, folders }: PostmanRequest): SourceNode | undefined {
  const [nearest] = [request, ...folders.toReversed()].flatMap((node) => node.members.get('auth') ?? []);
  return nearest && isNone(nearest) ? nearest : undefined;
}

function isNone(auth: SourceNode): boolean {
  return statedText(auth.members.get('type')) === 'noauth';
}

function valuesOf(auth: SourceNode, kind: string): ReadonlyMap<string, SourceNode> {
  const details = auth.members.get(kind);
  // A list in 2.1, an object in 2.0.
  const pairs: readonly (readonly [string, SourceNode | undefined])[] =
    details?.kind === 'array'
      ? details.items.map((item) => [statedText(item.members.get('key')) ?? '', item.members.get('value')] as const)
      : [...(details?.members ?? [])];
  return new Map(pairs.flatMap(([name, node]) => (readable.has(name) && node ? [[name, node] as const] : [])));
}

/** What can't be converted is reported. */
function convertAuth(
  kind: string,
  auth: SourceNode,
  options: SchemeOptions,
  ledger: Ledger,
): PostmanSignIn | undefined {
  const values = valuesOf(auth, kind);
  if (kind === 'basic') return signIn({ kind: 'basic' });
  if (kind === 'bearer')
    return { ...signIn({ kind: 'api-key', header: 'Authorization' }), parameters: bearerParameters() };
  if (kind === 'apikey') {
    const header = statedText(values.get('key')) || 'X-API-Key';
    const converted = signIn({ kind: 'api-key', header });
    if (statedText(values.get('in')) !== 'query') return converted;
    const definition = outValue({ api_key: { type: 'apiKey', in: 'query', name: header } });
    return { ...converted, definitions: definition.kind === 'object' ? definition : undefined };
  }
  const grant = statedText(values.get('grant_type')) ?? 'authorization_code';
  const isCode = ['authorization_code', 'authorization_code_with_pkce'].includes(grant);
  const converted = kind === 'oauth2' && isCode ? codeSignIn(values, auth, options, ledger) : 'unsupported';
  if (converted === 'unsupported') ledger.add('postman-auth-unsupported', auth, { kind });
  return converted === 'unsupported' ? undefined : converted;
}

/** Sign-in by an authorization code; undefined, and reported, where a URL or a variable in it has no value. */
function codeSignIn(
  values: ReadonlyMap<string, SourceNode>,
  auth: SourceNode,
  options: SchemeOptions,
  ledger: Ledger,
): PostmanSignIn | 'unsupported' | undefined {
  const variables = variablesOf(partsAround(auth));
  const authorization = oauthUrl('authUrl', options.authorizationUrl, values, variables);
  const token = oauthUrl('accessTokenUrl', options.tokenUrl, values, variables);
  const unknown = authorization.unknown ?? token.unknown;
  if (unknown !== undefined) {
    ledger.add('postman-auth-variable', auth, { kind: 'oauth2', variable: unknown });
    return undefined;
  }
  const { url: authorizationUrl } = authorization;
  const { url: tokenUrl } = token;
  if (authorizationUrl === undefined || tokenUrl === undefined) return 'unsupported';
  for (const { name, cut } of [authorization, token]) if (cut) ledger.add('postman-auth-url', cut, { name });
  const scope = values.get('scope');
  const named = (statedText(scope) ?? '').split(/[\s,]+/u).filter((one) => one !== '');
  const scopes = named.flatMap((one) => {
    const filled = withVariables(one, variables);
    if (filled === undefined) ledger.add('postman-auth-scope', scope ?? auth, { scope: one });
    return filled?.split(/[\s,]+/u) ?? [];
  });
  const clientId = options.clientId ?? missingClientId;
  const texts = [authorization.text, token.text, ...named];
  const used = texts.flatMap((text) => variablesNamedIn(text, variables));
  return { ...signIn({ kind: 'oauth2', clientId, authorizationUrl, tokenUrl, scopes }), variables: used };
}

function partsAround(node: SourceNode): readonly SourceNode[] {
  const parts: SourceNode[] = [];
  for (let at = node.parent; at; at = at.parent) parts.push(at);
  return parts;
}

interface OauthUrl {
  readonly name: string;
  /** The part that counts, with variables. */
  readonly text: string;
  /** What has no value. */
  readonly unknown?: string | undefined;
  /** Undefined for what isn't a URL. */
  readonly url?: string | undefined;
  /** Where a user or a query is left out. */
  readonly cut?: SourceNode | undefined;
}

/** A URL where users sign in: the one that was passed, or that of the collection, without user and query. */
function oauthUrl(
  name: string,
  passed: string | undefined,
  values: ReadonlyMap<string, SourceNode>,
  variables: CollectionVariables,
): OauthUrl {
  if (passed !== undefined) return { name, text: '', url: URL.canParse(passed) ? passed : undefined };
  const node = values.get(name);
  const stated = (statedText(node) ?? '').trim();
  const text = stated.replace(/[?#][^]*$/u, '');
  const filled = withKnownVariables(text, variables);
  const unknown = filled === '' ? name : /\{\{[^{}]*\}\}/u.exec(filled)?.[0];
  if (unknown !== undefined) return { name, text, unknown };
  const shown = publicUrl(filled);
  const isCut = text !== stated || shown !== filled;
  const url = /^[a-z][a-z\d+.-]*:\/\//iu.test(shown) ? shown : `https://${shown}`;
  return { name, text, url: hostUrl(url) && url, cut: isCut ? node : undefined };
}

function signIn(authentication: Parameters<typeof connectionParameters>[0]): PostmanSignIn {
  const [name = '', definition = {}] = securityDefinition(authentication) ?? [];
  const definitions = outObject({ [name]: outValue(definition) });
  const header = authentication.kind === 'api-key' ? authentication.header : 'Authorization';
  return {
    definitions,
    requirement: outObject({ [name]: outValue([]) }),
    parameters: connectionParameters(authentication),
    headers: new Set([header.toLowerCase()]),
    variables: [],
  };
}
