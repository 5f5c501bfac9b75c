import { connectionParameters, securityDefinition } from '../connector/new-authentication.ts';
import { outObject, type OutObject, outValue } from './output-tree.ts';
import { bearerParameters, type SchemeOptions, missingClientId } from './security-schemes.ts';
import type { Ledger } from './ledger.ts';
import type { JsonObject } from '../json/value.ts';
import type { SourceNode } from './source.ts';
import type { PostmanRequest } from './postman-requests.ts';
import { statedText } from './postman-text.ts';
import { variablesNamedIn, variablesOf, withVariables } from './postman-variables.ts';
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

/** Sign-in by an authorization code; undefined, and reported, where a variable in a URL has no value. */
function codeSignIn(
  values: ReadonlyMap<string, SourceNode>,
  auth: SourceNode,
  options: SchemeOptions,
  ledger: Ledger,
): PostmanSignIn | 'unsupported' | undefined {
  const variables = variablesOf(partsAround(auth));
  const stated = [
    options.authorizationUrl ?? statedText(values.get('authUrl')),
    options.tokenUrl ?? statedText(values.get('accessTokenUrl')),
  ];
  const [authorizationUrl, tokenUrl] = stated.map((url) => url && (withVariables(url, variables) ?? url));
  const unknown = /\{\{[^{}]*\}\}/u.exec(`${authorizationUrl} ${tokenUrl}`)?.[0];
  if (unknown !== undefined) {
    ledger.add('postman-auth-variable', auth, { kind: 'oauth2', variable: unknown });
    return undefined;
  }
  if (!isUrl(authorizationUrl) || !isUrl(tokenUrl)) return 'unsupported';
  const scope = values.get('scope');
  const named = (statedText(scope) ?? '').split(/[\s,]+/u).filter((one) => one !== '');
  const scopes = named.flatMap((one) => {
    const filled = withVariables(one, variables);
    if (filled === undefined) ledger.add('postman-auth-scope', scope ?? auth, { scope: one });
    return filled?.split(/[\s,]+/u) ?? [];
  });
  const clientId = options.clientId ?? missingClientId;
  const used = [...stated, ...named].flatMap((text) => variablesNamedIn(text ?? '', variables));
  return { ...signIn({ kind: 'oauth2', clientId, authorizationUrl, tokenUrl, scopes }), variables: used };
}

function partsAround(node: SourceNode): readonly SourceNode[] {
  const parts: SourceNode[] = [];
  for (let at = node.parent; at; at = at.parent) parts.push(at);
  return parts;
}

function isUrl(text: string | undefined): text is string {
  return text !== undefined && URL.canParse(text);
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
