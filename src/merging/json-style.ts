import { indented } from '../json/document.ts';

/** How a document is written: what is added to it is written in the same way. */
export interface JsonStyle {
  readonly lineEnd: string;
  /** The indentation of a level. */
  readonly unit: string;
  readonly colon: string;
  /** Whether all of it stands on one line. */
  readonly isOnOneLine: boolean;
}

export function styleOf(text: string): JsonStyle {
  const colon = /^[^:]*"(?<colon>[ \t]*:[ \t]*)/u.exec(text)?.groups?.['colon'];
  const [, lineEnd, unit] = /(\r\n|\n|\r)([ \t]+)\S/u.exec(text) ?? /(\r\n|\n|\r)()/u.exec(text.trimEnd()) ?? [];
  return {
    lineEnd: lineEnd ?? '\n',
    unit: unit || '  ',
    colon: colon ?? ': ',
    isOnOneLine: lineEnd === undefined,
  };
}

/** The white space at the beginning of the line that an offset is on. */
export function indentationAt(text: string, offset: number): string {
  const start = Math.max(text.lastIndexOf('\n', offset - 1), text.lastIndexOf('\r', offset - 1)) + 1;
  return /^[ \t]*/u.exec(text.slice(start, offset))?.[0] ?? '';
}

/**
 * A JSON text in the style of a document.
 *
 * @param indentation Of the line on which it begins; undefined for a text that stays on one line.
 */
export function inStyle(text: string, { lineEnd, unit, colon }: JsonStyle, indentation: string | undefined): string {
  return indented({ text }, { lineBreak: indentation === undefined ? undefined : lineEnd + indentation, unit, colon });
}
