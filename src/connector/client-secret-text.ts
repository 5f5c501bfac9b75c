import { isEnvironmentExpression } from './expression.ts';
import { slipsOf } from './secret-word.ts';

/** A stretch of text that must not be shown, in offsets. */
export interface SecretRange {
  readonly start: number;
  readonly end: number;
}

function hex(letter: string): string {
  return (letter.codePointAt(0) ?? 0).toString(16).padStart(4, '0');
}

/** A word in any case of letters, each of which may be an escape. */
function letters(word: string): string {
  return Array.from(word, (letter) => `(?:${letter}|\\\\u(?:${hex(letter)}|${hex(letter.toUpperCase())}))`).join('');
}

const slips = slipsOf('secret').join('|');

const marks = ['"', "'", '`'] as const;
const anyMark = `[${marks.join('')}]`;
const secretName = String.raw`${letters('secret')}(?:[\s_-]?value)?`;
const quotedName = String.raw`(?<mark>${anyMark})(?:[\w$.\-\\/~ ]{0,200}${secretName}|${letters('password')}|client[\s_-]?(?:${slips}))\k<mark>`;
const bareName = String.raw`\b(?:(?:${letters('client')}[\s_-]?)?${secretName}|${letters('password')})\b${anyMark}?`;
/** Comments and spaces. What could be read in two ways would take the time of all combinations. */
const gap = String.raw`(?:\s|/\*(?:[^*]|\*(?!/)){0,1000}\*/|//.{0,1000}$){0,400}`;
/** What stands between a name and its value, slips of the pen included. */
const separator = '(?:[:=;]>?|->)';
/** An unescaped quotation mark does not end a value: behind the end comes what goes on in JSON. */
const quotedValues = marks.map((mark, index) => {
  const inner = String.raw`\\[^]|${mark}(?!\s*(?:[,;)}\]:]|$|/[/*]))`;
  return String.raw`${mark}(?<in${index}>[^${mark}\\]*(?:(?:${inner})[^${mark}\\]*)*)`;
});
const bareValue = String.raw`(?<bare>(?!(?:null|true|false)\b)[^\s"'${'`'}{}[\],:=/][^\s{}[\],]*)`;
/** As in a comment, `clientSecret a1b2c3d4`: words of a sentence have no digits. */
const beforeToken = String.raw`(?<!${anyMark})[ \t]{1,20}(?:is[ \t]{1,20})?(?=[^\s{}[\],]{8})(?=[^\s{}[\],]{0,200}?\d)`;
/** A comment that ends with the word has the next name of the file behind it, whose value is the secret. */
const noName = String.raw`(?!${anyMark}[^${marks.join('')}\n]{0,200}${anyMark}\s*:)`;
/**
 * Also without the colon or quotation marks, and with comments: a file with a slip of the pen has a secret nevertheless. A name
 * without marks needs something behind it, or every sentence about secrets would have one.
 */
const clientSecret = new RegExp(
  String.raw`(?:${quotedName}${gap}(?:${separator}${gap})?|${bareName}(?:${gap}${separator}${gap}|(?<!${anyMark})\s${gap}(?=${anyMark})|${beforeToken}))` +
    String.raw`(?:\{\s*${anyMark}value${anyMark}\s*:\s*|\[\s*)?${noName}(?:${[...quotedValues, bareValue].join('|')})`,
  'dgimu',
);

const valueGroups = ['in0', 'in1', 'in2', 'bare'] as const;

/** What a text with one has: to look for them takes a while, and few files have any. */
const sign = new RegExp(String.raw`secret|password|\\u00|client[\s_-]?(?:${slips})`, 'iu');

/** Where the client secrets are in a JSON text, whether it is valid or not. References to environment variables are none. */
export function clientSecretRanges(text: string): readonly SecretRange[] {
  if (!sign.test(text)) return [];
  return [...text.matchAll(clientSecret)].flatMap(({ indices }) => {
    const found = valueGroups.flatMap((name) => indices?.groups?.[name] ?? []);
    const [start = 0, end = 0] = found;
    return start === end || isEnvironmentExpression(unescaped(text.slice(start, end))) ? [] : [{ start, end }];
  });
}

/** The client secrets in a JSON text. */
export function clientSecretsIn(text: string): readonly string[] {
  return clientSecretRanges(text).map(({ start, end }) => unescaped(text.slice(start, end)));
}

/** The text with stars for each client secret, as many as it has characters. */
export function withoutClientSecretTexts(text: string): string {
  const parts: string[] = [];
  let from = 0;
  for (const { start, end } of clientSecretRanges(text)) {
    parts.push(text.slice(from, start), '*'.repeat(end - start));
    from = end;
  }
  return [...parts, text.slice(from)].join('');
}

/** A text of JSON without its escapes. */
export function unescaped(written: string): string {
  try {
    return String(JSON.parse(`"${written}"`));
  } catch {
    // A mistake in it does not make it less secret.
    return written;
  }
}
