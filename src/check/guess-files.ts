import { join, resolve } from 'node:path';
import { readBeginning } from '../io/fs/read-file.ts';
import { rootMembers } from '../json/scan.ts';
import type { FileRole } from '../validation/engine/connector-source.ts';
import {
  decisiveBytes,
  definitionOrder,
  filesByName,
  jsonLikeness,
  roleByName,
} from '../validation/engine/file-roles.ts';

/** The files of a connector that its settings can name. */
export type NamedRole = Exclude<FileRole, 'settings'>;

/** For each role the files that can have it, the likeliest first; several where nothing says which of them is meant. */
export type Candidates = Readonly<Record<NamedRole, readonly string[]>>;

interface Place {
  readonly folder: string;
  readonly workingDirectory: string;
}

/** The files in a folder that can have the roles for which no file is named. One with the usual name is the only one. */
export async function guessFiles(
  files: readonly string[],
  named: Partial<Record<NamedRole, string>>,
  place: Place,
): Promise<Candidates> {
  const byName = (role: NamedRole): readonly string[] => (named[role] === undefined ? filesByName(role, files) : []);
  const json = files.filter((name) => /\.json$/iu.test(name) && name !== named.definition && name !== named.properties);
  const beginnings = new Map<string, string>();
  const isByName = (['definition', 'properties'] as const).every(
    (role) => (named[role] ?? byName(role)[0]) !== undefined,
  );
  for (const name of isByName ? [] : json) {
    beginnings.set(name, await beginningOf(join(place.folder, name), place.workingDirectory));
  }
  const likely = (role: 'definition' | 'properties', names: readonly string[]): readonly string[] => {
    if (named[role] !== undefined) return [];
    const usual = byName(role);
    return usual.length > 0 ? usual : likeliest(role, names, beginnings);
  };
  const definition = likely('definition', json);
  const properties = likely(
    'properties',
    json.filter((name) => !definition.includes(name)),
  );
  return { definition, properties, icon: byName('icon'), script: byName('script') };
}

/** From this on the content says what a file is, and not its name alone. */
const sure = 2;

/** The names that could have the role, the likeliest first: those whose content says it, or else those that nothing sets apart. */
function likeliest(
  role: 'definition' | 'properties',
  names: readonly string[],
  beginnings: ReadonlyMap<string, string>,
): readonly string[] {
  const beginning = (name: string): string => beginnings.get(name) ?? '';
  const possible = names
    .map((name) => ({ name, likeness: jsonLikeness(role, name, beginning(name)) }))
    .filter(({ likeness }) => likeness > 0)
    .toSorted((one, other) => other.likeness - one.likeness || definitionOrder(one.name) - definitionOrder(other.name));
  // What the connector was made of can be beside it.
  const own = possible.filter(({ name }) => !startsAsOpenApi3(beginning(name)));
  const ranked = own.length > 0 ? own : possible;
  const [first] = ranked;
  const least = Math.min(first?.likeness ?? 0, sure);
  return ranked.filter((one) => one === first || isRival(one.name, one.likeness, least)).map(({ name }) => name);
}

function isRival(name: string, likeness: number, least: number): boolean {
  return likeness >= least && roleByName(name) === undefined;
}

/** Whether the beginning of a file is that of an OpenAPI 3 document. */
export function startsAsOpenApi3(beginning: string): boolean {
  const names = rootMembers(beginning);
  return names.has('openapi') && !names.has('swagger');
}

/** As much of a file as tells what it is. Raises `FileError`. */
export async function beginningOf(path: string, workingDirectory: string): Promise<string> {
  const { bytes } = await readBeginning(resolve(workingDirectory, path), decisiveBytes, path);
  return new TextDecoder().decode(bytes);
}
