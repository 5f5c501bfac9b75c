import { isOfOwnKind, kindWords } from '../check/own-kind.ts';
import type { Connector } from '../connector/connector.ts';
import { connectorParts } from '../connector/part.ts';
import { FileError } from '../errors.ts';
import { type Backup, readBackup } from '../history/backups.ts';

/**
 * The content of a backup that is to be sent. Of one that an earlier version made, whose hashes aren't known, each part must be of
 * its kind. Raises `FileError`.
 */
export async function readCheckedBackup(backup: Backup): Promise<Connector> {
  const connector = await readBackup(backup);
  if (backup.hashes) return connector;
  for (const part of connectorParts) {
    const { [part]: content } = connector;
    if (!content || isOfOwnKind(content)) continue;
    throw new FileError(`${content.name} isn't ${kindWords[part]}. Nothing was restored.`, {
      hint: 'List other backups with:\n  paconn restore --list',
    });
  }
  return connector;
}
