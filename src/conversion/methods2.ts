import { connectionParameters } from '../connector/new-authentication.ts';
import { has } from '../json/value.ts';
import { copiedTexts } from './documentation.ts';
import { knownMembers } from './known-members2.ts';
import {
  copiedText,
  distinctValues,
  memberText,
  outArray,
  type OutNode,
  outObject,
  type OutObject,
} from './output-tree.ts';
import { missingClientId, type SchemeOptions, type SignInMethod } from './security-schemes.ts';
import { type SourceNode, sourceText } from './source.ts';
import type { ConversionState } from './state.ts';
import { reportType } from './wrong-type.ts';

/**
 * What a security definition of OpenAPI 2.0 asks whoever makes a connection; undefined for what connectors can't do.
 * @param staysWhole Whether the definition stays where it is all the same.
 */
export function convertMethod2(
  node: SourceNode,
  options: SchemeOptions,
  state: ConversionState,
  staysWhole: boolean,
): SignInMethod | undefined {
  const { ledger } = state;
  const { name, members } = node;
  const definition = definedMethod(node, state);
  if (!definition) return undefined;
  const common = { name, node, definition };
  const text = (member: string): string | undefined => sourceText(members.get(member));
  const type = text('type');
  if (type === 'basic') return { ...common, parameters: connectionParameters({ kind: 'basic' }) };
  if (type === 'apiKey') {
    const place = text('in') === 'query' ? 'query' : 'header';
    const header = text('name') ?? 'X-API-Key';
    return { ...common, parameters: connectionParameters({ kind: 'api-key', header }), key: { place, name: header } };
  }
  const flow = text('flow') ?? 'an unknown flow';
  const authorizationUrl = options.authorizationUrl ?? text('authorizationUrl');
  const tokenUrl = options.tokenUrl ?? text('tokenUrl');
  if (type !== 'oauth2' || authorizationUrl === undefined || tokenUrl === undefined) {
    const isImplicit = type === 'oauth2' && flow === 'implicit';
    if (staysWhole) ledger.add(isImplicit ? 'security-implicit-kept' : 'security-kept', node, { name });
    else if (isImplicit) ledger.add('security-implicit', node, { name }, 'dropped');
    else ledger.add('security-flow-unsupported', node, { name, flow });
    return undefined;
  }
  const scopes = [...(members.get('scopes')?.members.keys() ?? [])];
  const clientId = options.clientId ?? missingClientId;
  const parameters = connectionParameters({ kind: 'oauth2', clientId, authorizationUrl, tokenUrl, scopes });
  return { ...common, parameters, authorizationUrl };
}

/** What a definition of each type has besides its description, and must have. */
const ofTypes: Readonly<Record<string, readonly string[]>> = {
  basic: [],
  apiKey: ['name', 'in'],
  'oauth2 implicit': ['flow', 'authorizationUrl'],
  'oauth2 password': ['flow', 'tokenUrl'],
  'oauth2 application': ['flow', 'tokenUrl'],
  'oauth2 accessCode': ['flow', 'authorizationUrl', 'tokenUrl'],
};

/** A security definition of OpenAPI 2.0; undefined for one that isn't valid, which is reported. */
export function definedMethod(node: SourceNode, state: ConversionState): OutObject | undefined {
  const { ledger } = state;
  const { name } = node;
  if (node.kind !== 'object') {
    reportType(ledger, node, 'an object');
    return undefined;
  }
  const stated = sourceText(node.members.get('type')) ?? '';
  const type = stated === 'oauth2' ? `oauth2 ${sourceText(node.members.get('flow')) ?? ''}` : stated;
  const names = has(ofTypes, type) ? ofTypes[type] : undefined;
  if (!names) {
    if (stated === 'oauth2') ledger.leaveOutFor('security-url-missing', node, { name, what: 'flow' });
    else ledger.leaveOutFor('security-unsupported', node, { name, kind: stated || 'an unknown type' });
    return undefined;
  }
  if (isOnlyForApps(node, state)) {
    ledger.leaveOutFor('security-flow-unsupported', node, { name, flow: flowOf(node) });
    return undefined;
  }
  const isOAuth = stated === 'oauth2';
  const known = new Set(['type', 'description', ...names, ...(isOAuth ? ['scopes'] : [])]);
  const result = knownMembers('securityDefinition', node, state, { scopes: (scopes) => copiedScopes(scopes, state) });
  for (const [member, { origin }] of result.members) {
    if (known.has(member) || member.startsWith('x-')) continue;
    ledger.add('member-unknown', origin ?? node, { name: member, version: `2.0 for ${stated}` });
    result.members.delete(member);
  }
  const missing = names.find((member) => !isUsable(member, result));
  if (missing !== undefined) {
    ledger.leaveOutFor('security-url-missing', node, { name, what: missing === 'in' ? 'place' : missing });
    return undefined;
  }
  if (isOAuth && !result.members.has('scopes')) {
    ledger.add('security-scopes-made', node, { name });
    result.members.set('scopes', outObject());
  }
  return result;
}

/** Whether no user can sign in by it. The portal adds such a flow for service principals next to one by which users can. */
function isOnlyForApps(node: SourceNode, state: ConversionState): boolean {
  const flow = flowOf(node);
  if (flow !== 'application') return flow === 'password';
  const others = [...(node.parent?.members.values() ?? [])].filter((one) => !appFlows.has(flowOf(one)));
  return !others.some((one) => definedMethod(one, state));
}

const appFlows: ReadonlySet<string> = new Set(['application', 'password']);

/** The flow of a definition of OAuth 2.0; empty for another. */
function flowOf({ members }: SourceNode): string {
  return sourceText(members.get('type')) === 'oauth2' ? (sourceText(members.get('flow')) ?? '') : '';
}

function isUsable(member: string, definition: OutObject): boolean {
  const text = memberText(definition, member);
  return member === 'in' ? text === 'header' || text === 'query' : text !== undefined && text !== '';
}

function copiedScopes(scopes: SourceNode, { ledger, version }: ConversionState): OutObject {
  const result = outObject({}, scopes);
  for (const scope of scopes.members.values()) {
    if (scope.name === '$ref') ledger.add('member-unknown', scope, { name: '$ref', version });
    else if (sourceText(scope) === undefined || scope.kind === 'null') reportType(ledger, scope, 'text');
    else result.members.set(scope.name, copiedText(scope));
  }
  return result;
}

interface RequirementOwner {
  /** What users call it. */
  readonly id: string;
  /** Whether all definitions stay as they're written. */
  readonly repairsOnly: boolean;
}

/**
 * A list of requirements, each once: schemes with their scopes, which only OAuth 2.0 has. Those whose definition isn't in the
 * result are reported; undefined where no other is left.
 */
export function keptRequirements(
  list: SourceNode,
  { id, repairsOnly }: RequirementOwner,
  state: ConversionState,
): OutNode | undefined {
  const { ledger } = state;
  const definitions = list.file.root.members.get('securityDefinitions');
  const items = list.items.flatMap((item) => {
    if (item.kind !== 'object') {
      reportType(ledger, item, 'an object');
      return [];
    }
    const missing = [...item.members.keys()].filter((name) => {
      const definition = definitions?.members.get(name);
      return definition && !repairsOnly && !definedMethod(definition, state);
    });
    if (missing.length > 0) {
      ledger.leaveOutFor('security-operation', item, { id, name: missing.join("', '") });
      return [];
    }
    const requirement = outObject({}, item);
    for (const scopes of item.members.values()) {
      const type = sourceText(definitions?.members.get(scopes.name)?.members.get('type'));
      const hasScopes = type !== 'apiKey' && type !== 'basic';
      if (scopes.kind !== 'array') reportType(ledger, scopes, 'a list');
      else if (!hasScopes && scopes.items.length > 0) ledger.add('security-scopes', scopes, { name: scopes.name });
      const isKept = scopes.kind === 'array' && (hasScopes || scopes.items.length === 0);
      requirement.members.set(scopes.name, isKept ? copiedTexts(scopes, ledger) : outArray([], scopes));
    }
    return [requirement];
  });
  const distinct = distinctValues(items, ({ origin }) => ledger.add('security-repeated', origin ?? list));
  return distinct.length > 0 || list.items.length === 0 ? outArray(distinct, list) : undefined;
}

/** All security definitions that are valid. */
export function definedMethods(definitions: SourceNode, state: ConversionState): OutObject {
  const result = outObject({}, definitions);
  for (const node of definitions.members.values()) {
    const method = definedMethod(node, state);
    if (method) result.members.set(node.name, method);
  }
  return result;
}
