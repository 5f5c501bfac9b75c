import { type ConnectorFolder, inspectFolder, pathInFolder } from '../check/connector-folder.ts';
import { noFolder } from '../check/find-folders.ts';
import { noConnectorIn } from '../check/no-connector.ts';

/** The folder of a connector, which must be there. Raises `FileError`. */
export async function requireConnectorFolder(folder: string, workingDirectory: string): Promise<ConnectorFolder> {
  const inspected = await inspectFolder(folder, workingDirectory);
  if (!inspected) throw await noFolder(folder, workingDirectory);
  if (!inspected.connector) throw await noConnectorIn(folder, workingDirectory);
  return inspected.connector;
}

/** Files of a connector, which no command may replace by something that it makes of them. */
export function filesOfFolder(found: ConnectorFolder): readonly string[] {
  const { names, settings, others } = found;
  const own = Object.values(names).filter((name) => name !== undefined);
  const texts = others.filter((name) => /\.(?:md|json)$/iu.test(name));
  return [...[...own, ...texts].map((name) => pathInFolder(found, name)), ...(settings ? [settings.name] : [])];
}
