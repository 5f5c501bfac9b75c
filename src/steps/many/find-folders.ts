import { join } from 'node:path';
import { FileError } from '../../errors.ts';
import { usualNames } from '../../validation/engine/file-roles.ts';
import { mapBounded } from './bounded.ts';
import { type ConnectorFolder, type InspectedFolder, inspectFolder } from '../checking/connector-folder.ts';

/** How many folders are read side by side. */
const sideBySide = 16;

/**
 * The connector that a folder is, or those in folders below it; undefined when it is no folder. Raises {@link FileError},
 * also for a folder in which there is none.
 */
export async function findFolders(
  folder: string,
  workingDirectory: string,
): Promise<readonly ConnectorFolder[] | undefined> {
  const found = await foldersBelow(folder, workingDirectory);
  if (found?.length !== 0) return found;
  throw new FileError(`${folder} holds no connector.`, {
    hint: `A connector is a folder with ${usualNames.definition} and ${usualNames.properties}.`,
  });
}

/** The same, where there need be none. */
export async function foldersBelow(
  folder: string,
  workingDirectory: string,
): Promise<readonly ConnectorFolder[] | undefined> {
  const first = await inspectFolder(folder, workingDirectory);
  if (!first) return undefined;
  const found: ConnectorFolder[] = [];
  let level = [{ path: folder, inspected: first }];
  while (level.length > 0) {
    found.push(...level.flatMap(({ inspected: { connector } }) => connector ?? []));
    const below = level.flatMap(({ path, inspected }) => directoriesIn(path, inspected));
    const inspectedBelow = await mapBounded(below, sideBySide, async (path) => {
      const inspected = await inspectFolder(path, workingDirectory);
      return inspected ? [{ path, inspected }] : [];
    });
    level = inspectedBelow.flat();
  }
  return found;
}

/** There is no connector in a connector. */
function directoriesIn(path: string, { connector, directories }: InspectedFolder): readonly string[] {
  if (connector) return [];
  return directories.filter((name) => !name.startsWith('.') && name !== 'node_modules').map((name) => join(path, name));
}
