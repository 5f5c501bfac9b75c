import { join } from 'node:path';
import type { Target } from '../api/remote.ts';
import type { Connector } from '../connector/connector.ts';
import { connectorParts, partFacts } from '../connector/part.ts';
import type { Backup } from '../history/backups.ts';
import { commandWord } from '../io/terminal/command-word.ts';

/** The command line that makes a connector of a backup; undefined where it has no API definition, without which none can be made. */
export function recreateCommand({ directory }: Backup, target: Target, state: Connector): string | undefined {
  if (!state.apiDefinition) return undefined;
  const present = connectorParts.filter((part) => state[part] !== undefined).map((part) => partFacts[part]);
  const files = present.map(({ option, fileName }) => `${option} ${commandWord(join(directory, fileName))}`);
  return ['paconn create --environment', commandWord(target.environment), ...files].join(' ');
}
