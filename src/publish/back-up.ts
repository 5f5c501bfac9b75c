import type { Target } from '../api/connector-api.ts';
import type { HeldState } from '../connector/connector-state.ts';
import type { Context } from '../context.ts';
import { FileError } from '../errors.ts';
import { type KeepingReason, keepState, type KeptState, rememberReplacement } from '../history/backups.ts';

/**
 * Keeps what an environment holds before something replaces it, for `paconn restore`. That it cannot be kept is said, and no
 * reason to stop: a pipeline may have no place for it.
 */
export async function keepBefore(
  before: KeepingReason,
  target: Target,
  held: HeldState | undefined,
  { configDirectory, terminal }: Pick<Context, 'configDirectory' | 'terminal'>,
): Promise<KeptState | undefined> {
  const note = (why: string): void =>
    terminal.note(`The state before could not be kept, so paconn restore will not have it. ${why}`);
  if (!held) {
    note('Not all of it could be downloaded.');
    return undefined;
  }
  try {
    return await keepState({ configDirectory, target, held, before });
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    note(error.message);
    return undefined;
  }
}

/** Remembers what has replaced a state. Where that cannot be written, a restore has one thing less to check by. */
export async function rememberAfter(kept: KeptState | undefined, held: HeldState | undefined): Promise<void> {
  if (!kept || held?.changedTime === undefined) return;
  try {
    await rememberReplacement(kept, held.changedTime);
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
  }
}
