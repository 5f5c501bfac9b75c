import type { SecretRange } from './client-secret-text.ts';
import { secretWord, unescapedUnits } from './secret-word.ts';

/** Where the first word for a secret ends in a range, whatever of it is an escape; undefined without one. */
export function behindSecretWord(text: string, { start, end }: SecretRange): number | undefined {
  const slice = text.slice(start, end);
  if (!slice.includes('\\u')) {
    const match = secretWord.exec(slice);
    return match ? start + match.index + match[0].length : undefined;
  }
  const { units, ends } = unescapedUnits(slice);
  const match = secretWord.exec(units);
  return match ? start + (ends[match.index + match[0].length - 1] ?? slice.length) : undefined;
}

/** What of a range says something: runs without spaces that are no mere punctuation. */
export function sayings(text: string, { start, end }: SecretRange): readonly SecretRange[] {
  const stretches: SecretRange[] = [];
  for (const { 0: run, index } of text.slice(start, end).matchAll(/[^\s]+/gu)) {
    const lead = /^[:=>"'`(]*/u.exec(run)?.[0].length ?? 0;
    if (/[\p{L}\p{N}]/u.test(run) || run.length > 3)
      stretches.push({ start: start + index + lead, end: start + index + run.length });
  }
  return stretches;
}

/** What stands behind a word for a secret and a sign: `password: x`, `API key (prod) = x`, `the client secret for prod: x`. */
const assigned =
  /^(?:\s{1,9}\p{L}{1,20}){0,3}[^\p{L}\p{N}:=.,(]*(?:\([^()]{0,40}\)[^\p{L}\p{N}:=.,]*)?(?:[:=]|(?<=-)>)+>?\s*(?<run>\S+)/u;

/** Sentences in values speak of passwords without saying one: what is right behind a sign may be one, and what is no word. */
export function inSentence(text: string, { start, end }: SecretRange): readonly SecretRange[] {
  const slice = text.slice(start, end);
  const runs = Array.from(slice.matchAll(/\S+/gu), ({ 0: run, index }) => ({ index, run })).filter(isCoded);
  const { 0: whole = '', groups: { run } = {} } = assigned.exec(slice) ?? {};
  if (run !== undefined) runs.push({ index: whole.length - run.length, run });
  return runs.flatMap(({ index, run: { length } }) =>
    sayings(text, { start: start + index, end: start + index + length }),
  );
}

/** Whether a run is no word of a sentence, nor an address. */
function isCoded({ run }: { readonly run: string }): boolean {
  return run.length >= 8 && /\p{L}/u.test(run) && /\d/u.test(run) && !/^[("'<]?https?:/iu.test(run);
}

/** The offset of the next line end. */
export function endOfLine(text: string, offset: number): number {
  const end = text.indexOf('\n', offset);
  return end === -1 ? text.length : end;
}
