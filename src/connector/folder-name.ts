import { isDeviceName } from '../io/fs/portable-name.ts';

/** Bytes of a name in UTF-8; file systems take 255, and paths on Windows are short. */
const mostBytes = 100;

/** Folders that never contain connectors. */
const passedOver = /^node_modules$/iu;

/**
 * A display name as the name of a folder that every system takes, and that leads nowhere else: display names are written by
 * people of whom we know nothing. Empty when nothing is left of it.
 */
export function folderName(displayName: string): string {
  const name = firstBytes(
    displayName
      .normalize('NFC')
      .replaceAll(/[\p{Cc}\p{Cf}\p{Co}\p{Cn}\p{Cs}\p{Zl}\p{Zp}<>:"/\\|?*]+/gu, '-')
      .replaceAll(/\s+/gu, ' ')
      // A name with a dot at the start is hidden, and one with a dash looks like an option.
      .replace(/^[\s.-]+/u, ''),
  ).replace(/(?<![\s.-])[\s.-]+$/u, '');
  return isDeviceName(name) || passedOver.test(name) ? `_${name}` : name;
}

/** Names that are one to a file system have the same key: letter case and composition are no difference to all of them. */
export function folderKey(name: string): string {
  return name.normalize('NFKC').toLowerCase().normalize('NFKC');
}

/** The end of an ID, which distinguishes two items with the same name. */
export function idTail(id: string): string {
  return id
    .replaceAll(/[^a-z\d]/giu, '')
    .slice(-8)
    .toLowerCase();
}

/** As much of the beginning of a name as fits. */
function firstBytes(name: string): string {
  const encoder = new TextEncoder();
  let bytes = 0;
  let end = 0;
  for (const character of name) {
    bytes += encoder.encode(character).length;
    if (bytes > mostBytes) break;
    end += character.length;
  }
  return name.slice(0, end);
}

export interface DisplayNamed {
  readonly id: string;
  readonly displayName: string;
}

/**
 * A folder for each thing, none for two: those whose names clash, with each other or with what is taken, have the ends of
 * their IDs in them. The names depend on nothing else, so that they are the same in every run.
 *
 * @param taken Names that are there already.
 */
export function folderNames(things: readonly DisplayNamed[], taken: Iterable<string>): ReadonlyMap<string, string> {
  const used = new Set([...taken].map(folderKey));
  const plain = things.map(({ id, displayName }) => ({ id, name: folderName(displayName) }));
  const counts = new Map<string, number>();
  for (const { name } of plain) counts.set(folderKey(name), (counts.get(folderKey(name)) ?? 0) + 1);
  const names = new Map<string, string>();
  for (const { id, name } of plain) {
    const isAlone = counts.get(folderKey(name)) === 1;
    const chosen = firstFree(used, name === '' ? [] : [...(isAlone ? [name] : []), `${name} ${idTail(id)}`], id);
    used.add(folderKey(chosen));
    names.set(id, chosen);
  }
  return names;
}

function firstFree(used: ReadonlySet<string>, wanted: readonly string[], id: string): string {
  const last = folderName(id) || 'connector';
  const isFree = (name: string): boolean => !used.has(folderKey(name));
  let name = [...wanted, last].find(isFree);
  for (let number = 2; name === undefined; number += 1) name = [`${last} ${number}`].find(isFree);
  return name;
}
