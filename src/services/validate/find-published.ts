import { basename, dirname, join, resolve } from 'node:path';
import type { Remote } from '../../api/remote.ts';
import { fetchState } from '../../api/fetch-connector.ts';
import { inFolder } from '../../bulk/in-each-folder.ts';
import type { FindPublished } from '../../check/check-connectors.ts';
import { readConnectorFolder } from '../../check/connector-folder.ts';
import type { SettingsOf } from '../../check/definition-service.ts';
import type { FoundConnector } from '../../check/found-connector.ts';
import { findFolders, noFolder } from '../../check/find-folders.ts';
import type { Context } from '../../context.ts';
import { chooseTarget } from '../../environment/choose-target.ts';
import { FileError, UsageError } from '../../errors.ts';
import { readJson } from '../../json/reading.ts';
import { connect } from '../../remote/connect.ts';
import { shareNetwork } from '../../remote/share-network.ts';
import type { NamedFile, PublishedFiles, ReadableFile } from '../../validation/engine/connector-source.ts';

export interface Checked {
  readonly found: readonly FoundConnector[];
  readonly settingsOf: SettingsOf;
}

/** The word for the environment that the settings of a connector name. */
const environment = 'environment';

/**
 * Finds what connectors are compared with: the published ones in a folder, or in their environments. Of several each has the
 * name of its folder there; one that is not there has not been published yet.
 */
export function findPublished(against: string, { found, settingsOf }: Checked, context: Context): FindPublished {
  return against === environment
    ? publishedInEnvironment(settingsOf, shareNetwork(context))
    : publishedInFolder(against, found.length === 1, context);
}

function publishedInEnvironment(settingsOf: SettingsOf, context: Context): FindPublished {
  return async ({ folder, shown }) => {
    const settings = await settingsOf(folder);
    if (settings.environment === undefined || settings.connectorId === undefined) {
      throw new UsageError(`The environment and the connector of ${shown} aren't specified.`, {
        hint: 'Name both in its settings.json, or compare with a folder: --against FOLDER.',
      });
    }
    const here = inFolder(context, folder ?? '.');
    const remote: Remote = await connect(settings, here);
    const { state } = await fetchState(remote, await chooseTarget(settings, remote, here));
    const { apiDefinition, apiProperties } = state;
    return {
      definition: apiDefinition && { name: apiDefinition.name, bytes: apiDefinition.bytes, json: apiDefinition.json },
      properties: { name: apiProperties.name, bytes: apiProperties.bytes, json: apiProperties.json },
    };
  };
}

function publishedInFolder(against: string, isOne: boolean, { workingDirectory, terminal }: Context): FindPublished {
  let finding: ReturnType<typeof findFolders> | undefined;
  return async ({ folder, shown }) => {
    const folders = (await (finding ??= findFolders(against, workingDirectory)))?.connectors;
    if (!folders) throw await noFolder(against, workingDirectory);
    const name = basename(resolve(workingDirectory, folder ?? dirname(shown)));
    const [only] = folders;
    const match =
      isOne && folders.length === 1
        ? only
        : folders.find((one) => basename(resolve(workingDirectory, one.folder)) === name);
    if (!match) {
      terminal.note(`${shown} isn't compared: ${join(against, name)} doesn't exist.`);
      return undefined;
    }
    const { definition, properties } = await readConnectorFolder(match, workingDirectory);
    return { definition: readable(definition), properties: readable(properties) } satisfies PublishedFiles;
  };
}

/** Raises {@link FileError} for what is no JSON: nothing could be compared with it. */
function readable(file: NamedFile | undefined): ReadableFile | undefined {
  if (!file?.bytes) return undefined;
  const json = readJson(file.bytes);
  if (json.json === undefined) throw new FileError(`${file.name} isn't JSON: the connector can't be compared with it.`);
  return { name: file.name, bytes: file.bytes, json };
}
