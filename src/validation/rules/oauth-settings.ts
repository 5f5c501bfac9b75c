import { oneOf, reportUnknownName } from '../engine/checks.ts';
import { has, isAbsent, isString, isText } from '../../json/value.ts';
import { propertiesMemberTypes } from '../knowledge/member-types.ts';
import type { Rule } from '../engine/rule.ts';
import { typeOf } from './connection-parameters.ts';

const isProvider = oneOf([
  'oauth2',
  'oauth2generic',
  'aad',
  'aadcertificate',
  'facebook',
  'google',
  'github',
  'salesforce',
  'dropbox',
  'linkedin',
]);

const isRedirectMode = oneOf(['Global', 'GlobalPerConnector', 'Direct']);

const redirectUrl = /^https:\/\/[0-9a-z.-]+\.consent\.azure-apim\.(?:net|us|cn)\/redirect/iu;

/** Characters of no client ID, and words that one would say to the reader instead of giving it. */
const placeholder = new RegExp(
  [
    String.raw`[<>{}\[\]*\s]`,
    'placeholder|dummy|your|replace|enter|please|insert|change|todo|xxx|sample|example',
    'client_?-?id|app_?-?id',
    String.raw`^\d{1,9}$`,
    '^[0-]+$',
  ].join('|'),
  'iu',
);

function withSettings(members: string, type = 'oauthSetting'): string {
  return `{ "properties": { "connectionParameters": { "token": { "type": "${type}",
  "oAuthSettings": ${members} } } } }`;
}

/** How users sign in. */
export const oAuthSettingsRules: readonly Rule[] = [
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
        const settings = node.at('oAuthSettings');
        if (typeOf(node) === 'oauthSetting' && isAbsent(settings.value)) report(settings);
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
    id: 'identity-provider-missing',
    level: 'error',
    message: "'identityProvider' is required.",
    reason: 'It says which kind of sign-in it is, and so which other settings there are.',
    sources: ['JP'],
    good: [{ properties: withSettings('{ "identityProvider": "oauth2" }') }],
    bad: [
      { properties: withSettings('⟦{⟧ "clientId": "a1b2" }') },
      { properties: withSettings('{ "identityProvider": ⟦""⟧ }') },
    ],
    check: {
      oAuthSettings: (node, report) => {
        const provider = node.at('identityProvider');
        if (isAbsent(provider.value) || provider.value === '') report(provider);
      },
    },
  },
  {
    id: 'identity-provider-unknown',
    level: 'warning',
    message: "Unknown identity provider '{value}'{suggestion}.",
    hint: 'Use oauth2 for a service that is not in the list.',
    reason: 'The platform has a list of providers; those of their own need an agreement.',
    sources: ['JP', 'FAQ'],
    good: [
      { properties: withSettings('{ "identityProvider": "oauth2" }') },
      { properties: withSettings('{ "identityProvider": "" }') },
      ...[
        'oauth2generic',
        'aad',
        'aadcertificate',
        'facebook',
        'google',
        'github',
        'salesforce',
        'dropbox',
        'linkedin',
      ].map((provider) => ({ properties: withSettings(`{ "identityProvider": "${provider}" }`) })),
    ],
    bad: [{ properties: withSettings('{ "identityProvider": ⟦"oauth"⟧ }') }],
    checkMember: {
      names: ['identityProvider'],
      of: {
        oAuthSettings: (member, report, node, connector) => {
          if (isText(member.value)) isProvider(member, report, node, connector);
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
    check: {
      oAuthSettings: (node, report) => {
        if (!isText(node.value['clientId'])) report(node.at('clientId'));
      },
    },
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
          if (isText(member.value) && placeholder.test(member.value)) report(member);
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
    ],
    bad: [{ properties: withSettings('{ "clientId": "a1b2", ⟦"clientSecret"⟧: "hunter2" }') }],
    checkMember: {
      names: ['clientSecret'],
      of: {
        oAuthSettings: (member, report) => {
          if (isString(member.value) && member.value !== '') report(member, {}, { mark: 'name' });
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
      oAuthSettings: (node, report) => {
        const known = propertiesMemberTypes.oAuthSettings;
        for (const name of Object.keys(node.value)) {
          if (!has(known, name)) reportUnknownName(node.at(name), known, report);
        }
      },
    },
  },
  {
    id: 'redirect-mode-unknown',
    level: 'warning',
    message: "Unknown redirect mode '{value}'{suggestion}.",
    reason: 'A connector has the redirect address of all, one of its own, or a direct one.',
    sources: ['JP', 'I3097'],
    good: [
      { properties: withSettings('{ "redirectMode": "GlobalPerConnector" }') },
      ...['Global', 'Direct', ''].map((mode) => ({ properties: withSettings(`{ "redirectMode": "${mode}" }`) })),
    ],
    bad: [{ properties: withSettings('{ "redirectMode": ⟦"global"⟧ }') }],
    checkMember: {
      names: ['redirectMode'],
      of: {
        oAuthSettings: (member, report, node, connector) => {
          if (isText(member.value)) isRedirectMode(member, report, node, connector);
        },
      },
    },
  },
  {
    id: 'redirect-url-unexpected',
    level: 'info',
    message: 'Unusual redirect URL.',
    hint: 'It is https://global.consent.azure-apim.net/redirect, or that with a name after it.',
    reason: 'After a sign-in the platform waits at an address of its own.',
    sources: ['CS'],
    good: [
      { properties: withSettings('{ "redirectUrl": "https://global.consent.azure-apim.net/redirect" }') },
      { properties: withSettings('{ "redirectUrl": "" }') },
    ],
    bad: [{ properties: withSettings('{ "redirectUrl": ⟦"https://localhost/redirect"⟧ }') }],
    checkMember: {
      names: ['redirectUrl'],
      of: {
        oAuthSettings: (member, report) => {
          if (isText(member.value) && !redirectUrl.test(member.value)) report(member);
        },
      },
    },
  },
];
