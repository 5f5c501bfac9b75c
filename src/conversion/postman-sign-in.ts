import { connectionParameters, securityDefinition } from '../connector/new-authentication.ts';
import { outObject, type OutObject, outValue } from './output-tree.ts';
import { type SchemeOptions, missingClientId } from './security-schemes.ts';
import type { JsonObject } from '../json/value.ts';
import { type SourceNode, sourceText } from './source.ts';
import type { ConversionState } from './state.ts';

/** How a collection signs in. */
export interface PostmanSignIn {
  readonly definitions: OutObject | undefined;
  readonly requirement: OutObject | undefined;
  readonly parameters: JsonObject;
  /** Headers that it sends, in lower case. */
  readonly headers: ReadonlySet<string>;
}

const none: PostmanSignIn = { definitions: undefined, requirement: undefined, parameters: {}, headers: new Set() };

/** What is read of `auth`: where a key goes, and URLs and scopes. No other value is looked at. */
const readable = new Set(['key', 'in', 'authUrl', 'accessTokenUrl', 'scope', 'grant_type']);

/** The way to sign in that most requests have; those of other requests are left out. */
export function postmanSignIn(
  collection: SourceNode,
  requests: readonly SourceNode[],
  options: SchemeOptions,
  state: ConversionState,
): PostmanSignIn {
  const { ledger } = state;
  const stated = [collection, ...requests].flatMap((node) => node.members.get('auth') ?? []);
  const usable = stated.filter((auth) => sourceText(auth.members.get('type')) !== 'noauth' && auth.kind === 'object');
  let result: PostmanSignIn | undefined;
  for (const auth of usable) {
    const kind = sourceText(auth.members.get('type')) ?? 'an unknown kind';
    const converted = convertAuth(kind, auth, options);
    if (!converted) ledger.add('postman-auth-unsupported', auth, { kind });
    else ledger.add('postman-auth', auth, { kind });
    result ??= converted;
  }
  return result ?? none;
}

function valuesOf(auth: SourceNode, kind: string): ReadonlyMap<string, string> {
  const details = auth.members.get(kind);
  // A list in 2.1, an object in 2.0.
  const pairs: readonly (readonly [string, SourceNode | undefined])[] =
    details?.kind === 'array'
      ? details.items.map((item) => [sourceText(item.members.get('key')) ?? '', item.members.get('value')] as const)
      : [...(details?.members ?? [])];
  return new Map(
    pairs.flatMap(([name, node]) =>
      readable.has(name) && sourceText(node) !== undefined ? [[name, sourceText(node) ?? '']] : [],
    ),
  );
}

function convertAuth(kind: string, auth: SourceNode, options: SchemeOptions): PostmanSignIn | undefined {
  const values = valuesOf(auth, kind);
  if (kind === 'basic') return signIn({ kind: 'basic' });
  if (kind === 'bearer') return signIn({ kind: 'api-key', header: 'Authorization' });
  if (kind === 'apikey') {
    const header = values.get('key') || 'X-API-Key';
    const converted = signIn({ kind: 'api-key', header });
    if (values.get('in') !== 'query') return converted;
    const definition = outValue({ api_key: { type: 'apiKey', in: 'query', name: header } });
    return { ...converted, definitions: definition.kind === 'object' ? definition : undefined };
  }
  const [authorizationUrl, tokenUrl] = [
    options.authorizationUrl ?? values.get('authUrl'),
    options.tokenUrl ?? values.get('accessTokenUrl'),
  ];
  const isCode = ['authorization_code', 'authorization_code_with_pkce'].includes(
    values.get('grant_type') ?? 'authorization_code',
  );
  if (kind !== 'oauth2' || !isCode || !isUrl(authorizationUrl) || !isUrl(tokenUrl)) return undefined;
  const scopes = (values.get('scope') ?? '').split(/[\s,]+/u).filter((scope) => scope !== '' && !scope.includes('{{'));
  const clientId = options.clientId ?? missingClientId;
  return signIn({ kind: 'oauth2', clientId, authorizationUrl, tokenUrl, scopes });
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
  };
}
