import { oneLine } from '../../one-line.ts';
import { eastAsianWidth } from 'get-east-asian-width';

/** A combining mark, a sign without width such as a joiner, a colour of skin. */
const partOfSign = /^(?:\p{M}|(?=\p{DI})\p{Cf}|\p{Emoji_Modifier})$/u;
const plain = /^[\u0020-\u007e]*$/u;

/** The display width of a text. */
export function widthOf(text: string): number {
  if (plain.test(text)) return text.length;
  let width = 0;
  let isJoined = false;
  for (const character of text) {
    // Parts of one sign that is two columns wide: a family, a flag of letters, a colour of skin.
    const isPart = isJoined || partOfSign.test(character);
    isJoined = character === '\u200d';
    if (!isPart) width += eastAsianWidth(character.codePointAt(0) ?? 0);
  }
  return width;
}

/** The text in one line, or as much of its beginning as fits into so many columns with an ellipsis behind it. */
export function shortenedToColumns(words: string, columns: number): string {
  const text = oneLine(words);
  if (widthOf(text) <= columns) return text;
  const signs = new Intl.Segmenter();
  let beginning = '';
  let width = 0;
  for (const { segment } of signs.segment(text)) {
    width += widthOf(segment);
    if (width > columns - 1) break;
    beginning += segment;
  }
  return `${beginning}…`;
}
