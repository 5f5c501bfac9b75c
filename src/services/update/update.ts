import { relative } from 'node:path';
import * as z from 'zod';
import type { Context } from '../../context.ts';
import { UsageError } from '../../errors.ts';
import type { Result } from '../../output/result.ts';
import { givenSettingsSchema, pathsOriginSchema } from '../../settings/settings.ts';
import { connectorArguments, optionsIn } from '../../check/connector-arguments.ts';
import { settingsToSend } from '../../publish/settings-to-send.ts';
import { chooseTargetHere } from '../../environment/choose-target-here.ts';
import { connect } from '../../remote/connect.ts';
import { requireTitle, titleOf } from '../../connector/connector.ts';
import { withGivenSecrets } from '../../publish/client-secrets.ts';
import { readConnectorToSend } from '../../publish/read-connector-to-send.ts';
import { concurrencySchema, parseFlags } from '../../settings/flags.ts';
import { inEachFolder, requireNoneNamed } from '../../bulk/in-each-folder.ts';
import { baseDirectory } from '../../publish/record-base.ts';
import { requirePortal } from '../../remote/open-page.ts';
import { reportResult } from '../../publish/report-result.ts';
import { pullArguments, sameConnector } from '../../environment/same-connector.ts';
import { updateConnector } from '../../publish/update-connector.ts';

const updateFlagsSchema = givenSettingsSchema.extend({
  paths: z.array(z.string()).default([]),
  concurrency: concurrencySchema,
  yes: z.boolean().default(false),
  settingsFile: z.string().optional(),
  relativeTo: pathsOriginSchema.optional(),
  skipValidation: z.boolean().default(false),
  clientSecret: z.array(z.string()).default([]),
  removeScript: z.boolean().default(false),
  rename: z.boolean().default(false),
  force: z.boolean().default(false),
  withoutBackup: z.boolean().default(false),
  dryRun: z.boolean().default(false),
  failOnBreaking: z.boolean().default(false),
  web: z.boolean().default(false),
});

type UpdateFlags = Omit<z.infer<typeof updateFlagsSchema>, 'paths' | 'concurrency' | 'yes'>;

/** Replaces connectors by what the files say. Raises `ConflictError` when that would lose work. */
export async function update(given: unknown, context: Context): Promise<Result | void> {
  const { paths, concurrency, yes, ...flags } = parseFlags(given, updateFlagsSchema);
  const { workingDirectory } = context;
  const named = await connectorArguments(paths, flags, 'update', context, {
    mayBeSecret: flags.clientSecret.length > 0,
  });
  requireNoneNamed(flags, named.folders);
  const work = async (own: Context): Promise<Result> =>
    await updateOne(
      optionsIn(own.workingDirectory, { ...flags, settingsFile: named.flags.settingsFile }, workingDirectory),
      relative(workingDirectory, own.workingDirectory),
      own,
    );
  const isAgreed = yes || flags.dryRun;
  return await inEachFolder(
    { ...named, doing: 'Updating', concurrency, work, ...(!isAgreed && { asks: 'Update' }) },
    context,
  );
}

async function updateOne(
  {
    clientSecret,
    removeScript,
    skipValidation,
    rename,
    force,
    withoutBackup,
    dryRun,
    failOnBreaking,
    web,
    ...flags
  }: UpdateFlags,
  folder: string,
  context: Context,
): Promise<Result> {
  const found = await settingsToSend(flags, context);
  const { settings, settingsFile } = found;
  if (removeScript && settings.script !== undefined) {
    throw new UsageError(`--remove-script and the script ${settings.script} can't be used together.`);
  }
  if (web) requirePortal(settings);
  const files = await readConnectorToSend(settings, { settingsFile, skipValidation }, context);
  const connector = await withGivenSecrets(files, clientSecret, context);
  const directory = await baseDirectory(settings, settingsFile, context);
  const remote = await connect(settings, context);
  const target = await chooseTargetHere(found, remote, context);
  const displayName = rename ? requireTitle(connector) : undefined;
  const named = sameConnector({ settingsFile: flags.settingsFile || undefined, folder });
  const pull = pullArguments({ settingsFile, folder }, flags.account);
  const breaking = failOnBreaking ? 'stop' : 'warn';
  const sent = { target, connector, displayName, directory, removeScript, force, withoutBackup, pull };
  const request = {
    ...sent,
    named,
    command: `update${named}`,
    replacing: 'update',
    breaking,
    announces: 'breaking',
  } as const;
  if (dryRun) return await (await import('../../publish/dry-run.ts')).dryRunUpdate(request, remote, context);
  const { current, backup, changes } = await updateConnector(request, remote, context);
  const name = (current && titleOf(current.state)) ?? titleOf(connector) ?? target.connectorId;
  const words = `${target.connectorId} updated successfully.`;
  await reportResult({ words, name, target, changes, backup, web }, settings, remote, context);
  return { data: { version: 1, outcome: 'updated', ...target, changedTime: current?.changedTime, kept: backup?.name } };
}
