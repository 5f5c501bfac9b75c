import { isAbsolute, join, resolve } from 'node:path';
import type { Conversion } from '../../conversion/convert.ts';
import { FileError } from '../../errors.ts';
import { isFile, isNamed } from '../../io/fs/files.ts';
import { readText } from '../../io/fs/read-file.ts';
import { parseJson } from '../../json/parse.ts';
import { isArray, isText, member } from '../../json/value.ts';
import { definitionName, type NamedPart, names, ownProperties, settingsName } from './connector-files.ts';

/** What is in the folder of the result before anything is written. */
export interface FolderState {
  /** Names of files that aren't written, since these or those that the settings name instead stay. */
  readonly kept: ReadonlySet<string>;
  /** The API properties that stay. */
  readonly properties?: { readonly name: string; readonly value: unknown } | undefined;
  /** The settings that stay, and the parts for which they don't name what is in the folder then. */
  readonly settings?: { readonly isJson: boolean; readonly unused: readonly NamedPart[] } | undefined;
}

interface Folder {
  readonly directory: string;
  /** As the user named it. */
  readonly shown: string;
  readonly overwrite: boolean;
  /** The absolute path of the source. */
  readonly source: string;
}

/**
 * Reads what is in the folder. Raises {@link FileError} for an API definition that would be replaced, for another one that the
 * settings name, and for what can't be read; other files stay as they are.
 */
export async function readFolder({ directory, shown, overwrite, source }: Folder): Promise<FolderState> {
  const pathOf = (name: string): string => resolve(directory, name);
  const shownAs = (name: string): string => (isAbsolute(name) ? name : join(shown, name));
  const isThere = async (name: string): Promise<boolean> => await isNamed(pathOf(name));
  const readJson = async (name: string): Promise<unknown> => parseJson(await readText(pathOf(name), shownAs(name)));
  if (!overwrite && (await isThere(definitionName)))
    throw new FileError(`${definitionName} already exists in ${directory}.`, {
      hint: 'Pass --overwrite to replace the API definition, or another folder with --output-dir <folder>.',
    });
  const hasSettings = await isThere(settingsName);
  const settings = hasSettings ? await readJson(settingsName) : undefined;
  const otherName = (part: NamedPart): string | undefined => {
    const named = member(settings, part);
    return isText(named) && named !== '' && pathOf(named) !== pathOf(names[part]) ? named : undefined;
  };
  const definition = otherName('apiDefinition');
  if (definition !== undefined && pathOf(definition) !== source && (await isThere(definition)))
    throw new FileError(`${shownAs(settingsName)} names another API definition: ${definition}.`, {
      hint: `Pass another folder with --output-dir <folder>, or set its apiDefinition to ${definitionName}.`,
    });
  const stayingFile = async (part: NamedPart): Promise<string | undefined> => {
    for (const name of [otherName(part), names[part]]) if (name !== undefined && (await isThere(name))) return name;
    return undefined;
  };
  const [properties, icon] = [await stayingFile('apiProperties'), await stayingFile('icon')];
  if (icon !== undefined && !(await isFile(pathOf(icon)))) throw new FileError(`${shownAs(icon)} isn't a file.`);
  const staying = { apiDefinition: definitionName, apiProperties: properties, icon };
  const kept = [
    hasSettings && settingsName,
    properties !== undefined && names.apiProperties,
    icon !== undefined && names.icon,
  ];
  const parts: readonly NamedPart[] = ['apiDefinition', 'apiProperties', 'icon'];
  const unused = parts.filter((part) => otherName(part) !== undefined && otherName(part) !== staying[part]);
  return {
    kept: new Set(kept.filter(isText)),
    ...(properties !== undefined && { properties: { name: properties, value: await readJson(properties) } }),
    ...(hasSettings && { settings: { isJson: settings !== undefined, unused } }),
  };
}

/** What the files that stay say otherwise than those that would have been written. */
export function notesAboutKept(conversion: Conversion, { properties, settings }: FolderState): readonly string[] {
  const notes: string[] = [];
  if (properties) {
    const there = member(properties.value, 'properties');
    const wanted = ownProperties(conversion);
    const different = ['connectionParameters', 'connectionParameterSets', 'policyTemplateInstances'].filter(
      (name) => JSON.stringify(shapeOf(member(there, name))) !== JSON.stringify(shapeOf(wanted[name])),
    );
    const where = different.length === 0 ? '' : ` The source would make it different in: ${different.join(', ')}.`;
    notes.push(`${properties.name} wasn't changed.${where}`);
  }
  if (settings?.isJson === false) notes.push(`${settingsName} wasn't changed, and it isn't valid JSON.`);
  const changes = (settings?.unused ?? []).map((part) => `its ${part} to ${names[part]}`);
  if (changes.length > 0)
    notes.push(`${settingsName} wasn't changed. To use the result, set ${changes.join(', and ')}.`);
  return notes;
}

/** Names and types: texts and client IDs are edited by hand. */
function shapeOf(value: unknown): unknown {
  if (isArray(value)) return value.map((item) => member(item, 'templateId') ?? member(item, 'name'));
  if (typeof value !== 'object' || value === null) return value ?? null;
  const values = member(value, 'values');
  if (values !== undefined) return shapeOf(values);
  return Object.entries(value)
    .map(([name, parameter]) => `${name} ${String(member(parameter, 'type'))}`)
    .toSorted();
}
