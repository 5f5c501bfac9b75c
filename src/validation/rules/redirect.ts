import { isMeantAsEnvironmentExpression } from '../../connector/expression.ts';
import { isText } from '../../json/value.ts';
import { oneOf } from '../engine/checks.ts';
import type { Rule } from '../engine/rule.ts';
import { withSettings } from './oauth.ts';

const isRedirectMode = oneOf(['Global', 'GlobalPerConnector', 'Direct']);

const redirectUrl = /^https:\/\/[0-9a-z.-]+\.consent\.azure-apim\.(?:net|us|cn)\/redirect/iu;

export const redirectRules: readonly Rule[] = [
  {
    id: 'redirect-mode-unknown',
    level: 'warning',
    message: "Unknown redirect mode '{value}'{suggestion}.",
    reason: 'The redirect URL is shared by all connectors, specific to one connector, or direct.',
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
    id: 'redirect-mode-global',
    level: 'info',
    message: "The service changes 'Global' to 'GlobalPerConnector'.",
    hint: 'Add the redirect URL of the connector to your identity provider.',
    reason: 'Since February 2024, each connector has its own redirect URL.',
    sources: ['CP', 'I3097'],
    good: [{ properties: withSettings('{ "redirectMode": "GlobalPerConnector" }') }],
    bad: [{ properties: withSettings('{ "redirectMode": ⟦"Global"⟧ }') }],
    checkMember: {
      names: ['redirectMode'],
      of: {
        oAuthSettings: (member, report) => {
          if (member.value === 'Global') report(member, {}, { fix: { replace: 'GlobalPerConnector' } });
        },
      },
    },
  },
  {
    id: 'redirect-url-unexpected',
    level: 'info',
    message: 'Unexpected redirect URL.',
    hint: 'Use https://global.consent.azure-apim.net/redirect, optionally followed by the name of the connector.',
    reason: 'After a sign-in, the identity provider redirects to a URL of the platform.',
    sources: ['CS'],
    good: [
      { properties: withSettings('{ "redirectUrl": "https://global.consent.azure-apim.net/redirect" }') },
      { properties: withSettings('{ "redirectUrl": "" }') },
      { properties: withSettings('{ "redirectUrl": "@environmentVariables(\\"cr_Redirect\\")" }') },
    ],
    bad: [{ properties: withSettings('{ "redirectUrl": ⟦"https://localhost/redirect"⟧ }') }],
    checkMember: {
      names: ['redirectUrl'],
      of: {
        oAuthSettings: (member, report) => {
          const { value } = member;
          if (isText(value) && !redirectUrl.test(value) && !isMeantAsEnvironmentExpression(value)) report(member);
        },
      },
    },
  },
];
