import type { Target } from '../api/remote.ts';
import type { RemoteState } from '../connector/connector.ts';
import type { Context } from '../context.ts';
import { FileError } from '../errors.ts';
import { type BackupReason, saveBackup, type Backup, rememberReplacement } from '../history/backups.ts';

/**
 * Keeps what an environment holds before something replaces it, for `paconn restore`. That it cannot be kept is said, and no
 * reason to stop: a pipeline may have no place for it.
 */
export async function backUp(
  before: BackupReason,
  target: Target,
  current: RemoteState | undefined,
  { configDirectory, terminal }: Pick<Context, 'configDirectory' | 'terminal'>,
): Promise<Backup | undefined> {
  const note = (why: string): void =>
    terminal.note(`The state before could not be kept, so paconn restore will not have it. ${why}`);
  if (!current) {
    note('Not all of it could be downloaded.');
    return undefined;
  }
  const { missingIcon } = current.state;
  if (missingIcon !== undefined) terminal.note(`${missingIcon} The backup doesn't include the icon.`);
  try {
    return await saveBackup({ configDirectory, target, current, before });
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    note(error.message);
    return undefined;
  }
}

/** Remembers what has replaced a state. Where that cannot be written, a restore has one thing less to check by. */
export async function rememberReplacedBy(backup: Backup | undefined, current: RemoteState | undefined): Promise<void> {
  if (!backup || current?.changedTime === undefined) return;
  try {
    await rememberReplacement(backup, current.changedTime);
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
  }
}
