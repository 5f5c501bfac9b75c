import { Command, CommanderError, Option } from 'commander';
import { commanderArguments, valueIn } from './commands/argv.ts';
import { commandDefinitions, commandGroups, commandsByName } from './commands/catalogue.ts';
import { complete } from './commands/complete.ts';
import { commandHelp, programHelp } from './commands/help.ts';
import { type CommandOption, commandOption, commandOptions, ownOptions } from './commands/command-options.ts';
import { globalOptions } from './commands/option-lists.ts';
import { readPath } from './commands/path-text.ts';
import type { CommandDefinition } from './commands/command-definition.ts';
import type { Voice } from './commands/run-service.ts';
import type { KnownCommands } from './commands/usage-error.ts';
import type { Context } from './context.ts';
import { CanceledError, ExitCode, InsteadError, PaconnError, UnknownNameError } from './errors.ts';

/**
 * Runs a command line and gives the exit code. All errors are reported here and nowhere else.
 *
 * @param argv The arguments, without those of Node.
 */
export async function run(argv: readonly string[], context: Context): Promise<number> {
  let voice: Voice | undefined;
  try {
    return await dispatch(commanderArguments(argv), context, (spoken) => {
      voice = spoken;
    });
  } catch (error) {
    if (error instanceof InsteadError) return await run(error.argv, context);
    return await report(error, argv, context, voice);
  }
}

/** What commander ends a run with that is no error. */
const answers: ReadonlySet<string> = new Set(['commander.help', 'commander.helpDisplayed', 'commander.version']);

async function dispatch(given: readonly string[], context: Context, speak: (voice: Voice) => void): Promise<number> {
  const [name = ''] = given;
  let exitCode: number = ExitCode.done;
  const program = createProgram(name, context, async (definition, command) => {
    const { runService } = await import('./commands/run-service.ts');
    exitCode = await runService(definition, command, context, optionsOf, speak);
  });
  try {
    await program.parseAsync(given, { from: 'user' });
    return exitCode;
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (answers.has(error.code)) return ExitCode.done;
    throw (await import('./commands/usage-error.ts')).usageError(error, given, knownCommands());
  }
}

function optionsOf(name: string): readonly CommandOption[] {
  const definition = commandsByName.get(name);
  return definition ? commandOptions(definition) : [];
}

function knownCommands(): KnownCommands {
  const commands = [...commandsByName].map(([name, definition]) => [name, commandOptions(definition)] as const);
  return { commands: new Map(commands), globals: globalOptions.map((option) => commandOption(option)) };
}

/** Longer lines are hard to read. */
const widestHelp = 80;

/**
 * The program with all its commands. A new one for each run, so that runs share no state.
 *
 * @param meant The command of this run. The others have no options, so that more commands do not take more time.
 * @param perform Does the work of the command, once its options are read.
 */
function createProgram(
  meant: string,
  context: Context,
  perform: (definition: CommandDefinition, command: Command) => Promise<void>,
): Command {
  const { terminal, version, docsFolder } = context;
  const program = new Command('paconn')
    .version(version, '--version')
    .exitOverride()
    .showSuggestionAfterError(false)
    .configureOutput({
      writeOut: (text) => terminal.print(text.trimEnd()),
      // What commander has to say becomes an error, which is reported as all are.
      writeErr: () => undefined,
      getOutHelpWidth: () => Math.min(terminal.columns, widestHelp),
      getOutHasColors: () => false,
    })
    .configureHelp({
      formatHelp: (_program, { helpWidth: columns = widestHelp }) =>
        programHelp(commandGroups, { columns, docsFolder }),
    });
  for (const name of globalOptions) program.addOption(new NamedOption(commandOption(name)));

  for (const definition of commandDefinitions) {
    const { name, aliases = [], description, paths, morePaths } = definition;
    const command = program
      .command(name)
      .aliases(aliases)
      .description(description)
      .configureHelp({
        formatHelp: (_command, { helpWidth: columns = widestHelp }) => commandHelp(definition, { columns, docsFolder }),
      });
    for (const argument of [paths, morePaths]) if (argument) command.argument(...argument, readPath);
    const options = commandsByName.get(meant) === definition ? ownOptions(definition) : [];
    for (const option of options.flatMap((group) => group.options)) command.addOption(new NamedOption(option));
    command.action(async () => await perform(definition, command));
  }

  // For the scripts of shells.
  program
    .command('complete', { hidden: true })
    .argument('[words...]')
    .action(async (words: readonly string[]) => await complete(words, context));
  return program;
}

/** Keeps its value under the name that settings and services know it by, whatever it is called. */
class NamedOption extends Option {
  readonly #name: string;

  constructor({ name, long, flags, description, value }: CommandOption) {
    super(flags, description);
    this.#name = name;
    if (value) this.argParser((text: string, before: unknown) => value.read(text, long, before));
  }

  override attributeName(): string {
    return this.#name;
  }
}

/** @param voice How it is reported; undefined where the run ended before that was known. */
async function report(
  error: unknown,
  argv: readonly string[],
  context: Context,
  voice: Voice | undefined,
): Promise<number> {
  const { terminal } = context;
  const failure = error instanceof PaconnError ? error : bugOf(error, argv, context);
  const isCanceled = failure instanceof CanceledError;
  const isInterrupted = failure.exitCode === ExitCode.interrupted;
  const exitCode = isInterrupted ? interruptedCode(context.signal) : failure.exitCode;
  // Whoever pressed Ctrl+C knows that the run has ended; only what may have changed is worth a line.
  if (isInterrupted && failure.hint === undefined && !isCanceled) return exitCode;
  const completed = voice?.completed ?? ((words) => words);
  const advice = failure instanceof UnknownNameError ? await guess(failure) : failure.hint;
  const hint = advice && completed(advice);
  const answer = ['--verbose', '--debug'].some((option) => argv.includes(option)) && failure.answer;
  const detail = [failure.detail && completed(failure.detail), answer].filter(Boolean).join('\n') || undefined;
  const { failsAsJson, failureJson } = await import('./commands/failure-json.ts');
  if (voice?.isJson ?? failsAsJson(valueIn(argv, 'output'), valueIn(argv, 'jsonVersion')))
    terminal.report([{ text: await failureJson(failure, { detail, hint, exitCode }) }]);
  else if (isCanceled) terminal.report(failure.message);
  else terminal.fail([failure.message, detail, hint].filter(Boolean).join('\n'));
  return exitCode;
}

function interruptedCode({ reason }: AbortSignal): number {
  return typeof reason === 'number' ? reason : ExitCode.interrupted;
}

function bugOf(error: unknown, argv: readonly string[], { terminal, version }: Context): PaconnError {
  const message = `This is a bug in paconn ${version}: ${error instanceof Error ? error.message : String(error)}`;
  const stack = error instanceof Error ? (error.stack ?? '') : '';
  const details = argv.includes('--debug') ? stack : 'Run it again with --debug for details, and report it with them.';
  return new PaconnError(terminal.withoutSecrets(message), { hint: terminal.withoutSecrets(details) });
}

async function guess({ written, names, hint }: UnknownNameError): Promise<string | undefined> {
  const { nearestName } = await import('./nearest-name.ts');
  const nearest = nearestName(written, names);
  return nearest === undefined ? hint : `Did you mean '${nearest}'?`;
}
