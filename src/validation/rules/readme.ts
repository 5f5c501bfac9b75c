import { wholeFile } from '../engine/location.ts';
import type { Rule } from '../engine/rule.ts';

/** The names of the file in certification, of now and of before 2025, in lower case. */
const readmeNames: ReadonlySet<string> = new Set(['readme.md', 'intro.md']);

export const readmeRules: readonly Rule[] = [
  {
    id: 'readme-missing',
    level: 'certification',
    message: 'A readme file is required for certification.',
    hint: 'Add README.md next to the API definition.',
    reason: 'Microsoft generates the documentation of a published connector from its readme.',
    sources: ['CS'],
    good: [
      { definition: '{}', others: ['readme.md'] },
      { definition: '{}', others: ['intro.md'] },
      { others: ['notes.txt'] },
      { definition: '{}' },
    ],
    bad: [{ definition: '{}', others: ['notes.txt'] }],
    check: {
      connector: ({ files: [file], others }, report) => {
        if (!file || !others) return;
        if (!others.some((name) => readmeNames.has(name.toLowerCase()))) report(wholeFile(file));
      },
    },
  },
];
