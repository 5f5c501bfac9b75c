import { isJsonObject, pairIn, type PlainJson } from './plain-json.ts';
import type { ColumnKind, Table } from './result.ts';

/**
 * Any value as a table, as the Azure CLI shows it: the objects of a list by the members that are no lists or objects
 * themselves, the lists of a list by position. An ID with its name is told by its name.
 */
export function tableOf(value: PlainJson): Table {
  const rows = Array.isArray(value) ? value : [value];
  if (rows.length > 0 && rows.every(isJsonObject)) {
    const names = [...new Set(rows.flatMap((row) => Object.keys(row).filter((name) => isCell(row[name]))))];
    const kinds = names.map((name) =>
      kindOf(
        name,
        rows.map((row) => row[name]),
      ),
    );
    return {
      columns: names.map(capitalized),
      kinds,
      rows: rows.map((row) => names.map((name) => cellText(row[name]))),
    };
  }
  const cells = rows.map((row) => (Array.isArray(row) ? row.map(cellText) : [cellText(row)]));
  const count = Math.max(0, ...cells.map((row) => row.length));
  const isOfLists = rows.some(Array.isArray);
  const columns = Array.from({ length: count }, (_none, index) => (isOfLists ? `Column${index + 1}` : 'Result'));
  return { columns, rows: cells.map((row) => columns.map((_name, index) => row[index] ?? '')) };
}

/** What a member is, by its values and its name. */
function kindOf(name: string, values: readonly (PlainJson | undefined)[]): ColumnKind {
  const present = values.filter((value) => value !== undefined && value !== null);
  if (present.length > 0 && present.every((value) => typeof value === 'number')) return 'number';
  if (/(?:^i|I)d$/u.test(name)) return 'id';
  return name === 'name' ? 'name' : 'text';
}

function isCell(value: PlainJson | undefined): boolean {
  return typeof value !== 'object' || value === null || pairIn(value) !== undefined;
}

function cellText(value: PlainJson | undefined): string {
  const pair = pairIn(value);
  if (pair) return cellText(pair.name ?? pair.id);
  return value === undefined || value === null || typeof value === 'object' ? '' : String(value);
}

function capitalized(name: string): string {
  return name.slice(0, 1).toUpperCase() + name.slice(1);
}
