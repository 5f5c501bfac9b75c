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
  return scriptClass(code) !== undefined && isWholeDeclarations(code) && !text.includes('\0') && isClosed(text);
}

/** Whether bytes are meant to be a script, also with errors or merge marks. */
export function hasScriptClass(bytes: Uint8Array): boolean {
  return scriptClass(scriptOf(bytes).code) !== undefined;
}

function scriptOf(bytes: Uint8Array): ScriptFile {
  return new ScriptFile('script', bytes);
}

/** At the beginning of a line of code. */
const mergeMark = /^(?:<{7}|>{7})(?=\s|$)/u;

const directive = /^#\s*(?<end>end)?(?<name>if|region)\b/u;

/** Whether each comment, conditional, and region of a text ends in it, and no merge is left open. */
function isClosed(text: string): boolean {
  const open = { if: 0, region: 0 };
  for (const { kind, start, end } of csharpTokens(text)) {
    const written = text.slice(start, end);
    if (kind === 'comment' && written.startsWith('/*') && !/^\/\*[^]*\*\/$/u.test(written)) return false;
    if (
      kind === 'punctuation' &&
      /[\r\n]/u.test(text.charAt(start - 1)) &&
      mergeMark.test(text.slice(start, start + 8))
    )
      return false;
    const { end: isEnd, name } = (kind === 'directive' && directive.exec(written)?.groups) || {};
    if (name !== 'if' && name !== 'region') continue;
    open[name] += isEnd ? -1 : 1;
    if (open[name] < 0) return false;
  }
  return open.if === 0 && open.region === 0;
}
