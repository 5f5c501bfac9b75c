import { connectionParameters } from '../connector/new-authentication.ts';
import { isObject, type JsonObject } from '../json/value.ts';
import { Fields } from './fields.ts';
import { followed } from './followed.ts';
import type { RuleValues } from './ledger.ts';
import { copiedText, outObject, type OutObject, outText, setMembers } from './output-tree.ts';
import type { ConversionRuleId } from './rules.ts';
import { type SourceNode, sourceText } from './source.ts';
import type { ConversionState } from './state.ts';
import { reportType } from './wrong-type.ts';

/** A way to sign in that connectors have. */
export interface SignInMethod {
  /** In the source and in the result. */
  readonly name: string;
  readonly node: SourceNode;
  readonly definition: OutObject;
  /** What users enter when they create a connection. */
  readonly parameters: JsonObject;
  /** Where a key is sent. */
  readonly key?: { readonly place: 'header' | 'query'; readonly name: string };
  readonly authorizationUrl?: string;
}

export interface SchemeOptions {
  readonly clientId: string | undefined;
  readonly authorizationUrl: string | undefined;
  readonly tokenUrl: string | undefined;
  /** Where the API is, for relative URLs. */
  readonly baseUrl: string | undefined;
}

/** Goes into the files for whoever has no application yet: `validate --info` finds it. */
export const missingClientId = 'YOUR-CLIENT-ID';

const secretNames = /secret|password|token|key|client/iu;

/** A security scheme as a way to sign in; undefined for what connectors can't do, which is reported. */
export function convertScheme(
  node: SourceNode,
  options: SchemeOptions,
  state: ConversionState,
): SignInMethod | undefined {
  const { ledger } = state;
  const scheme = followed(node, state);
  if (!scheme) return undefined;
  if (scheme.kind !== 'object') return (reportType(ledger, scheme, 'an object'), undefined);
  const { name } = node;
  const fields = new Fields(scheme, ledger);
  const stated = fields.text('type');
  const type = sourceText(stated);
  const unsupported = (kind: string): undefined => {
    ledger.add('security-unsupported', node, { name, kind });
    return undefined;
  };
  const place = sourceText(scheme.members.get('in'));
  if (type === 'apiKey' && place === 'cookie') return unsupported('cookie');
  if (type === 'apiKey') return apiKey({ name, node, fields, stated }, state);
  if (type === 'oauth2') return oAuth2({ name, node, fields, stated }, options, state);
  if (type === 'http' || type === 'basic') {
    const way = fields.text('scheme');
    const kind = type === 'basic' ? 'basic' : (sourceText(way) ?? '').toLowerCase();
    if (kind === 'basic') return basic({ name, node, fields, stated }, state);
    if (kind === 'bearer') return bearer({ name, node, fields, stated }, state);
    return unsupported(`HTTP ${kind}`);
  }
  const words: Readonly<Record<string, string>> = { openIdConnect: 'OpenID Connect', mutualTLS: 'client certificate' };
  return unsupported(words[type ?? ''] ?? type ?? 'an unknown type');
}

/** A scheme as it's read. */
interface Scheme {
  readonly name: string;
  readonly node: SourceNode;
  readonly fields: Fields;
  /** Where its type is written. */
  readonly stated: SourceNode | undefined;
}

function apiKey({ name, node, fields, stated }: Scheme, state: ConversionState): SignInMethod | undefined {
  const [parameter, place] = [fields.text('name'), fields.text('in')];
  const key = sourceText(parameter);
  const where = sourceText(place);
  if (!parameter || !place || !key || (where !== 'header' && where !== 'query')) {
    state.ledger.add('security-url-missing', node, { name, what: 'name or place' });
    return undefined;
  }
  const definition = outObject(
    { type: outText('apiKey', stated), name: copiedText(parameter), in: copiedText(place) },
    node,
  );
  finishDefinition(fields, definition, state);
  const parameters = connectionParameters({ kind: 'api-key', header: key });
  return { name, node, definition, parameters, key: { place: where, name: key } };
}

function basic({ name, node, fields, stated }: Scheme, state: ConversionState): SignInMethod {
  const definition = outObject({ type: outText('basic', stated) }, node);
  finishDefinition(fields, definition, state);
  return { name, node, definition, parameters: connectionParameters({ kind: 'basic' }) };
}

const bearerWords = 'Enter Bearer, a space, and the token.';

function bearer({ name, node, fields }: Scheme, state: ConversionState): SignInMethod {
  state.ledger.add('security-bearer', node, { name });
  fields.take('bearerFormat');
  const header = 'Authorization';
  const definition = outObject({ type: outText('apiKey'), name: outText(header), in: outText('header') }, node);
  finishDefinition(fields, definition, state);
  return { name, node, definition, parameters: bearerParameters(), key: { place: 'header', name: header } };
}

/** What is asked for a token in the header Authorization: connectors send what the user has entered. */
export function bearerParameters(): JsonObject {
  const { api_key: parameter } = connectionParameters({ kind: 'api-key', header: 'Authorization' });
  const ui = isObject(parameter) ? parameter['uiDefinition'] : undefined;
  const uiDefinition = { ...(isObject(ui) && ui), description: bearerWords, tooltip: bearerWords };
  return { api_key: { ...(isObject(parameter) && parameter), uiDefinition } };
}

const flowNames: Readonly<Record<string, string>> = {
  authorizationCode: 'authorization code',
  implicit: 'implicit',
  clientCredentials: 'client credentials',
  password: 'password',
  deviceAuthorization: 'device code',
};

function oAuth2(
  { name, node, fields, stated: type }: Scheme,
  options: SchemeOptions,
  state: ConversionState,
): SignInMethod | undefined {
  const { ledger, references } = state;
  const lost = (rule: ConversionRuleId, place: SourceNode, values: RuleValues): undefined => {
    ledger.add(rule, place, values, 'dropped');
    return undefined;
  };
  const flows = references.valueOf(fields.object('flows'));
  const [code, implicit] = [flows?.members.get('authorizationCode'), flows?.members.get('implicit')];
  const isImplicit = !code && implicit !== undefined;
  if (isImplicit && options.tokenUrl === undefined) return lost('security-implicit', node, { name });
  const flow = code ?? implicit;
  if (!flow) {
    const kinds = [...(flows?.members.keys() ?? [])].map((kind) => flowNames[kind] ?? kind).join(', ');
    return lost('security-flow-unsupported', node, { name, flow: kinds || 'an unknown flow' });
  }
  if (isImplicit) ledger.add('security-implicit', flow, { name }, 'narrowed');
  for (const other of flows?.members.values() ?? [])
    if (other !== flow) ledger.add('security-flow', other, { name, flow: flowNames[other.name] ?? other.name });
  const inside = new Fields(flow, ledger);
  const url = (member: string, given: string | undefined) => {
    const stated = inside.text(member);
    return { node: stated, text: given ?? absolute(stated, options.baseUrl, state) };
  };
  const authorization = url('authorizationUrl', options.authorizationUrl);
  const token = url('tokenUrl', options.tokenUrl);
  const refresh = url('refreshUrl', undefined);
  if (authorization.text === undefined || token.text === undefined)
    return lost('security-url-missing', node, { name, what: 'URL of its sign-in' });
  const scopes = inside.object('scopes');
  const names = [...(scopes?.members.keys() ?? [])];
  const definition = outObject({ type: outText('oauth2', type), flow: outText('accessCode', flow) }, node);
  setMembers(definition, {
    authorizationUrl: outText(authorization.text, authorization.node),
    tokenUrl: outText(token.text, token.node),
    scopes: scopes ? copiedScopes(scopes, state) : outObject(),
  });
  if (refresh.node) ledger.add('security-refresh-url', refresh.node);
  finishDefinition(fields, definition, state);
  finishDefinition(inside, definition, state);
  const parameters = connectionParameters({
    kind: 'oauth2',
    clientId: options.clientId ?? missingClientId,
    authorizationUrl: authorization.text,
    tokenUrl: token.text,
    scopes: names,
  });
  return {
    name,
    node,
    definition,
    parameters: refresh.text === undefined ? parameters : withRefreshUrl(parameters, refresh.text),
    authorizationUrl: authorization.text,
  };
}

function copiedScopes(scopes: SourceNode, { ledger }: ConversionState): OutObject {
  const result = outObject({}, scopes);
  for (const scope of scopes.members.values()) {
    const isText = sourceText(scope) !== undefined;
    if (!isText) reportType(ledger, scope, 'text');
    result.members.set(scope.name, isText ? copiedText(scope) : outText('', scope));
  }
  return result;
}

function withRefreshUrl(parameters: JsonObject, url: string): JsonObject {
  return JSON.parse(JSON.stringify(parameters), (name, value: unknown) =>
    name === 'refreshUrl' ? { value: url } : value,
  );
}

function absolute(
  node: SourceNode | undefined,
  base: string | undefined,
  { ledger }: ConversionState,
): string | undefined {
  const url = sourceText(node);
  if (!node || url === undefined || url.trim() === '') return undefined;
  if (URL.canParse(url)) return url;
  if (base === undefined || !URL.canParse(url, base)) return undefined;
  const { href } = new URL(url, base);
  ledger.add('security-url', node, { url, absolute: href });
  return href;
}

/** What else a scheme says. A value that may be a secret stays where it is. */
function finishDefinition(
  fields: Fields,
  definition: OutObject,
  { ledger, version, extension }: ConversionState,
): void {
  // That of the scheme goes before one in its flow, which is no member of that.
  const description = definition.members.has('description') ? undefined : fields.text('description');
  if (description) definition.members.set('description', copiedText(description));
  for (const member of fields.rest()) {
    const { name } = member;
    const isExtension = name.startsWith('x-');
    if (secretNames.test(name) && (isExtension || ['default', 'example', 'examples'].includes(name)))
      ledger.add('security-secret', member, { name });
    else if (isExtension && !definition.members.has(name)) definition.members.set(name, extension(member));
    else ledger.add('member-unknown', member, { name, version });
  }
}
