import { TextRange, wholeFile } from '../engine/location.ts';
import type { Rule } from '../engine/rule.ts';
import { hasExecuteAsync, scriptClass } from '../csharp/script-class.ts';
import { bracePairs } from '../csharp/script-code.ts';
import { type CodeToken, maximumScriptSize, type ScriptFile } from '../csharp/script-file.ts';

const minimalScript = `public class Script : ScriptBase
{
    public override async Task<HttpResponseMessage> ExecuteAsync()
    {
        return await Context.SendAsync(Context.Request, CancellationToken);
    }
}`;

export function tokenRange(file: ScriptFile, token: CodeToken | undefined): TextRange {
  return token ? new TextRange(file, token.start, token.end) : wholeFile(file);
}

function isCsx(name: string): boolean {
  return name.toLowerCase().endsWith('.csx');
}

/** The file and the class in it. */
export const scriptRules: readonly Rule[] = [
  {
    id: 'script-too-large',
    level: 'error',
    message: 'The script has {size} bytes; the limit is 1 MB.',
    reason: 'The service takes no larger script. Nothing else of such a script is checked.',
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
    id: 'script-extension',
    level: 'warning',
    message: 'Use the extension .csx.',
    reason: 'The command line takes scripts of this extension only; the portal takes .cs as well.',
    sources: ['SC'],
    good: [{ script: minimalScript }],
    bad: [{ script: minimalScript, names: { script: 'script.cs' } }],
    check: {
      script: (file, report) => {
        if (!isCsx(file.name)) report(wholeFile(file));
      },
    },
  },
  {
    id: 'script-multiple',
    level: 'error',
    message: 'Only one script file is supported.',
    hint: 'Join {names}, or name the one to use as "script" in settings.json.',
    reason: 'A connector has one script: the code of all its operations stands in one file.',
    sources: ['WC'],
    good: [
      { script: minimalScript, others: ['readme.md'] },
      { others: ['second.csx'] },
      { script: minimalScript, others: ['script.csx'] },
      { script: minimalScript, others: ['second.csx'], settings: '{ "script": "script.csx" }' },
    ],
    bad: [{ script: minimalScript, others: ['second.csx'] }],
    check: {
      connector: ({ scriptFile, others = [], settings }, report) => {
        if (!scriptFile || typeof settings?.value['script'] === 'string') return;
        const more = others.filter((name) => isCsx(name) && !scriptFile.name.endsWith(name));
        if (more.length > 0) report(wholeFile(scriptFile), { names: [scriptFile.name, ...more].join(', ') });
      },
    },
  },
  {
    id: 'script-class-missing',
    level: 'error',
    message: "Missing 'class Script : ScriptBase'.",
    reason: 'The service makes an object of this class for each request.',
    sources: ['WC', 'SC'],
    good: [{ script: minimalScript }, { script: `//${' '.repeat(maximumScriptSize)}` }],
    bad: [{ script: '// public class Script : ScriptBase\npublic class Handler { }' }],
    check: {
      script: (file, report) => {
        if (file.size <= maximumScriptSize && !scriptClass(file.code)) report(wholeFile(file));
      },
    },
  },
  {
    id: 'script-class-case',
    level: 'warning',
    message: "Name the class 'Script'.",
    reason: 'C# tells upper from lower case, and the service looks for this name.',
    sources: ['WC'],
    good: [{ script: minimalScript }, { script: 'public class Handler { }' }],
    bad: [{ script: 'public class ⟦script⟧ : ScriptBase { }' }],
    check: {
      script: (file, report) => {
        const name = file.code[scriptClass(file.code)?.name ?? -1];
        if (name && name.text !== 'Script') report(tokenRange(file, name));
      },
    },
  },
  {
    id: 'script-execute-async-missing',
    level: 'error',
    message: "Missing 'ExecuteAsync'.",
    hint: "Add 'public override async Task<HttpResponseMessage> ExecuteAsync()'.",
    reason: 'This method is what the service calls for each request.',
    sources: ['WC', 'SC'],
    good: [{ script: minimalScript }, { script: 'public class Handler { }' }],
    bad: [
      {
        script:
          'public class ⟦Script⟧ : ScriptBase\n{\n    // public override Task<HttpResponseMessage> ExecuteAsync()\n}',
      },
    ],
    check: {
      script: (file, report) => {
        const found = scriptClass(file.code);
        if (found && !hasExecuteAsync(file.code, found)) report(tokenRange(file, file.code[found.name]));
      },
    },
  },
  {
    id: 'script-merge-marks',
    level: 'error',
    message: 'A merge is not finished here.',
    hint: 'Take away the marks, and what of the lines between them is not to stay.',
    reason:
      'A merge writes these marks around lines that both sides have changed. With them a script cannot be compiled.',
    sources: ['WC'],
    good: [
      { script: 'class Texts { bool IsLess = 1 << 7 > 3; }' },
      { script: `${'<'.repeat(7)} local\n//${' '.repeat(maximumScriptSize)}` },
    ],
    bad: [{ script: 'class Texts {\n⟦<<<<<<<⟧ local\n  int a = 1;\n=======\n  int a = 2;\n⟦>>>>>>>⟧ environment\n}' }],
    check: {
      script: (file, report) => {
        if (file.size > maximumScriptSize) return;
        for (const { index } of file.text.matchAll(/^(?:<{7}|>{7})(?=\s|$)/gmu))
          report(new TextRange(file, index, index + 7));
      },
    },
  },
  {
    id: 'script-unbalanced',
    level: 'error',
    message: 'Unbalanced braces.',
    reason: 'A script with a brace too few or too many cannot be compiled.',
    sources: ['WC'],
    good: [{ script: 'class Texts { string open = "{"; char close = \'}\'; /* { */ }' }],
    bad: [{ script: 'class Texts ⟦{⟧ string open = "}";' }, { script: 'class Texts { } ⟦}⟧' }],
    check: {
      script: (file, report) => {
        const { unclosed, unopened } = bracePairs(file.code);
        const [extra] = unopened;
        const open = unclosed.at(-1);
        if (extra !== undefined) report(tokenRange(file, file.code[extra]), {}, { hint: 'It closes nothing.' });
        if (open !== undefined) report(tokenRange(file, file.code[open]), {}, { hint: 'It is never closed.' });
      },
    },
  },
];
