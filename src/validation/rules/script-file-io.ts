import { tokenRange } from '../csharp/script-file.ts';
import { usesOfType } from '../csharp/script-types.ts';
import type { Rule } from '../engine/rule.ts';

/** Classes of System.IO that work with files. */
const fileTypes = ['File', 'Directory', 'Path'];

/** What of Path reads and writes nothing. */
const textFunctions: ReadonlySet<string> = new Set([
  'GetExtension',
  'GetFileName',
  'GetFileNameWithoutExtension',
  'GetDirectoryName',
  'Combine',
  'Join',
  'ChangeExtension',
  'HasExtension',
  'IsPathRooted',
  'GetInvalidFileNameChars',
  'GetInvalidPathChars',
  'DirectorySeparatorChar',
  'AltDirectorySeparatorChar',
]);

export const scriptFileIoRules: readonly Rule[] = [
  {
    id: 'script-file-io',
    level: 'warning',
    message: "Scripts can't access the file system.",
    reason: 'Scripts run in a sandbox without a file system.',
    sources: ['SC'],
    good: [
      { script: 'var name = Path.GetFileName(url);' },
      ...[...textFunctions].map((name) => ({ script: `var name = Path.${name}(url);` })),
      { script: 'var parts = uri.AbsolutePath.Split("File."); // File.Exists' },
      { script: 'File file = null;' },
    ],
    bad: [
      { script: 'var text = ⟦File⟧.ReadAllText(System.IO.⟦Path⟧.GetTempFileName());' },
      ...fileTypes.map((type) => ({ script: `if (⟦${type}⟧.Exists(url)) { }` })),
    ],
    check: {
      script: (file, report) => {
        for (const type of fileTypes) {
          for (const index of usesOfType(file.code, type, 'IO')) {
            if (file.code[index + 1]?.text !== '.') continue;
            const isOfText = type === 'Path' && textFunctions.has(file.code[index + 2]?.text ?? '');
            if (!isOfText) report(tokenRange(file, file.code[index]));
          }
        }
      },
    },
  },
];
