import type { Remote, Target } from '../api/remote.ts';
import { readConnectorFile } from '../check/read-connector-file.ts';
import type { SettingsHere } from '../check/settings-here.ts';
import { requireTitle, titleOf } from '../connector/connector.ts';
import type { Context } from '../context.ts';
import { FileError } from '../errors.ts';
import { decodeText } from '../json/decode.ts';
import { nodeAt, parseTree, stringOf } from '../json/tree.ts';
import type { Settings } from '../settings/settings.ts';
import { chooseEnvironment, chooseTarget } from './choose-target.ts';
import { findByTitle, findCounterpart } from './find-counterpart.ts';
import { findEnvironment } from './find-environment.ts';

/**
 * The connector that a command in a folder works on, as {@link chooseTarget}. IDs differ between environments: in another one
 * than that of the settings file it is the one that is called like the API definition, as for `deploy`; a solution has no IDs of
 * environments.
 */
export async function chooseTargetHere(
  { settings, ownEnvironment, solution }: SettingsHere,
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
  const title = solution ? titleOf(solution.connector) : await titleHere(settings, context);
  if (title !== undefined) return await findByTitle(title, environment, remote, context);
  const target = await chooseTarget({ ...settings, environment: own }, remote, context);
  return await findCounterpart(target, environment, remote, context, '--connector');
}

/** The title in the API definition, if there is one that can be read. */
async function titleHere({ apiDefinition }: Settings, { workingDirectory }: Context): Promise<string | undefined> {
  if (apiDefinition === undefined) return undefined;
  try {
    const { bytes } = await readConnectorFile(apiDefinition, workingDirectory);
    const title = nodeAt(parseTree(decodeText(bytes, apiDefinition)), 'info', 'title');
    return stringOf(title) || undefined;
  } catch (error) {
    // Who sends or compares the file says what is wrong with it.
    if (error instanceof FileError) return undefined;
    throw error;
  }
}
