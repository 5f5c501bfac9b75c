import { isText } from '../../json/value.ts';
import { isEmpty, listed, mustHave } from '../engine/checks.ts';
import type { Location } from '../engine/location.ts';
import type { Report, Rule } from '../engine/rule.ts';
import { withSettings } from './oauth.ts';

const names: readonly string[] = [
  'oauth2',
  'oauth2generic',
  'aad',
  'aadcertificate',
  'facebook',
  'google',
  'github',
  'salesforce',
  'SalesforceV2',
  'dropbox',
  'linkedin',
  'DocuSign',
];

const providers = listed(names);

/** They are compared without case. */
const known: ReadonlySet<string> = new Set(names.map((name) => name.toLowerCase()));

function unknownProvider(
  check: (member: Location, report: Report) => void,
): (member: Location, report: Report) => void {
  return (member, report) => {
    if (isText(member.value) && !known.has(member.value.toLowerCase())) check(member, report);
  };
}

export const identityProviderRules: readonly Rule[] = [
  {
    id: 'identity-provider-missing',
    level: 'warning',
    message: "'identityProvider' is required.",
    reason: 'The identity provider determines the kind of sign-in and its other settings.',
    sources: ['JP'],
    good: [{ properties: withSettings('{ "identityProvider": "oauth2" }') }],
    bad: [
      { properties: withSettings('⟦{⟧ "clientId": "a1b2" }') },
      { properties: withSettings('{ "identityProvider": ⟦""⟧ }') },
    ],
    check: { oAuthSettings: mustHave(['identityProvider'], isEmpty) },
  },
  {
    id: 'identity-provider-misspelled',
    level: 'warning',
    message: "Unknown identity provider '{value}'{suggestion}.",
    hint: "Use oauth2 for a service that isn't in the list.",
    reason: 'The identity provider determines how users sign in.',
    sources: ['JP', 'FAQ'],
    good: [
      { properties: withSettings('{ "identityProvider": "oauth2" }') },
      ...names.map((provider) => ({ properties: withSettings(`{ "identityProvider": "${provider}" }`) })),
      ...['', 'docusign', 'contosoLogin'].map((provider) => ({
        properties: withSettings(`{ "identityProvider": "${provider}" }`),
      })),
    ],
    bad: [{ properties: withSettings('{ "identityProvider": ⟦"oauth"⟧ }') }],
    checkMember: { names: ['identityProvider'], of: { oAuthSettings: unknownProvider(providers.reportMisspelled) } },
  },
  {
    id: 'identity-provider-unknown',
    level: 'info',
    message: "Unknown identity provider '{value}'.",
    hint: "Use oauth2 for a service that isn't in the list.",
    reason: "The platform's list of identity providers grows.",
    sources: ['JP', 'FAQ'],
    good: [
      { properties: withSettings('{ "identityProvider": "oauth2" }') },
      { properties: withSettings('{ "identityProvider": "oauth" }') },
      { properties: withSettings('{ "identityProvider": "" }') },
    ],
    bad: [{ properties: withSettings('{ "identityProvider": ⟦"contosoLogin"⟧ }') }],
    checkMember: { names: ['identityProvider'], of: { oAuthSettings: unknownProvider(providers.reportUnknown) } },
  },
];
