import type { CommanderError } from 'commander';
import { UsageError } from '../errors.ts';
import { nearestName } from '../nearest-name.ts';
import { commandsElsewhere, optionsElsewhere } from './foreign-words.ts';
import type { OptionSpelling } from './command-options.ts';

/** What commands there are: given, since every start has loaded it, in the file that it starts with. */
export interface KnownCommands {
  /** All names of commands, with the options of each. */
  readonly commands: ReadonlyMap<string, readonly OptionSpelling[]>;
  /** The options of all commands. */
  readonly globals: readonly OptionSpelling[];
}

/**
 * What commander says about a command line, as an error of ours with what to type instead. Arguments aren't repeated: they may
 * be secrets.
 *
 * @param given The command line as commander got it.
 */
export function usageError(
  { code, message }: CommanderError,
  [name = '', next = '']: readonly string[],
  known: KnownCommands,
): UsageError {
  const subject = /'(?<subject>.*)'/su.exec(message)?.groups?.['subject'] ?? '';
  switch (code) {
    case 'commander.unknownCommand':
      return unknownCommand(subject, next, [...known.commands.keys()]);
    case 'commander.unknownOption':
      return unknownOption(subject, name, known);
    case 'commander.optionMissingArgument': {
      const long = /--[^ ]+/u.exec(subject)?.[0] ?? subject;
      return new UsageError(`Missing value for ${long}.`, {
        hint: `If the value starts with a dash, use ${long}=<value>.`,
      });
    }
    case 'commander.missingArgument':
      return new UsageError(`Missing required argument: <${subject}>`, { hint: seeHelp(name) });
    case 'commander.excessArguments':
      return new UsageError(tooMany(name, message), {
        hint: `If a value has spaces, put it in quotes. ${seeHelp(name)}`,
      });
    default: {
      const [, first = '', rest = ''] = /^(?:error: )?(.)(.*?)\.?$/su.exec(message) ?? [];
      return new UsageError(`${first.toUpperCase()}${rest}.`, { hint: seeHelp(name) });
    }
  }
}

function seeHelp(name: string): string {
  return `Run 'paconn ${name} --help' for usage.`;
}

function tooMany(name: string, message: string): string {
  const [expected, got] = [...message.matchAll(/\d+/gu)].slice(-2).map(Number);
  if (expected === undefined || got === undefined) return `Too many arguments for ${name}.`;
  const accepted = expected === 0 ? 'no arguments' : `${expected} ${expected === 1 ? 'argument' : 'arguments'}`;
  return `'${name}' accepts ${accepted}, but got ${got}.`;
}

function unknownCommand(written: string, next: string, names: readonly string[]): UsageError {
  const both = `${written} ${next}`.toLowerCase();
  const elsewhere = commandsElsewhere.get(both);
  const instead = elsewhere ?? commandsElsewhere.get(written.toLowerCase()) ?? nearestName(written, names);
  return new UsageError(`Unknown command: ${elsewhere === undefined ? written : both}`, {
    hint: instead === undefined ? "Run 'paconn --help' for the list of commands." : `Did you mean '${instead}'?`,
  });
}

function unknownOption(written: string, name: string, { commands, globals }: KnownCommands): UsageError {
  const options = commands.get(name);
  const instead = optionInstead(written, options ?? globals);
  const list = options ? `Run 'paconn ${name} --help' for the list of options.` : beforeTheCommand(written, commands);
  return new UsageError(`Unknown option: ${written}`, {
    hint: instead === undefined ? list : `Did you mean ${instead}?`,
  });
}

/** An option of a command that stands before it. */
function beforeTheCommand(written: string, commands: KnownCommands['commands']): string {
  const isOfCommands = [...commands.values()].flat().some((option) => longNames(option).includes(written));
  return isOfCommands
    ? `Put ${written} after the command.`
    : "Run 'paconn <command> --help' for the list of options of a command.";
}

/** A word of another tool means what it means there, or nothing: its letters aren't a misspelling. */
function optionInstead(written: string, options: readonly OptionSpelling[]): string | undefined {
  const elsewhere = optionsElsewhere.get(written);
  if (elsewhere) return options.some(({ long }) => long === elsewhere[0]) ? elsewhere[1] : undefined;
  const names = options.flatMap(longNames);
  const nearest = nearestName(inKebabCase(written), names);
  return options.find((option) => longNames(option).some((long) => long === nearest))?.long;
}

function longNames({ long, also }: OptionSpelling): readonly string[] {
  return [long, also].filter((name) => name !== undefined);
}

/** `--apiDefinition` would be written `--api-definition`. */
function inKebabCase(name: string): string {
  return name.replaceAll(/(?<=[a-z])[A-Z]/gu, (letter) => `-${letter.toLowerCase()}`);
}
