import type { Remote, Target } from '../../api/remote.ts';
import type { ConnectorResource } from '../../api/resources.ts';
import type { Context } from '../../context.ts';
import type { ConnectorsByName } from '../../environment/connectors-by-name.ts';
import { environmentWords } from '../../environment/environment-name.ts';
import { findConnector } from '../../environment/find-connector.ts';
import { UsageError } from '../../errors.ts';
import { commandWord } from '../../io/terminal/command-word.ts';
import type { JsonDocument } from '../../json/document.ts';
import { type KnownPlace, readResource } from '../../publish/read-remote.ts';
import type { Plan } from './plan.ts';

/** A connector that is in its environment. */
export interface Deployed {
  readonly target: Target;
  readonly resource: JsonDocument<ConnectorResource>;
}

/**
 * The connector that is named by its ID; undefined when none is, or that of the settings is gone. Raises {@link UsageError} for one
 * that an option names, and that isn't there.
 */
export async function deployedById(
  { connectorId: written, environment, remote, directory, flags, promotion, force, withoutBackup }: Plan,
  context: Context,
): Promise<Deployed | undefined> {
  if (written === undefined) return undefined;
  const target = { environment, connectorId: await findConnector(written, environment, remote, context) };
  try {
    return await read({ target, directory: force && withoutBackup ? undefined : directory }, remote, context);
  } catch (error) {
    if (!(await remote.isGone(error, target))) throw error;
    const place = await environmentWords(environment, context);
    if (flags.connectorId !== undefined || promotion) {
      throw new UsageError(`The connector ${target.connectorId} isn't in ${place}.`, {
        hint: `List its connectors with:\n  paconn list --environment ${commandWord(environment)}`,
        cause: error,
      });
    }
    context.terminal.note(`Note: The connector ${target.connectorId} is no longer in ${place}.`);
    return undefined;
  }
}

/** The connector that has the name of the plan's; undefined if there's none. Raises {@link UsageError} for several. */
export async function deployedByName(
  { displayName, environment, remote, directory, solution, isOwn, promotion }: Plan,
  byName: ConnectorsByName,
  context: Context,
): Promise<Deployed | undefined> {
  // A ZIP file has no settings, and those of a folder name no connector of another environment.
  const isNamedBySettings = isOwn && solution?.isFolder !== false;
  const pass = promotion ? '--to-connector' : isNamedBySettings ? undefined : '--connector';
  const connectorId = await byName.find(displayName, environment, remote, context, pass);
  return connectorId === undefined
    ? undefined
    : await read({ target: { environment, connectorId }, directory }, remote, context);
}

async function read(place: KnownPlace, remote: Remote, context: Context): Promise<Deployed> {
  const reading = readResource(place, remote, context);
  return { target: place.target, resource: await context.terminal.during('Reading the connector', reading) };
}
