import type { Context } from '../../context.ts';
import { knownEnvironment } from '../../environment/environment-name.ts';
import { type ErrorOptions, UsageError } from '../../errors.ts';
import type { Backup } from '../../history/backups.ts';
import type { Question } from '../../io/terminal/question.ts';
import type { Terminal } from '../../io/terminal/terminal.ts';
import type { MeantBackups } from './meant-backups.ts';
import { timeWords } from '../../publish/conflict.ts';

/** Stands for what the environment held before the last change that took effect. */
export const latest = 'latest';

/** More connectors are counted. */
const mostListed = 20;

const stateQuestion: Question = {
  message: 'Please select a backup:',
  insteadPass: `the backup ID, or ${latest}`,
};

export interface BackupChoice {
  /** The ID of a backup, its beginning, or `latest`; undefined for a choice. */
  readonly version: string | undefined;
  /** As the user typed it; undefined for the current folder. */
  readonly folder: string | undefined;
  /** What follows a command about the same connector. */
  readonly same: string;
  /** Whether a person can choose among the backups of all connectors. */
  readonly mayChoose: boolean;
}

/**
 * The backup with this ID, or the start of it; without it, the user chooses. For the latest, all that it can be: those of one
 * connector, newest first. Raises {@link UsageError} without a terminal to choose at, and if it isn't known which connector is meant
 * or several backups match.
 */
export async function chooseBackups(
  { states, isKnown, others }: MeantBackups,
  { version, folder, same, mayChoose }: BackupChoice,
  context: Pick<Context, 'terminal' | 'configDirectory'>,
): Promise<readonly [Backup, ...Backup[]]> {
  const { terminal } = context;
  if (states.length === 0) {
    throw new UsageError('No backups of this connector found.', {
      ...(others.length === 0
        ? { hint: 'paconn saves a backup before it updates, restores, or deletes a connector.' }
        : await otherConnectors(others, context)),
    });
  }
  const list = `List backups with:\n  paconn restore --list${same}`;
  if (version === undefined) return [await ask(states, list, terminal)];
  const [found, ...rest] = states.filter(({ name, before }) =>
    // A download replaces local files, and nothing in the environment.
    version === latest ? before !== 'download' : name.startsWith(version),
  );
  if (!isKnown) {
    if (found && mayChoose) return [await ask([found, ...rest], list, terminal)];
    throw new UsageError(
      `${folder ?? 'The current folder'} doesn't name a connector.`,
      await otherConnectors(others, context),
    );
  }
  if (!found) {
    const [newest] = version === latest ? states : [];
    if (newest === undefined) throw new UsageError(`No backup '${version}' of this connector found.`, { hint: list });
    throw new UsageError('The backups of this connector have only local files that a download or pull replaced.', {
      hint: `The newest files are in ${newest.directory}. To upload them to the environment, pass the backup ID ${newest.name}. ${list}`,
    });
  }
  const isClear = version === latest ? rest.every(({ target }) => isSame(target, found.target)) : rest.length === 0;
  if (isClear) return [found, ...rest];
  throw new UsageError(`'${version}' matches ${rest.length + 1} backups.`, {
    hint: `Pass ${version === latest ? 'the' : 'more of the'} backup ID, or --connector and --environment. ${list}`,
  });
}

/** The connectors that have backups, and how to name one. */
async function otherConnectors(
  backups: readonly Backup[],
  context: Pick<Context, 'configDirectory'>,
): Promise<ErrorOptions> {
  const newest = new Map(backups.toReversed().map((backup) => [Object.values(backup.target).join(' '), backup]));
  const named = [...newest.values()];
  const rows = await Promise.all(
    named.slice(0, mostListed).map(async ({ target, title = '' }) => {
      const { id, name } = await knownEnvironment(target.environment, context);
      return [target.connectorId, title, name ?? id];
    }),
  );
  const widths = [0, 1].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const lines = rows.map((row) => `  ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ')}`);
  const more = named.length > mostListed ? [`  and ${named.length - mostListed} more`] : [];
  return {
    detail: ['Connectors with backups:', ...lines, ...more].join('\n'),
    hint: 'Pass --connector <connector>, or the whole backup ID. List backups with:\n  paconn restore --list --connector <connector>',
  };
}

async function ask(states: readonly Backup[], list: string, terminal: Terminal): Promise<Backup> {
  if (!terminal.interactive) {
    throw new UsageError('Specify the backup to restore.', {
      hint: `Pass ${stateQuestion.insteadPass}. ${list}`,
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
