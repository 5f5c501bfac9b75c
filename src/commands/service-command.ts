import { Command } from 'commander';
import type { Context } from '../context.ts';
import type { Verbosity } from '../io/terminal.ts';
import { globalOptions, makeOption, type OptionName } from './options.ts';

/** Does the work of a command. Flags come as commander has them; the service checks them. */
export type Service = (flags: unknown, context: Context) => Promise<void>;

export interface ServiceCommand {
  readonly name: string;
  readonly description: string;
  readonly options: readonly OptionName[];
  /** Command lines with what they do. */
  readonly examples: readonly (readonly [line: string, purpose: string])[];
  /** Loads the service, and with it what only the service needs. */
  readonly load: () => Promise<Service>;
}

/** The commander command for a service. */
export function serviceCommand(definition: ServiceCommand, context: Context): Command {
  const { name, description, options, examples, load } = definition;
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
export function verbosityOf(flags: Readonly<Record<string, unknown>>): Verbosity {
  return {
    onlyErrors: flags['onlyShowErrors'] === true,
    verbose: flags['verbose'] === true,
    debug: flags['debug'] === true,
  };
}
