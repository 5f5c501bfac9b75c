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
