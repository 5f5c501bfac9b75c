import { relative, resolve } from 'node:path';
import * as z from 'zod';
import type { Context } from '../../context.ts';
import { UsageError } from '../../errors.ts';
import type { Result } from '../../output/result.ts';
import { givenSettingsSchema, type Settings } from '../../settings/settings.ts';
import { sameConnector } from '../../environment/same-connector.ts';
import type { Terminal } from '../../io/terminal/terminal.ts';
import { chooseTarget } from '../../environment/choose-target.ts';
import { connect } from '../../remote/connect.ts';
import { requireOverwrite } from '../../publish/files-inside.ts';
import { resolveSettings } from '../../remote/resolve-settings.ts';
import { concurrencySchema, parseFlags } from '../../settings/flags.ts';
import { saveConnector } from './save-connector.ts';

const downloadFlagsSchema = givenSettingsSchema.extend({
  settingsFile: z.string().optional(),
  destination: z.string().optional(),
  overwrite: z.boolean().default(false),
  all: z.boolean().default(false),
  allEnvironments: z.boolean().default(false),
  concurrency: concurrencySchema,
});

/** Writes the files of a connector into a directory, or those of all connectors into a directory for each. */
export async function download(given: unknown, context: Context): Promise<Result> {
  const { terminal, workingDirectory } = context;
  const startedAt = Date.now();
  const { destination, overwrite, all, allEnvironments, concurrency, ...flags } = parseFlags(
    given,
    downloadFlagsSchema,
  );
  const settings = await resolveSettings(flags, context);
  if (all || allEnvironments) {
    if (!flags.settingsFile) requireNoneNamed(settings, allEnvironments);
    const { downloadAll } = await import('./download-all.ts');
    const directory = resolve(workingDirectory, destination || '.');
    return await downloadAll({ settings, allEnvironments, directory, overwrite, concurrency }, context);
  }
  const remote = await connect(settings, context);
  const target = await chooseTarget(settings, remote, context);
  const connector = await terminal.during('Reading the connector', remote.getConnector(target));
  const directory = resolve(workingDirectory, destination || target.connectorId);
  const requireWritable = async (names: readonly string[], edited: readonly string[]): Promise<void> => {
    if (overwrite) return;
    if (edited.length > 0) warnOfEdits(edited, relative(workingDirectory, directory), terminal);
    await requireOverwrite(names, directory, terminal);
  };
  const { backup, ...saved } = await saveConnector(
    { remote, settings, target, connector, directory, startedAt, requireWritable },
    context,
  );
  terminal.report(`The connector is downloaded to ${directory}.`);
  return { data: { version: 1, ...target, directory, ...saved, kept: backup?.name } };
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
  if (connectorId !== undefined) throw new UsageError('--all and --connector exclude each other.');
  if (allEnvironments && environment !== undefined) {
    throw new UsageError('--all-environments and --environment exclude each other.');
  }
}
