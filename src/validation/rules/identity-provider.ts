import { isText } from '../../json/value.ts';
import { isEmpty, mustHave, oneOf } from '../engine/checks.ts';
import type { Rule } from '../engine/rule.ts';
import { withSettings } from './oauth.ts';

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

export const identityProviderRules: readonly Rule[] = [
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
    check: { oAuthSettings: mustHave(['identityProvider'], isEmpty) },
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
];
