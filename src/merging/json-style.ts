import { indented } from '../json/document.ts';

/** How a document is written: what is added to it is written in the same way. */
export interface JsonStyle {
  readonly lineEnd: string;
  /** The indentation of a level. */
  readonly unit: string;
  readonly colon: string;
  /** Whether all of it stands on one line. */
  readonly isOnOneLine: boolean;
  /** The white space at the beginning of the line that an offset is on. */
  readonly indentationAt: (offset: number) => string;
}

export function styleOf(text: string): JsonStyle {
  const colon = /^[^:]*"(?<colon>[ \t]*:[ \t]*)/u.exec(text)?.groups?.['colon'];
  const [, lineEnd, unit] = /(\r\n|\n|\r)([ \t]+)\S/u.exec(text) ?? /(\r\n|\n|\r)()/u.exec(text.trimEnd()) ?? [];
  return {
    lineEnd: lineEnd ?? '\n',
    unit: unit || '  ',
    colon: colon ?? ': ',
    isOnOneLine: lineEnd === undefined,
    indentationAt: indentationsOf(text),
  };
}

/** The beginnings of lines are found once: to look back for each of them takes the time of all that is before it. */
function indentationsOf(text: string): (offset: number) => string {
  let starts: readonly number[] | undefined;
  return (offset) => {
    starts ??= [0, ...Array.from(text.matchAll(/[\r\n]/gu), ({ index }) => index + 1)];
    let [low, high] = [0, starts.length];
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if ((starts[middle] ?? 0) <= offset) low = middle;
      else high = middle;
    }
    return /^[ \t]*/u.exec(text.slice(starts[low], offset))?.[0] ?? '';
  };
}

/**
 * A JSON text in the style of a document.
 *
 * @param indentation Of the line on which it begins; undefined for a text that stays on one line.
 */
export function inStyle(text: string, { lineEnd, unit, colon }: JsonStyle, indentation: string | undefined): string {
  return indented({ text }, { lineBreak: indentation === undefined ? undefined : lineEnd + indentation, unit, colon });
}
