import { decodeBytes } from '../../json/decode.ts';
import { scriptClass } from './script-class.ts';
import { bracePairs } from './script-code.ts';
import { ScriptFile } from './script-file.ts';

/** Whether bytes are a script that the service can run: C# with the class that it starts. */
export function isScript(bytes: Uint8Array): boolean {
  return scriptClass(scriptOf(bytes).code) !== undefined;
}

/** Whether the class is also there to its end. */
export function isWholeScript(bytes: Uint8Array): boolean {
  const { code } = scriptOf(bytes);
  const found = scriptClass(code);
  return found !== undefined && bracePairs(code).closing.has(found.body.from);
}

function scriptOf(bytes: Uint8Array): ScriptFile {
  return new ScriptFile('script', decodeBytes(bytes).text ?? '', bytes.length);
}
