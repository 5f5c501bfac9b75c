import { resolve } from 'node:path';
import type { Remote, Target } from '../../api/remote.ts';
import type { ConnectorResource } from '../../api/resources.ts';
import type { Context } from '../../context.ts';
import { findSolution } from '../../environment/find-solution.ts';
import { UsageError } from '../../errors.ts';
import { lastReplacementOf } from '../../history/backups.ts';
import { hasUnsent, isSynced, readBaseState } from '../../history/base.ts';
import { baseIfReadable } from '../../publish/record-base.ts';
import { stateAsSent } from '../../connector/as-sent.ts';
import { withKept } from '../../connector/left-out.ts';
import { differentParts, partHashes, titleOf } from '../../connector/connector.ts';
import { sameSolution } from '../../check/solution-source.ts';
import { exists } from '../../io/fs/files.ts';
import { commandWord } from '../../io/terminal/command-word.ts';
import type { JsonDocument } from '../../json/document.ts';
import type { Result } from '../../output/result.ts';
import type { PlannedData, PublishedData } from '../../results/publishing.ts';
import { settingsFileName } from '../../settings/settings-file.ts';
import { readClientSecrets, withAllSecrets, withGivenSecrets } from '../../publish/client-secrets.ts';
import type { ConnectorsByName } from '../../environment/connectors-by-name.ts';
import { createAlone } from '../../publish/create-alone.ts';
import { createConnector } from '../../publish/create-connector.ts';
import { fetchConnector, lastChangeOf } from '../../api/fetch-connector.ts';
import { environmentName, environmentWords } from '../../environment/environment-name.ts';
import { pathFromHere } from '../../check/read-connector.ts';
import { findConnector } from '../../environment/find-connector.ts';
import type { UpdateRequest } from '../../publish/examine-update.ts';
import { type LeftOut, leftOutOf, reportKept } from '../../publish/left-out.ts';
import { reportRedirectUrls } from '../../publish/redirect-urls.ts';
import { reportMembersOutside, withMembersOutside } from '../../publish/outside-solutions.ts';
import { changesData, connectorData, type Published, publishedData } from '../../publish/published-data.ts';
import { noteNextStep } from '../../output/next-step.ts';
import { reportResult } from '../../publish/report-result.ts';
import { pullArguments, sameConnector, sameFiles } from '../../environment/same-connector.ts';
import { rememberTarget, requireIdCanBeSaved, saveNewSettings, saveTarget } from '../../publish/save-settings.ts';
import { findShares, type FoundShare, shareSent } from '../../publish/share.ts';
import { otherNameNote, verifyAndRecord } from '../../publish/verify-and-record.ts';
import { updateConnector } from '../../publish/update-connector.ts';
import { type Deployment, type Plan, planOfFiles } from './plan.ts';

interface Deployed {
  readonly target: Target;
  readonly resource: JsonDocument<ConnectorResource>;
}

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
  const known = await byId(plan, context);
  if (known) return await bringUpToDate(plan, known, context);
  const found = await connectorCalled(plan, byName, context);
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
  byName.claim(plan.displayName, plan.environment);
  return await createAlone(plan, context, async (hasWaited) => {
    if (hasWaited) byName.forget(plan.environment);
    const made = hasWaited ? await connectorCalled(plan, byName, context) : undefined;
    return made ?? (await createNew(plan, context));
  });
}

async function createNew(plan: Plan, context: Context): Promise<Result> {
  const { settings, settingsFile, environment, displayName, keepsIdIn, directory, remote } = plan;
  if (settingsFile === undefined && keepsIdIn !== undefined) await requireNoSettings(context);
  const secrets = await readClientSecrets(plan.connector, plan.clientSecret, context);
  const connector = await withAllSecrets(plan.connector, secrets, context, plan.secretPointers);
  const shares = await findShares(plan.shares, { environment }, remote, context);
  const solutionId = plan.inSolution && (await findSolution(plan.inSolution, environment, remote, context));
  const place = await environmentName(environment, remote, context);
  const named = plan.promotion
    ? undefined
    : plan.solution
      ? sameSolution(plan.solution)
      : sameFiles(settings, plan.folder);
  const request = { environment, connector, displayName, namesakes: [], place, named, solutionId };
  if (plan.dryRun) return await (await import('../../publish/dry-run.ts')).dryRunCreate(request, remote, context);
  if (plan.solution) reportMembersOutside(context.terminal);
  if (keepsIdIn !== undefined) await requireIdCanBeSaved(keepsIdIn, context.workingDirectory);
  const created = await createConnector(request, remote, context.terminal);
  if (keepsIdIn !== undefined) {
    if (settingsFile === undefined) await saveNewSettings(created.target, settings, context.workingDirectory);
    else await saveTarget(created.target, keepsIdIn, context.workingDirectory);
  }
  const current = await verifyAndRecord({ ...created, directory, rename: true, isNew: true }, remote, context);
  const done = { result: 'created', name: displayName, words: 'created successfully', current, shares } as const;
  const deployed = await reportDeployed(done, created.target, plan, context);
  const { command } = spokenOf(plan, created.target);
  if (keepsIdIn !== undefined) noteNextStep(`paconn ${command}, after you change the files`, context.terminal);
  return deployed;
}

async function bringUpToDate(asked: Plan, deployed: Deployed, context: Context): Promise<Result> {
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
  if (!hasSecret && !force && (await isUpToDate(plan, deployed, leftOut, context))) {
    const { changedTime } = lastChangeOf(deployed.resource);
    const hasOtherName = currentName !== displayName;
    reportKept(leftOut, leaving, context.terminal);
    if (hasOtherName) context.terminal.note(otherNameNote(currentName, displayName, rename));
    const isSame = leftOut.kept.length === 0 && !hasOtherName;
    const words = isSame ? 'is up to date' : 'is unchanged';
    const done = { result: 'unchanged', name: currentName, words, changedTime, changes: [], shares } as const;
    const reported = await reportDeployed(done, target, plan, context);
    return plan.dryRun ? { data: await unchangedData(target, currentName, plan, context) } : reported;
  }
  const name = rename ? displayName : undefined;
  const sent = { target, connector, displayName: name, directory };
  const request = {
    ...sent,
    ...spokenOf(plan, target),
    removeScript,
    force,
    breaking,
    announces: 'all',
    emptiesLeftOut: leaving.emptiesLeftOut,
    withoutBackup,
    replacing: 'update',
    // Files have a base, which tells more.
    lastReplacement: plan.promotion && (await lastReplacementOf(target, context.configDirectory)),
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
  return { result: 'unchanged', isDryRun: true, ...about, requests: [], ...changesData([]), conflict: null };
}

/** What the user types to go on with a connector; where the settings name another environment, that has to be said. */
function spokenOf(
  { settingsFile, folder, isOwn, flags, solution, promotion }: Plan,
  { environment, connectorId }: Target,
): Pick<UpdateRequest, 'named' | 'command' | 'pull'> {
  if (promotion) {
    const { fromEnvironment, toEnvironment } = promotion;
    const named = sameConnector({ settingsFile: undefined, folder: '', flags: { environment, connectorId } });
    const places = `--from-environment ${commandWord(fromEnvironment)} --to-environment ${commandWord(toEnvironment)}`;
    const source = flags.connectorId === undefined ? '' : ` --connector ${commandWord(flags.connectorId)}`;
    return { named, command: `deploy ${places}${source}` };
  }
  if (solution) {
    const given = sameSolution(solution);
    return { named: given, command: `deploy${given} --environment ${commandWord(environment)}` };
  }
  const given = sameConnector({ settingsFile: flags.settingsFile || undefined, folder, flags });
  const pull = pullArguments({ settingsFile, folder, flags });
  if (isOwn) return { named: given, command: `deploy${given}`, pull };
  const named = sameConnector({ settingsFile: undefined, folder, flags: { ...flags, environment, connectorId } });
  return { named, command: `deploy${given} --environment ${commandWord(environment)}` };
}

interface Outcome extends Omit<Published, 'target'> {
  readonly result: PublishedData['result'];
  readonly words: string;
  /** The principals that it's shared with now. */
  readonly shares: readonly FoundShare[];
}

async function reportDeployed(
  { result, words, shares, ...published }: Outcome,
  target: Target,
  { settings, remote, web, dryRun }: Plan,
  context: Context,
): Promise<Result> {
  const { current, changes, backup } = published;
  const name = (current && titleOf(current.state)) ?? published.name;
  const shown = result === 'unchanged' ? undefined : changes;
  const done = { words: `${target.connectorId} ${words}.`, name, target, changes: shown, backup, web };
  await reportResult(done, settings, remote, context);
  if (!dryRun) await shareSent(shares, target, remote, context);
  reportRedirectUrls(current, context.terminal);
  return { data: await publishedData(result, { ...published, target, name }, settings, context) };
}

/**
 * The connector that is named by its ID; undefined when none is, or that of the settings is gone. Raises {@link UsageError} for one
 * that an option names, and that isn't there.
 */
async function byId(
  { connectorId: written, environment, remote, flags, promotion }: Plan,
  context: Context,
): Promise<Deployed | undefined> {
  if (written === undefined) return undefined;
  const target = { environment, connectorId: await findConnector(written, environment, remote, context) };
  try {
    return await read(target, remote, context);
  } catch (error) {
    if (!(await remote.isGone(error, target))) throw error;
    const place = await environmentWords(environment, context);
    if (flags.connectorId !== undefined || promotion) {
      throw new UsageError(`The connector ${target.connectorId} isn't in ${place}.`, {
        hint: `List its connectors with:\n  paconn list --environment ${commandWord(environment)}`,
        cause: error,
      });
    }
    context.terminal.note(`Note: The connector ${target.connectorId} is no longer in ${place}.`);
    return undefined;
  }
}

async function connectorCalled(
  { displayName, environment, remote, solution, isOwn, promotion }: Plan,
  byName: ConnectorsByName,
  context: Context,
): Promise<Deployed | undefined> {
  // A ZIP file has no settings, and those of a folder name no connector of another environment.
  const isNamedBySettings = isOwn && solution?.isFolder !== false;
  const pass = promotion ? '--to-connector' : isNamedBySettings ? undefined : '--connector';
  const connectorId = await byName.find(displayName, environment, remote, context, pass);
  return connectorId === undefined ? undefined : await read({ environment, connectorId }, remote, context);
}

async function read(target: Target, remote: Remote, { terminal }: Context): Promise<Deployed> {
  return { target, resource: await terminal.during('Reading the connector', remote.getConnector(target)) };
}

/** Raises {@link UsageError} where the settings of another connector would be overwritten. */
async function requireNoSettings(context: Context): Promise<void> {
  if (!(await exists(resolve(context.workingDirectory, settingsFileName)))) return;
  const path = pathFromHere(settingsFileName, context);
  throw new UsageError(`${path} already exists. Nothing was created.`, {
    hint: `To deploy the connector in it:\n  paconn deploy -s ${commandWord(path)}`,
  });
}

/** Whether an update would change nothing. Where nobody has changed the connector since the base, that tells it alone. */
async function isUpToDate(
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
  const current = known ?? (await fetchConnector(remote, resource)).state;
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
