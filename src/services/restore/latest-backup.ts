import type { Remote } from '../../api/remote.ts';
import { type Connector, titleOf } from '../../connector/connector.ts';
import type { Context } from '../../context.ts';
import { environmentName } from '../../environment/environment-name.ts';
import { type Backup } from '../../history/backups.ts';
import { readBase } from '../../history/base.ts';
import { knownReferences } from '../../history/known-references.ts';
import type { ConnectorRead } from '../../publish/examine-update.ts';
import { readCheckedBackup } from '../../publish/read-checked-backup.ts';
import { leftOutOf } from '../../publish/left-out.ts';
import { type KnownPlace, readResource, readParts } from '../../publish/read-remote.ts';
import { plannedChanges } from '../../publish/planned-changes.ts';

export interface LatestBackup {
  readonly backup: Backup;
  readonly state: Connector;
  /** The connector as it is now, where it could be read. */
  readonly read: ConnectorRead | undefined;
}

/**
 * The newest backup that differs from what the environment has now: an update or a deletion that failed leaves one that
 * doesn't. Of a connector that is gone, and if none differs, which is said, the newest.
 *
 * @param newestFirst Backups of one connector.
 * @param directory Where its base is.
 */
export async function latestBackup(
  newestFirst: readonly [Backup, ...Backup[]],
  directory: string | undefined,
  remote: Remote,
  context: Context,
): Promise<LatestBackup> {
  const [newest] = newestFirst;
  const { target } = newest;
  const read = await context.terminal.during('Reading the connector', readNow({ target, directory }, remote, context));
  // Without all of it no comparison is possible.
  const isComparable = read?.fetched.missing.every(({ part }) => part === 'icon');
  if (!read || !isComparable) return { backup: newest, state: await readCheckedBackup(newest, 'restored'), read };
  const base = directory === undefined ? undefined : (await readBase(directory, target)).base;
  for (const backup of newestFirst) {
    const state = await readCheckedBackup(backup, 'restored');
    const references = await knownReferences({ files: state, current: read.fetched.current.state, base, directory });
    if (differs(state, references, read)) return { backup, state, read };
  }
  const name = titleOf(read.fetched.current.state) ?? target.connectorId;
  const place = await environmentName(target.environment, remote, context);
  context.terminal.note(`Note: No backup of ${name} differs from its current version in ${place}, so nothing changes.`);
  return { backup: newest, state: await readCheckedBackup(newest, 'restored'), read };
}

async function readNow(place: KnownPlace, remote: Remote, context: Context): Promise<ConnectorRead | undefined> {
  try {
    const readAt = Date.now();
    const connector = await readResource(place, remote, context);
    return { readAt, connector, fetched: await readParts(connector, place, remote, context) };
  } catch (error) {
    if (await remote.isGone(error, place.target)) return undefined;
    throw error;
  }
}

function differs(state: Connector, references: Connector, { connector, fetched }: ConnectorRead): boolean {
  const requested = { connector: state, displayName: state.displayName, emptiesLeftOut: true };
  const leftOut = leftOutOf(requested, connector);
  const planned = { before: fetched.current, base: undefined, references, leftOut };
  return plannedChanges(requested, planned).changes.length > 0;
}
