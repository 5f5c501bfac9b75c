import { UsageError } from '../../errors.ts';
import type { Backup } from '../../history/backups.ts';
import type { Question } from '../../io/terminal/question.ts';
import type { Terminal } from '../../io/terminal/terminal.ts';
import type { Settings } from '../../settings/settings.ts';
import { timeWords } from '../../publish/conflict.ts';

/** Stands for what the environment held before the last change that took effect. */
export const latest = 'latest';

const stateQuestion: Question = {
  message: 'Please select a backup:',
  insteadPass: `the backup ID, or ${latest}`,
};

/** The backups of the connector that the settings name by ID or title, or of all connectors if they name none. */
export function backupsOf(
  { environment, connectorId }: Pick<Settings, 'environment' | 'connectorId'>,
  states: readonly Backup[],
): readonly Backup[] {
  return states.filter(
    ({ target, title }) =>
      isMeant(environment, [target.environment]) && isMeant(connectorId, [target.connectorId, title]),
  );
}

function isMeant(written: string | undefined, names: readonly (string | undefined)[]): boolean {
  return written === undefined || names.some((name) => name?.toLowerCase() === written.toLowerCase());
}

/**
 * The backup with this ID, or the start of it; without it, the user chooses. For the latest, all that it can be: those of one
 * connector, newest first. Raises {@link UsageError} without a terminal to choose at, and if several backups match.
 */
export async function chooseBackups(
  version: string | undefined,
  states: readonly Backup[],
  terminal: Terminal,
): Promise<readonly [Backup, ...Backup[]]> {
  if (states.length === 0) {
    throw new UsageError('No backups of this connector found.', {
      hint: 'paconn saves a backup before it updates, restores, or deletes a connector.',
    });
  }
  if (version === undefined) return [await ask(states, terminal)];
  const [found, ...others] = states.filter(({ name, before }) =>
    // A download replaces local files, and nothing in the environment.
    version === latest ? before !== 'download' : name.startsWith(version),
  );
  if (!found) {
    throw new UsageError(`No backup '${version}' of this connector found.`, {
      hint: 'List backups with:\n  paconn restore --list',
    });
  }
  const isClear = version === latest ? others.every(({ target }) => isSame(target, found.target)) : others.length === 0;
  if (isClear) return [found, ...others];
  throw new UsageError(`'${version}' matches ${others.length + 1} backups.`, {
    hint: `Pass ${version === latest ? 'the' : 'more of the'} backup ID, or --connector and --environment. List backups with:\n  paconn restore --list`,
  });
}

async function ask(states: readonly Backup[], terminal: Terminal): Promise<Backup> {
  if (!terminal.interactive) {
    throw new UsageError('Specify the backup to restore.', {
      hint: `Pass ${stateQuestion.insteadPass}. List backups with:\n  paconn restore --list`,
    });
  }
  const choices = states.map((state) => ({
    label: `${state.name}  ${backupWords(state)}`,
    value: state,
    name: `${state.name}  ${state.title ?? state.target.connectorId}`,
    detail: [`before ${state.before}`, state.changedBy].filter(Boolean).join(' · '),
  }));
  const { label, value } = await terminal.choose(stateQuestion, choices);
  terminal.say(`Backup selected: ${label}`);
  return value;
}

/** `Pet Store, last changed by Diego Siciliani on Nov 22, 2026, 23:27 UTC` */
export function backupWords({ title, target, changedTime, changedBy, before, keptTime }: Backup): string {
  if (before === 'download') return `the local files of ${title ?? target.connectorId} on ${timeWords(keptTime)}`;
  const when = changedTime === undefined ? '' : ` on ${timeWords(changedTime)}`;
  const who = changedBy === undefined ? '' : ` by ${changedBy}`;
  return `${title ?? target.connectorId}, last changed${who}${when}`;
}

function isSame(one: Backup['target'], other: Backup['target']): boolean {
  return one.environment === other.environment && one.connectorId === other.connectorId;
}
