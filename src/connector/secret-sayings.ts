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

/** Sentences in values speak of passwords without telling one: what is behind a sign, or has a digit, may be one. */
const tellingSign = /[:=]|->|(?<=^|\s)[^\s]*?\d/u;

export function inSentence(text: string, { start, end }: SecretRange): readonly SecretRange[] {
  const sign = tellingSign.exec(text.slice(start, end));
  return sign ? sayings(text, { start: start + sign.index, end }) : [];
}

/** The offset of the next line end. */
export function endOfLine(text: string, offset: number): number {
  const end = text.indexOf('\n', offset);
  return end === -1 ? text.length : end;
}
