import { widthOf } from '../io/terminal/width.ts';

/** A text in lines of so many columns, broken at spaces: a longer word, such as a URL, is a line that is too wide. */
export function brokenIntoLines(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (line !== '' && widthOf(longer) > width) {
      lines.push(line);
      line = word;
    } else line = longer;
  }
  return [...lines, line];
}
