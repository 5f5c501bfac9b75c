import type { Remote, Target } from '../../api/remote.ts';
import type { ConnectorResource } from '../../api/resources.ts';
import type { Context } from '../../context.ts';
import type { ConnectorsByName } from '../../environment/connectors-by-name.ts';
import { environmentWords } from '../../environment/environment-name.ts';
import { findConnector } from '../../environment/find-connector.ts';
import { UsageError } from '../../errors.ts';
import { commandWord } from '../../io/terminal/command-word.ts';
import type { JsonDocument } from '../../json/document.ts';
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
  { connectorId: written, environment, remote, flags, promotion }: Plan,
  context: Context,
): Promise<Deployed | undefined> {
  if (written === undefined) return undefined;
  const target = { environment, connectorId: await findConnector(written, environment, remote, context) };
  try {
    return await read(target, remote, context);
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
  { displayName, environment, remote, solution, isOwn, promotion }: Plan,
  byName: ConnectorsByName,
  context: Context,
): Promise<Deployed | undefined> {
  // A ZIP file has no settings, and those of a folder name no connector of another environment.
  const isNamedBySettings = isOwn && solution?.isFolder !== false;
  const pass = promotion ? '--to-connector' : isNamedBySettings ? undefined : '--connector';
  const connectorId = await byName.find(displayName, environment, remote, context, pass);
  return connectorId === undefined ? undefined : await read({ environment, connectorId }, remote, context);
}

async function read(target: Target, remote: Remote, { terminal }: Context): Promise<Deployed> {
  return { target, resource: await terminal.during('Reading the connector', remote.getConnector(target)) };
}
