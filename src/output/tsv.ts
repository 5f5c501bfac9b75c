import { isJsonObject, pairIn, type PlainJson } from './plain-json.ts';

/**
 * A value as lines of cells with tabs between them, as the Azure CLI writes it: no headings; of a list in a cell its
 * length, of an object nothing. Of an ID with its name the ID: scripts go on with that.
 */
export function tsvOf(value: PlainJson): string {
  const rows = Array.isArray(value) ? value : [value];
  return rows.map((row) => tsvLine(cellsOf(row))).join('\n');
}

/** A line of cells; a tab, a line end and a backslash in a cell are escaped, so that a line is always a row. */
export function tsvLine(cells: readonly string[]): string {
  return cells.map((cell) => cell.replaceAll(/[\t\n\r\\]/gu, (character) => escapes.get(character) ?? '')).join('\t');
}

const escapes = new Map([
  ['\t', String.raw`\t`],
  ['\n', String.raw`\n`],
  ['\r', String.raw`\r`],
  ['\\', '\\\\'],
]);

function cellsOf(row: PlainJson): readonly string[] {
  if (Array.isArray(row)) return row.map(cellText);
  return isJsonObject(row) ? Object.values(row).map(cellText) : [cellText(row)];
}

function cellText(value: PlainJson): string {
  const pair = pairIn(value);
  if (pair) return cellText(pair.id);
  if (Array.isArray(value)) return String(value.length);
  return value === null || isJsonObject(value) ? '' : String(value);
}
