export type Style = 'error' | 'warning' | 'info' | 'strong' | 'faint' | 'good';

/** A stretch of text that looks the same from its beginning to its end. */
export interface StyledPiece {
  readonly text: string;
  readonly style?: Style | undefined;
}

/** Text that may be coloured where it is shown. */
export type Text = string | readonly StyledPiece[];

const escapes: Readonly<Record<Style, readonly [on: string, off: string]>> = {
  error: ['\u001b[31m', '\u001b[39m'],
  warning: ['\u001b[33m', '\u001b[39m'],
  info: ['\u001b[36m', '\u001b[39m'],
  good: ['\u001b[32m', '\u001b[39m'],
  strong: ['\u001b[1m', '\u001b[22m'],
  faint: ['\u001b[2m', '\u001b[22m'],
};

export function plainText(text: Text): string {
  return typeof text === 'string' ? text : text.map((piece) => piece.text).join('');
}

/** The text with the escape sequences of a terminal. */
export function colouredText(text: Text): string {
  if (typeof text === 'string') return text;
  return text
    .map((piece) => {
      if (!piece.style) return piece.text;
      const [on, off] = escapes[piece.style];
      return `${on}${piece.text}${off}`;
    })
    .join('');
}

/** The text after a change to the words of each piece. */
export function mapText(text: Text, change: (words: string) => string): Text {
  if (typeof text === 'string') return change(text);
  return text.map((piece) => ({ ...piece, text: change(piece.text) }));
}
