import type { StyledPiece } from '../io/terminal/styled-text.ts';
import { isJsonObject, type PlainJson } from './plain-json.ts';
import type { Table } from './result.ts';
import { shortenedToColumns, widthOf } from '../io/terminal/width.ts';

const gap = '  ';
/** Columns are not made narrower than this. */
const narrowest = 8;

/**
 * Any value as a table, as the Azure CLI shows it: the objects of a list by the members that are no lists or objects
 * themselves, the lists of a list by position.
 */
export function tableOf(value: PlainJson): Table {
  const rows = Array.isArray(value) ? value : [value];
  if (rows.length > 0 && rows.every(isJsonObject)) {
    const names = [...new Set(rows.flatMap((row) => Object.keys(row).filter((name) => isCell(row[name]))))];
    return { columns: names.map(capitalized), rows: rows.map((row) => names.map((name) => cellText(row[name]))) };
  }
  const cells = rows.map((row) => (Array.isArray(row) ? row.map(cellText) : [cellText(row)]));
  const count = Math.max(0, ...cells.map((row) => row.length));
  const isOfLists = rows.some(Array.isArray);
  const columns = Array.from({ length: count }, (_none, index) => (isOfLists ? `Column${index + 1}` : 'Result'));
  return { columns, rows: cells.map((row) => columns.map((_name, index) => row[index] ?? '')) };
}

function isCell(value: PlainJson | undefined): boolean {
  return typeof value !== 'object' || value === null;
}

function cellText(value: PlainJson | undefined): string {
  return value === undefined || value === null || typeof value === 'object' ? '' : String(value);
}

function capitalized(name: string): string {
  return name.slice(0, 1).toUpperCase() + name.slice(1);
}

/**
 * A table for people: a line for each row, under a line of headings. What does not fit into the width is shortened, the
 * widest columns first, those that are to be shortened last after all others, but for those to be kept.
 */
export function tableText({ columns, rows, kept = [], last = [] }: Table, width: number): readonly StyledPiece[] {
  const cells = rows.map((row) => row.map(oneLine));
  const natural = columns.map((name, index) =>
    Math.max(...[name, ...cells.map((row) => row[index] ?? '')].map(widthOf)),
  );
  const free = width - gap.length * (columns.length - 1);
  const shrunk = (widths: readonly number[], current: readonly string[]): readonly number[] => {
    const isCurrent = columns.map((name) => current.includes(name));
    return fitted(widths, isCurrent, free);
  };
  const widths = shrunk(shrunk(natural, [...kept, ...last]), kept);
  const line = (row: readonly string[]): string =>
    row
      .map((cell, index) => padded(cell, widths[index] ?? 0))
      .join(gap)
      .trimEnd();
  const ruler = widths.map((columnWidth) => '-'.repeat(columnWidth)).join(gap);
  return [{ text: line(columns), style: 'strong' }, { text: ['', ruler, ...cells.map(line)].join('\n') }];
}

/** A cell must not look like several. */
function oneLine(cell: string): string {
  return cell.replaceAll(/[\s\p{Cc}]+/gu, ' ').trim();
}

/** Takes from the widest ones, until all fit or there is nothing left to take. */
function fitted(natural: readonly number[], isKept: readonly boolean[], width: number): readonly number[] {
  const widths = [...natural];
  const mayShrink = (index: number): boolean => !isKept[index] && (widths[index] ?? 0) > narrowest;
  let excess = widths.reduce((sum, one) => sum + one, 0) - width;
  while (excess > 0) {
    const widest = Math.max(...widths.filter((_width, index) => mayShrink(index)));
    const index = widths.findIndex((one, place) => one === widest && mayShrink(place));
    if (index === -1) break;
    widths[index] = widest - 1;
    excess -= 1;
  }
  return widths;
}

function padded(cell: string, width: number): string {
  const text = shortenedToColumns(cell, width);
  return text + ' '.repeat(Math.max(0, width - widthOf(text)));
}
