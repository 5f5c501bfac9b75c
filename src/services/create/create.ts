import { relative, resolve } from 'node:path';
import * as z from 'zod';
import type { Context } from '../../context.ts';
import { CanceledError, UsageError } from '../../errors.ts';
import { exists } from '../../io/fs/files.ts';
import { commandWord } from '../../io/terminal/command-word.ts';
import { afterChanges, noteNextStep } from '../../output/next-step.ts';
import type { Result } from '../../output/result.ts';
import { givenSettingsSchema, pathsOriginSchema } from '../../settings/settings.ts';
import { solutionReference } from '../../settings/solution-reference.ts';
import { settingsFileName } from '../../settings/settings-file.ts';
import { oneConnectorOrSolution } from '../../check/connector-arguments.ts';
import { sameSolution } from '../../check/solution-source.ts';
import { settingsToSend } from '../../publish/settings-to-send.ts';
import { chooseEnvironment } from '../../environment/choose-target.ts';
import { environmentName } from '../../environment/environment-name.ts';
import { findSolution } from '../../environment/find-solution.ts';
import { countingFlags, sameConnector, sameFiles } from '../../environment/same-connector.ts';
import { readClientSecrets, withAllSecrets } from '../../publish/client-secrets.ts';
import { connect } from '../../remote/connect.ts';
import { requireTitle } from '../../connector/connector.ts';
import { connectorFor } from '../../publish/connector-for.ts';
import { readConnectorToSend } from '../../publish/read-connector-to-send.ts';
import { createConnector } from '../../publish/create-connector.ts';
import { reportMembersOutside } from '../../publish/outside-solutions.ts';
import { requirePortal } from '../../remote/open-page.ts';
import { publishedData } from '../../publish/published-data.ts';
import { reportResult } from '../../publish/report-result.ts';
import { parseFlags } from '../../settings/flags.ts';
import { baseDirectory } from '../../publish/record-base.ts';
import { reportRedirectUrls } from '../../publish/redirect-urls.ts';
import { createAlone } from '../../publish/create-alone.ts';
import { requireNotMadeSince } from '../../publish/find-created.ts';
import { requireIdCanBeSaved, saveNewSettings, settingsBefore } from '../../publish/save-settings.ts';
import { findShares, parseShare, shareSent } from '../../publish/share.ts';
import { verifyAndRecord } from '../../publish/verify-and-record.ts';
import { pathFromHere } from '../../settings/path-from-here.ts';

const createFlagsSchema = givenSettingsSchema.omit({ connectorId: true }).extend({
  paths: z.array(z.string()).default([]),
  settingsFile: z.string().optional(),
  relativeTo: pathsOriginSchema.optional(),
  skipValidation: z.boolean().default(false),
  clientSecret: z.array(z.string()).default([]),
  overwriteSettings: z.boolean().default(false),
  dryRun: z.boolean().default(false),
  web: z.boolean().default(false),
  share: z.array(z.string()).default([]),
  fromBackup: z.string().optional(),
  only: z.string().optional(),
  solution: z.string().optional(),
});

/** Makes a connector of the files and writes its ID into `settings.json`; nothing is written into a solution. */
export async function create(given: unknown, context: Context): Promise<Result | void> {
  const { terminal } = context;
  const { paths, clientSecret, overwriteSettings, skipValidation, dryRun, web, fromBackup, only, ...others } =
    parseFlags(given, createFlagsSchema);
  const { solution: wanted, share, ...flags } = others;
  const wantedShares = share.map(parseShare);
  const wantedSolution = wanted === undefined ? undefined : solutionReference(wanted);
  const named = await oneConnectorOrSolution(paths[0], flags, 'create', context, {
    mayBeSecret: clientSecret.length > 0,
    only,
  });
  const { here, options, solution } = named;
  const writes = solution === undefined;
  const before = writes ? await settingsBefore(here.workingDirectory) : null;
  const { settings, settingsFile } = await settingsToSend(options, here, { solution });
  if (web) requirePortal(settings);
  if (fromBackup !== undefined) {
    if (wantedSolution) throw new UsageError("--from-backup and --solution can't be used together.");
    const { createFromBackup } = await import('./create-from-backup.ts');
    return await createFromBackup({ backupId: fromBackup, settings, settingsFile, clientSecret, dryRun, web }, here);
  }
  const files = await readConnectorToSend(settings, { settingsFile, skipValidation, solution }, here);
  requireTitle(files);
  // Nobody has to agree to what is not going to happen.
  const isAgreed = overwriteSettings || (dryRun && terminal.interactive);
  if (writes && !isAgreed) await requireSettingsMayBeWritten(here);
  const secrets = await readClientSecrets(files, clientSecret, context);
  const remote = await connect(settings, context);
  const environment = await chooseEnvironment(settings, remote, context);
  const forValues = { settings, settingsFile, set: [], connector: files, environment, skipValidation };
  const { connector: withValues, secretPointers } = await connectorFor(forValues, remote, here);
  const connector = await withAllSecrets(withValues, secrets, context, secretPointers);
  const displayName = requireTitle(connector);
  const shares = await findShares(wantedShares, { environment }, remote, here);
  const inSolution = wantedSolution && (await findSolution(wantedSolution, environment, remote, context));
  const place = await environmentName(environment, remote, context);
  const folder = relative(context.workingDirectory, here.workingDirectory);
  const written = options.settingsFile || undefined;
  // A settings file that is named replaces the option.
  const typed = written === undefined ? options.environment : undefined;
  const toSay = typed ?? (settings.environment === undefined ? environment : undefined);
  const sources = solution
    ? `${sameSolution(solution)} --environment ${commandWord(environment)}`
    : sameFiles({ settingsFile: written, folder, flags: countingFlags(options) }, toSay);
  const request = { environment, connector, displayName, place, named: sources, inSolution };
  if (dryRun) return await (await import('../../publish/dry-run.ts')).dryRunCreate(request, remote, context);
  if (solution) reportMembersOutside(terminal);
  const startedAt = Date.now();
  const { target, current } = await createAlone(request, context, async (hasWaited) => {
    if (hasWaited) await requireNotMadeSince(request, startedAt, remote);
    if (writes) await requireIdCanBeSaved(settingsFileName, here.workingDirectory, before);
    const made = await createConnector(request, remote, context);
    if (writes) await saveNewSettings(made.target, settings, here.workingDirectory, before);
    const directory = writes ? await baseDirectory(settings, undefined, here) : undefined;
    const sent = { ...made, directory, rename: false, isNew: true };
    return { target: made.target, current: await verifyAndRecord(sent, remote, context) };
  });
  const words = `${target.connectorId} created successfully.`;
  await reportResult({ words, name: displayName, target, isOfPython: true, web }, settings, remote, context);
  await shareSent(shares, target, remote, context);
  reportRedirectUrls(current, terminal);
  const deployed = sameConnector({ settingsFile: undefined, folder, flags: { account: settings.account } });
  if (writes) noteNextStep([`paconn deploy${deployed}`], terminal, afterChanges);
  return { data: await publishedData('created', { target, name: displayName, current }, settings, context) };
}

/** Asked before anything is created: an ID that cannot be saved is soon lost. */
async function requireSettingsMayBeWritten(context: Context): Promise<void> {
  const { terminal, workingDirectory } = context;
  if (!(await exists(resolve(workingDirectory, settingsFileName)))) return;
  const insteadPass = '--overwrite-settings';
  const path = pathFromHere(settingsFileName, context);
  if (!terminal.interactive) {
    throw new UsageError(`${path} already exists and would be overwritten.`, {
      hint: `Pass ${insteadPass} to overwrite it, or run create in another folder.`,
    });
  }
  const message = `${path} file(s) exist. Do you want to overwrite?`;
  if (await terminal.confirm({ message, insteadPass })) return;
  throw new CanceledError({ isDeclined: true });
}
