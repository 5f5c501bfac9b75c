import { has, isAbsent, isObject, isText } from '../../json/value.ts';
import { likelyName } from '../../nearest-name.ts';
import type { ObjectNode } from '../engine/nodes.ts';
import type { Report, Rule } from '../engine/rule.ts';

const aad: readonly string[] = ['resourceUri'];

const ofAad: readonly string[] = ['loginUri', 'tenantId', 'resourceUri', 'enableOnbehalfOfLogin'];

/** What the schema has for each identity provider. */
const knownOf: ReadonlyMap<string, readonly string[]> = new Map([
  ['oauth2', ['authorizationUrl', 'tokenUrl', 'refreshUrl']],
  [
    'oauth2generic',
    [
      'authorizationUrlTemplate',
      'authorizationUrlQueryStringTemplate',
      'tokenUrlTemplate',
      'tokenUrlQueryStringTemplate',
      'tokenBodyTemplate',
      'refreshUrlTemplate',
      'refreshUrlQueryStringTemplate',
      'refreshBodyTemplate',
      'scopeListDelimiter',
    ],
  ],
  ['aad', ofAad],
  ['aadcertificate', [...ofAad, 'loginUriAAD']],
]);

/** Names are compared without case. */
function reportUnknown(
  node: ObjectNode<'oAuthSettings'>,
  report: Report,
  isWanted: (provider: string) => boolean,
): void {
  const provider = node.text('identityProvider') ?? '';
  const known = knownOf.get(provider.toLowerCase());
  const given = node.at('customParameters');
  if (!known || !isObject(given.value) || !isWanted(provider.toLowerCase())) return;
  const names = new Set(known.map((name) => name.toLowerCase()));
  for (const name of Object.keys(given.value)) {
    if (names.has(name.toLowerCase())) continue;
    report(given.at(name), { name, provider }, () => {
      const suggestion = likelyName(name, known);
      return { mark: 'name', suggestion, meant: suggestion === undefined ? undefined : given.at(suggestion) };
    });
  }
}

/** What each identity provider cannot do without. */
const requiredOf: ReadonlyMap<string, readonly string[]> = new Map<string, readonly string[]>([
  ['oauth2', ['authorizationUrl', 'tokenUrl', 'refreshUrl']],
  ['oauth2generic', ['authorizationUrlTemplate', 'tokenUrlTemplate', 'refreshUrlTemplate']],
  ['aad', aad],
  ['aadcertificate', aad],
]);

export function withParameters(customParameters: string, provider = 'aad'): string {
  return `{ "properties": { "connectionParameters": { "token": { "type": "oauthSetting",
  "oAuthSettings": { "identityProvider": "${provider}",
    "customParameters": ${customParameters} } } } } }`;
}

export const oAuthCustomParameterRules: readonly Rule[] = [
  {
    id: 'oauth-custom-parameter-missing',
    level: 'error',
    message: "'{name}' is required for '{provider}'.",
    reason: 'The identity provider requires this parameter to sign users in.',
    sources: ['JP', 'CP'],
    good: [
      { properties: withParameters('{ "resourceUri": { "value": "https://graph.microsoft.com" } }') },
      { properties: withParameters('{}', 'github') },
      { properties: withParameters('null') },
    ],
    bad: [
      { properties: withParameters('⟦{⟧ "tenantId": { "value": "common" } }') },
      { properties: withParameters('⟦{⟧ "tokenUrl": {}, "refreshUrl": {} }', 'oauth2') },
      { properties: withParameters('⟦{⟧ "authorizationUrl": {}, "refreshUrl": {} }', 'oauth2') },
      { properties: withParameters('⟦{⟧ "authorizationUrl": {}, "tokenUrl": {} }', 'oauth2') },
      { properties: withParameters('⟦{⟧ "tokenUrlTemplate": {}, "refreshUrlTemplate": {} }', 'oauth2generic') },
      { properties: withParameters('⟦{⟧ "authorizationUrlTemplate": {}, "refreshUrlTemplate": {} }', 'oauth2generic') },
      { properties: withParameters('⟦{⟧ "authorizationUrlTemplate": {}, "tokenUrlTemplate": {} }', 'oauth2generic') },
      { properties: withParameters('⟦{⟧}', 'aadcertificate') },
      {
        properties: `{ "properties": { "connectionParameters": { "token": { "type": "oauthSetting",
  "oAuthSettings": ⟦{⟧ "identityProvider": "oauth2" } } } } }`,
      },
    ],
    check: {
      oAuthSettings: (node, report) => {
        const provider = node.text('identityProvider') ?? '';
        const required = requiredOf.get(provider.toLowerCase());
        if (!required) return;
        const given = node.value['customParameters'];
        // Without any, the resource is that of the application.
        if (required === aad && isAbsent(given)) return;
        if (isAbsent(given)) {
          report(
            node.at('customParameters'),
            { name: 'customParameters', provider },
            { hint: `Add it with ${required.join(', ')}.` },
          );
          return;
        }
        const names = new Set(isObject(given) ? Object.keys(given).map((name) => name.toLowerCase()) : []);
        for (const name of required) {
          if (!names.has(name.toLowerCase())) report(node.at('customParameters', name), { name, provider });
        }
      },
    },
  },
  {
    id: 'oauth-custom-parameter-unknown',
    level: 'warning',
    message: "'{provider}' has no custom parameter '{name}'{suggestion}.",
    hint: 'Only oauth2generic supports templates and query strings.',
    reason: 'The identity provider ignores unknown parameters.',
    sources: ['JP'],
    good: [
      { properties: withParameters('{ "authorizationUrl": {}, "tokenUrl": {}, "RefreshURL": {} }', 'oauth2') },
      { properties: withParameters('{ "grantType": {} }', 'oauth2generic') },
      { properties: withParameters('{ "grantType": {} }', 'github') },
      { properties: withParameters('[{}]', 'oauth2') },
    ],
    bad: [{ properties: withParameters('{ "tokenUrl": {}, ⟦"tokenUrlTemplate"⟧: {} }', 'oauth2') }],
    check: { oAuthSettings: (node, report) => reportUnknown(node, report, (provider) => provider === 'oauth2') },
  },
  {
    id: 'oauth-custom-parameter-unlisted',
    level: 'info',
    message: "'{provider}' has no known custom parameter '{name}'{suggestion}.",
    reason: 'The identity provider ignores unknown parameters.',
    sources: ['JP'],
    good: [
      { properties: withParameters('{ "tenantId": {}, "resourceUri": {}, "loginUri": {} }') },
      { properties: withParameters('{ "scopeListDelimiter": {} }', 'oauth2generic') },
      { properties: withParameters('{ "loginUriAAD": {}, "enableOnbehalfOfLogin": {} }', 'aadcertificate') },
      { properties: withParameters('{ "grantType": {} }', 'oauth2') },
    ],
    bad: [
      { properties: withParameters('{ "resourceUri": {}, ⟦"tenant"⟧: {} }') },
      { properties: withParameters('{ ⟦"tokenUrl"⟧: {} }', 'oauth2generic') },
    ],
    check: { oAuthSettings: (node, report) => reportUnknown(node, report, (provider) => provider !== 'oauth2') },
  },
  {
    id: 'oauth-custom-parameter-value',
    level: 'warning',
    message: 'Use { "value": ... }.',
    reason: 'The value of a custom parameter must be in an object.',
    sources: ['JP'],
    good: [{ properties: withParameters('{ "resourceUri": { "value": "https://graph.microsoft.com" } }') }],
    bad: [{ properties: withParameters('{ "resourceUri": ⟦"https://graph.microsoft.com"⟧ }') }],
    checkMember: {
      names: ['customParameters'],
      of: {
        oAuthSettings: (member, report) => {
          for (const parameter of member.members()) {
            const { value } = parameter;
            if (isObject(value) ? has(value, 'value') : value === undefined) continue;
            report(parameter, {}, { fix: isText(value) ? { replace: { value } } : undefined });
          }
        },
      },
    },
  },
];
