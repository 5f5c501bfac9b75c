import type { SecretRange } from './client-secret-text.ts';
import { behindSecretWord, endOfLine, inSentence, sayings } from './secret-sayings.ts';
import { piecesOf } from './text-pieces.ts';

/** In C#: the literals and comments of a line behind the word, and of the next line where the line ends with the word or a sign. */
export function inCode(text: string): readonly SecretRange[] {
  const stretches: SecretRange[] = [];
  let lineEnd = -1;
  let isHanging = false;
  for (const piece of piecesOf(text, 'csharp')) {
    const { kind, start, inner } = piece;
    if (kind === 'mark') continue;
    const isBeside = start < lineEnd || isHanging;
    if (isBeside && kind !== 'words') {
      stretches.push(...(kind === 'string' ? [inner] : sayings(text, inner)));
      isHanging = false;
      continue;
    }
    const behind = behindSecretWord(text, inner);
    if (behind === undefined) {
      isHanging = false;
      continue;
    }
    if (start >= lineEnd && kind !== 'comment') lineEnd = endOfLine(text, start);
    if (kind === 'words') isHanging = text.slice(behind, inner.end).trimEnd().endsWith('=');
    else stretches.push(...(kind === 'string' ? inSentence : sayings)(text, { start: behind, end: inner.end }));
  }
  return stretches;
}
