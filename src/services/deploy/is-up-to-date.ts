import { fetchParts, lastChangeOf } from '../../api/fetch-connector.ts';
import type { Remote } from '../../api/remote.ts';
import { stateAsSent } from '../../connector/as-sent.ts';
import { type Connector, differentParts, partHashes } from '../../connector/connector.ts';
import { withKept } from '../../connector/left-out.ts';
import type { Context } from '../../context.ts';
import { hasUnsent, isSynced, readBaseState } from '../../history/base.ts';
import type { LeftOut } from '../../publish/left-out.ts';
import { baseIfReadable } from '../../publish/record-base.ts';
import type { Deployed } from './find-deployed.ts';
import type { Plan } from './plan.ts';

/** Whether an update would change nothing. Where nobody has changed the connector since the base, that tells it alone. */
export async function isUpToDate(
  { connector, displayName, rename, directory, remote }: Plan,
  { target, resource }: Deployed,
  leftOut: LeftOut,
  { terminal }: Context,
): Promise<boolean> {
  if (leftOut.emptied.length > 0) return false;
  if (rename && resource.value.properties.displayName !== displayName) return false;
  const base = directory === undefined ? undefined : await baseIfReadable(directory, target, { terminal });
  const isAsBase = base?.changedTime !== undefined && base.changedTime === lastChangeOf(resource).changedTime;
  const here = partHashes(connector);
  if (isAsBase && isSynced(here, base)) return true;
  const known = isAsBase && directory !== undefined ? await readBaseState(directory, base, [connector]) : undefined;
  const current = known ?? (await readableState(remote, resource));
  if (!current) return false;
  const { missingIcon } = current;
  if (missingIcon !== undefined && connector.icon && base && base.hashes.icon !== here.icon) return false;
  const { apiProperties } = connector;
  const kept = withKept(apiProperties.document, current.apiProperties.document, leftOut);
  const wanted = { ...connector, apiProperties: apiProperties.with(kept) };
  const there = stateAsSent(current, wanted, { hasUnsent: hasUnsent(connector, base) });
  const different = differentParts(partHashes(wanted), partHashes(there));
  // An update without an icon leaves the icon that the connector has.
  const isSame = different.every((part) => part === 'icon' && !connector.icon);
  if (isSame && missingIcon !== undefined && connector.icon && !base) {
    terminal.note(`Warning: ${missingIcon} The icon isn't compared.`);
  }
  return isSame;
}

/** Undefined for one that can't be read: the update then says what is to be done. */
async function readableState(remote: Remote, resource: Deployed['resource']): Promise<Connector | undefined> {
  const { current, missing } = await fetchParts(remote, resource);
  return missing.every(({ part }) => part === 'icon') ? current.state : undefined;
}
