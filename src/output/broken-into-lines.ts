import { oneLine } from '../one-line.ts';
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

/** The same with longer words in as many lines as they take: for names, of which nothing may be missing, and that begin no line. */
export function fittedIntoLines(text: string, width: number): readonly string[] {
  return brokenIntoLines(oneLine(text), width).flatMap((line) =>
    widthOf(line) <= width ? [line] : cutIntoLines(line, width),
  );
}

function cutIntoLines(word: string, width: number): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const { segment } of new Intl.Segmenter().segment(word)) {
    if (line !== '' && widthOf(line + segment) > width) {
      lines.push(line);
      line = segment;
    } else line += segment;
  }
  return [...lines, line];
}
