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

/** The pieces of a text, in order, without the space between them. */
export function piecesOf(text: string, language: SecretLanguage): readonly TextPiece[] {
  return Array.from(text.matchAll(piecePatterns[language]), ({ 0: whole, index: start, groups = {} }) => {
    const end = start + whole.length;
    if (groups['string'] !== undefined)
      return { kind: 'string', start, end, inner: { start: start + 1, end: end - 1 } };
    const kind = groups['comment'] !== undefined ? 'comment' : groups['mark'] !== undefined ? 'mark' : 'words';
    return { kind, start, end, inner: { start, end } };
  });
}

/** Whether words are a value of JSON. */
export function isLiteral(words: string): boolean {
  return /^(?:null|true|false|[-+]?[\d.][\d.e+-]*)\s*$/iu.test(words);
}
