import type { Command } from 'commander';
import type { Context } from '../context.ts';
import { ExitCode } from '../errors.ts';
import type { Verbosity } from '../io/terminal/terminal.ts';
import type { Printing } from '../output/print-result.ts';
import type { CommandDefinition } from './command-definition.ts';

type Flags = Readonly<Record<string, unknown>>;

/**
 * Loads the service of a command, has it do the work and prints its result.
 *
 * @param command With the command line read.
 * @returns The exit code.
 */
export async function runService(definition: CommandDefinition, command: Command, context: Context): Promise<number> {
  const { paths, defaultOutput, signsIn, load } = definition;
  const flags = await readFlags(definition, command.optsWithGlobals(), context);
  const printing = printingOf(flags, defaultOutput);
  const isAsked = flags['output'] !== undefined || flags['query'] !== undefined;
  const terminal = context.terminal.with({
    ...verbosityOf(flags),
    dataOnStdout: isAsked || printing !== undefined,
    printsNothing: isAsked && printing === undefined,
  });
  // Before any work is done: a query may have a mistake.
  const print = printing && (await import('../output/print-result.ts')).resultPrinter(printing, terminal);
  if (signsIn) context.expectSignIn();
  const service = await load();
  const result = await service(paths ? { ...flags, paths: command.args } : flags, { ...context, terminal });
  if (!result) return ExitCode.done;
  if (isAsked || result.unasked === undefined) print?.(result);
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
  flags: Flags,
  context: Context,
): Promise<Flags> {
  if (withoutDefaults.has(name)) return flags;
  const { flagsWithDefaults } = await import('../settings/flags-with-defaults.ts');
  const takesEnvironment = [...options, ...addedOptions].includes('environment');
  return await flagsWithDefaults(flags, { isOfPython: commandsOfPython.has(name), takesEnvironment }, context);
}

/** How the result is to be printed; undefined for not at all. */
function printingOf({ output, query }: Flags, defaultOutput: CommandDefinition['defaultOutput']): Printing | undefined {
  const written = typeof query === 'string' ? query : undefined;
  const asked = typeof output === 'string' ? output : undefined;
  // As in the Azure CLI a query is answered in JSON where nothing else is asked for.
  const format = asked ?? (written === undefined ? (defaultOutput ?? 'none') : 'json');
  return format === 'none' ? undefined : { format, query: written };
}

/** How much a command is to say. */
function verbosityOf(flags: Flags): Verbosity {
  return {
    onlyErrors: flags['quiet'] === true,
    verbose: flags['verbose'] === true,
    debug: flags['debug'] === true,
  };
}
