import { lastChangeOf, propertiesOf } from '../../api/fetch-connector.ts';
import type { Target } from '../../api/remote.ts';
import type { Context } from '../../context.ts';
import type { ConnectorsByName } from '../../environment/connectors-by-name.ts';
import { lastOwnChange } from '../../history/own-change.ts';
import type { Result } from '../../output/result.ts';
import { requireNoPlaceholder } from '../../publish/client-ids.ts';
import { withGivenSecrets } from '../../publish/client-secrets.ts';
import { createAlone } from '../../publish/create-alone.ts';
import { leftOutOf, reportKept } from '../../publish/left-out.ts';
import { withMembersOutside } from '../../publish/outside-solutions.ts';
import { changesData, connectorData } from '../../publish/published-data.ts';
import { rememberTarget } from '../../publish/save-settings.ts';
import { placeOf } from '../../publish/send-each.ts';
import { findShares } from '../../publish/share.ts';
import { updateConnector } from '../../publish/update-connector.ts';
import { otherNameNote } from '../../publish/verify-and-record.ts';
import type { PlannedData } from '../../results/publishing.ts';
import { commandsFor } from './commands-for.ts';
import { createNew } from './create-new.ts';
import { type Deployed, deployedById, deployedByName } from './find-deployed.ts';
import { recordUpToDate, upToDate } from './up-to-date.ts';
import { type Deployment, type Plan, planOfFiles } from './plan.ts';
import { reportDeployed } from './report-deployed.ts';

/**
 * Makes an environment hold what the files say: creates the connector or updates it, or does nothing where all is as it is
 * to be. It is the connector with the ID in the settings; without one, or in another environment than that of the
 * settings, the one that is called like the API definition. Raises `ConflictError` when an update would lose work.
 */
export async function deployConnector(
  deployment: Deployment,
  byName: ConnectorsByName,
  context: Context,
): Promise<Result> {
  const { promotion } = deployment;
  const plan = promotion
    ? await (await import('./promote.ts')).planOfPromotion(deployment, promotion, context)
    : await planOfFiles(deployment, context);
  const known = await deployedById(plan, context);
  if (known) return await bringUpToDate(plan, known, context);
  const found = await deployedByName(plan, byName, context);
  const result = found ?? (await createOrFind(plan, byName, context));
  if (!('target' in result)) return result;
  const updated = await bringUpToDate(plan, result, context);
  const { keepsIdIn, settingsFile, dryRun } = plan;
  if (keepsIdIn !== undefined && settingsFile !== undefined && !dryRun) {
    await rememberTarget(result.target, keepsIdIn, context);
  }
  return updated;
}

/** Creates a connector, unless another run on this computer has done so meanwhile. */
async function createOrFind(plan: Plan, byName: ConnectorsByName, context: Context): Promise<Deployed | Result> {
  await plan.claims.claimName(plan.displayName, plan.environment, placeOf(plan));
  return await createAlone(plan, context, async (hasWaited) => {
    if (hasWaited) byName.forget(plan.environment);
    const made = hasWaited ? await deployedByName(plan, byName, context) : undefined;
    return made ?? (await createNew(plan, byName, context));
  });
}

async function bringUpToDate(asked: Plan, deployed: Deployed, context: Context): Promise<Result> {
  await asked.claims.claim(deployed.target, placeOf(asked));
  const { solution, inSolution } = asked;
  if (inSolution) {
    context.terminal.note('Note: The connector already exists. --solution applies only when a connector is created.');
  }
  const plan = solution ? { ...asked, connector: withMembersOutside(asked.connector, deployed.resource) } : asked;
  const { displayName, rename, directory, removeScript, force, withoutBackup, breaking, remote } = plan;
  const { target } = deployed;
  const shares = await findShares(plan.shares, target, remote, context);
  const currentName = deployed.resource.value.properties.displayName || displayName;
  const connector = await withGivenSecrets(plan.connector, plan.clientSecret, context);
  // The service never shows a secret: whether it has this one cannot be seen.
  const hasSecret = plan.secretPointers.length > 0 || connector !== plan.connector;
  const leaving = { connector, emptiesLeftOut: true };
  const leftOut = leftOutOf(leaving, deployed.resource);
  // An environment variable that has changed takes effect when the connector is sent again.
  const same = hasSecret || force ? undefined : await upToDate(plan, deployed, leftOut, context);
  if (same) {
    const { changedTime } = lastChangeOf(deployed.resource);
    const hasOtherName = currentName !== displayName;
    reportKept(leftOut, leaving, context.terminal);
    if (hasOtherName) context.terminal.note(otherNameNote(currentName, displayName, rename ? 'asked' : 'possible'));
    const isSame = leftOut.kept.length === 0 && !hasOtherName;
    const words = isSame ? 'is up to date' : 'is unchanged';
    const done = { result: 'unchanged', name: currentName, words, changedTime, changes: [], shares } as const;
    if (!plan.dryRun) await recordUpToDate(same, plan, deployed, context);
    const reported = await reportDeployed(done, target, plan, context);
    return plan.dryRun ? { data: await unchangedData(target, currentName, plan, context) } : reported;
  }
  const commands = commandsFor(plan, target, context);
  requireNoPlaceholder(connector, propertiesOf(deployed.resource), { force, command: commands.command });
  const name = rename ? displayName : undefined;
  const sent = { target, connector, displayName: name, directory };
  const request = {
    ...sent,
    ...commands,
    removeScript,
    force,
    breaking,
    announces: 'all',
    emptiesLeftOut: leaving.emptiesLeftOut,
    withoutBackup,
    replacing: 'update',
    // Files have a base, which tells more.
    lastOwnChange: plan.promotion && (await lastOwnChange(target, context.configDirectory)),
  } as const;
  if (plan.dryRun)
    return await (await import('../../publish/dry-run.ts')).dryRunUpdate(request, plan.settings, remote, context);
  const { current, changes, backup } = await updateConnector(request, remote, context);
  const outcome = { current, changes, backup, shares, name: name ?? currentName };
  const done = { result: 'updated', words: 'updated successfully', ...outcome } as const;
  return await reportDeployed(done, target, plan, context);
}

/** What a dry run gives where there is nothing to do. */
async function unchangedData(target: Target, name: string, { settings }: Plan, context: Context): Promise<PlannedData> {
  const about = await connectorData(target, name, settings, context);
  const nothing = { solutionId: null, requests: [], ...changesData([]), conflict: null };
  return { result: 'unchanged', isDryRun: true, ...about, ...nothing };
}
