import { join } from 'node:path';
import type { Connector } from '../connector/connector.ts';
import { type ConnectorPart, connectorParts, partFacts } from '../connector/part.ts';
import type { NewFile } from '../io/fs/replace-files.ts';
import type { SolutionSettings } from '../solution/solution-settings.ts';
import { settingsFileName } from '../settings/settings-file.ts';

/** A file of a connector. */
export interface RoleFile extends NewFile {
  readonly role: ConnectorPart | 'settings';
}

/**
 * The files of a connector, with settings that name them, so that other commands know what belongs together, and what the
 * solution is that they come from.
 */
export function filesOfConnector(
  connector: Connector,
  directory: string,
  solution: SolutionSettings,
): readonly RoleFile[] {
  const parts = connectorParts.flatMap((part: ConnectorPart) => {
    const bytes = connector[part]?.bytes;
    return bytes ? [{ part, fileName: partFacts[part].fileName, bytes }] : [];
  });
  const named = Object.fromEntries(parts.map(({ part, fileName }) => [part, fileName]));
  const settings = { ...named, ...(Object.keys(solution).length > 0 && { paconn: { solution } }) };
  return [
    ...parts.map(({ part, fileName, bytes }) => ({ role: part, path: join(directory, fileName), content: bytes })),
    {
      role: 'settings',
      path: join(directory, settingsFileName),
      content: `${JSON.stringify(settings, undefined, 2)}\n`,
    },
  ];
}
