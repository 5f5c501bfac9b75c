import { join, resolve } from 'node:path';
import { placeholderColor, placeholderIcon } from '../../connector/placeholder-icon.ts';
import type { Conversion } from '../../conversion/convert.ts';
import { FileError } from '../../errors.ts';
import { exists } from '../../io/fs/files.ts';
import { readText } from '../../io/fs/read-file.ts';
import { parseJson } from '../../json/parse.ts';
import type { ResultFile } from '../../results/members.ts';
import { isArray, isText, member } from '../../json/value.ts';

const names = {
  apiDefinition: 'apiDefinition.swagger.json',
  apiProperties: 'apiProperties.json',
  icon: 'icon.png',
} as const;

const settingsName = 'settings.json';

export const definitionName = names.apiDefinition;

export interface ConnectorFile {
  readonly role: ResultFile['role'];
  readonly name: string;
  readonly content: string | Uint8Array;
}

/** Files of a connector that stay as they are. */
export interface KeptFiles {
  readonly names: ReadonlySet<string>;
}

/** All files of the connector. */
export function connectorFiles(conversion: Conversion): readonly ConnectorFile[] {
  return [
    { role: 'apiDefinition', name: names.apiDefinition, content: conversion.definition ?? '' },
    {
      role: 'apiProperties',
      name: names.apiProperties,
      content: `${JSON.stringify({ properties: ownProperties(conversion) }, undefined, 2)}\n`,
    },
    { role: 'icon', name: names.icon, content: placeholderIcon },
    { role: 'settings', name: settingsName, content: `${JSON.stringify(names, undefined, 2)}\n` },
  ];
}

/** The members of the API properties, in the order in which connectors have them. */
export function ownProperties({ properties }: Conversion): Readonly<Record<string, unknown>> {
  const { policyTemplateInstances = [], ...signIn } = properties;
  const policies = isArray(policyTemplateInstances) && policyTemplateInstances.length > 0;
  return {
    ...signIn,
    iconBrandColor: placeholderColor,
    capabilities: [],
    ...(policies && { policyTemplateInstances }),
  };
}

/** The files that are there. Raises {@link FileError} for the one that would be replaced; the others stay as they are. */
export async function filesToWrite(
  directory: string,
  { overwrite }: { readonly overwrite: boolean },
): Promise<KeptFiles> {
  const kept = new Set<string>();
  for (const name of [...Object.values(names), settingsName]) {
    if (!(await exists(join(directory, name)))) continue;
    if (!overwrite && name === definitionName)
      throw new FileError(`${name} already exists in ${directory}.`, {
        hint: 'Pass --overwrite to replace the API definition, or another folder with --output-dir <folder>.',
      });
    kept.add(name);
  }
  return { names: kept };
}

/** What the files that stay say otherwise than those that would have been written. */
export async function notesAboutKept(
  conversion: Conversion,
  directory: string,
  { names: kept }: KeptFiles,
): Promise<readonly string[]> {
  const read = async (name: string): Promise<unknown> => parseJson(await readText(join(directory, name)));
  const notes: string[] = [];
  if (kept.has(names.apiProperties)) {
    const there = member(await read(names.apiProperties), 'properties');
    const wanted = ownProperties(conversion);
    const different = ['connectionParameters', 'connectionParameterSets', 'policyTemplateInstances'].filter(
      (name) => JSON.stringify(shapeOf(member(there, name))) !== JSON.stringify(shapeOf(wanted[name])),
    );
    const where = different.length === 0 ? '' : ` The source would make it different in: ${different.join(', ')}.`;
    notes.push(`${names.apiProperties} wasn't changed.${where}`);
  }
  if (kept.has(settingsName)) {
    const named = member(await read(settingsName), 'apiDefinition');
    if (isText(named) && resolve(directory, named) !== resolve(directory, definitionName))
      notes.push(`${settingsName} wasn't changed. To use the result, set its apiDefinition to ${definitionName}.`);
  }
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
