import { isEmail } from '../../connector/email.ts';
import { mustHave } from '../engine/checks.ts';
import type { Rule } from '../engine/rule.ts';
import { lacksText, ofText } from '../engine/text-checks.ts';

export const contactRules: readonly Rule[] = [
  {
    id: 'contact-missing',
    level: 'certification',
    common: true,
    message: "'contact' is required.",
    hint: 'Add "contact" with the "name", "url", and "email" of your support team.',
    reason: 'Users of a published connector contact you if it fails.',
    sources: ['CS', 'I1095'],
    good: [{ definition: '{ "info": { "title": "Contoso Orders", "contact": { "name": "Contoso Support" } } }' }],
    bad: [{ definition: '{ "info": ⟦{⟧ "title": "Contoso Orders" } }' }],
    check: { info: mustHave(['contact']) },
  },
  {
    id: 'contact-incomplete',
    level: 'certification',
    common: true,
    message: "'contact' needs '{name}'.",
    reason: 'Users of a published connector must be able to find and contact its support.',
    sources: ['CS'],
    good: [
      {
        definition:
          '{ "info": { "contact": { "name": "Contoso", "url": "https://contoso.com/help", "email": "help@contoso.com" } } }',
      },
    ],
    bad: [
      {
        definition:
          '{ "info": { "contact": { "name": "Contoso", "url": "https://contoso.com/help", "email": ⟦""⟧ } } }',
      },
      ...[
        '"url": "https://contoso.com/help", "email": "help@contoso.com"',
        '"name": "Contoso", "email": "help@contoso.com"',
      ].map((members) => ({ definition: `{ "info": { "contact": ⟦{⟧ ${members} } } }` })),
    ],
    check: {
      contact: (node, report) => {
        for (const name of ['name', 'url', 'email']) {
          if (!lacksText(node.value[name])) continue;
          report(node.at(name), { name }, { policy: name === 'email' ? '5000.3.1.4' : undefined });
        }
      },
    },
  },
  {
    id: 'contact-email-invalid',
    level: 'error',
    message: "'{value}' isn't a valid email address.",
    reason: 'The service rejects a contact with an invalid email address.',
    sources: ['SV'],
    good: [{ definition: '{ "info": { "contact": { "email": "help@contoso.com" } } }' }],
    bad: [{ definition: '{ "info": { "contact": { "email": ⟦"help at contoso.com"⟧ } } }' }],
    checkMember: {
      names: ['email'],
      of: {
        contact: ofText((email, member, report) => {
          if (!isEmail(email)) report(member, { value: email });
        }),
      },
    },
  },
];
