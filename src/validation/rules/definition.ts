import { wholeFile } from '../engine/location.ts';
import type { Rule } from '../engine/rule.ts';

const maximumDefinitionSize = 1_048_576;

export const definitionRules: readonly Rule[] = [
  {
    id: 'definition-too-large',
    level: 'warning',
    message: 'The API definition has {size} bytes; the limit is 1 MB.',
    reason: 'The service refuses larger definitions from makers.',
    sources: ['DO', 'CS', 'FAQ'],
    good: [{ definition: '{}' }, { properties: '{}' }],
    bad: [{ definition: `{}${' '.repeat(maximumDefinitionSize)}` }],
    check: {
      connector: ({ definitionFile: file }, report) => {
        if (file && file.size > maximumDefinitionSize) report(wholeFile(file), { size: file.size });
      },
    },
  },
];
