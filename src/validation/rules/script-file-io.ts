import { tokenRange } from '../csharp/script-file.ts';
import { type Code, isCode, isDot, isIdentifier } from '../csharp/script-code.ts';
import { constructionStart, usesOfType } from '../csharp/script-types.ts';
import type { Rule } from '../engine/rule.ts';

/** Classes of System.IO of which each function works with files. */
const fileTypes = ['File', 'Directory'];

/** What of Path reads or writes something. All else works on the text alone. */
const pathFunctions: ReadonlySet<string> = new Set(['Exists', 'GetFullPath', 'GetTempFileName', 'GetTempPath']);

/** Classes whose objects are files, or folders. */
const fileObjects = ['FileStream', 'FileInfo', 'DirectoryInfo', 'DriveInfo', 'FileSystemWatcher'];

/** Classes whose objects read or write a stream, or the file at a path. */
const streamUsers = ['StreamReader', 'StreamWriter'];

/** Where names of the classes stand that work with files. */
function usesOfFiles(code: Code): readonly number[] {
  const uses = (type: string): readonly number[] => usesOfType(code, type, 'IO');
  const texts = textVariables(code);
  const calls = (index: number): boolean => isDot(code, index + 1);
  return [
    ...fileTypes.flatMap((type) => uses(type).filter(calls)),
    ...uses('Path').filter((index) => calls(index) && pathFunctions.has(code[index + 2]?.text ?? '')),
    ...fileObjects.flatMap((type) => uses(type).filter((index) => constructionArguments(code, index) !== undefined)),
    ...streamUsers.flatMap((type) =>
      uses(type).filter((index) => isPath(code, constructionArguments(code, index), texts)),
    ),
  ];
}

/** Where the arguments begin with which an object is made: `new FileInfo("a")`, or `FileInfo file = new("a")`. */
function constructionArguments(code: Code, type: number): number | undefined {
  if (constructionStart(code, type) !== undefined) return type + 2;
  const isShort = isIdentifier(code, type + 1) && isCode(code, type + 2, '=') && isCode(code, type + 3, 'new');
  return isShort && isCode(code, type + 4, '(') ? type + 5 : undefined;
}

/** Whether an argument is a path: a text, a variable with one, or what a function of Path makes. */
function isPath(code: Code, start: number | undefined, texts: ReadonlySet<string>): boolean {
  if (start === undefined) return false;
  const named = isCode(code, start, 'path') && isCode(code, start + 1, ':') ? start + 2 : start;
  if (code[named]?.kind === 'string' || (isCode(code, named, 'Path') && isDot(code, named + 1))) return true;
  const isAlone = isCode(code, named + 1, ')') || isCode(code, named + 1, ',');
  return isAlone && isIdentifier(code, named) && texts.has(code[named]?.text ?? '');
}

/** Variables and parameters that are texts: `string path`, or `var path = "a"`. */
function textVariables(code: Code): ReadonlySet<string> {
  const isTyped = (index: number): boolean => ['string', 'String'].some((type) => isCode(code, index - 1, type));
  const isGiven = (index: number): boolean =>
    isCode(code, index - 1, 'var') && isCode(code, index + 1, '=') && code[index + 2]?.kind === 'string';
  return new Set(
    code.flatMap(({ kind, text }, index) => (kind === 'identifier' && (isTyped(index) || isGiven(index)) ? text : [])),
  );
}

export const scriptFileIoRules: readonly Rule[] = [
  {
    id: 'script-file-io',
    level: 'warning',
    message: "Scripts can't access the file system.",
    reason: 'Scripts run in a sandbox without a file system.',
    sources: ['SC'],
    good: [
      { script: 'var name = Path.GetFileName(url);' },
      ...['GetExtension', 'Combine', 'GetRandomFileName', 'GetPathRoot', 'GetRelativePath', 'PathSeparator'].map(
        (name) => ({
          script: `var name = Path.${name}(url);`,
        }),
      ),
      { script: 'using (var reader = new StreamReader(await Context.Request.Content.ReadAsStreamAsync())) { }' },
      { script: 'var writer = new StreamWriter(new MemoryStream()); Stream path = null; StreamReader r = new(path);' },
      { script: 'FileStream stream = null; var text = "new FileInfo(1)"; // new FileInfo(url)' },
      { script: 'class FileInfo { } var info = new FileInfo("a");' },
      { script: 'var parts = uri.AbsolutePath.Split("File."); // File.Exists' },
      { script: 'File file = null;' },
    ],
    bad: [
      { script: 'var text = ⟦File⟧.ReadAllText(System.IO.⟦Path⟧.GetTempFileName());' },
      ...[...fileTypes, 'Path'].map((type) => ({ script: `if (⟦${type}⟧.Exists(url)) { }` })),
      ...fileObjects.map((type) => ({ script: `var data = new System.IO.⟦${type}⟧("a").ToString();` })),
      { script: '⟦FileStream⟧ stream = new("a", FileMode.Open);' },
      ...streamUsers.map((type) => ({ script: `using var data = new ⟦${type}⟧("c:/x.txt");` })),
      { script: 'var path = "c.txt"; var data = new ⟦StreamWriter⟧(path, true);' },
      { script: 'string Read(string path) => new ⟦StreamReader⟧(path: path).ReadToEnd();' },
      { script: 'var data = new ⟦StreamReader⟧(Path.Combine(folder, "a"));' },
    ],
    check: {
      script: (file, report) => {
        for (const index of usesOfFiles(file.code)) report(tokenRange(file, file.code[index]));
      },
    },
  },
];
