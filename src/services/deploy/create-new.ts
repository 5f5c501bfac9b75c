import { resolve } from 'node:path';
import { sameSolution } from '../../check/solution-source.ts';
import type { Context } from '../../context.ts';
import type { ConnectorsByName } from '../../environment/connectors-by-name.ts';
import { environmentName } from '../../environment/environment-name.ts';
import { findSolution } from '../../environment/find-solution.ts';
import { sameFiles } from '../../environment/same-connector.ts';
import { UsageError } from '../../errors.ts';
import { exists } from '../../io/fs/files.ts';
import { commandWord, pathWord } from '../../io/terminal/command-word.ts';
import { afterChanges, noteNextStep } from '../../output/next-step.ts';
import type { Result } from '../../output/result.ts';
import { readClientSecrets, withAllSecrets } from '../../publish/client-secrets.ts';
import { requireNoPlaceholder } from '../../publish/client-ids.ts';
import { createConnector } from '../../publish/create-connector.ts';
import { reportMembersOutside } from '../../publish/outside-solutions.ts';
import { requireIdCanBeSaved, saveNewSettings, saveTarget } from '../../publish/save-settings.ts';
import { findShares } from '../../publish/share.ts';
import { verifyAndRecord } from '../../publish/verify-and-record.ts';
import { settingsFileName } from '../../settings/settings-file.ts';
import { commandsFor, sameDeployment } from './commands-for.ts';
import type { Plan } from './plan.ts';
import { reportDeployed } from './report-deployed.ts';
import { pathFromHere } from '../../settings/path-from-here.ts';

/** Creates the connector of a plan, and keeps its ID where the plan says. */
export async function createNew(plan: Plan, byName: ConnectorsByName, context: Context): Promise<Result> {
  const { flags, settings, settingsFile, environment, environmentWord, displayName, keepsIdIn, directory, remote } =
    plan;
  if (settingsFile === undefined && keepsIdIn !== undefined) await requireNoSettings(context);
  const secrets = await readClientSecrets(plan.connector, plan.clientSecret, context);
  const connector = await withAllSecrets(plan.connector, secrets, context, plan.secretPointers);
  const shares = await findShares(plan.shares, { environment }, remote, context);
  const inSolution = plan.inSolution && (await findSolution(plan.inSolution, environment, remote, context));
  const place = await environmentName(environment, remote, context);
  const named = plan.promotion
    ? undefined
    : plan.solution
      ? `${sameSolution(plan.solution)} --environment ${commandWord(environmentWord)}`
      : sameFiles({ settingsFile: flags.settingsFile || undefined, folder: plan.folder, flags }, environmentWord);
  requireNoPlaceholder(connector, undefined, { force: plan.force, command: sameDeployment(plan) });
  const before = await byName.list(environment, remote, context);
  const request = { environment, connector, displayName, before, place, named, inSolution };
  if (plan.dryRun) return await (await import('../../publish/dry-run.ts')).dryRunCreate(request, remote, context);
  if (plan.solution) reportMembersOutside(context.terminal);
  // One that is there is written into; another one is new.
  const known = settingsFile === undefined ? null : undefined;
  if (keepsIdIn !== undefined) await requireIdCanBeSaved(keepsIdIn.settingsFile, context.workingDirectory, known);
  const created = await createConnector(request, remote, context);
  if (keepsIdIn !== undefined) {
    if (settingsFile === undefined) await saveNewSettings(created.target, settings, context.workingDirectory, null);
    else await saveTarget(created.target, keepsIdIn, context.workingDirectory);
  }
  const current = await verifyAndRecord({ ...created, directory, rename: false, isNew: true }, remote, context);
  const done = { result: 'created', name: displayName, words: 'created successfully', current, shares } as const;
  const deployed = await reportDeployed(done, created.target, plan, context);
  // The settings file has it now.
  const { command } = commandsFor({ ...plan, settings: { ...settings, environment } }, created.target, context);
  if (keepsIdIn !== undefined) noteNextStep([`paconn ${command}`], context.terminal, afterChanges);
  return deployed;
}

/** Raises {@link UsageError} where the settings of another connector would be overwritten. */
async function requireNoSettings(context: Context): Promise<void> {
  if (!(await exists(resolve(context.workingDirectory, settingsFileName)))) return;
  const path = pathFromHere(settingsFileName, context);
  throw new UsageError(`${path} already exists. Nothing was created.`, {
    hint: `To deploy the connector in it:\n  paconn deploy -s ${pathWord(path)}`,
  });
}
