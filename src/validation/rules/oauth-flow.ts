import { isObject } from '../../json/value.ts';
import type { ParsedConnector } from '../engine/parsed-connector.ts';
import type { Rule } from '../engine/rule.ts';

/** Whether people can sign in by another security definition. */
function hasOther({ definition }: ParsedConnector): boolean {
  const all = definition?.root.value['securityDefinitions'];
  return (
    isObject(all) &&
    Object.values(all).some(
      (one) =>
        isObject(one) &&
        (one['type'] === 'apiKey' ||
          one['type'] === 'basic' ||
          one['flow'] === 'accessCode' ||
          one['flow'] === 'implicit'),
    )
  );
}

const beside = (other: string): string =>
  `{ "securityDefinitions": { "oauth2-auth": ${other},
  "oAuthClientCredentials": { "type": "oauth2", "flow": "application" } } }`;

export const oAuthFlowRules: readonly Rule[] = [
  {
    id: 'oauth-flow-unsupported',
    level: 'error',
    message: 'Client credentials and password flows are not supported.',
    hint: 'Use "accessCode".',
    reason: 'Connections belong to a person who signs in in the browser.',
    sources: ['CP', 'DO', 'FAQ'],
    good: [
      { definition: '{ "securityDefinitions": { "oauth": { "type": "oauth2", "flow": "accessCode" } } }' },
      ...['accessCode', 'implicit'].map((flow) => ({ definition: beside(`{ "type": "oauth2", "flow": "${flow}" }`) })),
      { definition: beside('{ "type": "apiKey" }') },
      { definition: beside('{ "type": "basic" }') },
    ],
    bad: [
      { definition: beside('{ "type": "oauth2" }').replace('"application"', '⟦"application"⟧') },
      { definition: '{ "securityDefinitions": { "oauth": { "type": "oauth2", "flow": ⟦"application"⟧ } } }' },
      { definition: '{ "securityDefinitions": { "oauth": { "type": "oauth2", "flow": ⟦"password"⟧ } } }' },
    ],
    checkMember: {
      names: ['flow'],
      of: {
        securityDefinition: (member, report, _node, connector) => {
          const isUnused = member.value === 'application' && hasOther(connector);
          if (!isUnused && (member.value === 'application' || member.value === 'password')) report(member);
        },
      },
    },
  },
  {
    id: 'oauth-flow-application',
    level: 'info',
    message: 'The portal adds this flow for service principals; people sign in by the other security definition.',
    reason: 'Client credentials are for a service principal, not for a person who makes a connection.',
    sources: ['CP'],
    good: [
      { definition: '{ "securityDefinitions": { "oauth": { "type": "oauth2", "flow": "accessCode" } } }' },
      { definition: '{ "securityDefinitions": { "oauth": { "type": "oauth2", "flow": "application" } } }' },
    ],
    bad: [
      {
        definition: beside('{ "type": "oauth2", "flow": "accessCode" }').replace('"application"', '⟦"application"⟧'),
      },
    ],
    checkMember: {
      names: ['flow'],
      of: {
        securityDefinition: (member, report, _node, connector) => {
          if (member.value === 'application' && hasOther(connector)) report(member);
        },
      },
    },
  },
  {
    id: 'oauth-flow-implicit',
    level: 'info',
    message: 'Prefer accessCode.',
    reason: 'In the implicit flow tokens pass through the address line of the browser, and cannot be renewed.',
    sources: ['CP'],
    good: [{ definition: '{ "securityDefinitions": { "oauth": { "type": "oauth2", "flow": "accessCode" } } }' }],
    bad: [{ definition: '{ "securityDefinitions": { "oauth": { "type": "oauth2", "flow": ⟦"implicit"⟧ } } }' }],
    checkMember: {
      names: ['flow'],
      of: {
        securityDefinition: (member, report) => {
          if (member.value === 'implicit') report(member);
        },
      },
    },
  },
];
