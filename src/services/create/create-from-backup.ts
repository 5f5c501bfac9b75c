import type { Context } from '../../context.ts';
import { UsageError } from '../../errors.ts';
import { requireTitle } from '../../connector/connector.ts';
import { chooseEnvironment } from '../../environment/choose-target.ts';
import { environmentName } from '../../environment/environment-name.ts';
import { listBackups } from '../../history/backups.ts';
import type { Result } from '../../output/result.ts';
import { readClientSecrets, withAllSecrets } from '../../publish/client-secrets.ts';
import { createAlone } from '../../publish/create-alone.ts';
import { createConnector } from '../../publish/create-connector.ts';
import { requireNotMadeSince } from '../../publish/find-created.ts';
import { baseDirectory } from '../../publish/record-base.ts';
import { reportRedirectUrls } from '../../publish/redirect-urls.ts';
import { publishedData } from '../../publish/published-data.ts';
import { reportResult } from '../../publish/report-result.ts';
import { namedTarget, requireIdCanBeSaved, saveTarget } from '../../publish/save-settings.ts';
import { verifyAndRecord } from '../../publish/verify-and-record.ts';
import { readCheckedBackup } from '../../publish/read-checked-backup.ts';
import { connect } from '../../remote/connect.ts';
import { pathFromHere } from '../../settings/path-from-here.ts';
import type { Settings } from '../../settings/settings.ts';

export interface Recreation {
  readonly backupId: string;
  readonly settings: Settings;
  readonly settingsFile: string | undefined;
  readonly clientSecret: readonly string[];
  readonly dryRun: boolean;
  readonly web: boolean;
}

/**
 * Creates a connector from a backup, in the environment that it was in unless another is named. Its ID replaces that of the backup's
 * connector in the settings file, with a base of its own; no other local file is written.
 */
export async function createFromBackup(
  { backupId, settings, settingsFile, clientSecret, dryRun, web }: Recreation,
  context: Context,
): Promise<Result> {
  const backup = (await listBackups(context.configDirectory)).find(({ name }) => name === backupId);
  if (!backup) {
    throw new UsageError(`No backup '${backupId}' found.`, { hint: 'List backups with:\n  paconn restore --list' });
  }
  const named = settingsFile === undefined ? undefined : await namedTarget(settingsFile, context.workingDirectory);
  const content = await readCheckedBackup(backup, 'created');
  const connector = await withAllSecrets(content, await readClientSecrets(content, clientSecret, context), context);
  const displayName = connector.displayName ?? requireTitle(connector);
  const remote = await connect(settings, context);
  const wanted = settings.environment ?? backup.target.environment;
  const environment = await chooseEnvironment({ environment: wanted }, remote, context);
  const place = await environmentName(environment, remote, context);
  const request = { environment, connector, displayName, place, named: undefined };
  if (dryRun) return await (await import('../../publish/dry-run.ts')).dryRunCreate(request, remote, context);
  const isInPlace = settings.connectorId === backup.target.connectorId && environment === backup.target.environment;
  const keepsIdIn = isInPlace ? named : undefined;
  const idFile = keepsIdIn && pathFromHere(keepsIdIn.settingsFile, context);
  const startedAt = Date.now();
  const { target, current } = await createAlone(request, context, async (hasWaited) => {
    if (hasWaited) await requireNotMadeSince({ ...request, settingsFile: idFile }, startedAt, remote);
    if (keepsIdIn !== undefined) await requireIdCanBeSaved(keepsIdIn.settingsFile, context.workingDirectory);
    const made = await createConnector(request, remote, context);
    if (keepsIdIn !== undefined) await saveTarget(made.target, keepsIdIn, context.workingDirectory);
    // The files beside the new ID are compared with what there is of it now.
    const directory = keepsIdIn === undefined ? undefined : await baseDirectory(settings, settingsFile, context);
    const sent = { ...made, directory, rename: false, isNew: true };
    return { target: made.target, current: await verifyAndRecord(sent, remote, context) };
  });
  const words = `${target.connectorId} created successfully.`;
  await reportResult({ words, name: displayName, target, web }, settings, remote, context);
  if (idFile !== undefined) context.terminal.note(`Note: Its ID is now in ${idFile}.`);
  reportRedirectUrls(current, context.terminal);
  return { data: await publishedData('created', { target, name: displayName, current }, settings, context) };
}
