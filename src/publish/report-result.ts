import type { Remote, Target } from '../api/remote.ts';
import type { Change } from '../comparison/change.ts';
import type { Context } from '../context.ts';
import { environmentName } from '../environment/environment-name.ts';
import type { Backup } from '../history/backups.ts';
import { openPage } from '../remote/open-page.ts';
import { portalUrl } from '../settings/maker-portal.ts';
import type { Settings } from '../settings/settings.ts';
import { undoCommand } from './undo-command.ts';
import { changeCount } from './planned-changes.ts';

/** The result for a connector. */
export interface Done {
  /** The line that scripts look for. */
  readonly words: string;
  readonly name: string;
  readonly target: Target;
  readonly changes?: readonly Change[] | undefined;
  readonly backup?: Backup | undefined;
  /** Whether the Python tool has the command: without a terminal its scripts get its line alone. */
  readonly isOfPython?: boolean;
  /** Whether to open its page. */
  readonly web?: boolean;
}

/** Says what was done, to which connector, where, and how to take it back. */
export async function reportResult(
  { words, name, target, changes, backup, isOfPython = false, web = false }: Done,
  settings: Pick<Settings, 'powerAppsUrl'>,
  remote: Remote,
  context: Context,
): Promise<void> {
  const { terminal, shared } = context;
  const isOneOfMany = shared !== undefined;
  const saysAll = !isOneOfMany && (terminal.interactive || !isOfPython);
  // One of many has one line.
  terminal.report(isOneOfMany ? [words, ...outcome(changes, backup)].join(' ') : words);
  if (saysAll && !terminal.verbosity.onlyErrors) {
    const place = await environmentName(target.environment, remote, context);
    terminal.note([name, place, changes && changeCount(changes)].filter(Boolean).join(' · '));
    const url = portalUrl(settings.powerAppsUrl, target);
    if (url !== undefined && !web) terminal.note(url);
    if (backup) await reportBackup(backup, context);
  }
  if (web) await openPage(settings, target, context);
}

/** Says where what was replaced is, and how to bring it back. */
export async function reportBackup(backup: Backup, context: Context): Promise<void> {
  context.terminal.note(`Backup saved: ${backup.name} (undo: ${await undoCommand(backup, context)})`);
}

/** `1 change, backup 20261128-230107-252.` */
function outcome(changes: readonly Change[] | undefined, backup: Backup | undefined): readonly string[] {
  const count = changes && (changes.length === 0 ? 'No changes' : changeCount(changes));
  const facts = [count, backup && `backup ${backup.name}`].filter(Boolean);
  return facts.length === 0 ? [] : [`${facts.join(', ')}.`];
}
