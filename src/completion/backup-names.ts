import { join } from 'node:path';
import * as z from 'zod';
import { type Backup, listBackups } from '../history/backups.ts';
import { readOwnJson } from '../io/fs/files.ts';
import { FileError } from '../errors.ts';
import { settingsFileName } from '../settings/settings-file.ts';
import type { Candidate } from './listed-names.ts';

const settingsSchema = z.object({ connectorId: z.string() });

/** The backups of the connector in a folder, newest first; of all connectors where that has none. */
export async function backupNames(configDirectory: string, folder: string): Promise<readonly Candidate[]> {
  try {
    const all = await listBackups(configDirectory);
    const connectorId = await connectorIn(join(folder, settingsFileName));
    const own = all.filter(({ target }) => target.connectorId === connectorId);
    const shown = own.length > 0 ? own : all;
    return shown.map((backup) => ({ text: backup.name, meaning: meaningOf(backup) }));
  } catch (error) {
    // Completion has no place for an error.
    if (error instanceof FileError) return [];
    throw error;
  }
}

async function connectorIn(settingsFile: string): Promise<string | undefined> {
  try {
    return (await readOwnJson(settingsFile, settingsSchema))?.connectorId;
  } catch (error) {
    if (error instanceof FileError) return undefined;
    throw error;
  }
}

function meaningOf({ title, target, before }: Backup): string {
  return `${title ?? target.connectorId}, before ${before}`;
}
