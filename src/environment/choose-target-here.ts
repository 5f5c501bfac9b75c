import type { Remote, Target } from '../api/remote.ts';
import { ownFolder } from '../check/read-connector.ts';
import { readFileOf } from '../check/read-connector-file.ts';
import type { SettingsHere } from '../check/settings-here.ts';
import { type Connector, requireTitle, titleOf } from '../connector/connector.ts';
import { DefinitionContent, PropertiesContent } from '../connector/part-content.ts';
import type { Context } from '../context.ts';
import { FileError } from '../errors.ts';
import { withValues } from '../values/place-values.ts';
import { chooseEnvironment, chooseTarget } from './choose-target.ts';
import { findByTitle, findCounterpart } from './find-counterpart.ts';
import { findEnvironment } from './find-environment.ts';
import { listedBy, valuesFor } from './values-for.ts';

/**
 * The connector that a command in a folder works on, as {@link chooseTarget}. IDs differ between environments: in another one
 * than that of the settings file it is the one that is called like the API definition, as for `deploy`; a solution has no IDs of
 * environments.
 */
export async function chooseTargetHere(
  { settings, settingsFile, ownEnvironment, solution }: SettingsHere,
  remote: Remote,
  context: Context,
): Promise<Target> {
  if (solution && settings.connectorId === undefined) {
    const there = await chooseEnvironment(settings, remote, context);
    return await findByTitle(requireTitle(solution.connector), there, remote, context);
  }
  if (ownEnvironment === undefined) return await chooseTarget(settings, remote, context);
  const environment = await chooseEnvironment(settings, remote, context);
  const own = await findEnvironment(ownEnvironment, remote, context);
  if (own.toLowerCase() === environment.toLowerCase()) return await chooseTarget(settings, remote, context);
  const title = solution
    ? titleOf(solution.connector)
    : await titleThere({ settings, settingsFile }, environment, remote, context);
  if (title !== undefined) return await findByTitle(title, environment, remote, context);
  const target = await chooseTarget({ ...settings, environment: own }, remote, context);
  return await findCounterpart(target, environment, remote, context, '--connector');
}

/** The title that the API definition has in an environment; undefined where there is none that can be read. */
export async function titleThere(
  { settings, settingsFile }: Pick<SettingsHere, 'settings' | 'settingsFile'>,
  environment: string,
  remote: Remote,
  context: Context,
): Promise<string | undefined> {
  if (settings.apiDefinition === undefined) return undefined;
  const connector = await definitionHere(settings.apiDefinition, ownFolder(settings), context);
  if (!connector) return undefined;
  const request = { settings, settingsFile, set: [], connector, environment, use: 'see through' } as const;
  const { values } = await valuesFor(request, listedBy(remote, context), context);
  return titleOf(withValues(connector, values)) || undefined;
}

/** The title in an API definition; undefined for a file that isn't one, or can't be read. */
export async function titleIfReadable(path: string, context: Context): Promise<string | undefined> {
  const connector = await definitionHere(path, undefined, context);
  return (connector && titleOf(connector)) || undefined;
}

/** The API definition as a connector without anything else. */
async function definitionHere(
  path: string,
  folder: string | undefined,
  { workingDirectory }: Context,
): Promise<Connector | undefined> {
  try {
    const { bytes } = await readFileOf('definition', path, { workingDirectory, folder });
    const apiDefinition = new DefinitionContent(path, bytes);
    const apiProperties = new PropertiesContent('', Buffer.from('{}'));
    const connector = { displayName: undefined, apiDefinition, apiProperties, icon: undefined, script: undefined };
    return titleOf(connector) === undefined || !apiDefinition.document ? undefined : connector;
  } catch (error) {
    // Code that uploads or compares the file reports its problems.
    if (error instanceof FileError) return undefined;
    throw error;
  }
}
