import type { SecretRange } from './client-secret-text.ts';

/** How a text is written. In C# a secret is the text of a literal or of a comment; in JSON it can be anything with a slip of the pen. */
export type SecretLanguage = 'json' | 'csharp';

/** A piece of a text that may have mistakes. */
export interface TextPiece {
  readonly kind: 'comment' | 'string' | 'mark' | 'words';
  readonly start: number;
  readonly end: number;
  /** What it says, without quotation marks. */
  readonly inner: SecretRange;
}

const marks = String.raw`{}[\],:;"'` + '`';

/** What ends with its line: who writes on over its end has made a mistake. */
function quoted(mark: string): string {
  return String.raw`${mark}[^${mark}\\\n]*(?:\\[^\n][^${mark}\\\n]*)*${mark}`;
}

function piecePattern(literals: readonly string[]): RegExp {
  return new RegExp(
    [
      String.raw`(?<comment>\/\/[^\n]*|\/\*[^]*?(?:\*\/|$))`,
      `(?<string>${[...literals, ...['"', "'", '`'].map(quoted)].join('|')})`,
      `(?<mark>[${marks}])`,
      String.raw`(?<words>(?:\\[^\n]|[^\s${marks}\\])(?:\\[^\n]|(?!\/[/*])[^\n${marks}\\])*)`,
    ].join('|'),
    'gu',
  );
}

const piecePatterns: Readonly<Record<SecretLanguage, RegExp>> = {
  json: piecePattern([]),
  csharp: piecePattern(['"""[^]*?"""', '@"[^"]*(?:""[^"]*)*"']),
};

/** More than any file of a connector has. In a text with mistakes each character can be one, and takes a hundred times its room. */
const mostPieces = 1_000_000;

/** The pieces of a text, in order, without the space between them. Raises `RangeError` for more than `most`. */
export function piecesOf(text: string, language: SecretLanguage, most = mostPieces): readonly TextPiece[] {
  const pieces: TextPiece[] = [];
  for (const { 0: whole, index: start, groups = {} } of text.matchAll(piecePatterns[language])) {
    if (pieces.length >= most) throw new RangeError(`more than ${most} pieces`);
    const end = start + whole.length;
    const isString = groups['string'] !== undefined;
    const inner = isString ? { start: start + 1, end: end - 1 } : { start, end };
    const other = groups['comment'] !== undefined ? 'comment' : groups['mark'] !== undefined ? 'mark' : 'words';
    pieces.push({ kind: isString ? 'string' : other, start, end, inner });
  }
  return pieces;
}

/** Whether words are a value of JSON. */
export function isLiteral(words: string): boolean {
  return /^(?:null|true|false|[-+]?[\d.][\d.e+-]*)\s*$/iu.test(words);
}
