import { canonicalArguments } from './commands/argv.ts';
import { commandGroups, commandsByName } from './commands/catalogue.ts';
import { complete } from './commands/complete.ts';
import { commandHelp, programHelp } from './commands/help.ts';
import { commandOption, commandOptions, globalOptions } from './commands/options.ts';
import type { Context } from './context.ts';
import { ExitCode, PaconnError, UnknownNameError } from './errors.ts';

/**
 * Runs a command line and gives the exit code. All errors are reported here and nowhere else.
 *
 * @param argv The arguments, without those of Node.
 */
export async function run(argv: readonly string[], context: Context): Promise<number> {
  try {
    return await dispatch(argv, context);
  } catch (error) {
    return await report(error, argv, context);
  }
}

/** Longer lines are hard to read. */
const widestHelp = 100;

/** Help and version need the definitions of commands alone, which are plain data; what reads options and works loads later. */
async function dispatch(argv: readonly string[], context: Context): Promise<number> {
  const { terminal, version } = context;
  if (argv[0] === 'complete') {
    await complete(argv.slice(1), context);
    return ExitCode.done;
  }
  // Only commands that may be meant have their options, so that more commands do not take more time.
  const options = new Map(
    [...commandsByName].map(([name, definition]) => [name, argv.includes(name) ? commandOptions(definition) : []]),
  );
  const takingPaths = new Set([...commandsByName].flatMap(([name, { paths }]) => (paths ? name : [])));
  const globals = globalOptions.map((name) => commandOption(name));
  const [name = '', ...given] = canonicalArguments(argv, options, globals, takingPaths);
  if (name === '--version') return shown(terminal, version);
  const columns = Math.min(terminal.columns, widestHelp);
  const definition = commandsByName.get(name);
  if (!definition) return shown(terminal, programHelp(commandGroups, columns));
  if (given[0] === '--help') return shown(terminal, commandHelp(definition, columns));
  const { runCommand } = await import('./commands/service-command.ts');
  return await runCommand({ definition, options: options.get(name) ?? [], given, context });
}

function shown({ print }: Context['terminal'], text: string): number {
  print(text);
  return ExitCode.done;
}

async function report(error: unknown, argv: readonly string[], { terminal, version }: Context): Promise<number> {
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

async function guess({ written, names, otherNames, hint }: UnknownNameError): Promise<string | undefined> {
  const { nearestName } = await import('./nearest-name.ts');
  const nearest = nearestName(written, [...names, ...otherNames.keys()]);
  return nearest === undefined ? hint : `Did you mean ${otherNames.get(nearest) ?? nearest}?`;
}
