import type { Rule } from '../engine/rule.ts';
import { withSettings } from './oauth.ts';

export const aadCertificateRules: readonly Rule[] = [
  {
    id: 'aadcertificate-first-party',
    level: 'info',
    message: "'aadcertificate' is for Microsoft's own applications.",
    hint: 'Use aad, or set IsFirstParty to "True".',
    reason: "Only Microsoft's own applications have the certificate that this identity provider requires.",
    sources: ['JP'],
    good: [
      { properties: withSettings('{ "identityProvider": "aad" }') },
      {
        properties: withSettings('{ "identityProvider": "aadcertificate", "properties": { "IsFirstParty": "True" } }'),
      },
    ],
    bad: [
      { properties: withSettings('{ "identityProvider": ⟦"aadcertificate"⟧ }') },
      {
        properties: withSettings(
          '{ "identityProvider": ⟦"aadcertificate"⟧, "properties": { "IsFirstParty": "False" } }',
        ),
      },
    ],
    checkMember: {
      names: ['identityProvider'],
      of: {
        oAuthSettings: (member, report, node) => {
          if (member.value !== 'aadcertificate') return;
          if (node.at('properties', 'IsFirstParty').value !== 'True') report(member);
        },
      },
    },
  },
];
