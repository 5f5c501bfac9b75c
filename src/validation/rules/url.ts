import { isMeantAsEnvironmentExpression } from '../../connector/expression.ts';
import { isText } from '../../json/value.ts';
import type { Rule } from '../engine/rule.ts';
import { ofText } from '../engine/text-checks.ts';
import { metadataPolicies } from './metadata.ts';

function withMetadata(name: string, value: string): string {
  return `{ "x-ms-connector-metadata": [{ "propertyName": ${name}, "propertyValue": ${value} }] }`;
}

/** An environment variable can be all of it, or a part. */
function isWebAddress(text: string): boolean {
  if (isMeantAsEnvironmentExpression(text)) return true;
  return /^\s*https?:\/\//iu.test(text) && URL.canParse(text);
}

function isHttp(value: unknown): boolean {
  return isText(value) && /^\s*http:\/\//iu.test(value);
}

/** Whether a URL starts with https, or with a part that is only known when a user signs in. */
function isSecure(text: string): boolean {
  return /^\s*(?:https:\/\/|[{@])/iu.test(text) || isMeantAsEnvironmentExpression(text);
}

export const urlRules: readonly Rule[] = [
  {
    id: 'url-invalid',
    level: 'warning',
    certified: 'error',
    message: "'{value}' isn't an absolute URL.",
    hint: 'Use a complete URL that starts with https://.',
    reason: "The portal shows the URL as a link, which doesn't work without https://.",
    sources: ['SV'],
    good: [
      { definition: '{ "info": { "contact": { "url": "https://contoso.com/help" } } }' },
      { definition: '{ "info": { "contact": { "x-ms-connector-metadata": "none" } } }' },
      { definition: '{ "info": { "contact": { "url": "@environmentVariables(\\"cr_Help\\")" } } }' },
      { definition: '{ "info": { "contact": { "url": "https://@environmentVariables(\\"cr_Site\\")/help" } } }' },
      { definition: withMetadata('"Website"', '"https://contoso.com"') },
      { definition: withMetadata('"Website"', '"contoso.com"').replace('x-ms-connector-metadata', 'url') },
      { definition: withMetadata('"Categories"', '"Commerce"') },
      { definition: withMetadata('5', '"Commerce"') },
      { definition: withMetadata('"Website"', '5') },
      ...['https://contoso.com:8443/token', 'https://{site}:99999/token', '/token'].map((url) => ({
        definition: `{ "securityDefinitions": { "a": { "type": "oauth2", "tokenUrl": "${url}" } } }`,
      })),
    ],
    bad: [
      {
        definition:
          '{ "securityDefinitions": { "a": { "type": "oauth2", "tokenUrl": ⟦"https://contoso.com:99999/token"⟧ } } }',
      },
      { definition: '{ "info": { "contact": { "url": ⟦"contoso.com/help"⟧ } } }' },
      { definition: withMetadata('"website"', '⟦"contoso.com"⟧') },
      { definition: withMetadata('"Privacy policy"', '⟦"mailto:help@contoso.com"⟧') },
      { definition: withMetadata('"Website"', '⟦"https://"⟧') },
    ],
    checkMember: {
      names: ['url', 'x-ms-connector-metadata', 'authorizationUrl', 'tokenUrl'],
      of: {
        securityDefinition: ofText((url, member, report) => {
          // What isn't https is reported as that, and parts in braces are known when users sign in.
          if (isSecure(url) && !/[{@]/u.test(url) && !isWebAddress(url)) report(member, { value: url });
        }),
        contact: ofText((url, member, report) => {
          if (member.step === 'url' && !isWebAddress(url)) report(member, { value: url }, { isMild: true });
        }),
        definition: (metadata, report) => {
          if (metadata.step !== 'x-ms-connector-metadata') return;
          for (const entry of metadata.members()) {
            const name = entry.at('propertyName').value;
            const value = entry.at('propertyValue');
            const policy = isText(name) ? metadataPolicies.get(name.toLowerCase()) : undefined;
            if (policy === undefined || typeof value.value !== 'string') continue;
            if (!isWebAddress(value.value)) report(value, { value: value.value }, { policy });
          }
        },
      },
    },
  },
  {
    id: 'url-not-https',
    level: 'certification',
    message: 'Use https.',
    hint: 'Write the whole URL, starting with https://.',
    reason: 'Others can read and change data that is sent over http.',
    sources: ['CE'],
    good: [
      { definition: '{ "info": { "contact": { "url": "https://contoso.com/help" } } }' },
      {
        definition: '{ "securityDefinitions": { "a": { "type": "oauth2", "tokenUrl": "https://contoso.com/token" } } }',
      },
      { definition: '{ "info": { "contact": { "url": 5 } } }' },
      ...['{site}/token', '@environmentVariables(\\"cr_Token\\")', ''].map((url) => ({
        definition: `{ "securityDefinitions": { "a": { "type": "oauth2", "tokenUrl": "${url}" } } }`,
      })),
    ],
    bad: [
      { definition: '{ "info": { "contact": { "url": ⟦"http://contoso.com/help"⟧ } } }' },
      ...['tokenUrl', 'authorizationUrl'].map((name) => ({
        definition: `{ "securityDefinitions": { "a": { "type": "oauth2", "${name}": ⟦"HTTP://contoso.com"⟧ } } }`,
      })),
      ...['login.contoso.com/a', '//login.contoso.com/a', '/authorize'].map((url) => ({
        definition: `{ "securityDefinitions": { "a": { "type": "oauth2", "authorizationUrl": ⟦"${url}"⟧ } } }`,
      })),
    ],
    checkMember: {
      names: ['url', 'authorizationUrl', 'tokenUrl'],
      of: {
        contact: (member, report) => {
          if (isHttp(member.value)) report(member, {}, { isMild: true });
        },
        securityDefinition: (member, report) => {
          if (isText(member.value) && !isSecure(member.value)) report(member);
        },
      },
    },
  },
];
