import { UsageError } from '../errors.ts';
import { booleanOf } from './booleans.ts';
import { commandsByName } from './catalogue.ts';
import { commandOption, commandOptions, type OptionSpelling } from './command-options.ts';
import { globalOptions } from './option-lists.ts';
import type { OptionName } from './options.ts';

const help: OptionSpelling = { long: '--help', python: '--help', short: '-h', required: false, optional: false };
const version: OptionSpelling = {
  long: '--version',
  python: '--version',
  short: '-v',
  required: false,
  optional: false,
};
/** Behind the command `-v` is something else, and `--ver` is `--verbose`. */
const versionBehind: OptionSpelling = { long: '--version', required: false, optional: false };

/** Microsoft's training page writes these with one dash. */
const oneDash = new Map([
  ['-settings', '--settings'],
  ['-secret', '--secret'],
]);

/**
 * A command line that argparse understands, in the form in which commander understands it, too: the command first, then
 * each option as `--name=value`, then what is no option. Users of the Python tool rely on unique prefixes of long options,
 * `--env=X`, `-eX`, `-e=X`, and options of all commands in front of the command.
 *
 * It ends with the first mistake, which commander then reports: no error can quote what comes after it, or the value of an
 * option that does not exist. Both may be secrets.
 */
export function commanderArguments(argv: readonly string[]): string[] {
  const globals = globalOptions.map((name) => commandOption(name));
  const start = positionOfCommand(argv, globals);
  // Nothing but options is there: `--` changes nothing.
  const front = argv.slice(0, start).filter((argument) => argument !== '--');
  const before = spelledOut(front, [...globals, help, version]);
  if (before.hasMistake) return before.words;
  const name = argv[start] ?? 'help';
  const after = argv.slice(start + 1);
  const definition = commandsByName.get(name);
  if (definition) {
    const options = [...commandOptions(definition), help, versionBehind];
    return [name, ...before.words, ...spelledOut(after, options, definition.paths !== undefined).words];
  }
  if (name === 'help') return [...helpFor(after), ...before.words];
  // What a shell asks about is a command line of its own.
  if (name === 'complete') return [name, '--', ...after];
  // The next word can tell what is meant, as in `auth login`. What follows an option could be a secret.
  return [name, ...after.slice(0, 1).filter((word) => !word.startsWith('-'))];
}

/** Where there is no such command, commander would show help of the program. */
function helpFor([name = 'help']: readonly string[]): string[] {
  if (name === 'help' || name.startsWith('-')) return ['help'];
  return commandsByName.has(name) ? ['help', name] : [name];
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

/** The value of an option in a command line that may have mistakes; undefined where it isn't in it. */
export function valueIn(argv: readonly string[], name: OptionName): string | undefined {
  const option = commandOption(name);
  const readings = argv.map((argument) => matchOptions(argument.startsWith('-') ? argument : '', [option]));
  const at = readings.findLastIndex(({ matching }) => matching.length > 0);
  return at === -1 ? undefined : (readings[at]?.value ?? argv[at + 1]);
}

interface SpelledOut {
  readonly words: string[];
  /** Whether the last one is an option that does not exist or lacks its value. */
  readonly hasMistake: boolean;
}

/** @param takesPaths What follows an option may then be a path, not its value. */
function spelledOut(written: readonly string[], options: readonly OptionSpelling[], takesPaths = false): SpelledOut {
  const end = written.includes('--') ? written.indexOf('--') : written.length;
  const given = [...written.slice(0, end).flatMap((argument) => apart(argument, options)), ...written.slice(end)];
  const words: string[] = [];
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
    if (!option) return { words: [...words, shown], hasMistake: true };
    const next = given[index + 1];
    const mayTakeNext = value === undefined && (option.required || option.optional);
    const isItsOwn = option.required || !takesPaths || (next !== undefined && booleanOf(next) !== undefined);
    const takesNext = mayTakeNext && isItsOwn && next !== undefined && isValue(next, options);
    const taken = takesNext ? next : value;
    if (takesNext) index += 1;
    words.push(taken === undefined ? option.long : `${option.long}=${taken}`);
    if (option.required && taken === undefined) return { words, hasMistake: true };
  }
  return { words: others.length > 0 ? [...words, '--', ...others] : words, hasMistake: false };
}

/**
 * Short options without a value that are written together, such as `-yn`. Only `true` and `false` are values there: `no` in
 * `-no json` is meant as options, too, and as a value it would turn the dry run off.
 */
function apart(argument: string, options: readonly OptionSpelling[]): readonly string[] {
  const [, short, rest = ''] = isValue(argument, options) ? [] : (/^(-[^-])([^=].*)$/su.exec(argument) ?? []);
  const isSwitch = (name: string | undefined): boolean =>
    options.some((option) => option.short === name && !option.required);
  if (short === undefined || !isSwitch(short) || /^(?:true|false)$/iu.test(rest)) return [argument];
  const others = Array.from(rest, (letter) => `-${letter}`);
  if (others.every(isSwitch)) return [short, ...others];
  throw new UsageError(`${short} can be followed directly only by true, false, or options without a value.`, {
    hint: 'Separate the options with spaces.',
  });
}

/**
 * What argparse takes for a value: what does not begin with a dash or is one, and what does and can be no option, but is a
 * negative number or has spaces.
 */
function isValue(argument: string, options: readonly OptionSpelling[]): boolean {
  if (!argument.startsWith('-') || argument === '-') return true;
  const isTextOrNumber = argument.includes(' ') || /^-(?:\d+|\d*\.\d+)$/u.test(argument);
  // No option without a value is meant by a text, such as `-q` by `-quite secret`.
  return isTextOrNumber && matchOptions(argument, options).matching.every(({ required }) => !required);
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
  const exact = options.filter((option) => longNames(option).includes(name) || option.short === name);
  if (exact.length > 0) return { matching: exact, shown, value };
  if (name.startsWith('--')) return { matching: byPrefix(name, options), shown, value };
  const short = argument.slice(0, 2);
  return { matching: options.filter((option) => option.short === short), shown: short, value: argument.slice(2) };
}

/**
 * By the beginning of a name: one that fits a name of the Python tool means that one, whatever else has been added since.
 * `-` and `_` are the same.
 */
function byPrefix<Spelling extends OptionSpelling>(name: string, options: readonly Spelling[]): Spelling[] {
  const wanted = withDashes(name);
  const exact = options.filter((option) => longNames(option).some((long) => withDashes(long) === wanted));
  if (exact.length > 0) return exact;
  const fits = (long: string | undefined): boolean => long !== undefined && withDashes(long).startsWith(wanted);
  const shortened = options.filter(({ isNeverShortened }) => isNeverShortened !== true);
  const ofPython = shortened.filter(({ python }) => fits(python));
  return ofPython.length > 0 ? ofPython : shortened.filter((option) => longNames(option).some(fits));
}

function longNames({ long, also }: OptionSpelling): readonly string[] {
  return also === undefined ? [long] : [long, also];
}

function withDashes(name: string): string {
  return name.replaceAll('_', '-');
}

interface ReadOption extends Omit<Reading, 'matching'> {
  /** Undefined when there is no such option. */
  readonly option: OptionSpelling | undefined;
}

function readOption(argument: string, options: readonly OptionSpelling[]): ReadOption {
  const { matching, shown, value } = matchOptions(argument, options);
  const [option, other] = matching;
  if (!option) return { option, shown: unknownName(shown, value), value };
  if (other) throw new UsageError(`${shown} could be ${matching.map(({ long }) => long).join(' or ')}.`);
  if (value !== undefined && !option.required && !option.optional) {
    throw new UsageError(`${shown} doesn't accept a value.`);
  }
  return { option, shown, value };
}

/** In a form that commander takes for no other option and for no number. What is written right behind it may be a secret. */
function unknownName(shown: string, value: string | undefined): string {
  const name = oneDash.get(shown) ?? shown;
  if (name.startsWith('--')) return name.replace(/^(--(?:client-)?secret).+$/su, '$1…');
  return value ? `${name}…` : name;
}
