import type { Finding } from '../validation/engine/finding.ts';
import { FileSecrets } from '../validation/engine/file-secrets.ts';
import type { SourceFile } from '../validation/engine/source-file.ts';
import { withoutInvisible } from '../one-line.ts';
import { widthOf } from '../io/terminal/width.ts';

/** A line of a file as it is shown, and the line below it that marks a stretch of it. */
export interface Excerpt {
  readonly line: string;
  /** What stands before the marks: spaces and tabs. */
  readonly indent: string;
  readonly marks: string;
}

/** Characters around a stretch that is shown of a long line. */
const contextBefore = 40;

/**
 * The line of a finding, cut around it where it is longer than a terminal is wide. Client secrets are starred out. None
 * for a finding about a file as a whole.
 */
export function excerptOf(finding: Finding, file: SourceFile, columns: number): Excerpt | undefined {
  const { line: number, column, endLine, endColumn } = finding;
  const isWhole = endLine === number && endColumn === column && number === 1 && column === 1;
  const line = file.line(number);
  if (isWhole || line === '') return undefined;
  const start = Math.min(column - 1, line.length);
  const end = Math.max(endLine > number ? line.length : Math.min(endColumn - 1, line.length), start);
  const secrets = FileSecrets.of(file);
  const lineStart = file.offsetOf({ line: number, column: 1 });
  const textOf = (first: number, last: number): string =>
    shown(secrets.shown({ start: lineStart + first, end: lineStart + last }));
  const { from, to } = shownRange(line, start, end, Math.max(columns, 24));
  const before = `${from > 0 ? '…' : ''}${textOf(from, start)}`;
  const marked = textOf(start, Math.min(end, to));
  const after = `${textOf(Math.min(end, to), to)}${to < line.length ? '…' : ''}`;
  const marks = '^'.repeat(Math.max(widthOf(marked.replaceAll('\t', ' ')), 1));
  return { line: `${before}${marked}${after}`, indent: blankFor(before), marks };
}

/** The part of a line that is shown: all of it if it fits, else from a little before the start on. */
function shownRange(
  line: string,
  start: number,
  end: number,
  columns: number,
): { readonly from: number; readonly to: number } {
  // Wide characters count twice, but nobody minds a line that is a little short.
  if (line.length <= columns && widthOf(line) <= columns) return { from: 0, to: line.length };
  const room = columns - 2;
  const from = Math.max(0, start - Math.min(contextBefore, Math.max(room - (end - start), room >> 1)));
  let to = Math.min(line.length, from + room);
  while (to > start + 1 && widthOf(line.slice(from, to)) > room)
    to -= Math.max(1, (widthOf(line.slice(from, to)) - room) >> 1);
  return { from: outsideOfPair(line, from), to: outsideOfPair(line, to) };
}

/** Not between the halves of a character. */
function outsideOfPair(line: string, offset: number): number {
  return /[\udc00-\udfff]/u.test(line[offset] ?? '') ? offset - 1 : offset;
}

/** Control characters as pictures of them, so that each takes a column; what has no width or turns text around goes. */
function shown(text: string): string {
  return withoutInvisible(text)
    .replaceAll(/[\u0000-\u0008\u000a-\u001f]/gu, (control) => String.fromCharCode(0x2400 + control.charCodeAt(0)))
    .replaceAll(/[\u007f-\u009f\u2028\u2029]/gu, '\ufffd');
}

/** As wide as the text: tabs stay tabs, since only a terminal knows how wide they are. */
function blankFor(text: string): string {
  return text
    .split('\t')
    .map((part) => ' '.repeat(widthOf(part)))
    .join('\t');
}
