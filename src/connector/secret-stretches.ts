import { clientSecretRanges, type SecretRange } from './client-secret-text.ts';
import { namesSecret, secretWord } from './secret-word.ts';
import { inCode } from './secrets-in-code.ts';
import { inJson, isHarmless } from './secrets-in-json.ts';
import type { SecretLanguage } from './text-pieces.ts';

/**
 * Where a text that is shown to people may have secrets. It finds more than there are: that a harmless word is hidden costs little,
 * that a secret is shown costs much. Whatever stands beside a word for a secret counts: its value where JSON is as it should be, the
 * rest of a comment, and the rest of the line where something is missing.
 */
export function secretStretches(text: string, language: SecretLanguage): readonly SecretRange[] {
  if (!secretWord.test(text) && !/\\u|authorization/iu.test(text)) return [];
  return merged([...(language === 'json' ? inJson(text) : inCode(text)), ...clientSecretRanges(text)]);
}

/** The text with stars for each of them, as many as it has characters, in as many lines. */
export function withoutSecretStretches(text: string, language: SecretLanguage): string {
  const parts: string[] = [];
  let from = 0;
  for (const { start, end } of secretStretches(text, language)) {
    parts.push(text.slice(from, start), text.slice(start, end).replaceAll(/[^\r\n]/gu, starsFor));
    from = end;
  }
  return [...parts, text.slice(from)].join('');
}

/** Behind the name of one, as many characters may be of it, whatever they look like. */
const nearName = 100;

/** A test of a JSON text with errors: whether a stretch of it is a secret, or may be one. */
export function secretTest(text: string): (stretch: SecretRange) => boolean {
  const secrets = secretStretches(text, 'json');
  return ({ start, end }) =>
    secrets.some((secret) => secret.start < end && start < secret.end) ||
    secretWord.test(text.slice(Math.max(0, start - nearName), start));
}

/** Of a text: what may be a secret in a stretch of it, or around it. */
export function secretsBeside(text: string, language: SecretLanguage): (stretch: SecretRange) => readonly string[] {
  const secrets = secretStretches(text, language);
  return ({ start, end }) => {
    let low = 0;
    for (let high = secrets.length; low < high;) {
      const middle = (low + high) >> 1;
      if ((secrets[middle]?.end ?? 0) <= start) low = middle + 1;
      else high = middle;
    }
    const found: string[] = [];
    for (let secret = secrets[low]; secret && secret.start < end; secret = secrets[(low += 1)])
      found.push(text.slice(secret.start, secret.end));
    return found;
  };
}

/** The JSON text of a value at a place of a document, with stars for what may be a secret there. */
export function shownJson(json: string, steps: readonly string[]): string {
  const name = isSecretPlace(steps) ? 'secret' : 'text';
  return withoutSecretStretches(`{"${name}":${json}}`, 'json').slice(`{"${name}":`.length, -1);
}

/** Whether a value at a place of a document is a secret: below the name of one, all is one that does not describe it. */
export function isSecretPlace(steps: readonly string[]): boolean {
  return steps.reduce(
    (isSecret, step) => (namesSecret(step) && !step.startsWith('/')) || (isSecret && !isHarmless(step)),
    false,
  );
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
