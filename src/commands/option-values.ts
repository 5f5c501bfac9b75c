import { UsageError } from '../errors.ts';
import { booleanOf } from './booleans.ts';
import { readPath } from './path-text.ts';

/** What the text behind an option means, where it is not just a text. */
export interface Value {
  /** All that it may be, if there are only so many. */
  readonly words?: readonly string[];
  /** @param before What an earlier one of the same option meant. */
  readonly read: (text: string, option: string, before: unknown) => unknown;
}

export const yesOrNo: Value = { words: ['true', 'false'], read: readBoolean };
export const pathText: Value = { read: readPath };
export const count: Value = { read: readCount };
export const concurrency: Value = { read: readConcurrency };
/** More at a time is no faster. */
const mostAtATime = 64;
/** The option is repeatable. */
export const several: Value = { read: collect };

function readBoolean(text: string, option: string): boolean {
  const meaning = booleanOf(text);
  if (meaning === undefined) throw new UsageError(`${option} must be true or false, not '${text}'.`);
  return meaning;
}

function collect(text: string, _option: string, before: unknown): string[] {
  return [...(Array.isArray(before) ? before.map(String) : []), text];
}

/** Without regard to the case of letters. */
export function oneOfWords(...words: readonly string[]): Value & Required<Pick<Value, 'words'>> {
  const read = (text: string, option: string): string => {
    const lowerCase = text.toLowerCase();
    if (words.includes(lowerCase)) return lowerCase;
    throw new UsageError(`Invalid value for ${option}: '${text}'.`, { hint: `Use one of ${words.join(', ')}.` });
  };
  return { words, read };
}

function readConcurrency(text: string, option: string): number {
  if (/^\d{1,2}$/u.test(text) && Number(text) >= 1 && Number(text) <= mostAtATime) return Number(text);
  throw new UsageError(`${option} must be a number from 1 to ${mostAtATime}, not '${text}'.`);
}

function readCount(text: string, option: string): number {
  if (/^\d{1,9}$/u.test(text)) return Number(text);
  throw new UsageError(`${option} must be a number, not '${text}'.`, { hint: 'Use a number such as 0.' });
}
