import { has, isObject, isText } from '../../json/value.ts';
import type { Rule } from '../engine/rule.ts';

const aad: readonly string[] = ['resourceUri'];

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
    reason: 'Without it the provider does not know where to sign in, or for what.',
    sources: ['JP', 'CP'],
    good: [
      { properties: withParameters('{ "resourceUri": { "value": "https://graph.microsoft.com" } }') },
      { properties: withParameters('{}', 'github') },
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
  "oAuthSettings": ⟦{⟧ "identityProvider": "aad" } } } } }`,
      },
    ],
    check: {
      oAuthSettings: (node, report) => {
        const provider = node.text('identityProvider') ?? '';
        const required = requiredOf.get(provider.toLowerCase());
        if (!required) return;
        const given = node.value['customParameters'];
        const names = new Set(isObject(given) ? Object.keys(given).map((name) => name.toLowerCase()) : []);
        for (const name of required) {
          if (!names.has(name.toLowerCase())) report(node.at('customParameters', name), { name, provider });
        }
      },
    },
  },
  {
    id: 'oauth-custom-parameter-value',
    level: 'warning',
    message: 'Use { "value": ... }.',
    reason: 'The value of a custom parameter stands in an object.',
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
