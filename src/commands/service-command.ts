import { Command, CommanderError, Option } from 'commander';
import type { Context } from '../context.ts';
import { ExitCode, UsageError } from '../errors.ts';
import type { Verbosity } from '../io/terminal/terminal.ts';
import type { Printing } from '../output/print-result.ts';
import type { CommandDefinition } from './command-definition.ts';
import type { CommandOption } from './options.ts';

type Flags = Readonly<Record<string, unknown>>;

interface ServiceCommand {
  readonly definition: CommandDefinition;
  readonly options: readonly CommandOption[];
  /** In the form of `canonicalArguments`, without the name of the command. */
  readonly given: readonly string[];
  readonly context: Context;
}

/**
 * Reads the arguments of a command, loads its service, has it do the work and prints its result.
 *
 * @returns The exit code.
 */
export async function runCommand({ definition, options, given, context }: ServiceCommand): Promise<number> {
  const { paths, defaultOutput, load } = definition;
  const command = parse(definition, options, given);
  const flags: Flags = command.opts();
  const printing = printingOf(flags, defaultOutput);
  const isAsked = flags['output'] !== undefined || flags['query'] !== undefined;
  const terminal = context.terminal.with({
    ...verbosityOf(flags),
    dataOnStdout: isAsked || printing !== undefined,
    printsNothing: isAsked && printing === undefined,
  });
  // Before any work is done: a query may have a mistake.
  const print = printing && (await import('../output/print-result.ts')).resultPrinter(printing, terminal);
  const service = await load();
  const result = await service(paths ? { ...flags, paths: command.args } : flags, { ...context, terminal });
  if (!result) return ExitCode.done;
  if (isAsked || result.unasked === undefined) print?.(result);
  else if (result.unasked.length > 0) terminal.print(result.unasked);
  if (result.failure !== undefined) throw result.failure;
  return result.exitCode ?? ExitCode.done;
}

/** Keeps its value under our name for it, whatever the option is called. */
class NamedOption extends Option {
  readonly #name: string;

  constructor({ name, long, flags, value }: CommandOption) {
    super(flags);
    this.#name = name;
    if (value) this.argParser((text: string, before: unknown) => value.read(text, long, before));
  }

  override attributeName(): string {
    return this.#name;
  }
}

function parse(
  { name, paths }: CommandDefinition,
  options: readonly CommandOption[],
  given: readonly string[],
): Command {
  const command = new Command(name)
    .helpOption(false)
    .exitOverride()
    // What commander has to say becomes an error, which is reported as all are.
    .configureOutput({ writeErr: () => undefined });
  if (paths) command.argument(...paths);
  for (const option of options) command.addOption(new NamedOption(option));
  try {
    return command.parse(given, { from: 'user' });
  } catch (error) {
    if (error instanceof CommanderError) throw usageError(name, error);
    throw error;
  }
}

function usageError(name: string, error: CommanderError): UsageError {
  if (error.code === 'commander.excessArguments') {
    return new UsageError(`There are more arguments than ${name} takes.`, {
      hint: `paconn ${name} --help tells what it takes. A value with spaces is written in quotes.`,
    });
  }
  const missing = /^error: missing required argument '(?<what>.+)'$/u.exec(error.message)?.groups?.['what'];
  if (missing !== undefined) {
    return new UsageError(`Something is missing: ${missing}.`, { hint: `paconn ${name} --help tells what it takes.` });
  }
  const sentence = error.message.replace(/^error: (?<first>.)/u, (_all, first: string) => first.toUpperCase());
  return new UsageError(sentence, { cause: error });
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
    onlyErrors: flags['onlyShowErrors'] === true || flags['quiet'] === true,
    verbose: flags['verbose'] === true,
    debug: flags['debug'] === true,
  };
}
