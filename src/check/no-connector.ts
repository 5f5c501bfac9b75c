import { join, resolve } from 'node:path';
import { FileError } from '../errors.ts';
import { readDirectory } from '../io/fs/files.ts';
import { readBytes } from '../io/fs/read-file.ts';
import { readJson } from '../json/reading.ts';
import { pathWord } from '../io/terminal/command-word.ts';
import { isPackageFolder } from '../solution/layout.ts';
import { unpackedPackage } from './unpacked-package.ts';
import { isArray, member } from '../json/value.ts';
import { parseStrictly } from '../json/syntax.ts';
import type { NamedFile } from '../validation/engine/connector-source.ts';
import { defaultNames, findByName } from '../validation/engine/file-roles.ts';
import { foreignDocument } from '../validation/engine/foreign-document.ts';
import { JsonFile } from '../validation/engine/json-file.ts';
import { convertArguments } from '../validation/rules/yaml.ts';

/** The error for a folder or a solution without a connector. */
export function noConnector(path: string, instead: readonly string[] = []): FileError {
  const needed = `A connector is a folder with ${defaultNames.definition} and ${defaultNames.properties}.`;
  return new FileError(`${path} doesn't contain a connector.`, {
    hint: instead.length > 0 ? instead.join('\n') : needed,
  });
}

/** The same for a folder, with the files in it that a connector can be made of. A broken settings file is the error itself. */
export async function noConnectorIn(folder: string, workingDirectory: string): Promise<FileError> {
  const directory = resolve(workingDirectory, folder);
  const entries = await readDirectory(directory, folder);
  const { files = [] } = entries ?? {};
  if (entries && (isPackageFolder(files) || (await unpackedPackage(directory, entries)))) {
    const check = `paconn validate ${pathWord(folder)} --certification`;
    return noConnector(folder, [`It's a package for certification. Check it with: ${check}`]);
  }
  const settings = findByName('settings', files);
  if (settings !== undefined) {
    const broken = await settingsFault(join(folder, settings), workingDirectory);
    if (broken) return broken;
  }
  const descriptions = await descriptionsIn(directory, folder);
  const zips = zipsIn(files);
  const named =
    zips.length > 0 ? [`ZIP files in it: ${nameSome(zips.map((name) => join(folder, name)))}. ${nameOne}`] : [];
  return noConnector(folder, [...descriptions, ...named]);
}

/** ZIP files among the files of a folder: no command uses one that isn't named. */
export function zipsIn(files: readonly string[]): readonly string[] {
  return files.filter((name) => /\.zip$/iu.test(name) && !name.startsWith('.'));
}

const nameOne = 'To use a solution, pass its name.';

/** The messages about ZIP files in folders that were passed. */
export function zipsNote(zips: readonly string[]): string {
  return `Note: ZIP files in folders aren't used: ${nameSome(zips)}. ${nameOne}`;
}

function nameSome(names: readonly string[]): string {
  const more = names.length - mostNamed;
  return `${names.slice(0, mostNamed).join(', ')}${more > 0 ? `, and ${more} more` : ''}`;
}

async function settingsFault(path: string, workingDirectory: string): Promise<FileError | undefined> {
  const { text, json } = readJson(await readBytes(resolve(workingDirectory, path), path));
  if (json !== undefined) return undefined;
  try {
    parseStrictly(text, path);
    return undefined;
  } catch (error) {
    if (error instanceof FileError) return error;
    throw error;
  }
}

/** A folder can hold thousands of files that are something else. */
const mostLookedAt = 100;
/** More would say nothing new. */
const mostNamed = 5;
/** In bytes. */
const largestDescription = 32 * 1024 * 1024;

/** What the descriptions of APIs in a folder are that are no API definitions, and how to go on with them. */
export async function descriptionsIn(directory: string, folder: string): Promise<readonly string[]> {
  const { files = [] } = (await readDirectory(directory, folder)) ?? {};
  const named: string[] = [];
  for (const name of files.filter((one) => /\.(?:json|ya?ml)$/iu.test(one)).slice(0, mostLookedAt)) {
    const words = await descriptionWords(join(directory, name), join(folder, name));
    if (words !== undefined) named.push(words);
    if (named.length === mostNamed) break;
  }
  return named;
}

/** The same for one file; undefined for an API definition, and for what is no description. */
export async function descriptionWords(path: string, shown: string): Promise<string | undefined> {
  const file = await readIfPossible(path, shown);
  const value = file?.root?.value;
  if (!file) return undefined;
  const foreign = foreignDocument(file, 'definition');
  if (foreign && foreign.kind !== 'other') {
    return `${shown} is ${foreign.words}. ${convertIt(shown)}`;
  }
  if (foreign || isArray(value) || member(value, 'swagger') !== undefined) return undefined;
  const isUnversioned = member(value, 'info') !== undefined && member(value, 'paths') !== undefined;
  return isUnversioned ? `${shown} has no version of OpenAPI. Add: "swagger": "2.0"` : undefined;
}

/** The error for a document of another kind in the place of an API definition, with what to do instead; none for any other. */
export function foreignDefinition({ name, bytes, json }: NamedFile): FileError | undefined {
  const foreign = bytes && foreignDocument(new JsonFile(name, bytes, json), 'definition');
  if (!foreign) return undefined;
  const hint = foreign.kind === 'other' ? (foreign.next ?? rightFile) : convertIt(name);
  return new FileError(`${name} isn't an API definition: it's ${foreign.words}.`, { hint });
}

const rightFile = 'Specify the correct file with --api-definition or in settings.json.';

function convertIt(path: string): string {
  return `Convert it with:\n  paconn convert ${convertArguments(path)}`;
}

/** The first file of a folder that describes an API in another format: it's in the place of a missing API definition. */
export async function otherDescription(
  { folder, others }: { readonly folder: string; readonly others: readonly string[] },
  workingDirectory: string,
): Promise<string | undefined> {
  for (const name of others.filter((one) => /\.(?:json|ya?ml)$/iu.test(one)).slice(0, mostLookedAt)) {
    const file = await readIfPossible(resolve(workingDirectory, folder, name), join(folder, name));
    const foreign = file && foreignDocument(file, 'definition');
    if (foreign && foreign.kind !== 'other') return name;
  }
  return undefined;
}

/** An unreadable file doesn't hide the others. */
async function readIfPossible(path: string, shown: string): Promise<JsonFile | undefined> {
  try {
    return new JsonFile(shown, await readBytes(path, shown, largestDescription));
  } catch (error) {
    if (error instanceof FileError) return undefined;
    throw error;
  }
}
