import { relative, resolve } from 'node:path';
import * as z from 'zod';
import type { Remote } from '../../api/remote.ts';
import { clientSecretLocations } from '../../connector/client-secret.ts';
import { type Connector, titleOf } from '../../connector/connector.ts';
import type { Context } from '../../context.ts';
import { ApiError, PaconnError } from '../../errors.ts';
import type { Backup } from '../../history/backups.ts';
import { lastOwnChange } from '../../history/own-change.ts';
import { isFile, readDirectory } from '../../io/fs/files.ts';
import { commandWord } from '../../io/terminal/command-word.ts';
import { dataPath } from '../../output/data-path.ts';
import { namedPerson } from '../../output/person-data.ts';
import type { Result } from '../../output/result.ts';
import { shortTime } from '../../output/short-time.ts';
import { environmentWords, knownEnvironment } from '../../environment/environment-name.ts';
import type { BackupsData, RestoredData } from '../../results/publishing.ts';
import { givenSettingsSchema } from '../../settings/settings.ts';
import { chooseBackups, backupWords, latest } from './choose-backup.ts';
import { latestBackup } from './latest-backup.ts';
import { meantBackups } from './meant-backups.ts';
import { readCheckedBackup } from '../../publish/read-checked-backup.ts';
import { concealedInFile } from '../../environment/values-for.ts';
import { concealing } from '../../values/concealed-values.ts';
import { connect } from '../../remote/connect.ts';
import { recreateCommand } from '../../publish/recreate-command.ts';
import { parseFlags } from '../../settings/flags.ts';
import { baseDirectory } from '../../publish/record-base.ts';
import { reportResult } from '../../publish/report-result.ts';
import { oneConnector } from '../../check/connector-arguments.ts';
import { settingsHere } from '../../check/settings-here.ts';
import { type GivenConnector, sameConnector } from '../../environment/same-connector.ts';
import { changesData, connectorData } from '../../publish/published-data.ts';
import { updateConnector } from '../../publish/update-connector.ts';

const restoreFlagsSchema = givenSettingsSchema.extend({
  paths: z.array(z.string()).default([]),
  settingsFile: z.string().optional(),
  list: z.boolean().default(false),
  force: z.boolean().default(false),
  withoutBackup: z.boolean().default(false),
  dryRun: z.boolean().default(false),
  yes: z.boolean().default(false),
  output: z.string().optional(),
  query: z.string().optional(),
});

/** Lists the states of connectors that updates have replaced, or puts one back. Raises `ConflictError` like an update. */
export async function restore(given: unknown, context: Context): Promise<Result> {
  const { paths, list, force, withoutBackup, dryRun, yes, output, query, ...flags } = parseFlags(
    given,
    restoreFlagsSchema,
  );
  const { terminal, configDirectory } = context;
  const named = await readArguments(paths, context);
  const { here, options } = await oneConnector(
    named.folder,
    flags,
    named.backup === undefined ? 'restore' : `restore ${commandWord(named.backup)}`,
    context,
  );
  const found = await settingsHere(options, here);
  const { settings, settingsFile } = found;
  const typed = {
    settingsFile: options.settingsFile || undefined,
    folder: relative(context.workingDirectory, here.workingDirectory),
    flags: options,
  };
  const same = sameConnector(typed);
  const meant = await meantBackups(named.backup, found, options, here);
  if (list && meant.states.length === 0) terminal.note('No backups found.');
  if (list) return await backupList(meant.states, context);

  const isHere = here.workingDirectory === context.workingDirectory;
  const folder = options.settingsFile || (isHere ? undefined : named.folder);
  const mayChoose = terminal.interactive && !yes;
  const chosen = await chooseBackups(meant, { version: named.backup, folder, same, mayChoose }, context);
  const remote = await connect(settings, context);
  const directory = settingsFile === undefined ? undefined : await baseDirectory(settings, settingsFile, here);
  const { backup, state, read } =
    named.backup === latest
      ? await latestBackup(chosen, force && withoutBackup ? undefined : directory, remote, context)
      : { backup: chosen[0], state: await readCheckedBackup(chosen[0], 'restored'), read: undefined };
  const { target } = backup;
  const command = `restore ${backup.name}${same}`;
  const restoring = {
    target,
    read,
    connector: concealing(state, await concealedInFile(found, here)),
    displayName: state.displayName,
    directory,
    named: same,
    command,
    canPull: true,
    removeScript: true,
    lastOwnChange: await lastOwnChange(target, configDirectory),
    force,
    withoutBackup,
    breaking: yes ? 'warn' : 'confirm',
    announces: 'all',
    emptiesLeftOut: true,
    replacing: 'restore',
  } as const;
  terminal.note(`Backup ${backup.name}: ${backupWords(backup)}.`);
  if (dryRun) {
    const { dryRunUpdate } = await import('../../publish/dry-run.ts');
    // A table is for lists: what would be restored is text.
    const isText = output === undefined && query === undefined;
    const shown = isText
      ? { ...context, terminal: terminal.with({ ...terminal.verbosity, dataOnStdout: false }) }
      : context;
    return await orExplain(dryRunUpdate(restoring, settings, remote, shown), backup, state, { typed, remote, context });
  }
  const {
    current,
    changes,
    backup: replaced,
  } = await orExplain(updateConnector(restoring, remote, context), backup, state, { typed, remote, context });
  if (clientSecretLocations(state.apiProperties.document.value).length > 0) {
    terminal.note("Note: The client secret wasn't changed. paconn doesn't store secrets.");
  }
  if (settingsFile !== undefined) {
    terminal.note(`Note: The local files weren't changed. To merge what was restored:\n  paconn pull${same}`);
  }
  const words = `${target.connectorId} restored: ${backupWords(backup)}.`;
  const name = (current && titleOf(current.state)) ?? titleOf(state) ?? target.connectorId;
  await reportResult({ words, name, target, changes, backup: replaced }, settings, remote, here);
  const data: RestoredData = {
    result: 'restored',
    restoredBackupId: backup.name,
    ...(await connectorData(target, name, settings, context)),
    changedTime: current?.changedTime ?? null,
    backupId: replaced?.name ?? null,
    ...changesData(changes),
  };
  return { data, unasked: '' };
}

/** A backup, a folder, or both, in whatever order. */
async function readArguments(
  [first, second]: readonly string[],
  { workingDirectory }: Context,
): Promise<{ readonly backup: string | undefined; readonly folder: string | undefined }> {
  if (first === undefined) return { backup: undefined, folder: undefined };
  const path = resolve(workingDirectory, first);
  // A file is meant as the folder that it's in.
  const isFolder = (await isFile(path)) || (await readDirectory(path)) !== undefined;
  return isFolder ? { backup: second, folder: first } : { backup: first, folder: second };
}

async function backupList(states: readonly Backup[], context: Context): Promise<Result> {
  const backups = await Promise.all(states.map(async (state) => await backupData(state, context)));
  return {
    data: { backups } satisfies BackupsData,
    table: {
      columns: ['ID', 'Name', 'Changed (UTC)', 'Reason', 'Changed by', 'Connector', 'Environment'],
      rows: backups.map(({ backupId, name, connectorId, environment, reason, changedTime, changedBy }) => [
        backupId,
        name ?? '',
        shortTime(changedTime),
        reason,
        changedBy?.name ?? '',
        connectorId,
        environment.id,
      ]),
      kinds: ['word', 'name', 'time', 'word', 'text', 'id', 'id'],
    },
  };
}

async function backupData(backup: Backup, context: Context): Promise<BackupsData['backups'][number]> {
  const { target, name, title, before, keptTime, changedTime, changedBy, missing, directory } = backup;
  return {
    backupId: name,
    name: title ?? null,
    connectorId: target.connectorId,
    environment: await knownEnvironment(target.environment, context),
    reason: before,
    createdTime: keptTime,
    changedTime: changedTime ?? null,
    changedBy: namedPerson(changedBy),
    missing,
    folder: dataPath(directory, context.workingDirectory),
  };
}

/** A connector that is gone can't be updated, but created again. */
async function orExplain<T>(
  restoring: Promise<T>,
  backup: Backup,
  state: Connector,
  { typed, remote, context }: { readonly typed: GivenConnector; readonly remote: Remote; readonly context: Context },
): Promise<T> {
  try {
    return await restoring;
  } catch (error) {
    const { target } = backup;
    if (!(error instanceof ApiError) || !(await remote.isGone(error, target))) throw error;
    const line = recreateCommand(backup, state, typed);
    throw new PaconnError(
      `The connector ${target.connectorId} is no longer in ${await environmentWords(target.environment, context)}.`,
      { detail: error.message, hint: line && `To create it again, with a new ID:\n  ${line}`, cause: error },
    );
  }
}
