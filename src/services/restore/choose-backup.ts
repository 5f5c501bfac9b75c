import { UsageError } from '../../errors.ts';
import type { Backup } from '../../history/backups.ts';
import type { Question } from '../../io/terminal/question.ts';
import type { Terminal } from '../../io/terminal/terminal.ts';
import type { Settings } from '../../settings/settings.ts';
import { timeWords } from '../../publish/conflict.ts';

/** Stands for what the environment held before the newest change. A download replaces local files, and nothing there. */
const latest = 'latest';

const stateQuestion: Question = {
  message: 'Please select a backup:',
  insteadPass: `the backup ID, or ${latest}. List backups with: paconn restore --list`,
};

/** The states of the connector that the settings name by ID or title; of all connectors where they name none. */
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
 * The state that somebody names by its version, by the beginning of it, or as the latest; else the user is asked. Raises
 * {@link UsageError} when nobody can be, and when it is unclear which one is meant.
 */
export async function chooseBackup(
  version: string | undefined,
  states: readonly Backup[],
  terminal: Terminal,
): Promise<Backup> {
  if (states.length === 0) {
    throw new UsageError('No backups of this connector found.', {
      hint: 'paconn restore --list shows what is kept; states are kept when paconn update replaces them.',
    });
  }
  if (version === undefined) return await ask(states, terminal);
  const [found, ...others] = states.filter(({ name, before }) =>
    version === latest ? before !== 'download' : name.startsWith(version),
  );
  if (!found) {
    throw new UsageError(`No backup '${version}' of this connector found.`, {
      hint: 'paconn restore --list shows what is kept.',
    });
  }
  const isClear = version === latest ? others.every(({ target }) => isSame(target, found.target)) : others.length === 0;
  if (isClear) return found;
  throw new UsageError(`'${version}' can be ${others.length + 1} states.`, {
    hint: 'Pass more of the version, or --connector and --environment. List backups with: paconn restore --list.',
  });
}

async function ask(states: readonly Backup[], terminal: Terminal): Promise<Backup> {
  if (!terminal.interactive) {
    throw new UsageError('Specify the backup to restore.', { hint: `Pass ${stateQuestion.insteadPass}.` });
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

/** What a state is: `Pet Store as Diego Siciliani left it on 2026-11-22 23:27:03 UTC`. */
export function backupWords({ title, target, changedTime, changedBy, before, keptTime }: Backup): string {
  if (before === 'download') return `the local files of ${title ?? target.connectorId} on ${timeWords(keptTime)}`;
  const when = changedTime === undefined ? '' : ` on ${timeWords(changedTime)}`;
  return `${title ?? target.connectorId} as ${changedBy ?? 'someone'} left it${when}`;
}

function isSame(one: Backup['target'], other: Backup['target']): boolean {
  return one.environment === other.environment && one.connectorId === other.connectorId;
}
