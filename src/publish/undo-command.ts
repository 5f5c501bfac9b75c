import { resolve } from 'node:path';
import type { Context } from '../context.ts';
import { knownEnvironment } from '../environment/environment-name.ts';
import { sameConnector } from '../environment/same-connector.ts';
import { FileError, UsageError } from '../errors.ts';
import type { Backup } from '../history/backups.ts';
import { isFile } from '../io/fs/files.ts';
import { type GivenFlags, givenSettings, settingsFileName } from '../settings/settings-file.ts';

/** The command that puts a backup back, for where the user is: with the connector where the settings in the folder name another one. */
export async function undoCommand({ name, target }: Backup, context: Context): Promise<string> {
  const folder = context.folder === '.' ? undefined : context.folder;
  const { environment, connectorId } = await namedInFolder(context);
  const known = await knownEnvironment(target.environment, context);
  const isSame = isNamed(connectorId, [target.connectorId]) && isNamed(environment, [known.id, known.name]);
  const same =
    connectorId === undefined || isSame
      ? { settingsFile: undefined, folder: folder ?? '' }
      : { settingsFile: undefined, folder: '', flags: { connectorId: target.connectorId } };
  return `paconn restore ${name}${sameConnector(same)}`;
}

/** What the settings of the folder name; nothing where they can't be read, since what is reported has been done. */
async function namedInFolder(context: Context): Promise<Pick<GivenFlags, 'environment' | 'connectorId'>> {
  if (!(await isFile(resolve(context.workingDirectory, settingsFileName)))) return {};
  try {
    return await givenSettings({ settingsFile: settingsFileName }, context, { unknownKeys: 'leave' });
  } catch (error) {
    if (error instanceof FileError || error instanceof UsageError) return {};
    throw error;
  }
}

function isNamed(written: string | undefined, names: readonly (string | null)[]): boolean {
  return written === undefined || names.some((name) => name?.toLowerCase() === written.toLowerCase());
}
