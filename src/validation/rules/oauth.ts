import { isPlaceholderClientId } from '../../connector/client-id.ts';
import { isEnvironmentExpression } from '../../connector/expression.ts';
import { isAbsent, isString, isText } from '../../json/value.ts';
import { isNoText, mustHave, reportMissing, reportUnknownNames } from '../engine/checks.ts';
import type { Rule } from '../engine/rule.ts';
import { propertiesMemberTypes } from '../knowledge/member-types.ts';
import { typeOf } from './connection-parameter.ts';
import { withParameters } from './oauth-custom-parameter.ts';

const urlName = /url(?:template)?$/iu;

/** A template can begin with a part that is only known when a user signs in. */
function isHttpsOrTemplate(address: string): boolean {
  return /^(?:https:\/\/|[{@])/iu.test(address.trimStart());
}

export function withSettings(members: string, type = 'oauthSetting'): string {
  return `{ "properties": { "connectionParameters": { "token": { "type": "${type}",
  "oAuthSettings": ${members} } } } }`;
}

export const oAuthRules: readonly Rule[] = [
  {
    id: 'oauth-url-not-https',
    level: 'warning',
    certified: 'error',
    message: 'Use https.',
    reason: 'Over anything else codes and tokens could be read on their way.',
    sources: ['CP'],
    good: [
      { properties: withParameters('{ "tokenUrl": { "value": "https://contoso.com/token" } }', 'oauth2') },
      { properties: withParameters('{ "resourceUri": { "value": "http://contoso.com" } }') },
      {
        properties: withParameters('{ "tokenUrl": {}, "authorizationUrl": { "value": "{site}/authorize" } }', 'oauth2'),
      },
    ],
    bad: [{ properties: withParameters('{ "tokenUrl": { "value": ⟦"http://contoso.com/token"⟧ } }', 'oauth2') }],
    checkMember: {
      names: ['customParameters'],
      of: {
        oAuthSettings: (member, report) => {
          for (const parameter of member.members()) {
            if (!urlName.test(parameter.name)) continue;
            const address = parameter.at('value');
            if (isText(address.value) && !isHttpsOrTemplate(address.value)) report(address);
          }
        },
      },
    },
  },
  {
    id: 'oauth-settings-missing',
    level: 'error',
    message: "'oAuthSettings' is required.",
    reason: 'They say where and how a user signs in.',
    sources: ['JP'],
    good: [
      { properties: withSettings('{}') },
      { properties: '{ "properties": { "connectionParameters": { "site": { "type": "string" } } } }' },
    ],
    bad: [{ properties: '{ "properties": { "connectionParameters": { "token": ⟦{⟧ "type": "oauthSetting" } } } }' }],
    check: {
      connectionParameter: (node, report) => {
        if (typeOf(node) === 'oauthSetting') reportMissing(node, ['oAuthSettings'], report, isAbsent);
      },
    },
  },
  {
    id: 'oauth-settings-unexpected',
    level: 'error',
    message: "'oAuthSettings' needs type 'oauthSetting'.",
    reason: 'Settings of a sign-in have no meaning for a parameter that is typed in.',
    sources: ['JP'],
    good: [{ properties: withSettings('{}') }, { properties: withSettings('{}', 'text') }],
    bad: [
      {
        properties: `{ "properties": { "connectionParameters": { "token": { "type": "string",
  ⟦"oAuthSettings"⟧: {} } } } }`,
      },
    ],
    checkMember: {
      names: ['oAuthSettings'],
      of: {
        connectionParameter: (member, report, node) => {
          // Of an absent or unknown type other rules speak.
          const type = typeOf(node);
          if (type !== undefined && type !== 'oauthSetting') report(member, {}, { mark: 'name' });
        },
      },
    },
  },
  {
    id: 'oauth-independent',
    level: 'certification',
    common: true,
    message: 'Connectors with OAuth are said not to be accepted from independent publishers at present.',
    hint: 'Ask the certification team first.',
    reason: 'Two guides for independent publishers of 2026 say so; older connectors of theirs have OAuth.',
    sources: ['CS'],
    good: [
      { properties: withSettings('{}'), publisher: 'verified' },
      { properties: withSettings('{}') },
      {
        properties: '{ "properties": { "connectionParameters": { "key": { "type": "securestring" } } } }',
        publisher: 'independent',
      },
    ],
    bad: [{ properties: withSettings('{}').replace('"oauthSetting"', '⟦"oauthSetting"⟧'), publisher: 'independent' }],
    checkMember: {
      names: ['type'],
      of: {
        connectionParameter: (member, report, node, { publisher }) => {
          if (publisher === 'independent' && typeOf(node) === 'oauthSetting') report(member);
        },
      },
    },
  },
  {
    id: 'oauth-client-id-missing',
    level: 'info',
    message: "'clientId' is missing.",
    reason: 'The connector signs users in as an application of its own, which this ID names.',
    sources: ['CP'],
    good: [{ properties: withSettings('{ "clientId": "8b9c1a70-52fd-4a0a-9a6e-1d1d3a1a7b31" }') }],
    bad: [{ properties: withSettings('⟦{⟧ "identityProvider": "oauth2" }') }],
    check: { oAuthSettings: mustHave(['clientId'], isNoText) },
  },
  {
    id: 'oauth-client-id-placeholder',
    level: 'info',
    common: true,
    message: 'Replace the placeholder before you create the connector.',
    reason: 'Nobody can sign in with a placeholder. Published files have one, because the real ID is kept elsewhere.',
    sources: ['CP'],
    good: [
      { properties: withSettings('{ "clientId": "8b9c1a70-52fd-4a0a-9a6e-1d1d3a1a7b31" }') },
      { properties: withSettings('{ "clientId": 5 }') },
      { properties: withSettings('{ "clientId": "@environmentVariables(\\"cr_ClientId\\")" }') },
    ],
    bad: [
      { properties: withSettings('{ "clientId": ⟦"<<Enter your client ID>>"⟧ }') },
      ...['YOUR-APP', 'client_id', '12345', '00000000-0000-0000-0000-000000000000'].map((id) => ({
        properties: withSettings(`{ "clientId": ⟦"${id}"⟧ }`),
      })),
    ],
    checkMember: {
      names: ['clientId'],
      of: {
        oAuthSettings: (member, report) => {
          const { value } = member;
          if (isText(value) && isPlaceholderClientId(value)) report(member);
        },
      },
    },
  },
  {
    id: 'oauth-client-secret-present',
    level: 'warning',
    message: 'Keep the client secret out of the file; pass it as an argument.',
    hint: 'Remove clientSecret, and give the secret with --secret.',
    reason: 'Files are shared and kept in repositories, where a secret is none any more. The value is never shown.',
    sources: ['PC'],
    good: [
      { properties: withSettings('{ "clientId": "a1b2" }') },
      { properties: withSettings('{ "clientSecret": "" }') },
      { properties: withSettings('{ "clientSecret": null }') },
      { properties: withSettings('{ "clientSecret": "@environmentVariables(\\"cr_Secret\\")" }') },
    ],
    bad: [{ properties: withSettings('{ "clientId": "a1b2", ⟦"clientSecret"⟧: "hunter2" }') }],
    checkMember: {
      names: ['clientSecret'],
      of: {
        oAuthSettings: (member, report) => {
          const { value } = member;
          if (isString(value) && value !== '' && !isEnvironmentExpression(value)) report(member, {}, { mark: 'name' });
        },
      },
    },
  },
  {
    id: 'oauth-unknown-property',
    level: 'warning',
    message: "Unknown property '{name}'{suggestion}.",
    reason: 'Nobody reads it: most likely it is misspelled, or belongs to customParameters.',
    sources: ['JP'],
    good: [{ properties: withSettings('{ "scopes": [] }') }],
    bad: [{ properties: withSettings('{ ⟦"scope"⟧: [] }') }],
    check: {
      oAuthSettings: (node, report) => reportUnknownNames(node, propertiesMemberTypes.oAuthSettings, report),
    },
  },
];
