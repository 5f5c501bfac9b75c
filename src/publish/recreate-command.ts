import type { Connector } from '../connector/connector.ts';
import type { Backup } from '../history/backups.ts';

/** The command that creates a deleted connector again; undefined for a backup without an API definition, which it needs. */
export function recreateCommand({ name }: Backup, state: Connector): string | undefined {
  return state.apiDefinition ? `paconn create --from-backup ${name}` : undefined;
}
