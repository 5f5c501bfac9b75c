import type { SecretRange } from './client-secret-text.ts';
import { isHarmless } from './harmless-word.ts';
import { endsOfSecretWords, findSecretWord, unescapedUnits } from './secret-word.ts';

/** Where the first word for a secret ends in a range, whatever of it is an escape; undefined without one. */
export function behindSecretWord(text: string, { start, end }: SecretRange): number | undefined {
  const slice = text.slice(start, end);
  if (!slice.includes('\\u')) {
    const match = findSecretWord(slice);
    return match ? start + match.index + match[0].length : undefined;
  }
  const { units, ends } = unescapedUnits(slice);
  const match = findSecretWord(units);
  return match ? start + (ends[match.index + match[0].length - 1] ?? slice.length) : undefined;
}

/** What of a range says something: runs without spaces that are no mere punctuation. */
export function sayings(text: string, { start, end }: SecretRange): readonly SecretRange[] {
  const stretches: SecretRange[] = [];
  for (const { 0: run, index } of text.slice(start, end).matchAll(/[^\s]+/gu)) {
    const lead = /^[-_:=>"'`(]*/u.exec(run)?.[0].length ?? 0;
    if (/[\p{L}\p{N}]/u.test(run) || run.length > 3)
      stretches.push({ start: start + index + lead, end: start + index + run.length });
  }
  return stretches;
}

/** What stands behind a word for a secret and a sign: `password: x`, `API key (prod) = x`, `the client secret for prod: x`. */
const assigned =
  /(?:\s{1,9}\p{L}{1,20}){0,3}[^\p{L}\p{N}:=.,(]{0,40}(?:\([^()]{0,40}\)[^\p{L}\p{N}:=.,]{0,40})?(?<sign>(?:[:=]|(?<=-)>)+>?)(?<gap>\s{0,40})(?<run>\S+)(?<rest>[^\p{L}\p{N}]*.)?/uy;

/** In characters. All of a longer one counts. */
const longestSentence = 1024 * 1024;

/** Sentences in values speak of passwords without saying one: what is right behind a sign may be one, and what is no word. */
export function inSentence(text: string, { start, end }: SecretRange): readonly SecretRange[] {
  if (end - start > longestSentence) return [{ start, end }];
  const slice = text.slice(start, end);
  const runs = Array.from(slice.matchAll(/\S+/gu), ({ 0: run, index }) => ({ index, run })).filter((one) =>
    isCoded(apartFromWords(one.run)),
  );
  for (const behind of [0, ...endsOfSecretWords(slice)]) {
    assigned.lastIndex = behind;
    const { 0: whole = '', groups: { sign = '', gap = '', run = '', rest = '' } = {} } = assigned.exec(slice) ?? {};
    const at = behind + whole.length - rest.length - run.length;
    const isTight = sign.includes('=') && (gap === '' || !/\s/u.test(slice.charAt(at - gap.length - sign.length - 1)));
    // A word with others behind it only goes on with the sentence.
    const isSaid = isTight || !isWord(run) || !/[\p{L}\p{N}]/u.test(rest);
    const isPlain = isHarmless(run.replaceAll(/[^\p{L}\p{N}]/gu, '')) || isTemplate(run);
    if (run !== '' && isSaid && !isPlain) runs.push({ index: at, run });
  }
  return runs.flatMap(({ index, run: { length } }) =>
    sayings(text, { start: start + index, end: start + index + length }),
  );
}

/** A run without the words and addresses that escapes for line ends, as a JSON text has them, separate in it. */
function apartFromWords(run: string): string {
  const pieces = run.split(/(?<!\\)(?:\\[nrt])+/u);
  return pieces.length === 1 ? run : pieces.filter((piece) => !isWord(piece) && !isAddress(piece)).join('');
}

/** Whether a run only says where the value goes, as in `client_secret={AppClientSecret}&…` and `{Password:Identifier}`. */
function isTemplate(run: string): boolean {
  return /^(?:\{\w+\}(?:&|$)|\p{L}+\})/u.test(run);
}

/** Whether a text speaks of a secret rather than names one: words alone, several of them, the first of which is another. */
export function isSentence(text: string): boolean {
  const words = text.trim().split(/\s+/u);
  return words.length >= 4 && words.every(isWord) && findSecretWord(text.trimStart())?.index !== 0;
}

/** Whether a run is a word of a sentence, by its letters. */
function isWord(run: string): boolean {
  return /^[("'<]*(?:\p{Lu}?(?:[\p{Ll}\p{Lo}]['’-]?)+|\p{Lu}+)[.,;:!?)"'>]*$/u.test(run);
}

/** Whether a run is no word of a sentence, nor an address or a path. */
export function isCoded(run: string, shortest = 8): boolean {
  return run.length >= shortest && /\p{L}/u.test(run) && /\d/u.test(run) && !isAddress(run);
}

function isAddress(run: string): boolean {
  return /^[("'<]?(?:https?:|\/\p{L}+\/)/iu.test(run);
}

/** The same of what stands below the name of a secret, where no sentence is: it can be shorter, and a number. */
export function looksSecret(text: string): boolean {
  return /^\d{6,}\s*$/u.test(text) || (!/\s/u.test(text) && isCoded(text, 6));
}

/** The password or key in an address, what a header says behind its kind, and the password of a user for curl, wherever it stands. */
const inHeaders =
  /:\/\/[^\s/:@\x22\x27\x60\\]{0,100}:(?<password>[^\s/@\x22\x27\x60\\{<][^\s/@\x22\x27\x60\\]{0,200})@|\b(?:basic|bearer|token)[ \t:=]{1,9}(?<token>(?=[\w.~+/-]{0,99}\d)[\w.~+/-]{8,}=*)|[?&](?:code|sig)=(?<key>(?=[^\s&]{0,99}\d)[\w.~+/%=-]{8,})|(?<!\S)-u[ \t]{1,9}["']?[^\s:"']{1,100}:(?<user>[^\s"'{<]{3,200})/dgiu;

/** Secrets that need no word for them. */
export function credentialsIn(text: string): readonly SecretRange[] {
  return Array.from(text.matchAll(inHeaders), ({ indices: { groups = {} } = {} }) => {
    const [start = 0, end = 0] = Object.values(groups).find((range) => range !== undefined) ?? [];
    return { start, end };
  });
}

/** The offset of the next line end. */
export function endOfLine(text: string, offset: number): number {
  const end = text.indexOf('\n', offset);
  return end === -1 ? text.length : end;
}
