import type { StyledPiece } from '../io/terminal/styled-text.ts';
import { shortenedToColumns, widthOf } from '../io/terminal/width.ts';
import { brokenIntoLines } from './broken-into-lines.ts';
import type { ColumnKind, Table } from './result.ts';
import { shortIds } from './short-ids.ts';

const gap = '  ';
/** In less, a row is a block of lines instead. */
const enoughForTable = 60;
const leastOfName = 16;
const leastOfText = 12;
const leastOfProse = 24;
const date = 'YYYY-MM-DD'.length;

/** A column as wide as it would like to be, and as narrow as it still says what it is for. */
interface Column {
  readonly heading: string;
  readonly kind: ColumnKind;
  readonly cells: readonly string[];
  readonly natural: number;
  readonly least: number;
}

/**
 * A table for people, in which no line is wider than the width: columns give way from the right, the last ones altogether, and
 * those that stay are shortened as far as their rows stay distinguishable.
 */
export function tableText(table: Table, width: number): readonly StyledPiece[] {
  const columns = columnsOf(table);
  const naturalWidth = totalOf(columns.map(({ natural }) => natural));
  if (naturalWidth > width && width < enoughForTable) return [{ text: blocks(columns, width) }];
  const shown = [...columns];
  while (shown.length > 1 && totalOf(shown.map(({ least }) => least)) > width) shown.pop();
  const widths = shared(shown, width);
  const cells = shown.map((column, index) => fitted(column, widths[index] ?? 0));
  const rows = table.rows.map((_row, at) =>
    rowText(
      shown,
      cells.map((column) => column[at] ?? ''),
      widths,
    ),
  );
  const headings = shown.map(({ heading }, index) => shortHeading(heading, widths[index] ?? 0));
  return [{ text: rowText(shown, headings, widths), style: 'faint' }, { text: ['', ...rows].join('\n') }];
}

function columnsOf({ columns, rows, kinds = [] }: Table): readonly Column[] {
  return columns.map((heading, index) => {
    const cells = rows.map((row) => oneLine(row[index] ?? ''));
    const kind = kinds[index] ?? 'text';
    const natural = widest([heading, ...cells]);
    return { heading, kind, cells, natural, least: Math.min(natural, leastWidth(kind, cells, natural)) };
  });
}

function leastWidth(kind: ColumnKind, cells: readonly string[], natural: number): number {
  switch (kind) {
    case 'name':
      return leastDistinct(cells, natural);
    case 'id':
      return widest(shortIds(cells));
    case 'time':
      return date;
    case 'text':
      return leastOfText;
    case 'prose':
      return leastOfProse;
    case 'word':
    case 'number':
      return natural;
  }
}

/** The least width in which different names stay different. */
function leastDistinct(names: readonly string[], natural: number): number {
  const count = new Set(names).size;
  const isDistinct = (width: number): boolean =>
    new Set(names.map((name) => shortenedToColumns(name, width))).size === count;
  let width = leastOfName;
  while (width < natural && !isDistinct(width)) width += 1;
  return width;
}

/** What is left when each has the least goes to the first ones; to IDs and times only where some are whole then. */
function shared(columns: readonly Column[], width: number): readonly number[] {
  let left = width - totalOf(columns.map(({ least }) => least));
  return columns.map((column) => {
    const given = widthIn(column, column.least + left);
    left -= given - column.least;
    return given;
  });
}

function widthIn({ kind, cells, natural, least }: Column, room: number): number {
  if (natural <= room) return natural;
  if (kind === 'id') return Math.max(least, ...cells.map(widthOf).filter((cell) => cell <= room));
  return kind === 'time' ? least : Math.max(least, room);
}

function fitted({ kind, cells, natural }: Column, width: number): readonly string[] {
  if (width >= natural || kind === 'prose') return cells;
  if (kind === 'id') {
    const short = shortIds(cells);
    return cells.map((cell, index) => (widthOf(cell) <= width ? cell : (short[index] ?? '')));
  }
  if (kind === 'time') return cells.map((cell) => cell.slice(0, date));
  return cells.map((cell) => shortenedToColumns(cell, width));
}

/** Without its unit, such as `(UTC)`, where there is no room for it. */
function shortHeading(heading: string, width: number): string {
  const words = widthOf(heading) > width ? heading.replace(/ \(.+\)$/u, '') : heading;
  return shortenedToColumns(words, width);
}

/** A row, in as many lines as its prose needs. */
function rowText(columns: readonly Column[], cells: readonly string[], widths: readonly number[]): string {
  const broken = cells.map((cell, index) =>
    columns[index]?.kind === 'prose' ? brokenIntoLines(cell, widths[index] ?? 0) : [cell],
  );
  const height = Math.max(...broken.map((lines) => lines.length));
  return Array.from({ length: height }, (_line, at) =>
    broken
      .map((lines, index) => {
        const cell = lines[at] ?? '';
        const space = ' '.repeat(Math.max(0, (widths[index] ?? 0) - widthOf(cell)));
        return columns[index]?.kind === 'number' ? space + cell : cell + space;
      })
      .join(gap)
      .trimEnd(),
  ).join('\n');
}

/** One line for each cell that isn't empty, and an empty one between rows. */
function blocks(columns: readonly Column[], width: number): string {
  const rowCount = columns[0]?.cells.length ?? 0;
  const block = (at: number): string =>
    columns
      .flatMap(({ heading, kind, cells }) => {
        const cell = cells[at] ?? '';
        if (cell === '') return [];
        const room = Math.max(leastOfName, width - widthOf(heading) - 2);
        const short = kind === 'id' && widthOf(cell) > room ? (shortIds(cells)[at] ?? '') : cell;
        const [first = '', ...rest] =
          kind === 'prose' ? brokenIntoLines(cell, room) : [shortenedToColumns(short, room)];
        return [`${heading}: ${first}`, ...rest.map((line) => `  ${line}`)];
      })
      .join('\n');
  return Array.from({ length: rowCount }, (_row, at) => block(at)).join('\n\n');
}

/** A cell must not look like several. */
function oneLine(cell: string): string {
  return cell.replaceAll(/[\s\p{Cc}]+/gu, ' ').trim();
}

function widest(texts: readonly string[]): number {
  return Math.max(0, ...texts.map(widthOf));
}

function totalOf(widths: readonly number[]): number {
  return widths.reduce((sum, width) => sum + width, 0) + gap.length * Math.max(0, widths.length - 1);
}
