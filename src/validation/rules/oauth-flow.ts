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
    message: "The client credentials and password flows aren't supported.",
    hint: 'Use "accessCode".',
    reason: 'A connection belongs to a user, who signs in with a browser.',
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
    message: 'The portal adds this flow for service principals. Users sign in with the other security definition.',
    reason: 'Client credentials are for a service principal, not for a user who creates a connection.',
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
    message: 'Use the accessCode flow.',
    reason: "In the implicit flow, tokens are part of a URL in the browser, and can't be renewed.",
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
