import { createHash } from 'node:crypto';
import { join } from 'node:path';
import * as z from 'zod';
import { DamagedFileError, FileError } from '../errors.ts';
import { readOwnJson, writePrivateFile } from '../io/fs/files.ts';
import type { BaseTarget } from './base.ts';

/*
 * When a connector was last created, changed, or found as it is to be from this computer, as the service says: what changed it later
 * was someone else. It counts where there is no base beside files.
 */

const fileSchema = z.object({ version: z.literal(1), changedTime: z.string() });

/** Remembers the time of a connector's last change as known on this computer. Where that can't be written, others' changes aren't seen. */
export async function rememberOwnChange(
  target: BaseTarget,
  changedTime: string | undefined,
  configDirectory: string,
): Promise<void> {
  if (changedTime === undefined) return;
  const content = { version: 1, changedTime } satisfies z.infer<typeof fileSchema>;
  try {
    await writePrivateFile(pathOf(target, configDirectory), `${JSON.stringify(content, undefined, 2)}\n`);
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
  }
}

/** The time of the last change that was made from this computer, if known. Raises `FileError`. */
export async function lastOwnChange(target: BaseTarget, configDirectory: string): Promise<string | undefined> {
  try {
    return (await readOwnJson(pathOf(target, configDirectory), fileSchema))?.changedTime;
  } catch (error) {
    if (error instanceof DamagedFileError) return undefined;
    throw error;
  }
}

function pathOf({ environment, connectorId }: BaseTarget, configDirectory: string): string {
  const key = JSON.stringify([environment, connectorId]);
  return join(configDirectory, 'changed', `${createHash('sha256').update(key).digest('hex').slice(0, 32)}.json`);
}
