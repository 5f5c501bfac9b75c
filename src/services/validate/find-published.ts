import { basename, dirname, join, resolve } from 'node:path';
import type { Remote } from '../../api/remote.ts';
import { fetchState } from '../../api/fetch-connector.ts';
import { inFolder } from '../../bulk/in-folder.ts';
import type { FindPublished } from '../../check/check-connectors.ts';
import { readConnectorFolder, requireClear } from '../../check/connector-folder.ts';
import type { SettingsOf } from '../../check/definition-service.ts';
import type { FoundConnector } from '../../check/found-connector.ts';
import { findFolders, noFolder } from '../../check/find-folders.ts';
import { foreignDefinition } from '../../check/no-connector.ts';
import { requireOwnDefinition } from '../../check/own-definition.ts';
import type { Context } from '../../context.ts';
import { chooseTarget } from '../../environment/choose-target.ts';
import { FileError, PaconnError, UsageError } from '../../errors.ts';
import { readJson } from '../../json/reading.ts';
import { type Connector, partContent } from '../../connector/connector.ts';
import { valuesByEnvironment } from '../../values/environments-file.ts';
import { valuesAt, withValues } from '../../values/place-values.ts';
import { connect } from '../../remote/connect.ts';
import { shareNetwork } from '../../remote/share-network.ts';
import type {
  ConnectorSource,
  NamedFile,
  PublishedFiles,
  ReadableFile,
} from '../../validation/engine/connector-source.ts';

export interface Checked {
  readonly found: readonly FoundConnector[];
  readonly settingsOf: SettingsOf;
}

/** The word for the environment that the settings of a connector name. */
const environment = 'environment';

/** The published versions that connectors are compared with. */
export interface PublishedComparison {
  readonly find: FindPublished;
  /** After all were looked for: that some aren't there. */
  failure(): PaconnError | undefined;
}

/**
 * Finds what connectors are compared with: the published ones in a folder, or in their environments. Of several each has the
 * name of its folder there. The others are checked also where one isn't there, but somebody relies on the comparison.
 */
export function findPublished(against: string, { found, settingsOf }: Checked, context: Context): PublishedComparison {
  if (against === environment) {
    let failure: PaconnError | undefined;
    const find = publishedInEnvironment(settingsOf, shareNetwork(context));
    const findOrFail: FindPublished = async (connector, source) => {
      try {
        return await find(connector, source);
      } catch (error) {
        // What is wrong with the files is shown first.
        if (!(error instanceof PaconnError) || error instanceof UsageError) throw error;
        failure ??= error;
        return undefined;
      }
    };
    return { find: ofOwnDefinitions(findOrFail), failure: () => failure };
  }
  const missing: string[] = [];
  return {
    find: ofOwnDefinitions(publishedInFolder(against, { found, missing }, context)),
    failure: () => (missing.length > 0 ? notCompared(missing, found.length) : undefined),
  };
}

/** What isn't an API definition is one finding, and isn't compared. */
function ofOwnDefinitions(find: FindPublished): FindPublished {
  return async (connector, source) => {
    const isForeign = source.definition && foreignDefinition(source.definition);
    return isForeign ? undefined : await find(connector, source);
  };
}

function publishedInEnvironment(settingsOf: SettingsOf, context: Context): FindPublished {
  return async ({ folder, shown }, source) => {
    const settings = await settingsOf(folder);
    const missing = [
      ...(settings.environment === undefined ? ['environment'] : []),
      ...(settings.connectorId === undefined ? ['connectorId'] : []),
    ];
    if (missing.length > 0) {
      throw new UsageError(`${shown} can't be compared: its settings don't name ${missing.join(' and ')}.`, {
        hint: `Add ${missing.map((key) => `"${key}"`).join(' and ')} to its settings.json, or compare with a folder: --against <folder>.`,
      });
    }
    const here = inFolder(context, folder ?? '.');
    const remote: Remote = await connect(settings, here);
    const { state } = await fetchState(remote, await chooseTarget(settings, remote, here));
    const { apiDefinition, apiProperties } = await asInFiles(state, source);
    return {
      definition: apiDefinition && { name: apiDefinition.name, bytes: apiDefinition.bytes, json: apiDefinition.json },
      properties: { name: apiProperties.name, bytes: apiProperties.bytes, json: apiProperties.json },
    };
  };
}

/** What an environment has, with the values of the files where there are values for it. */
async function asInFiles(
  state: Connector,
  { definition, properties, environments }: ConnectorSource,
): Promise<Connector> {
  if (!environments?.bytes || !definition?.bytes || !properties?.bytes) return state;
  const local = {
    ...state,
    apiDefinition: partContent('apiDefinition', definition.name, definition.bytes),
    apiProperties: partContent('apiProperties', properties.name, properties.bytes),
  };
  const values = [...valuesByEnvironment(readJson(environments.bytes).value).values()].flat();
  return withValues(
    state,
    valuesAt(
      local,
      values.map(({ pointer }) => pointer),
    ),
  );
}

function publishedInFolder(
  against: string,
  { found, missing }: { readonly found: readonly FoundConnector[]; readonly missing: string[] },
  { workingDirectory }: Context,
): FindPublished {
  let finding: ReturnType<typeof findFolders> | undefined;
  const nameOf = (folder: string): string => basename(resolve(workingDirectory, folder));
  const folderName = ({ folder, shown }: FoundConnector): string => nameOf(folder ?? dirname(shown));
  return async (connector) => {
    const folders = (await (finding ??= findFolders(against, workingDirectory)))?.connectors;
    if (!folders) throw await noFolder(against, workingDirectory);
    const name = folderName(connector);
    const published = new Map(folders.map((one) => [nameOf(one.folder), one]));
    const [only] = folders;
    const match = found.length === 1 && folders.length === 1 ? only : published.get(name);
    if (!match) {
      // Of several one can be new. Where none is there, it's the wrong folder.
      if (!found.some((one) => published.has(folderName(one)))) throw noneToCompare(against, found.map(folderName));
      missing.push(join(against, name));
      return undefined;
    }
    requireClear(match, {});
    const { definition, properties } = await readConnectorFolder(match, workingDirectory);
    if (definition) await requireOwnDefinition(definition);
    return { definition: readable(definition), properties: readable(properties) } satisfies PublishedFiles;
  };
}

function notCompared(missing: readonly string[], count: number): FileError {
  const isOne = missing.length === 1;
  const shown = missing.toSorted().join(', ');
  return new FileError(
    `${missing.length} of ${count} connectors ${isOne ? "isn't" : "aren't"} compared: ${shown} ${isOne ? "doesn't" : "don't"} exist.`,
    { hint: 'Check new connectors without --against.' },
  );
}

function noneToCompare(against: string, names: readonly string[]): FileError {
  const [name = ''] = names;
  const words = names.length === 1 ? `the connector ${name}` : `any of the ${names.length} connectors`;
  return new FileError(`${against} doesn't contain ${words}.`, {
    hint: '--against <folder> must have a folder with the same name for each connector. A single connector can be anywhere in it.',
  });
}

/** Raises {@link FileError} for what is no JSON: nothing could be compared with it. */
function readable(file: NamedFile | undefined): ReadableFile | undefined {
  if (!file?.bytes) return undefined;
  const json = readJson(file.bytes);
  if (json.json === undefined) throw new FileError(`${file.name} isn't JSON: the connector can't be compared with it.`);
  return { name: file.name, bytes: file.bytes, json };
}
