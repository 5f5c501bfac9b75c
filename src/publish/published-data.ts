import type { Target } from '../api/remote.ts';
import type { Change } from '../comparison/change.ts';
import type { RemoteState } from '../connector/connector.ts';
import type { Context } from '../context.ts';
import { knownEnvironment } from '../environment/environment-name.ts';
import type { Backup } from '../history/backups.ts';
import { changeData } from '../output/difference-result.ts';
import type { PublishedData } from '../results/publishing.ts';
import { portalUrl } from '../settings/maker-portal.ts';
import type { Settings } from '../settings/settings.ts';
import { isBreaking } from './planned-changes.ts';
import { redirectUrlsOf } from './redirect-urls.ts';

/** The result for a connector in an environment. */
export interface Published {
  readonly target: Target;
  readonly name: string;
  /** The current state in the environment, if known. */
  readonly current?: RemoteState | undefined;
  /** The same, where only this of it is known. */
  readonly changedTime?: string | undefined;
  readonly changes?: readonly Change[] | undefined;
  readonly backup?: Backup | undefined;
}

/** A connector in an environment, for programs. */
export async function connectorData(
  { connectorId, environment }: Target,
  name: string | null,
  { powerAppsUrl }: Pick<Settings, 'powerAppsUrl'>,
  context: Context,
): Promise<Pick<PublishedData, 'connectorId' | 'name' | 'environment' | 'url'>> {
  const url = portalUrl(powerAppsUrl, { environment, connectorId }) ?? null;
  return { connectorId, name, environment: await knownEnvironment(environment, context), url };
}

/** The data of create, update, and deploy. */
export async function publishedData(
  result: PublishedData['result'],
  { target, name, current, changedTime, changes, backup }: Published,
  settings: Pick<Settings, 'powerAppsUrl'>,
  context: Context,
): Promise<PublishedData> {
  return {
    result,
    ...(await connectorData(target, name, settings, context)),
    changedTime: current?.changedTime ?? changedTime ?? null,
    backupId: backup?.name ?? null,
    redirectUrls: redirectUrlsOf(current),
    ...changesData(changes),
  };
}

/** Changes for programs; null where they aren't known. */
export function changesData(changes: readonly Change[] | undefined): Pick<PublishedData, 'changes' | 'breakingCount'> {
  if (!changes) return { changes: null, breakingCount: null };
  return { changes: changes.map(changeData), breakingCount: changes.filter(isBreaking).length };
}
