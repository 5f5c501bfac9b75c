import type { Rule } from '../engine/rule.ts';
import { ofText } from '../engine/text-checks.ts';

export const textRules: readonly Rule[] = [
  {
    id: 'text-not-english',
    level: 'certification',
    message: 'The title must be written in English.',
    hint: 'Use only ASCII letters, digits, and punctuation.',
    reason: 'Certification accepts only ASCII characters in titles.',
    sources: ['CS', 'SV'],
    good: [{ definition: '{ "info": { "title": "Contoso Buecher" } }' }],
    bad: [{ definition: '{ "info": { "title": ⟦"Contoso Bücher"⟧ } }' }],
    checkMember: {
      names: ['title'],
      of: {
        info: ofText((title, member, report) => {
          if (/[^ -~]/u.test(title)) report(member);
        }),
      },
    },
  },
];
