import type { FetchedParts, MissingPart } from '../api/fetch-connector.ts';
import type { Target } from '../api/remote.ts';
import { type ConnectorPart, partFacts } from '../connector/part.ts';
import type { Context } from '../context.ts';
import { ApiError, ConflictError, FileError, PaconnError } from '../errors.ts';
import { type Backup, type BackupReason, saveBackup } from '../history/backups.ts';

/**
 * Keeps what an environment holds before something replaces it, for `paconn restore`: the parts that could be had, and it is
 * said which could not. That nothing can be kept is said, and no reason to stop: a pipeline may have no place for it.
 */
export async function backUp(
  before: BackupReason,
  target: Target,
  fetched: FetchedParts,
  { configDirectory, terminal }: Pick<Context, 'configDirectory' | 'terminal'>,
): Promise<Backup | undefined> {
  const { current } = fetched;
  const missing = missingParts(fetched);
  for (const { part, error } of missing) {
    terminal.note(`Warning: ${error.message} The backup doesn't include the ${partFacts[part].words}.`);
  }
  try {
    return await saveBackup({ configDirectory, target, current, missing: missing.map(({ part }) => part), before });
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    terminal.note(`Warning: No backup was saved, so paconn restore can't undo this change. ${error.message}`);
    return undefined;
  }
}

/** What storage says of a file that is not there, in its own words; a gateway has others, and so has another server of icons. */
const storageCodes: ReadonlySet<string> = new Set(['BlobNotFound', 'ContainerNotFound', 'ResourceNotFound']);

/** The parts that can't be kept. Each connector has an API definition: an answer without one isn't all of it. */
function missingParts({ current, missing }: FetchedParts): readonly MissingPart[] {
  const isKnown = current.state.apiDefinition || missing.some(({ part }) => part === 'apiDefinition');
  if (isKnown) return missing;
  const error = new PaconnError('The service returned no API definition.');
  return [...missing, { part: 'apiDefinition', error, isDefaultIcon: false }];
}

/** The parts that are in the environment, as far as is known, and not in a backup: what replaces the connector loses them. */
export function partsToLose(fetched: FetchedParts): readonly MissingPart[] {
  return missingParts(fetched).filter(
    ({ error, isDefaultIcon }) => !isDefaultIcon && !(error instanceof ApiError && storageCodes.has(error.code ?? '')),
  );
}

/** Raised where a part would be lost that cannot be kept. */
export function lossError(
  lost: readonly MissingPart[],
  { target, command, nothingDone }: { readonly target: Target; readonly command: string; readonly nothingDone: string },
): ConflictError {
  const parts: readonly ConnectorPart[] = lost.map(({ part }) => part);
  const words = parts.map((part) => `the ${partFacts[part].words}`).join(' and ');
  return new ConflictError(`Can't back up ${words} of ${target.connectorId}. ${nothingDone}`, {
    detail: lost.map(({ error }) => error.message).join('\n'),
    hint: `To go on without a complete backup:\n  paconn ${command} --without-backup`,
  });
}
