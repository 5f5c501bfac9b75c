import type { Context } from '../../context.ts';
import { UsageError } from '../../errors.ts';
import { requireTitle } from '../../connector/connector.ts';
import { chooseEnvironment } from '../../environment/choose-target.ts';
import { environmentName } from '../../environment/environment-name.ts';
import { listBackups, readBackup } from '../../history/backups.ts';
import type { Result } from '../../output/result.ts';
import { readClientSecrets, withAllSecrets } from '../../publish/client-secrets.ts';
import { createConnector } from '../../publish/create-connector.ts';
import { reportRedirectUrls } from '../../publish/redirect-urls.ts';
import { publishedData } from '../../publish/published-data.ts';
import { reportResult } from '../../publish/report-result.ts';
import { verifyAndRecord } from '../../publish/verify-and-record.ts';
import { connect } from '../../remote/connect.ts';
import type { Settings } from '../../settings/settings.ts';

export interface Recreation {
  readonly backupId: string;
  readonly settings: Settings;
  readonly clientSecret: readonly string[];
  readonly dryRun: boolean;
  readonly web: boolean;
}

/** Creates a connector from a backup, in the environment that it was in unless another is named. No local file is written. */
export async function createFromBackup(
  { backupId, settings, clientSecret, dryRun, web }: Recreation,
  context: Context,
): Promise<Result> {
  const backup = (await listBackups(context.configDirectory)).find(({ name }) => name === backupId);
  if (!backup) {
    throw new UsageError(`No backup '${backupId}' found.`, { hint: 'List backups with:\n  paconn restore --list' });
  }
  const content = await readBackup(backup);
  const connector = await withAllSecrets(content, await readClientSecrets(content, clientSecret, context), context);
  const displayName = connector.displayName ?? requireTitle(connector);
  const remote = await connect(settings, context);
  const wanted = settings.environment ?? backup.target.environment;
  const environment = await chooseEnvironment({ environment: wanted }, remote, context);
  const place = await environmentName(environment, remote, context);
  const request = { environment, connector, displayName, place, named: undefined };
  if (dryRun) return await (await import('../../publish/dry-run.ts')).dryRunCreate(request, remote, context);
  const created = await createConnector(request, remote, context.terminal);
  const current = await verifyAndRecord(
    { ...created, directory: undefined, rename: true, isNew: true },
    remote,
    context,
  );
  const { target } = created;
  const words = `${target.connectorId} created successfully.`;
  await reportResult({ words, name: displayName, target, web }, settings, remote, context);
  reportRedirectUrls(current, context.terminal);
  return { data: await publishedData('created', { target, name: displayName, current }, settings, context) };
}
