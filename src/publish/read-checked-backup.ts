import { isOfOwnKind, kindWords } from '../check/own-kind.ts';
import type { Connector } from '../connector/connector.ts';
import { connectorParts } from '../connector/part.ts';
import { FileError } from '../errors.ts';
import { type Backup, readBackup } from '../history/backups.ts';

const otherBackups = 'List other backups with:\n  paconn restore --list';

/**
 * The content of a backup that is to be sent. Of one that an earlier version made, whose hashes aren't known, each part must be of
 * its kind. Raises `FileError`, which says that nothing was done.
 */
export async function readCheckedBackup(backup: Backup, purpose: 'restored' | 'created'): Promise<Connector> {
  try {
    const connector = await readBackup(backup);
    if (!backup.hashes) requirePartKinds(connector);
    return connector;
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    const hint = error.hint ?? otherBackups;
    throw new FileError(`${error.message} Nothing was ${purpose}.`, { hint, cause: error });
  }
}

function requirePartKinds(connector: Connector): void {
  for (const part of connectorParts) {
    const { [part]: content } = connector;
    if (content && !isOfOwnKind(content)) throw new FileError(`${content.name} isn't ${kindWords[part]}.`);
  }
}
