import { isWholeDeclarations } from './declarations.ts';
import { scriptClass } from './script-class.ts';
import { ScriptFile } from './script-file.ts';
import { csharpTokens } from './tokens.ts';

/**
 * Whether bytes are a script that the service can run: text that is C# from its beginning to its end, with the class that it starts.
 * What is sent and what comes is judged by this alone, so that what was uploaded can also be read back.
 */
export function isScript(bytes: Uint8Array): boolean {
  const { code, text } = scriptOf(bytes);
  return (
    scriptClass(code) !== undefined && isWholeDeclarations(code) && !text.includes('\0') && closesWhatItSkips(text)
  );
}

/** Whether bytes are meant to be a script, also with errors or merge marks. */
export function hasScriptClass(bytes: Uint8Array): boolean {
  return scriptClass(scriptOf(bytes).code) !== undefined;
}

function scriptOf(bytes: Uint8Array): ScriptFile {
  return new ScriptFile('script', bytes);
}

/** Whether each comment and each conditional of a text ends in it. */
function closesWhatItSkips(text: string): boolean {
  let open = 0;
  for (const { kind, start, end } of csharpTokens(text)) {
    const written = text.slice(start, end);
    if (kind === 'comment' && written.startsWith('/*') && !/^\/\*[^]*\*\/$/u.test(written)) return false;
    if (kind !== 'directive') continue;
    if (/^#\s*if\b/u.test(written)) open += 1;
    if (/^#\s*endif\b/u.test(written)) open -= 1;
    if (open < 0) return false;
  }
  return open === 0;
}
