import type { SecretRange } from './client-secret-text.ts';
import { isHarmless } from './harmless-word.ts';
import { behindSecretWord, endOfLine, inSentence, isSentence, sayings } from './secret-sayings.ts';
import { isLiteral, type TextPiece } from './text-pieces.ts';

type Line = readonly TextPiece[];

/** The index of the piece with a word for a secret, and where the word ends. */
interface Word {
  readonly index: number;
  readonly behind: number;
}

/**
 * Of a text that isn't JSON, where the structure doesn't tell what belongs to what: all that is said in a line behind a word for a
 * secret, or in the next one. A line that is JSON by itself is left to the structure.
 */
export function inLines(text: string, pieces: readonly TextPiece[]): readonly SecretRange[] {
  const stretches: SecretRange[] = [];
  /** Whether a secret may go on in the next line. */
  let goesOn = false;
  for (const line of linesOf(text, pieces)) {
    const form = formOf(text, line);
    const isJson = jsonLine.test(form);
    if (isJson && !/^[{[]+$/u.test(form)) goesOn = false;
    const word: Word | undefined = goesOn ? { index: 0, behind: 0 } : wordIn(text, line);
    if (!word) continue;
    const said = line.slice(word.index);
    const [first] = said;
    // A sentence that speaks of one is the value of another name.
    const isSpoken = first?.kind === 'string' && isSentence(text.slice(first.inner.start, first.inner.end));
    const behind = said.map((piece) =>
      isSpoken && piece === first
        ? inSentence(text, { start: Math.max(word.behind, piece.inner.start), end: piece.inner.end })
        : saidIn(text, piece, word.behind),
    );
    // A value can be before its name.
    const before = line.slice(0, word.index).map((piece) => saidIn(text, piece));
    if (!isJson) stretches.push(...(isSpoken || behind.some(isFull) ? behind : before).flat());
    const isSaid: boolean = isSpoken || said.some(({ kind }, index) => kind !== 'comment' && isFull(behind[index]));
    goesOn = !(isSpoken && said.length === 1) && (!isSaid || !/[,}\]{[]$/u.test(form));
  }
  return stretches;
}

function isFull(ranges: readonly SecretRange[] = []): boolean {
  return ranges.length > 0;
}

/** The pieces of each line. One that spans several belongs to the first. */
function linesOf(text: string, pieces: readonly TextPiece[]): readonly Line[] {
  const lines: TextPiece[][] = [];
  let lineEnd = -1;
  for (const piece of pieces) {
    if (piece.start > lineEnd) lines.push([]);
    lines.at(-1)?.push(piece);
    if (piece.end > lineEnd) lineEnd = endOfLine(text, piece.end);
  }
  return lines;
}

/** A line in short: `s` for a string, `l` for another value of JSON, `w` for other words, and its marks. Comments are left out. */
function formOf(text: string, line: Line): string {
  return line
    .map(({ kind, start, end }) => {
      if (kind === 'comment') return '';
      const written = text.slice(start, end);
      return kind === 'mark' ? written : kind === 'string' ? 's' : isLiteral(written) ? 'l' : 'w';
    })
    .join('');
}

/** Members, and brackets that open and close; what separates them, too. */
const jsonLine = /^(?:s:(?:[sl]|\[[sl](?:,[sl])*\])(?=[,}\]]|$)|(?:s:)?[{[]|[}\]](?=[,}\]]|$)|,(?=s:|[{[]|$))+$/u;

/** The first word for a secret in a line. */
function wordIn(text: string, line: Line): Word | undefined {
  for (const [index, { kind, inner }] of line.entries()) {
    const behind = kind === 'mark' ? undefined : behindSecretWord(text, inner);
    if (behind !== undefined) return { index, behind };
  }
  return undefined;
}

/** What a piece says from an offset on. */
function saidIn(text: string, { kind, inner }: TextPiece, from = 0): readonly SecretRange[] {
  const range = { start: Math.max(from, inner.start), end: inner.end };
  if (kind === 'mark' || range.start >= range.end || isHarmless(text.slice(inner.start, inner.end).trim())) return [];
  return kind === 'string' ? [range] : sayings(text, range);
}
