import type { Rule } from '../engine/rule.ts';
import { ofText } from '../engine/text-checks.ts';

export const textRules: readonly Rule[] = [
  {
    id: 'text-not-english',
    level: 'certification',
    message: 'The title must be written in English.',
    hint: 'Use letters, digits and signs of ASCII only.',
    reason: 'Titles are compared and sorted in all languages; only characters of ASCII are accepted.',
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
