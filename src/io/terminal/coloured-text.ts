import type { Style, Text } from './styled-text.ts';

const escapes: Readonly<Record<Style, readonly [on: string, off: string]>> = {
  error: ['\u001b[31m', '\u001b[39m'],
  warning: ['\u001b[33m', '\u001b[39m'],
  info: ['\u001b[36m', '\u001b[39m'],
  good: ['\u001b[32m', '\u001b[39m'],
  strong: ['\u001b[1m', '\u001b[22m'],
  inverse: ['\u001b[7m', '\u001b[27m'],
  faint: ['\u001b[2m', '\u001b[22m'],
};

export interface Rendering {
  /** Makes words fit to be shown. */
  readonly clean: (words: string) => string;
  /** Whether to write the escape sequences of a terminal. */
  readonly isColoured: boolean;
}

/** A text as it goes to a terminal. Apart from {@link Text} itself: every start loads this, and shares it with nobody. */
export function renderedText(text: Text, { clean, isColoured }: Rendering): string {
  if (typeof text === 'string') return clean(text);
  return text
    .map(({ text: words, style }) => {
      const [on, off] = style && isColoured ? escapes[style] : ['', ''];
      return `${on}${clean(words)}${off}`;
    })
    .join('');
}
