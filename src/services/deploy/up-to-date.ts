import { fetchParts, lastChangeOf } from '../../api/fetch-connector.ts';
import type { Remote } from '../../api/remote.ts';
import { stateAsSent, stateAsTaken, stateToRecord } from '../../connector/as-sent.ts';
import { type Connector, differentParts, partHashes, type RemoteState } from '../../connector/connector.ts';
import { withKept } from '../../connector/left-out.ts';
import type { Context } from '../../context.ts';
import { InterruptedError, PaconnError } from '../../errors.ts';
import { hasUnsent, isSynced, readBase, readBaseState } from '../../history/base.ts';
import { knownReferences } from '../../history/known-references.ts';
import { rememberOwnChange } from '../../history/own-change.ts';
import type { LeftOut } from '../../publish/left-out.ts';
import { noteUnreadableBase, recordBase } from '../../publish/record-base.ts';
import { concealedIn } from '../../values/concealed-values.ts';
import type { Deployed } from './find-deployed.ts';
import type { Plan } from './plan.ts';

/** That an update would change nothing. */
export interface UpToDate {
  /** The connector, where all its parts were compared and no base has them, or one with a value that is a secret by now. */
  readonly unrecorded: RemoteState | undefined;
}

/**
 * Whether an update would change nothing; undefined if it would. Where nobody has changed the connector since the base, that tells it
 * alone.
 */
export async function upToDate(
  { connector, displayName, rename, directory, remote }: Plan,
  { target, resource }: Deployed,
  leftOut: LeftOut,
  { terminal }: Context,
): Promise<UpToDate | undefined> {
  if (leftOut.emptied.length > 0) return undefined;
  if (rename && resource.value.properties.displayName !== displayName) return undefined;
  const { base, problem } = directory === undefined ? noBase : await readBase(directory, target);
  if (problem !== undefined) noteUnreadableBase(problem, terminal);
  const isAsBase = base?.changedTime !== undefined && base.changedTime === lastChangeOf(resource).changedTime;
  const here = partHashes(connector);
  const isPlain = concealedIn([connector]).some((pointer) => !base?.concealed?.includes(pointer));
  if (isAsBase && isSynced(here, base) && !isPlain) return { unrecorded: undefined };
  const known = isAsBase && directory !== undefined ? await readBaseState(directory, base, [connector]) : undefined;
  const current = known ?? (await readableState(remote, resource));
  if (!current) return undefined;
  const { missingIcon } = current;
  if (missingIcon !== undefined && connector.icon && base && base.hashes.icon !== here.icon) return undefined;
  const { apiProperties } = connector;
  const kept = withKept(apiProperties.document, current.apiProperties.document, leftOut);
  const wanted = { ...connector, apiProperties: apiProperties.with(kept) };
  const references = await knownReferences({ files: connector, current, base, directory });
  const there = stateAsSent(current, wanted, { hasUnsent: hasUnsent(connector, base), known: references });
  const different = differentParts(partHashes(wanted), partHashes(there));
  // An update without an icon leaves the icon that the connector has.
  const isSame = different.every((part) => part === 'icon' && !connector.icon);
  if (isSame && missingIcon !== undefined && connector.icon && !base) {
    terminal.note(`Warning: ${missingIcon} The icon isn't compared.`);
  }
  if (!isSame) return undefined;
  const isUnrecorded = (!base || isPlain) && problem === undefined && missingIcon === undefined;
  return { unrecorded: isUnrecorded ? { state: current, ...lastChangeOf(resource) } : undefined };
}

const noBase = { base: undefined, problem: undefined };

/** Remembers that a connector is as it is to be, as the base of its files: the next run then sees what others have changed. */
export async function recordUpToDate(
  { unrecorded }: UpToDate,
  { connector, directory }: Plan,
  { target, resource }: Deployed,
  context: Context,
): Promise<void> {
  if (directory === undefined) {
    await rememberOwnChange(target, lastChangeOf(resource).changedTime, context.configDirectory);
    return;
  }
  if (!unrecorded) return;
  const current = stateToRecord(stateAsTaken(unrecorded.state, connector), unrecorded);
  try {
    await recordBase({ directory, target, current, sent: connector }, context);
  } catch (error) {
    if (!(error instanceof PaconnError) || error instanceof InterruptedError) throw error;
    context.terminal.note(`Warning: The last synced version couldn't be saved. ${error.message}`);
  }
}

/** Undefined for one that can't be read: the update then says what is to be done. */
async function readableState(remote: Remote, resource: Deployed['resource']): Promise<Connector | undefined> {
  const { current, missing } = await fetchParts(remote, resource);
  return missing.every(({ part }) => part === 'icon') ? current.state : undefined;
}
