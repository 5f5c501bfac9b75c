import { sameConnector, type GivenConnector } from '../environment/same-connector.ts';
import type { Connector } from '../connector/connector.ts';
import type { Backup } from '../history/backups.ts';
import { settingsFileName } from '../settings/settings-file.ts';

/**
 * The command that creates a deleted connector again, where its ID is kept; undefined for a backup without an API definition, which
 * it needs.
 *
 * @param given What named the connector; its settings don't count where options name another one, or its environment.
 */
export function recreateCommand(
  { name }: Backup,
  state: Connector,
  { settingsFile, folder, flags = {} }: GivenConnector,
): string | undefined {
  if (!state.apiDefinition) return undefined;
  const isOwn = flags.connectorId === undefined && flags.environment === undefined;
  // The one of the current folder is found.
  const named = settingsFile === settingsFileName ? undefined : settingsFile;
  return `paconn create${isOwn ? sameConnector({ settingsFile: named, folder }) : ''} --from-backup ${name}`;
}
