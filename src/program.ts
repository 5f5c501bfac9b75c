import { Command, CommanderError } from 'commander';
import { canonicalArguments } from './commands/argv.ts';
import { createCommand } from './commands/create.ts';
import { downloadCommand } from './commands/download.ts';
import { loginCommand } from './commands/login.ts';
import { logoutCommand } from './commands/logout.ts';
import { globalOptions, makeOption } from './commands/options.ts';
import { serviceCommand } from './commands/service-command.ts';
import { updateCommand } from './commands/update.ts';
import { validateCommand } from './commands/validate.ts';
import type { Context } from './context.ts';
import { ExitCode, PaconnError, UnknownNameError } from './errors.ts';

/**
 * Runs a command line and gives the exit code. All errors are reported here and nowhere else.
 *
 * @param argv The arguments, without those of Node.
 */
export async function run(argv: readonly string[], context: Context): Promise<number> {
  try {
    const program = createProgram(argv, context);
    const commands = new Map(program.commands.map((command) => [command.name(), command.options]));
    const takingPaths = new Set(definitions.flatMap(({ name, paths }) => (paths ? name : [])));
    const given = canonicalArguments(argv, commands, globalOptions.map(makeOption), takingPaths);
    if (given.length === 0) program.outputHelp();
    else await program.parseAsync(given, { from: 'user' });
    return ExitCode.done;
  } catch (error) {
    return await report(error, argv, context);
  }
}

const definitions = [loginCommand, logoutCommand, downloadCommand, createCommand, updateCommand, validateCommand];

/** The program; only a command that is named has its options, the others are there for the list in the help. */
function createProgram(argv: readonly string[], context: Context): Command {
  const { terminal, version } = context;
  const program = new Command('paconn')
    .description('Moves custom connectors of Microsoft Power Platform between files and environments.')
    .version(version, '-v, --version', 'Show the version.')
    .helpOption('-h, --help', 'Show help.')
    .helpCommand('help [command]', 'Show help for a command.')
    .enablePositionalOptions()
    .exitOverride()
    .configureOutput({
      writeOut: (text) => terminal.print(text.trimEnd()),
      // Errors are reported by `report`, all in the same form.
      writeErr: () => undefined,
      getOutHasColors: () => false,
      getErrHasColors: () => false,
    })
    .addHelpText(
      'after',
      '\nFirst steps:\n  $ paconn login\n  $ paconn download\n\npaconn help COMMAND tells more about a command.',
    );
  for (const definition of definitions) {
    const { name, description } = definition;
    const isNamed = argv.includes(name);
    const command = isNamed ? serviceCommand(definition, context) : new Command(name).description(description);
    program.addCommand(command.copyInheritedSettings(program));
  }
  return program;
}

async function report(error: unknown, argv: readonly string[], { terminal, version }: Context): Promise<number> {
  if (error instanceof CommanderError) return reportUsage(error, { terminal });
  if (error instanceof PaconnError) {
    // Whoever pressed Ctrl+C knows that the run has ended; only what is unsettled is worth a line.
    const quiet = error.exitCode === ExitCode.interrupted && error.hint === undefined;
    const hint = error instanceof UnknownNameError ? await guess(error) : error.hint;
    if (!quiet) terminal.fail([error.message, error.detail, hint].filter(Boolean).join('\n'));
    return error.exitCode;
  }
  const bug = error instanceof Error ? error.message : String(error);
  terminal.fail(`This is a bug in paconn ${version}: ${bug}`);
  const stack = error instanceof Error ? (error.stack ?? '') : '';
  const debug = argv.includes('--debug');
  terminal.report(debug ? stack : 'Run it again with --debug for details, and report it with them.');
  return ExitCode.failed;
}

async function guess({ written, names, hint }: UnknownNameError): Promise<string | undefined> {
  const { nearestName } = await import('./nearest-name.ts');
  const nearest = nearestName(written, names);
  return nearest === undefined ? hint : `Did you mean ${nearest}?`;
}

function reportUsage({ message, exitCode }: CommanderError, { terminal }: Pick<Context, 'terminal'>): number {
  if (exitCode === 0) return ExitCode.done;
  terminal.fail(message.replace(/^error: (?<first>.)/u, (_all, first: string) => first.toUpperCase()));
  return ExitCode.usage;
}
