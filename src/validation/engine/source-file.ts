import type { Position } from './finding.ts';

/** A file as it was given: its name, its bytes and its text. Lines are indexed when a position is asked for. */
export class SourceFile {
  readonly name: string;
  /** Without byte order mark; empty for a picture and for a file that is not there. */
  readonly text: string;
  readonly size: number;
  #lineStarts: readonly number[] | undefined;

  constructor(name: string, text: string, size: number) {
    this.name = name;
    this.text = text;
    this.size = size;
  }

  /** The position of an offset in UTF-16 units. One outside the text is taken to its nearest end. */
  positionAt(offset: number): Position {
    const near = Math.max(0, Math.min(offset, this.text.length));
    // Between the two halves of a line end there is no place: the line has ended before them.
    const inside = near > 0 && this.text.startsWith('\r\n', near - 1) ? near - 1 : near;
    const starts = (this.#lineStarts ??= lineStarts(this.text));
    let low = 0;
    let high = starts.length;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if ((starts[middle] ?? 0) <= inside) low = middle;
      else high = middle;
    }
    return { line: low + 1, column: inside - (starts[low] ?? 0) + 1 };
  }

  /** The offset of a position that {@link positionAt} has given. */
  offsetOf({ line, column }: Position): number {
    const starts = (this.#lineStarts ??= lineStarts(this.text));
    return (starts[line - 1] ?? this.text.length) + column - 1;
  }

  /** The text of a line (1-based) without its end. */
  line(number: number): string {
    const starts = (this.#lineStarts ??= lineStarts(this.text));
    const start = starts[number - 1] ?? this.text.length;
    let end = starts[number] ?? this.text.length;
    while (end > start && /[\r\n]/u.test(this.text.charAt(end - 1))) end -= 1;
    return this.text.slice(start, end);
  }
}

/** Where each line starts. Lines end in CRLF, LF or a lone CR. */
function lineStarts(text: string): readonly number[] {
  const starts = [0];
  if (text.includes('\r')) {
    for (const end of text.matchAll(/\r\n?|\n/gu)) starts.push(end.index + end[0].length);
  } else {
    for (let end = text.indexOf('\n'); end !== -1; end = text.indexOf('\n', end + 1)) starts.push(end + 1);
  }
  return starts;
}
