import { jsonPointer, pointerPath } from '../json/pointer.ts';
import { isJsonWithComments } from '../json/syntax.ts';
import { clientSecretRanges, type SecretRange, unescaped } from './client-secret-text.ts';
import { isHarmless } from './harmless-word.ts';
import { behindSecretWord, credentialsIn, inSentence, looksSecret } from './secret-sayings.ts';
import { findSecretWord, namesSecret } from './secret-word.ts';
import { inCode } from './secrets-in-code.ts';
import { inStructure } from './secrets-in-json.ts';
import { inLines } from './secrets-in-lines.ts';
import { piecesOf, type SecretLanguage, type TextPiece } from './text-pieces.ts';

/**
 * Where a text that is shown to people may have secrets. It finds more than there are: that a harmless word is hidden costs little,
 * that a secret is shown costs much. Whatever stands beside a word for a secret counts: its value where JSON is as it should be, the
 * rest of a comment, and the rest of the line where something is missing.
 */
export function secretStretches(text: string, language: SecretLanguage): readonly SecretRange[] {
  const whole = { start: 0, end: text.length };
  const isJson = language === 'json' && isJsonWithComments(text);
  if (!isJson && text.length > longestWithoutStructure) return [whole];
  try {
    const found = language === 'json' ? inJson(text, isJson) : [...inCode(text), ...clientSecretRanges(text)];
    return merged([...found, ...credentialsIn(text)]);
  } catch (error) {
    // A string of megabytes is more than a regular expression bears, and there can be more pieces than any file has.
    if (error instanceof RangeError) return [whole];
    throw error;
  }
}

/** In characters. All of a longer text that isn't JSON counts as secret; the service takes a quarter of that. */
const longestWithoutStructure = 4 * 1024 * 1024;

/** Whether all of a text counts as secret. */
export function isAllSecret(text: string, [first]: readonly SecretRange[]): boolean {
  return first !== undefined && first.start === 0 && first.end === text.length;
}

function inJson(text: string, isJson: boolean): readonly SecretRange[] {
  const { pieces, hasStructure } = jsonPieces(text, isJson);
  const byStructure = inStructure(text, pieces);
  return hasStructure ? byStructure : [...byStructure, ...inLines(text, pieces)];
}

/** The pieces of a text, and whether it is an object or list of JSON, perhaps with comments. */
function jsonPieces(
  text: string,
  isJson: boolean,
): { readonly pieces: readonly TextPiece[]; readonly hasStructure: boolean } {
  const pieces = piecesOf(text, 'json', isJson ? Infinity : undefined);
  return { pieces, hasStructure: isJson && pieces.find(({ kind }) => kind !== 'comment')?.kind === 'mark' };
}

/** The text with stars for each of them, as many as it has characters, in as many lines. */
export function withoutSecretStretches(text: string, language: SecretLanguage): string {
  return withStars(text, { start: 0, end: text.length }, secretStretches(text, language));
}

/** A stretch of a text with stars for what is secret of it. */
function withStars(text: string, stretch: SecretRange, secrets: readonly SecretRange[], first = 0): string {
  const parts: string[] = [];
  let from = stretch.start;
  for (let at = first, secret = secrets[at]; secret && secret.start < stretch.end; secret = secrets[(at += 1)]) {
    const [start, end] = [Math.max(secret.start, from), Math.min(secret.end, stretch.end)];
    parts.push(text.slice(from, start), text.slice(start, end).replaceAll(/[^\r\n]/gu, starsFor));
    from = end;
  }
  return [...parts, text.slice(from, stretch.end)].join('');
}

/** Behind the name of one, as many characters may be of it, whatever they look like. */
const nearName = 100;

/** A test of a JSON text with errors: whether a stretch of it is a secret, or may be one. */
export function secretTest(text: string): (stretch: SecretRange) => boolean {
  const secrets = secretStretches(text, 'json');
  return ({ start, end }) =>
    secrets.some((secret) => secret.start < end && start < secret.end) ||
    findSecretWord(text.slice(Math.max(0, start - nearName), start)) !== null;
}

/**
 * The names in a JSON text that are a secret or have one in them, with stars for it; none where all of it is. Where it isn't JSON, any
 * words may be a name.
 */
export function namesWithSecrets(text: string, secrets: readonly SecretRange[]): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  if (secrets.length === 0 || isAllSecret(text, secrets)) return names;
  const { pieces, hasStructure } = jsonPieces(text, isJsonWithComments(text));
  let at = 0;
  for (const [index, { kind, inner, end }] of pieces.entries()) {
    while (secrets[at] && (secrets[at]?.end ?? 0) <= inner.start) at += 1;
    const first = secrets[at];
    if (!first) break;
    const isName = hasStructure ? /^\s*:/u.test(text.slice(end, pieces[index + 1]?.end)) : kind !== 'mark';
    if (first.start >= inner.end || !isName) continue;
    const name = text.slice(inner.start, inner.end).trimEnd();
    names.set(unescaped(name), withStars(text, inner, secrets, at).trimEnd());
  }
  return names;
}

/** A name that somebody wrote, with stars for a secret in it, as in `clientSecret: x`. The words of paths are none. */
export function shownName(name: string): string {
  const whole = { start: 0, end: name.length };
  const behind = /^(?:[A-Z]+ )?\//u.test(name) ? undefined : behindSecretWord(name, whole);
  const said = behind === undefined ? [] : inSentence(name, { start: behind, end: name.length });
  return withStars(name, whole, merged([...said, ...credentialsIn(name)]));
}

/** The names on the way to a value of a document, with stars for what may be a secret in them, or in place of a name below one. */
export function shownSteps(steps: readonly string[]): readonly string[] {
  return steps.map((step, index) =>
    looksSecret(step) && isSecretPlace(steps.slice(0, index)) ? step.replaceAll(/[^]/gu, starsFor) : shownName(step),
  );
}

/** The same of a JSON pointer; one without secrets is as it was written. */
export function shownPointer(pointer: string): string {
  const steps = pointerPath(pointer);
  const shown = shownSteps(steps);
  return shown.every((step, index) => step === steps[index]) ? pointer : jsonPointer(shown);
}

/** The JSON text of a value at a place of a document, with stars for what may be a secret there. */
export function shownJson(json: string, steps: readonly string[]): string {
  // What is found by its value, such as a tag, has it at the end of its place: that is no name of it.
  const names = JSON.stringify(steps.at(-1)) === json ? steps.slice(0, -1) : steps;
  const from = names.findLastIndex(isSecretStep);
  const around = from === -1 ? ['text'] : names.slice(from);
  const before = around.map((name) => (isIndex(name) ? '[' : `{${JSON.stringify(name)}:`)).join('');
  const behind = around.map((name) => (isIndex(name) ? ']' : '}')).toReversed();
  return withoutSecretStretches(`${before}${json}${behind.join('')}`, 'json').slice(before.length, -behind.length);
}

/** Whether a value at a place of a document is a secret: below the name of one, all is one that does not describe it. */
export function isSecretPlace(steps: readonly string[]): boolean {
  return steps.reduce((isSecret, step) => isSecretStep(step) || (isSecret && !isHarmless(step)), false);
}

function isSecretStep(step: string): boolean {
  return namesSecret(step) && !step.startsWith('/');
}

function isIndex(step: string): boolean {
  return /^\d+$/u.test(step);
}

function starsFor(character: string): string {
  return '*'.repeat(character.length);
}

function merged(ranges: readonly SecretRange[]): readonly SecretRange[] {
  const sorted = ranges.filter(({ start, end }) => start < end).toSorted((a, b) => a.start - b.start);
  const result: { start: number; end: number }[] = [];
  for (const { start, end } of sorted) {
    const last = result.at(-1);
    if (last && start <= last.end) last.end = Math.max(last.end, end);
    else result.push({ start, end });
  }
  return result;
}
