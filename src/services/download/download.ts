import { dirname, relative, resolve } from 'node:path';
import * as z from 'zod';
import type { Context } from '../../context.ts';
import { UsageError } from '../../errors.ts';
import { pathWord } from '../../io/terminal/command-word.ts';
import { counted } from '../../output/report.ts';
import { noteNextStep } from '../../output/next-step.ts';
import type { Result } from '../../output/result.ts';
import { givenSettingsSchema, type Settings } from '../../settings/settings.ts';
import { environmentName } from '../../environment/environment-name.ts';
import { sameConnector } from '../../environment/same-connector.ts';
import type { Terminal } from '../../io/terminal/terminal.ts';
import { fileForFolder } from '../../check/connector-arguments.ts';
import { strayArgument } from '../../check/find-folders.ts';
import { inFolder } from '../../bulk/in-folder.ts';
import { type SettingsHere, settingsHere } from '../../check/settings-here.ts';
import { chooseTargetHere } from '../../environment/choose-target-here.ts';
import { isFile } from '../../io/fs/files.ts';
import { requirePortablePath } from '../../io/fs/require-portable.ts';
import { type GivenFlags, settingsFileName } from '../../settings/settings-file.ts';
import { connect } from '../../remote/connect.ts';
import { overwriteError, requireOverwrite } from '../../publish/files-inside.ts';
import { readResource } from '../../publish/read-remote.ts';
import { connectorData } from '../../publish/published-data.ts';
import { dataPath } from '../../output/data-path.ts';
import type { DownloadedData } from '../../results/files.ts';
import { resolveSettings } from '../../remote/resolve-settings.ts';
import { concurrencySchema, parseFlags } from '../../settings/flags.ts';
import { type PlannedFile, saveConnector } from './save-connector.ts';

const downloadFlagsSchema = givenSettingsSchema.extend({
  paths: z.array(z.string()).default([]),
  settingsFile: z.string().optional(),
  destination: z.string().optional(),
  overwrite: z.boolean().default(false),
  dryRun: z.boolean().default(false),
  all: z.boolean().default(false),
  allEnvironments: z.boolean().default(false),
  concurrency: concurrencySchema,
});

/** Writes the files of a connector into a directory, or those of all connectors into a directory for each. */
export async function download(given: unknown, context: Context): Promise<Result> {
  const { terminal, workingDirectory } = context;
  const startedAt = Date.now();
  const { paths, overwrite, dryRun, all, allEnvironments, concurrency, ...named } = parseFlags(
    given,
    downloadFlagsSchema,
  );
  const [argument] = paths;
  if (argument !== undefined && (await isFile(resolve(workingDirectory, argument)))) {
    // Without a folder it would be downloaded to another one.
    const command = dirname(argument) === '.' ? 'download .' : 'download';
    throw await fileForFolder(argument, command, named, workingDirectory);
  }
  const { destination, ...flags } = withFolder(argument, named);
  await requirePortablePath(resolve(workingDirectory, destination ?? '.'));
  const found = await settingsIn(argument, flags, context);
  const { settings } = found;
  if (all || allEnvironments) {
    if (!flags.settingsFile) requireNoneNamed(settings, allEnvironments);
    const { downloadAll } = await import('./download-all.ts');
    const directory = resolve(workingDirectory, destination || '.');
    return await downloadAll({ settings, allEnvironments, directory, overwrite, dryRun, concurrency }, context);
  }
  const remote = await connect(settings, context);
  if (destination === undefined && settings.connectorId === undefined) await noteConnectorHere(context);
  const target = await chooseTargetHere(found, remote, context);
  const directory = resolve(workingDirectory, destination || target.connectorId);
  const reading = readResource({ target, directory }, remote, context);
  const connector = await terminal.during('Reading the connector', reading);
  const requireWritable = async (names: readonly string[], edited: readonly string[]): Promise<void> => {
    if (overwrite || dryRun) return;
    if (edited.length > 0) warnOfEdits(edited, relative(workingDirectory, directory), terminal);
    await requireOverwrite(names, directory, terminal);
  };
  const { backup, planned, ...saved } = await saveConnector(
    { remote, settings, target, connector, directory, startedAt, requireWritable, dryRun },
    context,
  );
  const name = connector.value.properties.displayName || null;
  const folder = relative(workingDirectory, directory);
  const data: DownloadedData = {
    result: 'downloaded',
    isDryRun: dryRun,
    ...(await connectorData(target, name, settings, context)),
    folder: dataPath(directory, workingDirectory),
    ...saved,
    backupId: backup?.name ?? null,
  };
  if (dryRun) {
    const place = await environmentName(target.environment, remote, context);
    printPlan(planned, `${name ?? target.connectorId} from ${place} to ${folder || '.'}`, terminal);
    const existing = planned.flatMap(({ path, change }) => (change === 'added' ? [] : [path]));
    const isRefused = existing.length > 0 && !overwrite && !terminal.interactive;
    return { data, unasked: '', ...(isRefused && { failure: overwriteError(existing, directory) }) };
  }
  terminal.report(`The connector is downloaded to ${directory}.`);
  noteNextStep([...(folder === '' ? [] : [`cd ${pathWord(folder)}`]), 'paconn validate'], terminal);
  return { data };
}

/** The text of a dry run. */
function printPlan(planned: readonly PlannedFile[], what: string, { print, verbosity }: Terminal): void {
  if (verbosity.dataOnStdout) return;
  const count = (change: PlannedFile['change']): number => planned.filter((file) => file.change === change).length;
  const [added, changed] = [count('added'), count('changed')];
  const counts = [added > 0 && counted(added, 'new file'), changed > 0 && counted(changed, 'changed file')];
  const lines = planned.flatMap(({ path, change }) =>
    change === 'same' ? [] : [`  ${change === 'added' ? '+' : '~'} ${path}\n`],
  );
  print([
    { text: `Would download ${what}: ${counts.filter(Boolean).join(', ') || 'no changes'}\n`, style: 'strong' },
    { text: `${lines.length > 0 ? `\n${lines.join('')}` : ''}\nDry run: nothing was written.` },
  ]);
}

/** The folder as an argument is the same as `--output-dir`. Raises {@link UsageError} for both. */
function withFolder<Flags extends { readonly destination?: string | undefined }>(
  folder: string | undefined,
  flags: Flags,
): Flags {
  if (folder === undefined) return flags;
  if (folder.startsWith('-')) throw strayArgument();
  if (flags.destination === undefined) return { ...flags, destination: folder };
  throw new UsageError("--output-dir and a folder can't be used together.", { hint: 'Use either one.' });
}

/** A folder that is named as an argument and has a `settings.json` is downloaded again. */
async function settingsIn(folder: string | undefined, flags: GivenFlags, context: Context): Promise<SettingsHere> {
  const here = folder === undefined ? undefined : inFolder(context, folder);
  if (!here || flags.settingsFile || !(await isFile(resolve(here.workingDirectory, settingsFileName)))) {
    return { settings: await resolveSettings(flags, context), settingsFile: flags.settingsFile || undefined };
  }
  return await settingsHere(flags, here, { findsFiles: 'needed' });
}

async function noteConnectorHere({ workingDirectory, terminal }: Context): Promise<void> {
  if (!(await isFile(resolve(workingDirectory, settingsFileName)))) return;
  terminal.note("Note: To download the connector in this folder again, run 'paconn download .'.");
}

function warnOfEdits(edited: readonly string[], folder: string, { interactive, note }: Terminal): void {
  const have = edited.length === 1 ? 'has' : 'have';
  const pull = `run 'paconn pull${sameConnector({ settingsFile: undefined, folder })}'`;
  note(
    `Warning: ${edited.join(', ')} ${have} local changes. To merge instead, ${interactive ? `answer n and ${pull}` : pull}.`,
  );
}

/** Raises {@link UsageError} for options that name what is to be all. */
function requireNoneNamed({ connectorId, environment }: Settings, allEnvironments: boolean): void {
  if (connectorId !== undefined) throw new UsageError("--all and --connector can't be used together.");
  if (allEnvironments && environment !== undefined) {
    throw new UsageError("--all-environments and --environment can't be used together.");
  }
}
