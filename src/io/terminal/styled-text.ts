export type Style = 'error' | 'warning' | 'info' | 'strong' | 'faint' | 'good' | 'inverse';

/** A stretch of text that looks the same from its beginning to its end. */
export interface StyledPiece {
  readonly text: string;
  readonly style?: Style | undefined;
}

/** Text that may be coloured where it is shown. */
export type Text = string | readonly StyledPiece[];

/** The words alone. */
export function plainText(text: Text): string {
  return typeof text === 'string' ? text : text.map((piece) => piece.text).join('');
}
