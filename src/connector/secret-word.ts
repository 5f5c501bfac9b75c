/** Patterns of words with one letter missing, another, or too many, or two of which have changed places. */
export function slipsOf(word: string): readonly string[] {
  const slips = Array.from(word, (letter, at) => {
    const [before, behind] = [word.slice(0, at), word.slice(at + 1)];
    const swapped = `${before}${behind.slice(0, 1)}${letter}${behind.slice(1)}`;
    return [
      before + behind,
      swapped,
      String.raw`${before}\p{L}${behind}`,
      ...(at > 0 ? [String.raw`${before}\p{L}${letter}${behind}`] : []),
    ];
  }).flat();
  return [...new Set(slips)].filter((slip) => slip !== word);
}

const keys =
  'access|account|api|app|application|encryption|functions?|hmac|master|private|shared|signing|storage|subscription';

/** Each of several words, with a space, a line, or nothing between them. */
const pairs = [
  `(?:${keys}) key`,
  '(?:access|auth|bearer|id|refresh|sas|security|session) token',
  'client (?:assertion|pass)',
  'device code',
  'auth(?:orization)? code',
  'code verifier',
  'shared access signature',
].map((words) => words.replaceAll(' ', String.raw`[\s_-]?`));

const words = String.raw`(?:secret(?!ar[iy])|pass(?:word|wd|phrase|code)|(?<![\p{L}])pwd|pwd(?![\p{L}])|${pairs.join('|')}|client[\s_-]?(?:${slipsOf('secret').join('|')})(?![\p{Ll}])|${slipsOf('password').join('|')})`;

/** Behind one, for what is about secrets and is none. */
const about = String.raw`[\s_-]?(?:polic(?:y|ies)|strength|length|rules?|headers?|formats?|types?|algorithms?)(?![\p{L}])`;

/** Behind a word, what mixes letters and digits as no word does: `secret-a1b2c3d4e5`. */
const mixed = String.raw`[_-](?=\p{L}{0,40}\p{N}{1,40}\p{L}{1,40}\p{N})[\p{L}\p{N}]{10}`;

/**
 * A word for a secret, anywhere in a text without escapes: `clientSecretProd`, `old_password`, `api key`. What a secretary does is
 * none.
 */
const secretWord = String.raw`(?!${words}${about})${words}(?:(?!${mixed})[\p{L}\p{N}_-])*`;

const marks = String.raw`"'${'`'}`;

const names =
  '(?:bearer|cookie|creds|jwt|pass|pw|pfx|(?:primary|secondary)[_-]?key|verifier|credentials?|(?:proxy-)?authorization)';

/** Words that are one only as a name: all of a text, or before a sign. */
const secretName = String.raw`^[\s/*#${marks}]{0,9}${names}(?=[\s${marks}]{0,9}$)|(?<![\p{L}\p{N}_-])${names}(?=[${marks}]?\s{0,9}[:=])`;

const anySecret = new RegExp(`${secretWord}|${secretName}`, 'iu');

/** The first word for a secret in a text without escapes. */
export function findSecretWord(text: string): RegExpExecArray | null {
  return anySecret.exec(text);
}

const allSecrets = new RegExp(anySecret, 'giu');

/** Where all of them end. */
export function endsOfSecretWords(text: string): readonly number[] {
  return Array.from(text.matchAll(allSecrets), ({ 0: word, index }) => index + word.length);
}

/** Whether a name of a header, a member, or a parameter says that its value is a secret. */
export function namesSecret(name: string): boolean {
  return anySecret.test(name);
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
