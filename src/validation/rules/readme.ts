import { wholeFile } from '../engine/location.ts';
import type { Rule } from '../engine/rule.ts';

export const readmeRules: readonly Rule[] = [
  {
    id: 'readme-missing',
    level: 'certification',
    message: 'A readme file is required for certification.',
    hint: 'Add README.md beside the API definition.',
    reason: 'The documentation of a published connector is made from its readme.',
    sources: ['CS'],
    good: [{ definition: '{}', others: ['readme.md'] }, { others: ['notes.txt'] }, { definition: '{}' }],
    bad: [{ definition: '{}', others: ['notes.txt'] }],
    check: {
      connector: ({ files: [file], others }, report) => {
        if (!file || !others) return;
        if (!others.some((name) => name.toLowerCase() === 'readme.md')) report(wholeFile(file));
      },
    },
  },
];
