import { wholeFile, TextRange } from '../engine/location.ts';
import type { Rule } from '../engine/rule.ts';
import { minimalScript } from '../knowledge/minimal-script.ts';

const hint = 'Save the file as UTF-8.';

/** With a letter that is one byte in Windows' old encoding of Western Europe, and none in UTF-8. */
const windowsScript = Buffer.from(`// \u00fcber\n${minimalScript}`, 'latin1');

const wideScript = Buffer.from(`\ufeff${minimalScript}`, 'utf16le');

export const scriptEncodingRules: readonly Rule[] = [
  {
    id: 'script-encoding',
    level: 'error',
    message: 'The script is {encoding}, not UTF-8.',
    hint,
    reason: 'Programs that read scripts expect UTF-8. Windows PowerShell writes UTF-16 with >.',
    sources: ['WC', 'SC'],
    good: [{ script: minimalScript }, { script: `\ufeff// \u00fcber\n${minimalScript}` }, { script: windowsScript }],
    bad: [{ script: wideScript }, { script: wideScript.subarray(2) }, { script: Buffer.from(wideScript).swap16() }],
    check: {
      script: (file, report) => {
        const { encoding } = file.encodingFault ?? {};
        if (encoding !== undefined) report(wholeFile(file), { encoding });
      },
    },
  },
  {
    id: 'script-encoding-invalid',
    level: 'warning',
    message: "The script isn't valid UTF-8 at byte {byte}.",
    hint,
    reason: 'Programs that read scripts expect UTF-8. They show other bytes as different characters.',
    sources: ['WC', 'SC'],
    good: [{ script: minimalScript }, { script: Buffer.from(`\ufeff${minimalScript}`, 'utf16le') }],
    bad: [{ script: windowsScript }],
    check: {
      script: (file, report) => {
        const { byte, offset, encoding } = file.encodingFault ?? {};
        if (byte !== undefined && offset !== undefined && encoding === undefined)
          report(new TextRange(file, offset, offset + 1), { byte });
      },
    },
  },
];
