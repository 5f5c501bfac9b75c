import type { StyledPiece } from '../io/terminal/styled-text.ts';
import { shortenedToColumns, widthOf } from '../io/terminal/width.ts';
import { brokenIntoLines } from './broken-into-lines.ts';
import type { ColumnKind, Table } from './result.ts';
import { shortIds } from './short-ids.ts';
import { shortNames } from '../io/terminal/short-names.ts';

const gap = '  ';
const indent = '  ';
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
  const isTooWide = (): boolean => totalOf(shown.map(({ least }) => least)) > width;
  while (shown.length > 2 && isTooWide()) shown.splice(lastDispensable(shown), 1);
  const [name, id] = shown;
  // IDs tell names apart that are cut to look alike.
  if (isTooWide() && name?.kind === 'name' && id?.kind === 'id')
    shown[0] = { ...name, least: Math.min(name.least, leastOfName) };
  if (shown.length > 1 && isTooWide()) shown.pop();
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

/** Where names come first, the first ID stays: names can be the same. */
function lastDispensable(columns: readonly Column[]): number {
  const last = columns.length - 1;
  const id = columns[0]?.kind === 'name' ? columns.findIndex(({ kind }) => kind === 'id') : -1;
  return id === last && last > 1 ? last - 1 : last;
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
    case 'property':
    case 'word':
    case 'number':
      return natural;
  }
}

/** The least width in which different names stay different. */
function leastDistinct(names: readonly string[], natural: number): number {
  const count = new Set(names).size;
  const isDistinct = (width: number): boolean => new Set(shortNames(names, width)).size === count;
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
  if (kind === 'name') return shortNames(cells, width);
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

/** One line for each cell that isn't empty, and an empty one between rows; for properties one for each of them. */
function blocks(columns: readonly Column[], width: number): string {
  const rowCount = columns[0]?.cells.length ?? 0;
  const rows = Array.from({ length: rowCount }, (_row, at) => at);
  const [properties, values] = columns;
  if (properties?.kind === 'property') {
    return rows
      .flatMap((at) => {
        const name = properties.cells[at] ?? '';
        const value = values?.cells[at] ?? '';
        const [first = '', ...rest] = brokenIntoLines(name === '' ? value : `${name}: ${value}`, width - indent.length);
        return [name === '' ? indent + first : first, ...rest.map((line) => indent + line)];
      })
      .join('\n');
  }
  const block = (at: number): string =>
    columns
      .flatMap((column) => {
        const cell = column.cells[at] ?? '';
        if (cell === '') return [];
        const [first = '', ...rest] = cellLines(column, at, Math.max(leastOfName, width - widthOf(column.heading) - 2));
        return [`${column.heading}: ${first}`, ...rest.map((line) => indent + line)];
      })
      .join('\n');
  return rows.map(block).join('\n\n');
}

function cellLines({ kind, cells }: Column, at: number, room: number): readonly string[] {
  const cell = cells[at] ?? '';
  if (kind === 'prose') return brokenIntoLines(cell, room);
  if (kind === 'name') return [shortNames(cells, room)[at] ?? cell];
  if (kind !== 'id' || widthOf(cell) <= room) return [shortenedToColumns(cell, room)];
  // What tells it from the others can be in any part of it.
  const short = shortIds(cells)[at] ?? cell;
  return Array.from({ length: Math.ceil(short.length / room) }, (_line, index) =>
    short.slice(index * room, (index + 1) * room),
  );
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
