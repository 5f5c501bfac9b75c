import { UnknownNameError, UsageError } from '../errors.ts';
import { booleanOf } from './booleans.ts';

/** How an option is written and whether a value goes with it. */
export interface OptionSpelling {
  /** Under which settings know it. */
  readonly name?: string;
  readonly long?: string | undefined;
  readonly short?: string | undefined;
  /** A value must follow. */
  readonly required: boolean;
  /** A value may follow. */
  readonly optional: boolean;
  /** paconn does not have it in this command: where a prefix fits an option of paconn, too, that one is meant. */
  readonly added?: boolean;
}

/** The options of each command, by its name. */
export type Commands = ReadonlyMap<string, readonly OptionSpelling[]>;

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
 * @param takingPaths The commands that take something beside options.
 */
export function canonicalArguments(
  argv: readonly string[],
  commands: Commands,
  globals: readonly OptionSpelling[],
  takingPaths: ReadonlySet<string> = new Set(),
): string[] {
  const start = positionOfCommand(argv, globals);
  const name = argv[start] ?? 'help';
  const options = commands.get(name);
  const before = canonicalOptions(argv.slice(0, start), [...globals, help, version]);
  const after = argv.slice(start + 1);
  // Behind the command only the long one: `-v` is something else there.
  if (before.includes('--version') || (options && after.includes('--version'))) return ['--version'];
  if (options) {
    const given = [...before, ...canonicalOptions(after, [...options, help], takingPaths.has(name))];
    return asksForHelp(given) ? [name, '--help'] : [name, ...given];
  }
  if (name !== 'help') throw unknownCommand(name, commands);
  const [asked = 'help'] = after;
  if (asked === 'help' || asked.startsWith('-')) return [];
  if (commands.has(asked)) return [asked, '--help'];
  throw unknownCommand(asked, commands);
}

/** Behind `--` nothing is an option. */
function asksForHelp(given: readonly string[]): boolean {
  return given.slice(0, given.includes('--') ? given.indexOf('--') : given.length).includes('--help');
}

/** What other tools call what a command does. */
const commandsElsewhere: ReadonlyMap<string, string> = new Map([
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

function unknownCommand(name: string, commands: Commands): UnknownNameError {
  return new UnknownNameError(`There is no command '${name}'.`, {
    written: name,
    names: [...commands.keys()],
    otherNames: commandsElsewhere,
    hint: 'paconn --help lists the commands.',
  });
}

/** Where the command is: the first argument that is neither an option of all commands nor the value of one. */
export function positionOfCommand(argv: readonly string[], globals: readonly OptionSpelling[]): number {
  for (let index = 0; index < argv.length; index += 1) {
    const argument = argv[index] ?? '';
    if (!argument.startsWith('-')) return index;
    const { matching, value } = matchOptions(argument, globals);
    if (matching.length === 1 && matching[0]?.required && value === undefined) index += 1;
  }
  return argv.length;
}

/** @param takesPaths What follows an option may then be a path, not its value. */
function canonicalOptions(given: readonly string[], options: readonly OptionSpelling[], takesPaths = false): string[] {
  const result: string[] = [];
  const others: string[] = [];
  for (let index = 0; index < given.length; index += 1) {
    const argument = given[index] ?? '';
    if (argument === '--') {
      others.push(...given.slice(index + 1));
      break;
    }
    if (isValue(argument, options)) {
      others.push(argument);
      continue;
    }
    const { option, shown, value } = readOption(argument, options);
    const next = given[index + 1];
    const mayTakeNext = value === undefined && (option.required || option.optional);
    const isItsOwn = option.required || !takesPaths || (next !== undefined && booleanOf(next) !== undefined);
    const takesNext = mayTakeNext && isItsOwn && next !== undefined && isValue(next, options);
    const taken = takesNext ? next : value;
    if (takesNext) index += 1;
    if (option.required && taken === undefined) {
      throw new UsageError(`The option ${shown} needs a value.`, {
        hint: `A value that begins with a dash is written ${option.long}=VALUE.`,
      });
    }
    result.push(taken === undefined ? (option.long ?? shown) : `${option.long}=${taken}`);
  }
  // Told apart from options, commander counts them and does not repeat them.
  return others.length > 0 ? [...result, '--', ...others] : result;
}

/**
 * What argparse takes for a value: what does not begin with a dash or is one, and what does and can be no option, but is a
 * negative number or has spaces.
 */
function isValue(argument: string, options: readonly OptionSpelling[]): boolean {
  if (!argument.startsWith('-') || argument === '-') return true;
  const isTextOrNumber = argument.includes(' ') || /^-(?:\d+|\d*\.\d+)$/u.test(argument);
  return isTextOrNumber && matchOptions(argument, options).matching.length === 0;
}

interface Reading<Spelling extends OptionSpelling = OptionSpelling> {
  /** Several when it is the beginning of their names. */
  readonly matching: readonly Spelling[];
  /** The option as the user wrote it, without its value. */
  readonly shown: string;
  readonly value: string | undefined;
}

/** Which options an argument can stand for. */
export function matchOptions<Spelling extends OptionSpelling>(
  argument: string,
  options: readonly Spelling[],
): Reading<Spelling> {
  const [shown = '', ...rest] = argument.split('=');
  const value = rest.length > 0 ? rest.join('=') : undefined;
  const name = oneDash.get(shown) ?? shown;
  const exact = options.filter(({ long, short }) => long === name || short === name);
  if (exact.length > 0) return { matching: exact, shown, value };
  if (name.startsWith('--')) return { matching: byPrefix(name, options), shown, value };
  const short = argument.slice(0, 2);
  return { matching: options.filter((option) => option.short === short), shown: short, value: argument.slice(2) };
}

/** `--authority-url` is `--authority_url`, and so is `--auth`. */
function byPrefix<Spelling extends OptionSpelling>(name: string, options: readonly Spelling[]): Spelling[] {
  const wanted = name.replaceAll('_', '-');
  const spelled = ({ long }: OptionSpelling): string => long?.replaceAll('_', '-') ?? '';
  const exact = options.filter((option) => spelled(option) === wanted);
  if (exact.length > 0) return exact;
  const fitting = options.filter((option) => spelled(option).startsWith(wanted));
  const ofPaconn = fitting.filter(({ added }) => !added);
  return ofPaconn.length > 0 ? ofPaconn : fitting;
}

interface ReadOption extends Omit<Reading, 'matching'> {
  readonly option: OptionSpelling;
}

function readOption(argument: string, options: readonly OptionSpelling[]): ReadOption {
  const { matching, shown, value } = matchOptions(argument, options);
  const [option, other] = matching;
  if (!option) throw unknownOption(shown, options);
  if (other) throw new UsageError(`The option ${shown} could be ${matching.map(({ long }) => long).join(' or ')}.`);
  if (value !== undefined && !option.required && !option.optional) {
    throw new UsageError(`The option ${shown} takes no value.`);
  }
  return { option, shown, value };
}

function unknownOption(shown: string, options: readonly OptionSpelling[]): UnknownNameError {
  // What is written right behind it may be one.
  const name = shown.replace(/^--secret.+$/su, '--secret…');
  return new UnknownNameError(`There is no option ${name} here.`, {
    written: name,
    names: options.flatMap(({ long }) => long ?? []),
    otherNames: new Map(
      options.flatMap(({ name: setting, long }) => (setting && long ? [[optionFor(setting), long]] : [])),
    ),
    hint: 'paconn COMMAND --help lists the options of a command.',
  });
}

/** `apiDefinition` would be written `--api-definition`. */
function optionFor(setting: string): string {
  return `--${setting.replaceAll(/[A-Z]/gu, (letter) => `-${letter.toLowerCase()}`)}`;
}
