import { join } from 'node:path';
import type { Target } from '../api/connector-api.ts';
import type { ConnectorState } from '../connector/connector-state.ts';
import { backupFileNames, type Backup } from '../history/backups.ts';
import { commandWord } from '../io/terminal/command-word.ts';

/** The command line that makes a connector of a backup; undefined where it has no API definition, without which none can be made. */
export function recreateCommand({ directory }: Backup, target: Target, state: ConnectorState): string | undefined {
  if (!state.apiDefinition) return undefined;
  const options = [
    ['--api-def', 'apiDefinition'],
    ['--api-prop', 'apiProperties'],
    ['--icon', 'icon'],
    ['--script', 'script'],
  ] as const;
  const present = options.filter(([, part]) => state[part] !== undefined);
  const files = present.map(([option, part]) => `${option} ${commandWord(join(directory, backupFileNames[part]))}`);
  return ['paconn create --env', commandWord(target.environment), ...files].join(' ');
}
