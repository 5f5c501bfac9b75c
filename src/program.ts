import { Command, CommanderError, Option } from 'commander';
import { commanderArguments } from './commands/argv.ts';
import { commandDefinitions, commandGroups, commandsByName } from './commands/catalogue.ts';
import { complete } from './commands/complete.ts';
import { commandHelp, programHelp } from './commands/help.ts';
import { type CommandOption, commandOption, commandOptions, ownOptions } from './commands/command-options.ts';
import { globalOptions } from './commands/option-lists.ts';
import { readPath } from './commands/path-text.ts';
import type { KnownCommands } from './commands/usage-error.ts';
import type { Context } from './context.ts';
import { CanceledError, ExitCode, InsteadError, PaconnError, UnknownNameError } from './errors.ts';

/**
 * Runs a command line and gives the exit code. All errors are reported here and nowhere else.
 *
 * @param argv The arguments, without those of Node.
 */
export async function run(argv: readonly string[], context: Context): Promise<number> {
  try {
    return await dispatch(commanderArguments(argv), context);
  } catch (error) {
    if (error instanceof InsteadError) return await run(error.argv, context);
    return await report(error, argv, context);
  }
}

/** What commander ends a run with that is no error. */
const answers: ReadonlySet<string> = new Set(['commander.help', 'commander.helpDisplayed', 'commander.version']);

async function dispatch(given: readonly string[], context: Context): Promise<number> {
  const [name = ''] = given;
  let exitCode: number = ExitCode.done;
  const program = createProgram(name, context, (code) => {
    exitCode = code;
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
 * @param end Takes the exit code of the command.
 */
function createProgram(meant: string, context: Context, end: (exitCode: number) => void): Command {
  const { terminal, version } = context;
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
    .configureHelp({ formatHelp: (_program, { helpWidth = widestHelp }) => programHelp(commandGroups, helpWidth) });
  for (const name of globalOptions) program.addOption(new NamedOption(commandOption(name)));

  for (const definition of commandDefinitions) {
    const { name, aliases = [], description, paths, morePaths } = definition;
    const command = program
      .command(name)
      .aliases(aliases)
      .description(description)
      .configureHelp({ formatHelp: (_command, { helpWidth = widestHelp }) => commandHelp(definition, helpWidth) });
    for (const argument of [paths, morePaths]) if (argument) command.argument(...argument, readPath);
    const options = commandsByName.get(meant) === definition ? ownOptions(definition) : [];
    for (const option of options.flatMap((group) => group.options)) command.addOption(new NamedOption(option));
    command.action(async () => {
      const { runService } = await import('./commands/run-service.ts');
      end(await runService(definition, command, context));
    });
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

async function report(error: unknown, argv: readonly string[], { terminal, version }: Context): Promise<number> {
  if (error instanceof CanceledError) {
    terminal.report(error.message);
    return error.exitCode;
  }
  if (error instanceof PaconnError) {
    // Whoever pressed Ctrl+C knows that the run has ended; only what may have changed is worth a line.
    const quiet = error.exitCode === ExitCode.interrupted && error.hint === undefined;
    const hint = error instanceof UnknownNameError ? await guess(error) : error.hint;
    const answer = ['--verbose', '--debug'].some((option) => argv.includes(option)) && error.answer;
    if (!quiet) terminal.fail([error.message, error.detail, answer, hint].filter(Boolean).join('\n'));
    return error.exitCode;
  }
  const bug = error instanceof Error ? error.message : String(error);
  const stack = error instanceof Error ? (error.stack ?? '') : '';
  const details = argv.includes('--debug') ? stack : 'Run it again with --debug for details, and report it with them.';
  terminal.failUnforeseen(`This is a bug in paconn ${version}: ${bug}\n${details}`);
  return ExitCode.failed;
}

async function guess({ written, names, hint }: UnknownNameError): Promise<string | undefined> {
  const { nearestName } = await import('./nearest-name.ts');
  const nearest = nearestName(written, names);
  return nearest === undefined ? hint : `Did you mean '${nearest}'?`;
}
