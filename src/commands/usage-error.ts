import type { Command, CommanderError, Option } from 'commander';
import { UnknownNameError, UsageError } from '../errors.ts';

/** What other tools call what a command does. */
const commandsElsewhere: ReadonlyMap<string, string> = new Map([
  ['auth', 'login'],
  ['publish', 'deploy'],
  ['push', 'deploy'],
  ['upload', 'deploy'],
  ['get', 'download'],
  ['fetch', 'download'],
  ['clone', 'download'],
  ['export', 'download'],
  ['new', 'init'],
  ['remove', 'delete'],
  ['lint', 'validate'],
  ['merge', 'pull'],
  ['undo', 'restore'],
]);

/** What other tools call what an option does: our option, and what to write. */
const optionsElsewhere: ReadonlyMap<string, readonly [option: string, written: string]> = new Map([
  ['--json', ['--output', '--output json']],
  ['--strict', ['--max-warnings', '--max-warnings 0']],
  ['--silent', ['--quiet', '--quiet']],
]);

/**
 * What commander says about a command line, as an error of ours, with a hint.
 *
 * @param name What was given as the command.
 */
export function usageError({ code, message }: CommanderError, name: string, program: Command): UsageError {
  const [, first = '', rest = ''] = /^(?:error: )?(.)(.*?)\.?$/su.exec(message) ?? [];
  const sentence = `${first.toUpperCase()}${rest}.`;
  const subject = /'(?<subject>.*)'/su.exec(message)?.groups?.['subject'] ?? '';
  switch (code) {
    case 'commander.unknownCommand':
      return new UnknownNameError(sentence, {
        written: subject,
        names: program.commands.flatMap((command) => [command.name(), ...command.aliases()]),
        otherNames: commandsElsewhere,
        hint: 'paconn --help lists the commands.',
      });
    case 'commander.unknownOption':
      return unknownOption(sentence, subject, optionsOf(name, program));
    case 'commander.optionMissingArgument':
      return new UsageError(sentence, {
        hint: `A value that begins with a dash is written ${/--[^ ]+/u.exec(subject)?.[0]}=VALUE.`,
      });
    default:
      return new UsageError(sentence, {
        hint: `paconn ${name} --help tells what it takes. A value with spaces is written in quotes.`,
      });
  }
}

/** Those that the command takes, with those of all commands. */
function optionsOf(name: string, program: Command): readonly Option[] {
  const command = program.commands.find((known) => [known.name(), ...known.aliases()].includes(name));
  return [...(command?.options ?? []), ...program.options];
}

function unknownOption(sentence: string, written: string, options: readonly Option[]): UnknownNameError {
  return new UnknownNameError(sentence, {
    written,
    names: options.flatMap(({ long }) => long ?? []),
    otherNames: new Map([
      // People also try the names that settings have.
      ...options.flatMap((option) => (option.long ? [[asOption(option.attributeName()), option.long] as const] : [])),
      ...[...optionsElsewhere].flatMap(([name, [ours, meant]]) =>
        options.some(({ long }) => long === ours) ? [[name, meant] as const] : [],
      ),
    ]),
    hint: 'paconn COMMAND --help lists the options of a command.',
  });
}

/** `apiDefinition` would be written `--api-definition`. */
function asOption(setting: string): string {
  return `--${setting.replaceAll(/[A-Z]/gu, (letter) => `-${letter.toLowerCase()}`)}`;
}
