import * as z from 'zod';
import type { Change } from '../../comparison/change.ts';
import { compareStates } from '../../comparison/compare-states.ts';
import type { Context } from '../../context.ts';
import { ConflictError, ExitCode, UsageError } from '../../errors.ts';
import type { Terminal } from '../../io/terminal/terminal.ts';
import { counted } from '../../output/report.ts';
import { differenceResult } from '../../output/difference-result.ts';
import type { Result } from '../../output/result.ts';
import { givenSettingsSchema, pathsOriginSchema } from '../../settings/settings.ts';
import { comparedStates, type ComparedStates } from './compared-states.ts';
import { isSource, readOperands } from './operands.ts';

import { inspectFolder } from '../../check/connector-folder.ts';
import { concurrencySchema, parseFlags } from '../../settings/flags.ts';
import { inEachFolder } from '../../bulk/in-each-folder.ts';
import { expandWildcards, namedFolders } from '../../check/find-folders.ts';
import { shareNetwork } from '../../remote/share-network.ts';

const diffFlagsSchema = givenSettingsSchema.extend({
  paths: z.array(z.string()).default([]),
  settingsFile: z.string().optional(),
  relativeTo: pathsOriginSchema.optional(),
  set: z.array(z.string()).default([]),
  toEnvironment: z.string().optional(),
  toConnectorId: z.string().optional(),
  text: z.boolean().default(false),
  differenceFormat: z.literal('text').optional(),
  exitCode: z.boolean().default(false),
  failOnBreaking: z.boolean().default(false),
  output: z.string().default('none'),
  query: z.string().optional(),
  concurrency: concurrencySchema,
  only: z.string().optional(),
});

type DiffFlags = Omit<z.infer<typeof diffFlagsSchema>, 'concurrency'>;

/**
 * Shows how two states of a connector differ: files, their base, environments. Of several folders (two are compared with
 * each other), or one with several connectors in it, the files of each with its environment.
 */
export async function diff(given: unknown, context: Context): Promise<Result | void> {
  const { concurrency, ...named } = parseFlags(given, diffFlagsSchema);
  const flags = { ...named, paths: [...(await expandWildcards(named.paths, context.workingDirectory))] };
  const paths = flags.paths.length === 0 ? ['.'] : flags.paths;
  if (!(await areManyFolders(paths, flags, context))) return await diffOne(flags, context);
  const work = async (own: Context): Promise<Result> => await diffOne({ ...flags, paths: [] }, own);
  return await inEachFolder(
    { ...(await namedFolders(paths, context.workingDirectory)), doing: 'Comparing', concurrency, work },
    context,
  );
}

async function areManyFolders(
  paths: readonly string[],
  { settingsFile, apiDefinition, toEnvironment, toConnectorId }: DiffFlags,
  { workingDirectory }: Context,
): Promise<boolean> {
  if (paths.some(isSource)) return false;
  const namesOne = [settingsFile, apiDefinition, toEnvironment, toConnectorId].some((value) => value !== undefined);
  if (namesOne && paths.length === 1) return false;
  const inspected = await Promise.all(paths.map(async (path) => await inspectFolder(path, workingDirectory)));
  if (paths.length > 2) return inspected.every((folder) => folder !== undefined);
  const [only] = inspected;
  if (paths.length !== 1 || only === undefined || only.isSolution) return false;
  return only.connector === undefined && only.directories.length > 0;
}

async function diffOne(flags: DiffFlags, context: Context): Promise<Result> {
  const {
    paths,
    set,
    toEnvironment,
    toConnectorId,
    text,
    differenceFormat: _format,
    exitCode,
    failOnBreaking,
    output,
    query,
    only,
    ...settings
  } = flags;
  const isPrinted = output !== 'none' || query !== undefined;
  if (text && isPrinted) throw new UsageError("--text can't be used with JSON output.");
  const other = {
    ...(toEnvironment !== undefined && { environment: toEnvironment }),
    ...(toConnectorId !== undefined && { connectorId: toConnectorId }),
  };
  const operands = readOperands(paths, toEnvironment !== undefined || toConnectorId !== undefined);
  const states = await comparedStates({ ...operands, flags: settings, set, other, only }, shareNetwork(context));
  const changes = compareStates(states.from.state, states.to.state);
  const { terminal } = context;
  const result = differenceResult(changes, { from: states.from.side, to: states.to.side });
  if (!isPrinted) await show({ ...states, changes, isDiff: text }, terminal);
  const breaking = changes.filter((change) => change.breaking !== undefined).length;
  if (failOnBreaking && breaking > 0) {
    return { ...result, failure: new ConflictError(`${counted(breaking, 'breaking change')}.`) };
  }
  return exitCode && changes.length > 0 ? { ...result, exitCode: ExitCode.failed } : result;
}

interface Shown extends ComparedStates {
  readonly changes: readonly Change[];
  readonly isDiff: boolean;
}

async function show({ from, to, changes, isDiff }: Shown, terminal: Terminal): Promise<void> {
  terminal.note(`From ${from.name} to ${to.name}:`);
  if (changes.length === 0) terminal.report('No differences.');
  else if (isDiff) terminal.print((await import('../../output/state-diff.ts')).stateDiff(from.state, to.state));
  else
    terminal.print(
      (await import('../../output/difference-text.ts')).differenceText(
        changes,
        terminal.hasLineEnd ? terminal.columns : Infinity,
      ),
    );
}
