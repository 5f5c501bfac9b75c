import { decodeBytes } from '../../json/decode.ts';
import { scriptClass } from './script-class.ts';
import { bracePairs, type Code, isCode } from './script-code.ts';
import { ScriptFile } from './script-file.ts';
import { csharpTokens } from './tokens.ts';

/**
 * Whether bytes are a script that the service can run: C# with the class that it starts. A web page around it is none, nor is what
 * isn't text: read back, neither would be taken for one.
 */
export function isScript(bytes: Uint8Array): boolean {
  const { code, text } = scriptOf(bytes);
  return !isCode(code, 0, '<') && !text.includes('\0') && scriptClass(code) !== undefined;
}

/**
 * Whether they are also all of it, and nothing but C#: its class is declared where one can be, and all that begins also ends, at
 * the end of a declaration.
 */
export function isWholeScript(bytes: Uint8Array): boolean {
  const { code, text } = scriptOf(bytes);
  const { unclosed, unopened } = bracePairs(code);
  return (
    beginsDeclaration(code, (scriptClass(code)?.name ?? 0) - 1) &&
    unclosed.length === 0 &&
    unopened.length === 0 &&
    (isCode(code, code.length - 1, '}') || isCode(code, code.length - 1, ';')) &&
    endsOutsideCode(text)
  );
}

/** https://learn.microsoft.com/dotnet/csharp/language-reference/keywords/class */
const modifiers: ReadonlySet<string> = new Set([
  'abstract',
  'file',
  'internal',
  'new',
  'partial',
  'private',
  'protected',
  'public',
  'sealed',
  'static',
  'unsafe',
]);

/** Whether nothing but modifiers and attributes is between the keyword of a declaration and what ended before it. */
function beginsDeclaration(code: Code, keyword: number): boolean {
  let before = keyword - 1;
  while (modifiers.has(code[before]?.text ?? '')) before -= 1;
  return keyword >= 0 && (before < 0 || [';', '{', '}', ']'].some((end) => isCode(code, before, end)));
}

/** Whether the last comment and each conditional of a text end in it. */
function endsOutsideCode(text: string): boolean {
  let open = 0;
  let isInComment = false;
  for (const { kind, start, end } of csharpTokens(text)) {
    const written = text.slice(start, end);
    if (kind === 'directive') open += /^#\s*if\b/u.test(written) ? 1 : /^#\s*endif\b/u.test(written) ? -1 : 0;
    // A comment of a line ends with the line, so that one that ends with the text may have gone on.
    if (kind === 'comment')
      isInComment = written.startsWith('//') ? end === text.length : !/^\/\*[^]*\*\/$/u.test(written);
  }
  return open === 0 && !isInComment;
}

function scriptOf(bytes: Uint8Array): ScriptFile {
  return new ScriptFile('script', decodeBytes(bytes).text ?? '', bytes.length);
}
