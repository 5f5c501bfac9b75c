import { maximumScriptSize } from '../csharp/script-file.ts';
import { wholeFile } from '../engine/location.ts';
import type { Rule } from '../engine/rule.ts';
import { minimalScript } from '../knowledge/minimal-script.ts';
import { withThousands } from '../../with-thousands.ts';

/** So many characters the column of a solution's table has. */
const maximumColumn = 500_000;

export const scriptTooLargeRules: readonly Rule[] = [
  {
    id: 'script-too-large',
    level: 'error',
    message: 'The script has {size} bytes. The limit is 1 MB.',
    reason: "The service rejects larger scripts. paconn doesn't check the rest of the file.",
    sources: ['WC', 'SC'],
    good: [{ script: minimalScript }],
    bad: [{ script: `//${' '.repeat(maximumScriptSize)}` }],
    check: {
      script: (file, report) => {
        if (file.size > maximumScriptSize) report(wholeFile(file), { size: file.size });
      },
    },
  },
  {
    id: 'script-too-large-for-solution',
    level: 'warning',
    message: `The script has {count} characters. A solution supports at most ${withThousands(maximumColumn)}.`,
    reason: "A connector with a larger script can't be part of a solution.",
    sources: ['DV'],
    good: [{ script: minimalScript }, { script: `//${' '.repeat(maximumScriptSize)}` }],
    bad: [{ script: `//${' '.repeat(maximumColumn)}` }],
    check: {
      script: (file, report) => {
        const count = file.text.length;
        if (count > maximumColumn && file.size <= maximumScriptSize)
          report(wholeFile(file), { count: withThousands(count) });
      },
    },
  },
];
