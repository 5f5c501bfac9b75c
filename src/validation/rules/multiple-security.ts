import { isObject, member as memberOf } from '../../json/value.ts';
import type { ParsedConnector } from '../engine/parsed-connector.ts';
import type { Rule } from '../engine/rule.ts';

/** Made by the portal for service principals, beside the one with which people sign in. */
function isForServicePrincipals(name: string, value: unknown, { properties }: ParsedConnector): boolean {
  if (memberOf(value, 'flow') !== 'application') return false;
  const sets = properties?.parameterSets ?? [];
  return name === 'oAuthClientCredentials' || name === 'certOauth' || sets.some((set) => set.text('name') === name);
}

const withApplication = (name: string, flow = 'application'): string =>
  `{ "securityDefinitions": { "login": { "type": "basic" }, "${name}": { "type": "oauth2", "flow": "${flow}" } } }`;

export const multipleSecurityRules: readonly Rule[] = [
  {
    id: 'multiple-security-definitions',
    level: 'info',
    message: 'Only the first security definition is used.',
    hint: 'To offer several ways to sign in, use connectionParameterSets in the API properties.',
    reason: 'The service creates one kind of connection from an API definition.',
    sources: ['DO'],
    good: [
      { definition: '{ "securityDefinitions": { "login": { "type": "basic" } } }' },
      { definition: '{ "securityDefinitions": [{}, {}] }' },
      { definition: withApplication('oAuthClientCredentials') },
      { definition: withApplication('certOauth') },
      {
        definition: withApplication('principal'),
        properties: '{ "properties": { "connectionParameterSets": { "values": [{ "name": "principal" }] } } }',
      },
    ],
    bad: [
      { definition: withApplication('other').replace('"securityDefinitions"', '⟦"securityDefinitions"⟧') },
      {
        definition: withApplication('certOauth', 'accessCode').replace(
          '"securityDefinitions"',
          '⟦"securityDefinitions"⟧',
        ),
      },
      {
        definition: `{ ⟦"securityDefinitions"⟧: { "login": { "type": "basic" },
  "key": { "type": "apiKey", "in": "header", "name": "X-Key" } } }`,
      },
    ],
    checkMember: {
      names: ['securityDefinitions'],
      of: {
        definition: (member, report, _node, connector) => {
          if (!isObject(member.value)) return;
          const counted = Object.entries(member.value).filter(
            ([name, one]) => !isForServicePrincipals(name, one, connector),
          );
          if (counted.length > 1) report(member, {}, { mark: 'name' });
        },
      },
    },
  },
];
