import type { Command } from 'commander';
import type { Context } from '../context.ts';
import { ExitCode, UsageError } from '../errors.ts';
import type { Verbosity } from '../io/terminal/terminal.ts';
import type { GivenOption, WrittenCommand } from '../output/given-options.ts';
import type { Printing } from '../output/print-result.ts';
import type { CommandDefinition } from './command-definition.ts';
import { carriedOptions, hasCarriedOptions } from './carried-options.ts';
import type { CommandOption } from './command-options.ts';
import { failsAsJson } from './failure-json.ts';

/** How a failure is reported. */
export interface Voice {
  /** Whether it is for a program. */
  readonly isJson: boolean;
  readonly completed: Verbosity['completed'];
}

type Flags = Readonly<Record<string, unknown>>;

/**
 * Loads the service of a command, has it do the work and prints its result.
 *
 * @param command With the command line read.
 * @param optionsOf The options of a command: given, since every start has loaded them, in the file that it starts with.
 * @param speak Is told how failures from then on are reported.
 * @returns The exit code.
 */
export async function runService(
  definition: CommandDefinition,
  command: Command,
  context: Context,
  optionsOf: (command: string) => readonly CommandOption[],
  speak: (voice: Voice) => void,
): Promise<number> {
  const { paths, signsIn, load } = definition;
  const given: Flags = command.optsWithGlobals();
  const ofPaths = optionsOf(definition.name).filter(({ takes }) => takes === 'file' || takes === 'folder');
  const assigned = [...command.args, ...ofPaths.map(({ name }) => given[name])].filter((path) =>
    /=/u.test(String(path)),
  );
  if (assigned.length > 0) (await import('../output/conceal-assigned.ts')).concealAssigned(assigned, context);
  const flags = await readFlags(definition, given, context);
  const printing = await printingOf(flags, definition, context);
  const { completed, completedFailure } = await completionOf(definition, flags, optionsOf);
  speak({
    completed: completedFailure,
    isJson: printing !== undefined && failsAsJson(flags['output'], printing.version),
  });
  const isAsked = flags['output'] !== undefined || flags['query'] !== undefined;
  const terminal = context.terminal.with({
    ...verbosityOf(flags),
    dataOnStdout: isAsked || printing !== undefined,
    printsNothing: isAsked && printing === undefined,
    completed,
  });
  // Before any work is done: a query may have a mistake.
  const print = printing && (await import('../output/print-result.ts')).resultPrinter(printing, terminal);
  const { outputFile: resultFile, ...withoutFile } = flags;
  // The result is written here, but only the service knows which files it must not replace.
  const others = printing?.file === undefined ? flags : { ...withoutFile, resultFile };
  if (signsIn) context.expectSignIn();
  const service = await load();
  const result = await service(paths ? { ...others, paths: command.args } : others, { ...context, terminal });
  if (!result) return ExitCode.done;
  if (isAsked || result.unasked === undefined) await print?.(result);
  else if (result.unasked.length > 0) terminal.print(result.unasked);
  if (result.failure !== undefined) throw result.failure;
  return result.exitCode ?? ExitCode.done;
}

/** Those of the Python tool. */
const commandsOfPython: ReadonlySet<string> = new Set(['login', 'logout', 'download', 'create', 'update', 'validate']);

/** What a command says about defaults is not changed by them, and a script for a shell is nothing else. */
const withoutDefaults: ReadonlySet<string> = new Set(['config', 'completion']);

async function readFlags(
  { name, options, addedOptions = [] }: CommandDefinition,
  given: Flags,
  context: Context,
): Promise<Flags> {
  const flags = withJsonAsOutput(given);
  if (withoutDefaults.has(name)) return flags;
  const { flagsWithDefaults } = await import('../settings/flags-with-defaults.ts');
  const takesEnvironment = [...options, ...addedOptions].includes('environment');
  return await flagsWithDefaults(flags, { isOfPython: commandsOfPython.has(name), takesEnvironment }, context);
}

const formatNames = ['format', 'differenceFormat', 'reportFormat'];

/** The options with `--format json` as `--output json`, which is what it means. Raises {@link UsageError} where both differ. */
function withJsonAsOutput(flags: Flags): Flags {
  const name = formatNames.find((one) => flags[one] === 'json');
  if (name === undefined) return flags;
  const { [name]: _format, output = 'json', ...others } = flags;
  if (output === 'json') return { ...others, output };
  throw new UsageError("--format json and --output can't be used together.", { hint: 'Use --output.' });
}

/** How the result is to be printed; undefined for not at all. */
async function printingOf(
  flags: Flags,
  { name, defaultOutput }: CommandDefinition,
  context: Context,
): Promise<Printing | undefined> {
  const { output, query } = flags;
  const written = typeof query === 'string' ? query : undefined;
  const asked = typeof output === 'string' ? output : undefined;
  // As in the Azure CLI a query is answered in JSON where nothing else is asked for.
  const format = asked ?? (written === undefined ? (defaultOutput ?? 'none') : 'json');
  if (format === 'none') return undefined;
  const { jsonVersion } = await import('../settings/flags-with-defaults.ts');
  const { workingDirectory } = context;
  const isAsked = asked !== undefined || written !== undefined;
  // With a format of its own, a file is for that.
  const isFree = isAsked && formatNames.every((one) => flags[one] === undefined);
  const file = isFree && typeof flags['outputFile'] === 'string' ? flags['outputFile'] : undefined;
  return { format, query: written, file, version: jsonVersion(flags, context), command: name, workingDirectory };
}

/** What adds the options of this run to the commands in its words, and in those about its failure; nothing where there are none to add. */
async function completionOf(
  { name }: CommandDefinition,
  flags: Flags,
  optionsOf: (command: string) => readonly CommandOption[],
): Promise<{ readonly completed?: Verbosity['completed']; readonly completedFailure?: Verbosity['completed'] }> {
  const run = { name, isOfPython: commandsOfPython.has(name), flags };
  if (!hasCarriedOptions(run)) return {};
  const { withGivenOptions } = await import('../output/given-options.ts');
  const completion = (hasFailed: boolean) => {
    const optionsFor = (command: WrittenCommand): readonly GivenOption[] =>
      carriedOptions({ ...run, hasFailed }, command, optionsOf(command.name));
    return (words: string) => withGivenOptions(words, optionsFor);
  };
  return { completed: completion(false), completedFailure: completion(true) };
}

/** How much a command is to say. */
function verbosityOf(flags: Flags): Verbosity {
  return {
    onlyErrors: flags['quiet'] === true,
    verbose: flags['verbose'] === true,
    debug: flags['debug'] === true,
  };
}
