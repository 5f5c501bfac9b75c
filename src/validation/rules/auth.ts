import type { ParsedConnector } from '../engine/parsed-connector.ts';
import { objectMembers } from '../engine/nodes.ts';
import type { Rule } from '../engine/rule.ts';
import { typeOf } from './connection-parameter.ts';

/** The connection parameter types that can hold what a security scheme needs. */
const fittingTypes: ReadonlyMap<string, readonly string[]> = new Map([
  ['oauth2', ['oauthSetting']],
  ['apiKey', ['string', 'securestring', 'oauthSetting']],
  ['basic', ['string', 'securestring']],
]);

function withSecurity(type: string): string {
  return `{ "securityDefinitions": { "login": { "type": "${type}" } } }`;
}

function withParameter(type: string): string {
  return `{ "properties": { "connectionParameters": { "token": { "type": "${type}" } } } }`;
}

const oauth2Definition = '{ "securityDefinitions": { "oauth": { "type": "oauth2", "flow": "accessCode" } } }';

const oauthParameters = '{ "properties": { "connectionParameters": { "token": { "type": ⟦"oauthSetting"⟧ } } } }';

/** Of a definition next to others, the flow of applications is for service principals, not for people. */
function securityTypes({ definition }: ParsedConnector): ReadonlySet<unknown> {
  const schemes = definition?.root.value['securityDefinitions'];
  const all = objectMembers(schemes).map(([, scheme]) => scheme);
  const forPeople = all.filter(({ flow }) => flow !== 'application');
  return new Set((forPeople.length > 0 ? forPeople : all).map(({ type }) => type));
}

/** Ties between the security of the definition and the connection parameters. */
export const authRules: readonly Rule[] = [
  {
    id: 'auth-mismatch',
    level: 'info',
    message: "No connection parameter for security '{type}'.",
    reason: 'The API definition requires credentials, but the connection has no field for them.',
    sources: ['CP'],
    good: [
      { definition: oauth2Definition, properties: withParameter('oauthSetting') },
      ...['string', 'securestring', 'oauthSetting'].map((type) => ({
        definition: withSecurity('apiKey'),
        properties: withParameter(type),
      })),
      ...['string', 'securestring'].map((type) => ({
        definition: withSecurity('basic'),
        properties: withParameter(type),
      })),
      {
        definition: `{ "securityDefinitions": { "key": { "type": "apiKey" },
  "oAuthClientCredentials": { "type": "oauth2", "flow": "application" } } }`,
        properties: withParameter('securestring'),
      },
    ],
    bad: [
      { definition: oauth2Definition, properties: '{ "properties": { "connectionParameters": ⟦{}⟧ } }' },
      ...['apiKey', 'basic'].map((type) => ({
        definition: withSecurity(type),
        properties: '{ "properties": { "connectionParameters": ⟦{}⟧ } }',
      })),
    ],
    check: {
      properties: (node, report, connector) => {
        const given = new Set((connector.properties?.connectionParameters ?? []).map(typeOf));
        const types = securityTypes(connector);
        for (const [type, fitting] of fittingTypes) {
          if (types.has(type) && !fitting.some((one) => given.has(one))) {
            report(node.at('connectionParameters'), { type });
          }
        }
      },
    },
  },
  {
    id: 'auth-mismatch-no-security-definition',
    level: 'info',
    message: 'No security definition for the OAuth parameter.',
    reason: 'The API definition should declare that the API requires a token.',
    sources: ['CP'],
    good: [
      { definition: oauth2Definition, properties: withParameter('oauthSetting') },
      { properties: withParameter('oauthSetting') },
      { definition: '{ "securityDefinitions": {} }', properties: withParameter('string') },
    ],
    bad: [{ definition: '{ "securityDefinitions": {} }', properties: oauthParameters }],
    checkMember: {
      names: ['type'],
      of: {
        connectionParameter: (member, report, node, connector) => {
          if (!connector.definition || typeOf(node) !== 'oauthSetting') return;
          if (!securityTypes(connector).has('oauth2')) report(member);
        },
      },
    },
  },
];
