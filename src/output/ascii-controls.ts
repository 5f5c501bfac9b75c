import { invisible } from '../one-line.ts';
import type { Terminal } from '../io/terminal/terminal.ts';

/**
 * JSON as it is to be printed. What reads a pipe on Windows takes bytes for characters of an old code page; as escapes they come
 * through.
 */
export function printedJson(json: string, { pipesAscii }: Pick<Terminal, 'pipesAscii'>): string {
  return pipesAscii ? json.replaceAll(/[\u0080-\u{10ffff}]/gu, escaped) : json;
}

const steering = new RegExp(String.raw`[\u007f-\u009f\u2028\u2029]|${invisible}|#(?=#(?:vso)?\[)`, 'giu');

/**
 * What a terminal must not get as it is, as escapes: the value stays the same. Besides characters that steer it, that is how
 * the log commands of pipelines start: elsewhere they are broken up, which JSON need not suffer.
 */
export function asciiControls(json: string): string {
  return json.replaceAll(steering, escaped);
}

/** One escape for each half of a character that has two. */
function escaped(character: string): string {
  const units = Array.from({ length: character.length }, (_none, index) => character.charCodeAt(index));
  return units.map((unit) => `\\u${unit.toString(16).padStart(4, '0')}`).join('');
}
