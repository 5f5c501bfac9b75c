import { isPlaceholderClientId } from '../../connector/client-id.ts';
import { hasEnvironmentExpression, isMeantAsEnvironmentExpression } from '../../connector/expression.ts';
import { isAbsent, isObject, isString, isText } from '../../json/value.ts';
import { reportMissing, reportUnknownNames } from '../engine/checks.ts';
import { Location } from '../engine/location.ts';
import type { Rule } from '../engine/rule.ts';
import { fitting, propertiesMemberTypes } from '../knowledge/member-types.ts';
import { wholePackage } from '../knowledge/package-example.ts';
import { typeOf } from './connection-parameter.ts';
import { withParameters } from './oauth-custom-parameter.ts';

const urlName = /url(?:template)?$/iu;

/** A template can begin with a part that is only known when a user signs in. */
function isHttpsOrTemplate(address: string): boolean {
  return /^(?:https:\/\/|[{@])/iu.test(address.trimStart());
}

/** Both spellings are read. */
const clientIdNames = ['clientId', 'clientID', 'ClientId', 'ClientID'] as const;
const clientSecretNames = ['clientSecret', 'ClientSecret'] as const;

const memberNames = {
  ...propertiesMemberTypes.oAuthSettings,
  ...Object.fromEntries([...clientIdNames, ...clientSecretNames].map((name) => [name, ''])),
};

/** Whether a value is a reference to an environment variable, or is reported as one that's written wrong. */
function isReferenceMeant(value: string): boolean {
  return isMeantAsEnvironmentExpression(value) || hasEnvironmentExpression(value);
}

/** What the service reads in the properties of the settings. */
const settingsProperties = {
  IsFirstParty: '',
  AzureActiveDirectoryResourceId: '',
  IsOnbehalfofLoginSupported: '',
} as const;

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
    hint: 'Write the whole URL, starting with https://.',
    reason: 'Without https, others can read codes and tokens in transit.',
    sources: ['CP'],
    good: [
      { properties: withParameters('{ "tokenUrl": { "value": "https://contoso.com/token" } }', 'oauth2') },
      { properties: withParameters('{ "resourceUri": { "value": "http://contoso.com" } }') },
      { properties: withParameters('{ "tokenUrl": { "value": "@environmentVariables(\\"cr_Token\\")" } }', 'oauth2') },
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
    level: 'warning',
    message: "'oAuthSettings' is required.",
    reason: 'They define where and how users sign in.',
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
    level: 'warning',
    message: "'oAuthSettings' needs type 'oauthSetting'.",
    reason: 'OAuth settings have no effect on a parameter of another type.',
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
    message: 'Connectors with OAuth are reportedly not accepted from independent publishers at present.',
    hint: 'Ask the certification team first.',
    reason: 'Two guides for independent publishers of 2026 exclude OAuth. Older connectors use it.',
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
    reason: 'The client ID identifies the application that signs users in.',
    sources: ['CP'],
    good: [
      { properties: withSettings('{ "clientId": "8b9c1a70-52fd-4a0a-9a6e-1d1d3a1a7b31" }') },
      ...clientIdNames.map((name) => ({
        properties: withSettings(`{ "${name}": "8b9c1a70-52fd-4a0a-9a6e-1d1d3a1a7b31" }`),
      })),
      { properties: withSettings('{ "clientId": "" }') },
    ],
    bad: [
      { properties: withSettings('⟦{⟧ "identityProvider": "oauth2" }') },
      { properties: withSettings('{ "clientId": ⟦null⟧ }') },
    ],
    check: {
      oAuthSettings: (node, report) => {
        if (clientIdNames.every((name) => isAbsent(node.value[name]))) report(node.at('clientId'));
      },
    },
  },
  {
    id: 'oauth-client-id-placeholder',
    level: 'info',
    common: true,
    message: 'Replace the placeholder with the client ID of your application.',
    reason:
      "Users can't sign in with a placeholder, and an update with one replaces the client ID in the environment. `create`, `update`, and `deploy` report it as a warning.",
    sources: ['CP'],
    good: [
      { properties: withSettings('{ "clientId": "8b9c1a70-52fd-4a0a-9a6e-1d1d3a1a7b31" }') },
      { properties: withSettings('{ "clientId": 5 }') },
      ...['latestapp1', 'exchange42', 'dj0yJmk9aBcD1234', 'pxxxq1234', '54321', '3MVG9A2kN3Bn17huXXXXabcdYZ'].map(
        (id) => ({ properties: withSettings(`{ "clientId": "${id}" }`) }),
      ),
      // Of placeholders they have a part.
      ...['contoso-enterprise', 'todoist', 'bikes-test', 'yourcompany-prod', 'com.example.service', 'AppId-9'].map(
        (id) => ({ properties: withSettings(`{ "clientId": "${id}" }`) }),
      ),
      { properties: withSettings('{ "clientId": "@environmentVariables(\\"cr_ClientId\\")" }') },
      { properties: withSettings('{ "clientId": "@environmentVariables( cr_ClientId )" }') },
    ],
    bad: [
      { properties: withSettings('{ "clientId": ⟦"<<Enter your client ID>>"⟧ }') },
      ...[
        '',
        ' ',
        '{{id}}',
        '[[ID]]',
        '[id]',
        '${ID}',
        '__ID__',
        'YOUR-APP',
        'yourClientIdHere',
        'REPLACE_ME',
        'changeme',
        'TODO',
        'xxxx-xxxx',
        'xxx',
        'id_xxx',
      ].map((id) => ({
        properties: withSettings(`{ "clientId": ⟦"${id}"⟧ }`),
      })),
      ...['dummy', 'test', 'client id', 'ClientId', 'an app', '00000000-0000-0000-0000-000000000000'].map((id) => ({
        properties: withSettings(`{ "clientId": ⟦"${id}"⟧ }`),
      })),
    ],
    checkMember: {
      names: clientIdNames,
      of: {
        oAuthSettings: (member, report) => {
          const { value } = member;
          if (isMeantAsEnvironmentExpression(value) || !isString(value) || !isPlaceholderClientId(value)) return;
          report(member);
        },
      },
    },
  },
  {
    id: 'oauth-client-secret-present',
    level: 'warning',
    message: '{what}',
    hint: 'Remove {name}, and pass the secret with --client-secret.',
    reason: "Don't store secrets in files that are shared or committed to a repository. paconn never shows the value.",
    sources: ['PC'],
    good: [
      { properties: withSettings('{ "clientId": "a1b2" }') },
      { properties: withSettings('{ "clientSecret": "" }') },
      { properties: withSettings('{ "clientSecret": null }') },
      { properties: withSettings('{ "clientSecret": "@environmentVariables(\\"cr_Secret\\")" }') },
      { properties: withSettings('{ "clientSecret": "hunter2" }'), package: wholePackage },
    ],
    bad: [
      { properties: withSettings('{ "clientId": "a1b2", ⟦"clientSecret"⟧: "hunter2" }') },
      { properties: withSettings('{ ⟦"ClientSecret"⟧: "hunter2" }') },
      { properties: withSettings('{ ⟦"clientSecret"⟧: "<your secret>" }') },
    ],
    checkMember: {
      names: clientSecretNames,
      of: {
        oAuthSettings: (member, report, _node, connector) => {
          const { name, value } = member;
          // Of what is in a package there is more to say than this.
          if (!isString(value) || value === '' || isReferenceMeant(value) || connector.package) return;
          const what = isPlaceholderClientId(value)
            ? 'The placeholder would be sent as the client secret.'
            : 'Keep the client secret out of the file.';
          report(member, { what, name }, { mark: 'name' });
        },
      },
    },
  },
  {
    id: 'oauth-unknown-property',
    level: 'warning',
    message: "Unknown property '{name}'{suggestion}.",
    reason: 'The service ignores unknown properties. Check the spelling, or move the property to customParameters.',
    sources: ['JP'],
    good: [
      { properties: withSettings('{ "scopes": [], "ClientID": "a1b2", "ClientSecret": null }') },
      {
        properties: withSettings('{ "properties": { "IsFirstParty": "False", "IsOnbehalfofLoginSupported": false } }'),
      },
      { properties: withSettings('{ "properties": "none" }') },
    ],
    bad: [
      { properties: withSettings('{ ⟦"scope"⟧: [] }') },
      { properties: withSettings('{ "properties": { ⟦"ItestfirstParty"⟧: "False" } }') },
    ],
    check: {
      oAuthSettings: (node, report) => {
        reportUnknownNames(node, memberNames, report, { mayRename: fitting(propertiesMemberTypes.oAuthSettings) });
        const { file, parent, step, value } = node.at('properties');
        if (isObject(value)) reportUnknownNames(new Location(file, parent, step, value), settingsProperties, report);
      },
    },
  },
  {
    id: 'oauth-first-party',
    level: 'warning',
    message: '\'IsFirstParty\' must be the string "True" or "False".',
    reason: 'The value is a string, not a Boolean.',
    sources: ['JP'],
    good: [
      { properties: withSettings('{ "properties": { "IsFirstParty": "False" } }') },
      { properties: withSettings('{ "properties": { "IsFirstParty": "true" } }') },
      { properties: withSettings('{ "properties": { "IsOnbehalfofLoginSupported": false } }') },
    ],
    bad: [
      { properties: withSettings('{ "properties": { "IsFirstParty": ⟦false⟧ } }') },
      { properties: withSettings('{ "properties": { "IsFirstParty": ⟦"no"⟧ } }') },
    ],
    checkMember: {
      names: ['properties'],
      of: {
        oAuthSettings: (member, report) => {
          const isFirstParty = member.at('IsFirstParty');
          const { value } = isFirstParty;
          if (isAbsent(value) || (isString(value) && /^(?:true|false)$/iu.test(value))) return;
          const fix = value === true ? { replace: 'True' } : value === false ? { replace: 'False' } : undefined;
          report(isFirstParty, {}, { fix });
        },
      },
    },
  },
  {
    id: 'oauth-scopes-text',
    level: 'warning',
    message: "'scopes' should be a list.",
    reason: 'Connectors with a string are known to work, but the documented form is a list.',
    sources: ['JP'],
    good: [
      { properties: withSettings('{ "scopes": ["read", "write"] }') },
      { properties: withSettings('{ "scopes": ["read write"] }') },
      { properties: withSettings('{ "scopes": null }') },
    ],
    bad: [{ properties: withSettings('{ "scopes": ⟦"read write"⟧ }') }],
    checkMember: {
      names: ['scopes'],
      of: {
        oAuthSettings: (member, report) => {
          if (isString(member.value))
            report(member, {}, { fix: isText(member.value) ? { replace: [member.value] } : undefined });
        },
      },
    },
  },
];
