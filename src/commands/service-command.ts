import { Command } from 'commander';
import type { Context } from '../context.ts';
import type { Verbosity } from '../io/terminal.ts';
import type { CommandDefinition } from './command-definition.ts';
import { globalOptions, makeOption } from './options.ts';

/** The commander command of a definition: a new one each time, since it keeps what it has parsed. */
export function serviceCommand(
  { name, description, options, examples, load }: CommandDefinition,
  context: Context,
): Command {
  const command = new Command(name).description(description);
  for (const option of [...options, ...globalOptions]) command.addOption(makeOption(option));
  const lines = examples.map(([line, purpose]) => `  ${purpose}\n    $ ${line}`).join('\n');
  command.addHelpText('after', `\nExamples:\n${lines}`);
  return command.action(async (flags: Readonly<Record<string, unknown>>) => {
    const service = await load();
    await service(flags, { ...context, terminal: context.terminal.with(verbosityOf(flags)) });
  });
}

/** How much a command is to say. */
function verbosityOf(flags: Readonly<Record<string, unknown>>): Verbosity {
  return {
    onlyErrors: flags['onlyShowErrors'] === true,
    verbose: flags['verbose'] === true,
    debug: flags['debug'] === true,
  };
}
