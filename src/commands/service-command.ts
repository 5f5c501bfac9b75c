import { Command } from 'commander';
import type { Context } from '../context.ts';
import type { Verbosity } from '../io/terminal.ts';
import type { CommandDefinition } from './command-definition.ts';
import { globalOptions, makeAddedOption, makeOption } from './options.ts';

/** The commander command of a definition: a new one each time, since it keeps what it has parsed. */
export function serviceCommand(
  { name, description, paths, options, addedOptions = [], examples, load }: CommandDefinition,
  context: Context,
): Command {
  const command = new Command(name).description(description);
  if (paths) command.argument(...paths);
  for (const option of options) command.addOption(makeOption(option));
  for (const option of addedOptions) command.addOption(makeAddedOption(option));
  for (const option of globalOptions) command.addOption(makeOption(option));
  const lines = examples.map(([line, purpose]) => `  ${purpose}\n    $ ${line}`).join('\n');
  command.addHelpText('after', `\nExamples:\n${lines}`);
  return command.action(async () => {
    const flags: Readonly<Record<string, unknown>> = command.opts();
    const given = paths ? { ...flags, paths: command.args } : flags;
    const service = await load();
    await service(given, { ...context, terminal: context.terminal.with(verbosityOf(flags)) });
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
