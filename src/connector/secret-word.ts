/** Words that a letter is missing from, or two of which have changed places. */
export function slipsOf(word: string): readonly string[] {
  const slips = Array.from(word, (letter, at) => [
    word.slice(0, at) + word.slice(at + 1),
    `${word.slice(0, at)}${word.slice(at + 1, at + 2)}${letter}${word.slice(at + 2)}`,
  ]).flat();
  return [...new Set(slips)].filter((slip) => slip !== word);
}

const kinds = 'access|account|api|encryption|master|private|shared|signing|storage|subscription';

/**
 * A word for a secret, anywhere in a text without escapes: `clientSecretProd`, `old_password`, `api key`. What a secretary does is
 * none.
 */
export const secretWord = new RegExp(
  String.raw`(?:secret(?!ar[iy])|pass(?:word|wd|phrase|code)|(?<![\p{L}])pwd|pwd(?![\p{L}])|(?:${kinds})[\s_-]?key|client[\s_-]?(?:${slipsOf('secret').join('|')})(?![\p{Ll}])|${slipsOf('password').join('|')})[\p{L}\p{N}_-]*`,
  'iu',
);

/** Whether a name of a header, a member, or a parameter says that its value is a secret. */
export function namesSecret(name: string): boolean {
  return secretWord.test(name) || /^(?:proxy-)?authorization$/iu.test(name);
}

/** A text with each `\u0041` as the letter that it is, and where each of its units ends in the text. */
export function unescapedUnits(text: string): { readonly units: string; readonly ends: readonly number[] } {
  const ends: number[] = [];
  const parts: string[] = [];
  for (const { 0: written, index } of text.matchAll(/\\u[\da-f]{4}|[^]/giu)) {
    const unit = written.length === 6 ? String.fromCharCode(Number.parseInt(written.slice(2), 16)) : written;
    parts.push(unit);
    for (let within = 1; within <= unit.length; within += 1) ends.push(index + (written.length === 6 ? 6 : within));
  }
  return { units: parts.join(''), ends };
}
