import { Command, CommanderError } from 'commander';
import { canonicalArguments } from './commands/argv.ts';
import { createCommand } from './commands/create.ts';
import { downloadCommand } from './commands/download.ts';
import { loginCommand } from './commands/login.ts';
import { logoutCommand } from './commands/logout.ts';
import { globalOptions, makeOption } from './commands/options.ts';
import { updateCommand } from './commands/update.ts';
import { validateCommand } from './commands/validate.ts';
import type { Context } from './context.ts';
import { ExitCode, PaconnError } from './errors.ts';
import { version } from './version.ts';

/**
 * Runs a command line and gives the exit code. All errors are reported here and nowhere else.
 *
 * @param argv The arguments, without those of Node.
 */
export async function run(argv: readonly string[], context: Context): Promise<number> {
  const program = createProgram(context);
  try {
    const commands = new Map(program.commands.map((command) => [command.name(), command.options]));
    const given = canonicalArguments(argv, commands, globalOptions.map(makeOption));
    if (given.length === 0) program.outputHelp();
    else await program.parseAsync(given, { from: 'user' });
    return ExitCode.done;
  } catch (error) {
    return report(error, argv, context);
  }
}

function createProgram(context: Context): Command {
  const { terminal } = context;
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
    })
    .addHelpText(
      'after',
      '\nFirst steps:\n  $ paconn login\n  $ paconn download\n\npaconn help COMMAND tells more about a command.',
    );
  const commands = [loginCommand, logoutCommand, downloadCommand, createCommand, updateCommand, validateCommand];
  for (const makeCommand of commands) program.addCommand(makeCommand(context).copyInheritedSettings(program));
  return program;
}

function report(error: unknown, argv: readonly string[], { terminal }: Context): number {
  if (error instanceof CommanderError) return reportUsage(error, { terminal });
  if (error instanceof PaconnError) {
    // Whoever pressed Ctrl+C knows that the run has ended; only what is unsettled is worth a line.
    const quiet = error.exitCode === ExitCode.interrupted && error.hint === undefined;
    if (!quiet) terminal.fail([error.message, error.detail, error.hint].filter(Boolean).join('\n'));
    return error.exitCode;
  }
  const bug = error instanceof Error ? error.message : String(error);
  terminal.fail(`This is a bug in paconn ${version}: ${bug}`);
  const stack = error instanceof Error ? (error.stack ?? '') : '';
  const debug = argv.includes('--debug');
  terminal.report(debug ? stack : 'Run it again with --debug for details, and report it with them.');
  return ExitCode.failed;
}

function reportUsage({ message, exitCode }: CommanderError, { terminal }: Pick<Context, 'terminal'>): number {
  if (exitCode === 0) return ExitCode.done;
  terminal.fail(message.replace(/^error: (?<first>.)/u, (_all, first: string) => first.toUpperCase()));
  return ExitCode.usage;
}
