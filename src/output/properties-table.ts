import { isJsonObject, pairIn, type PlainJson } from './plain-json.ts';
import type { Table } from './result.ts';

/** The data of one thing as a table of two columns, for people; what it does not have is left out. */
export function propertiesTable(data: { readonly [name: string]: PlainJson }): Table {
  const rows = Object.entries(data).flatMap(([name, value]) => {
    const words = wordsOf(value);
    return words === '' ? [] : [[headingOf(name), words]];
  });
  return { columns: ['Property', 'Value'], kinds: ['property', 'prose'], rows };
}

/** `connectorId` is `Connector ID`. */
function headingOf(name: string): string {
  const words = name
    .replaceAll(/[A-Z]/gu, (letter) => ` ${letter.toLowerCase()}`)
    .replaceAll(/\b(?:id|url|sha256)\b/gu, (word) => word.toUpperCase());
  return words.slice(0, 1).toUpperCase() + words.slice(1);
}

function wordsOf(value: PlainJson): string {
  const pair = pairIn(value);
  if (pair) return pair.name === null ? wordsOf(pair.id) : `${wordsOf(pair.name)} (${wordsOf(pair.id)})`;
  if (Array.isArray(value)) return value.every(isNamed) ? value.map(wordsOf).join(', ') : String(value.length);
  if (isJsonObject(value)) return isNamed(value) ? pathOf(value) : listed(value);
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  return value === null ? '' : String(value);
}

/** Whether a few words tell what it is. */
function isNamed(value: PlainJson): boolean {
  return typeof value === 'string' || (isJsonObject(value) && 'path' in value);
}

function pathOf({ path = null }: { readonly path?: PlainJson }): string {
  return wordsOf(path);
}

/** `errors 1, warnings 2` */
function listed(value: { readonly [name: string]: PlainJson }): string {
  return Object.entries(value)
    .flatMap(([name, member]) =>
      wordsOf(member) === '' ? [] : [`${headingOf(name).toLowerCase()} ${wordsOf(member)}`],
    )
    .join(', ');
}
