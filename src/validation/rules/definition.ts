import type { JsonFile } from '../engine/json-file.ts';
import { wholeFile } from '../engine/location.ts';
import { withThousands } from '../../with-thousands.ts';
import type { Rule } from '../engine/rule.ts';

const maximumSize = 1_048_576;

/** So many characters the column of a solution's table has now, and in older environments. */
const maximumColumn = 1_000_000;
const oldMaximumColumn = 500_000;

function isTooLarge({ size, text }: JsonFile): boolean {
  return size > maximumSize || text.length > maximumColumn;
}

const tooLargeForSolution = { definition: `{"swagger":"2.0"}${' '.repeat(oldMaximumColumn)}` };

export const definitionRules: readonly Rule[] = [
  {
    id: 'definition-too-large',
    level: 'warning',
    message: `The API definition has {size} bytes and {count} characters. The limits are 1 MB and ${withThousands(maximumColumn)} characters.`,
    reason: 'The service rejects larger API definitions from makers.',
    sources: ['DO', 'CS', 'FAQ', 'DV'],
    good: [{ definition: '{}' }, { properties: '{}' }, tooLargeForSolution],
    bad: [
      { definition: `{"swagger":"2.0"}${' '.repeat(maximumSize)}` },
      { definition: `{"swagger":"2.0"}${' '.repeat(maximumColumn)}` },
      { definition: `{ "info": { "title": "${'ü'.repeat(600_000)}" } }` },
    ],
    check: {
      connector: ({ definitionFile: file }, report) => {
        if (!file || !isTooLarge(file)) return;
        report(wholeFile(file), { size: withThousands(file.size), count: withThousands(file.text.length) });
      },
    },
  },
  {
    id: 'definition-too-large-for-solution',
    level: 'info',
    certified: 'warning',
    message: `The API definition has {count} characters. Older environments accept at most ${withThousands(oldMaximumColumn)} in a solution.`,
    hint: 'Remove unused definitions, or write the JSON without indentation.',
    reason: 'Certification requires the connector in a solution. All characters in the file count, including spaces.',
    sources: ['I3567', 'DV'],
    good: [{ definition: '{}' }, { definition: `{"swagger":"2.0"}${' '.repeat(maximumSize)}` }],
    bad: [tooLargeForSolution],
    check: {
      connector: ({ definitionFile: file }, report) => {
        if (!file || isTooLarge(file) || file.text.length <= oldMaximumColumn) return;
        report(wholeFile(file), { count: withThousands(file.text.length) });
      },
    },
  },
];
