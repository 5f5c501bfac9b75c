import { decodeBytes } from '../../json/decode.ts';
import { scriptClass } from './script-class.ts';
import { bracePairs } from './script-code.ts';
import { ScriptFile } from './script-file.ts';

/** Whether bytes are a script that the service can run: C# with the class that it starts. */
export function isScript(bytes: Uint8Array): boolean {
  return scriptClass(scriptOf(bytes).code) !== undefined;
}

/** Whether all that begins in it also ends, as far as braces tell. */
export function isWholeScript(bytes: Uint8Array): boolean {
  const { code } = scriptOf(bytes);
  return scriptClass(code) !== undefined && bracePairs(code).unclosed.length === 0;
}

function scriptOf(bytes: Uint8Array): ScriptFile {
  return new ScriptFile('script', decodeBytes(bytes).text ?? '', bytes.length);
}
