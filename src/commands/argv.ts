import { UnknownNameError, UsageError } from '../errors.ts';
import { booleanOf } from './booleans.ts';

/** How an option is written and whether a value goes with it. */
export interface OptionSpelling {
  readonly long?: string | undefined;
  readonly short?: string | undefined;
  /** A value must follow. */
  readonly required: boolean;
  /** A value may follow. */
  readonly optional: boolean;
  /** paconn does not have it in this command: where a prefix fits an option of paconn, too, that one is meant. */
  readonly added?: boolean;
}

/** What may follow the name of a command. */
export interface CommandSpelling {
  readonly options: readonly OptionSpelling[];
  /** What it takes beside options. */
  readonly registeredArguments: readonly unknown[];
}

/** The commands by their names. */
export type Commands = ReadonlyMap<string, CommandSpelling>;

const help: OptionSpelling = { long: '--help', short: '-h', required: false, optional: false };
const version: OptionSpelling = { long: '--version', short: '-v', required: false, optional: false };

/** Microsoft's training page writes these with one dash. */
const oneDash = new Map([
  ['-settings', '--settings'],
  ['-secret', '--secret'],
]);

/**
 * The command line in the one form that commander reads without a doubt: the command first, each option as `--name=value`.
 * Takes all that argparse takes, which users of paconn rely on: unique prefixes of long options, `--env=X`, `-eX`, `-e=X`,
 * and options of all commands in front of the command. No value is ever part of an error: it may be a secret. Nothing at
 * all is left of a command line that asks for help without naming a command.
 *
 * @param globals Options that may stand before the command.
 */
export function canonicalArguments(
  argv: readonly string[],
  commands: Commands,
  globals: readonly OptionSpelling[],
): string[] {
  const start = positionOfCommand(argv, globals);
  const name = argv[start] ?? 'help';
  const command = commands.get(name);
  const before = canonicalOptions(argv.slice(0, start), [...globals, help, version]);
  const after = argv.slice(start + 1);
  // Behind the command only the long one: `-v` is something else there.
  if (before.includes('--version') || (command && after.includes('--version'))) return ['--version'];
  if (command) {
    const takesArguments = command.registeredArguments.length > 0;
    return [name, ...before, ...canonicalOptions(after, [...command.options, help], takesArguments)];
  }
  if (name !== 'help') throw unknownCommand(name, commands);
  const [asked = 'help'] = after;
  if (asked === 'help' || asked.startsWith('-')) return [];
  if (commands.has(asked)) return [asked, '--help'];
  throw unknownCommand(asked, commands);
}

function unknownCommand(name: string, commands: Commands): UnknownNameError {
  return new UnknownNameError(`There is no command '${name}'.`, {
    written: name,
    names: [...commands.keys()],
    hint: 'paconn --help lists the commands.',
  });
}

/** Where the command is: the first argument that is neither an option of all commands nor the value of one. */
function positionOfCommand(argv: readonly string[], globals: readonly OptionSpelling[]): number {
  for (let index = 0; index < argv.length; index += 1) {
    const argument = argv[index] ?? '';
    if (!argument.startsWith('-')) return index;
    const [name = ''] = argument.split('=', 1);
    const option = globals.find(({ long, short }) => name === long || name === short);
    if (option?.required && !argument.includes('=')) index += 1;
  }
  return argv.length;
}

/** @param takesArguments What follows an option may then be an argument, not its value. */
function canonicalOptions(
  given: readonly string[],
  options: readonly OptionSpelling[],
  takesArguments = false,
): string[] {
  const result: string[] = [];
  for (let index = 0; index < given.length; index += 1) {
    const argument = given[index] ?? '';
    if (argument === '--') return [...result, ...given.slice(index)];
    if (isValue(argument)) {
      result.push(argument);
      continue;
    }
    const { option, shown, value } = readOption(argument, options);
    const next = given[index + 1];
    const takesNext =
      value === undefined &&
      next !== undefined &&
      isValue(next) &&
      (option.required || (option.optional && (!takesArguments || booleanOf(next) !== undefined)));
    const taken = takesNext ? next : value;
    if (takesNext) index += 1;
    if (option.required && taken === undefined) {
      throw new UsageError(`The option ${shown} needs a value.`, {
        hint: `A value that begins with a dash is written ${option.long}=VALUE.`,
      });
    }
    result.push(taken === undefined ? (option.long ?? shown) : `${option.long}=${taken}`);
  }
  return result;
}

/** What argparse takes for a value: a lone dash, a negative number, and a text with spaces are. */
function isValue(argument: string): boolean {
  return !argument.startsWith('-') || argument === '-' || /^-\d+(\.\d*)?$/u.test(argument) || argument.includes(' ');
}

interface ReadOption {
  readonly option: OptionSpelling;
  /** The option as the user wrote it, without its value. */
  readonly shown: string;
  readonly value: string | undefined;
}

function readOption(argument: string, options: readonly OptionSpelling[]): ReadOption {
  const [written = '', ...rest] = argument.split('=');
  const value = rest.length > 0 ? rest.join('=') : undefined;
  const name = oneDash.get(written) ?? written;
  const byName = options.find(({ long, short }) => long === name || short === name);
  if (byName) return checked({ option: byName, shown: written, value });
  if (name.startsWith('--')) return checked({ option: byPrefix(name, options), shown: written, value });
  const short = argument.slice(0, 2);
  const attached = options.find((option) => option.short === short);
  if (!attached) throw unknownOption(short, options);
  return checked({ option: attached, shown: short, value: argument.slice(2) });
}

function checked(read: ReadOption): ReadOption {
  const { option, shown, value } = read;
  if (value !== undefined && !option.required && !option.optional)
    throw new UsageError(`The option ${shown} takes no value.`);
  return read;
}

/** `--authority-url` is `--authority_url`, and so is `--auth`. */
function byPrefix(name: string, options: readonly OptionSpelling[]): OptionSpelling {
  const wanted = name.replaceAll('_', '-');
  const spelled = (option: OptionSpelling): string => option.long?.replaceAll('_', '-') ?? '';
  const exact = options.find((option) => spelled(option) === wanted);
  if (exact) return exact;
  const fitting = options.filter((option) => spelled(option).startsWith(wanted));
  const own = fitting.filter(({ added }) => !added);
  const matching = own.length > 0 ? own : fitting;
  const [only] = matching;
  if (!only) throw unknownOption(name, options);
  if (matching.length === 1) return only;
  throw new UsageError(`The option ${name} could be ${matching.map(({ long }) => long).join(' or ')}.`);
}

function unknownOption(name: string, options: readonly OptionSpelling[]): UnknownNameError {
  return new UnknownNameError(`There is no option ${name} here.`, {
    written: name,
    names: options.flatMap(({ long }) => long ?? []),
    hint: 'paconn COMMAND --help lists the options of a command.',
  });
}
