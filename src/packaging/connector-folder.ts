import {
  type ConnectorFolder,
  connectorInFolder,
  filesOf,
  inspectFolder,
  noteUnnamed,
  pathInFolder,
  requireClear,
} from '../check/connector-folder.ts';
import { noFolder } from '../check/find-folders.ts';
import { noConnectorIn } from '../check/no-connector.ts';
import { requireOwnDefinition } from '../check/own-definition.ts';
import { readNamedFile } from '../check/read-connector-file.ts';
import type { Connector } from '../connector/connector.ts';
import type { Context } from '../context.ts';

/** The folder of a connector, which must be there. Raises `FileError`, also for another document than an API definition in it. */
export async function requireConnectorFolder(folder: string, workingDirectory: string): Promise<ConnectorFolder> {
  const inspected = await inspectFolder(folder, workingDirectory);
  if (!inspected) throw await noFolder(folder, workingDirectory);
  const { connector } = inspected;
  if (!connector) throw await noConnectorIn(folder, workingDirectory);
  requireClear(connector, {});
  const { definition } = connector.names;
  // What is missing is said by whoever reads it.
  if (definition !== undefined) {
    await requireOwnDefinition(
      await readNamedFile('definition', pathInFolder(connector, definition), {
        workingDirectory,
        folder: connector.folder,
      }),
    );
  }
  return connector;
}

/** The connector in a folder. What its settings leave out is noted. Raises `FileError`. */
export async function connectorFrom(
  found: ConnectorFolder,
  { workingDirectory, terminal }: Pick<Context, 'workingDirectory' | 'terminal'>,
): Promise<Connector> {
  noteUnnamed(found, {}, terminal);
  return await connectorInFolder(found, workingDirectory);
}

/** Files of a connector, which no command may replace by something that it makes of them. */
export function filesOfFolder(found: ConnectorFolder): readonly string[] {
  const texts = found.others.filter((name) => /\.(?:md|json)$/iu.test(name));
  return [...filesOf(found), ...texts.map((name) => pathInFolder(found, name))];
}
