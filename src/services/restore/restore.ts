import { join, relative, resolve } from 'node:path';
import * as z from 'zod';
import type { Remote } from '../../api/remote.ts';
import { type Connector, titleOf } from '../../connector/connector.ts';
import type { Context } from '../../context.ts';
import { ApiError, PaconnError } from '../../errors.ts';
import { type Backup, lastReplacementOf, listBackups, readBackup } from '../../history/backups.ts';
import { isFile, readDirectory } from '../../io/fs/files.ts';
import { commandWord } from '../../io/terminal/command-word.ts';
import { dataPath } from '../../output/data-path.ts';
import { namedPerson } from '../../output/person-data.ts';
import type { Result } from '../../output/result.ts';
import { shortTime } from '../../output/short-time.ts';
import { environmentWords, knownEnvironment } from '../../environment/environment-name.ts';
import type { BackupsData, RestoredData } from '../../results/publishing.ts';
import { givenSettingsSchema, type Settings } from '../../settings/settings.ts';
import { settingsFileName } from '../../settings/settings-file.ts';
import { chooseBackups, backupsOf, backupWords, latest } from './choose-backup.ts';
import { latestBackup } from './latest-backup.ts';
import { namingConnector } from './named-connector.ts';
import { connect } from '../../remote/connect.ts';
import { recreateCommand } from '../../publish/recreate-command.ts';
import { chooseEnvironment } from '../../environment/choose-target.ts';
import { titleThere } from '../../environment/choose-target-here.ts';
import { ConnectorsByName } from '../../environment/connectors-by-name.ts';
import { findConnector } from '../../environment/find-connector.ts';
import { findEnvironment } from '../../environment/find-environment.ts';
import { parseFlags } from '../../settings/flags.ts';
import { baseDirectory } from '../../publish/record-base.ts';
import { reportResult } from '../../publish/report-result.ts';
import { guidOf, readPortalAddress } from '../../settings/portal-address.ts';
import { oneConnector } from '../../check/connector-arguments.ts';
import { type SettingsHere, settingsHere } from '../../check/settings-here.ts';
import { sameConnector } from '../../environment/same-connector.ts';
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
  const fromOption = flags.settingsFile ? await settingsIn(flags.settingsFile, context) : undefined;
  const { here, options } = await oneConnector(
    named.folder,
    { ...flags, settingsFile: fromOption },
    named.backup === undefined ? 'restore' : `restore ${commandWord(named.backup)}`,
    context,
  );
  const found = await settingsHere(options, here);
  const { settings, settingsFile } = found;
  const all = await listBackups(configDirectory);
  // A whole ID needs nothing else, whichever environment the folder is of.
  const isFree = options.environment === undefined && options.connectorId === undefined;
  const exact = isFree ? all.filter(({ name }) => name === named.backup) : [];
  const isExact = exact.length === 1;
  const place = named.folder ?? fromOption;
  const isOpen = list || isExact || place === undefined;
  const meant = isOpen ? found : await namingConnector(found, place, options, here);
  const states = isExact ? exact : backupsOf(await namedTarget(meant, all, here), all);
  if (list && states.length === 0) terminal.note('No backups found.');
  if (list) return await backupList(states, context);

  const chosen = await chooseBackups(named.backup, states, terminal);
  const remote = await connect(settings, context);
  const { backup, state, read } =
    named.backup === latest
      ? await latestBackup(chosen, remote, context)
      : { backup: chosen[0], state: await readBackup(chosen[0]), read: undefined };
  const { target } = backup;
  const directory = settingsFile === undefined ? undefined : await baseDirectory(settings, settingsFile, here);
  const same = sameConnector({
    settingsFile: options.settingsFile || undefined,
    folder: relative(context.workingDirectory, here.workingDirectory),
    flags: options,
  });
  const command = `restore ${backup.name}${same}`;
  const restoring = {
    target,
    read,
    connector: state,
    displayName: state.displayName,
    directory,
    named: same,
    command,
    removeScript: true,
    lastReplacement: await lastReplacementOf(target, configDirectory),
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
    return await orExplain(dryRunUpdate(restoring, settings, remote, shown), backup, state, { remote, context });
  }
  const {
    current,
    changes,
    backup: replaced,
  } = await orExplain(updateConnector(restoring, remote, context), backup, state, { remote, context });
  terminal.note("Note: The client secret wasn't changed. paconn doesn't store secrets.");
  if (settingsFile !== undefined) {
    terminal.note(`Note: The local files weren't changed. To merge what was restored:\n  paconn pull${same}`);
  }
  const words = `${target.connectorId} restored: ${backupWords(backup)}.`;
  const name = (current && titleOf(current.state)) ?? titleOf(state) ?? target.connectorId;
  await reportResult({ words, name, target, changes, backup: replaced }, settings, remote, context);
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

type NamedTarget = Pick<Settings, 'environment' | 'connectorId'>;

/**
 * The environment and the connector that the settings name, as backups know them. If no backup has them, the service is
 * queried for the environment by its name, and for the connector by its name in other tools.
 */
async function namedTarget(found: SettingsHere, states: readonly Backup[], context: Context): Promise<NamedTarget> {
  const { settings, ownEnvironment } = found;
  const { environment: written, connectorId } = settings;
  const connected = async (): Promise<Remote> => await connect(settings, context);
  if (ownEnvironment !== undefined) return await namedElsewhere(found, ownEnvironment, await connected(), context);
  const place = connectorId === undefined ? undefined : readPortalAddress(connectorId);
  const environment = written ?? place?.environment;
  const isKnown = environment === undefined || backupsOf({ environment, connectorId: undefined }, states).length > 0;
  const named = {
    environment: isKnown ? environment : await findEnvironment(environment, await connected(), context),
    connectorId: place?.connectorId ?? connectorId,
  };
  const isFound = named.connectorId === undefined || backupsOf(named, states).length > 0;
  const guid = guidOf(named.connectorId ?? '');
  if (isFound || guid === undefined || named.environment === undefined) return named;
  return { ...named, connectorId: await findConnector(guid, named.environment, await connected(), context) };
}

/**
 * The connector of the folder where an option names another environment than its settings: there it has another ID, and is the
 * one that is called like the API definition. What is no longer there is known by that name.
 */
async function namedElsewhere(
  found: SettingsHere,
  ownEnvironment: string,
  remote: Remote,
  context: Context,
): Promise<NamedTarget> {
  const { connectorId } = found.settings;
  const environment = await chooseEnvironment(found.settings, remote, context);
  const own = await findEnvironment(ownEnvironment, remote, context);
  if (own.toLowerCase() === environment.toLowerCase()) return { environment, connectorId };
  const title = await titleThere(found, environment, remote, context);
  if (title === undefined) return { environment, connectorId };
  const there = await new ConnectorsByName().find(title, environment, remote, context, '--connector');
  return { environment, connectorId: there ?? title };
}

async function settingsIn(path: string, { workingDirectory }: Context): Promise<string> {
  const inFolder = join(path, settingsFileName);
  return (await isFile(resolve(workingDirectory, inFolder))) ? inFolder : path;
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
  { remote, context }: { readonly remote: Remote; readonly context: Context },
): Promise<T> {
  try {
    return await restoring;
  } catch (error) {
    const { target } = backup;
    if (!(error instanceof ApiError) || !(await remote.isGone(error, target))) throw error;
    const line = recreateCommand(backup, state);
    throw new PaconnError(
      `The connector ${target.connectorId} is no longer in ${await environmentWords(target.environment, context)}.`,
      { detail: error.message, hint: line && `To create it again, with a new ID:\n  ${line}`, cause: error },
    );
  }
}
