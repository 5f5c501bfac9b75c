import type { Candidate, ListingQuery } from '../completion/listed-names.ts';
import { joinedWords, quoted, shells, unquoted } from '../completion/shell-words.ts';
import type { Context } from '../context.ts';
import { UsageError } from '../errors.ts';
import { matchOptions, positionOfCommand } from './argv.ts';
import { commandDefinitions, commandsByName } from './catalogue.ts';
import { type CommandOption, commandOption, commandOptions } from './command-options.ts';
import { globalOptions } from './option-lists.ts';

/** What can stand for a word. Files and folders are for the shell to find. */
type Wanted =
  | { readonly kind: 'words'; readonly candidates: readonly Candidate[] }
  | { readonly kind: 'files' }
  | { readonly kind: 'folders' }
  | ListingQuery;

const nothing: Wanted = { kind: 'words', candidates: [] };

/**
 * Answers the script of a shell: what can the current word become? The first line says `words`, `files` or `folders`; each
 * word follows in a line of its own, with a tabulator and its meaning behind it.
 *
 * @param argv The shell, `=` with the current word, and the words before it, all as they are written.
 */
export async function complete([name, current = '', ...others]: readonly string[], context: Context): Promise<void> {
  const shell = shells.find((known) => known === name);
  if (!shell) throw new UsageError(`Completion isn't available for the shell '${name ?? ''}'.`);
  const { before, kept, word } = joinedWords([...others, current.slice(1)], shell);
  const written = unquoted(kept + word, shell);
  const wanted = wantedAfter(
    before.map((text) => unquoted(text, shell)),
    written,
  );
  if (wanted.kind === 'files' || wanted.kind === 'folders') return context.terminal.print(wanted.kind);
  const option = /^--[^=]*=/u.exec(written)?.[0] ?? '';
  const candidates = await candidatesOf(wanted, written.slice(option.length), context);
  const { length } = unquoted(kept, shell);
  const lines = candidates.map(
    ({ text, meaning }) =>
      `${quoted(`${option}${text}`.slice(length), shell, word)}\t${meaning.replaceAll(/\s+/gu, ' ')}`,
  );
  context.terminal.print(['words', ...lines].join('\n'));
}

function wantedAfter(before: readonly string[], written: string): Wanted {
  const globals = globalOptions.map((option) => commandOption(option));
  const name = before[positionOfCommand(before, globals)];
  const definition = commandsByName.get(name ?? '');
  const options = definition ? commandOptions(definition) : globals;
  const onlyOperands = before.includes('--');
  const option = onlyOperands ? undefined : optionOfValue(before.at(-1) ?? '', written, options);
  if (option) return valueOf(option, before, options);
  if (written.startsWith('-') && !onlyOperands) return optionNames(options, name === undefined);
  if (definition) return definition.paths ? named(definition.paths[0]) : nothing;
  return name === undefined || name === 'help' ? commandNames(name === undefined) : nothing;
}

/** The option whose value the word is, or its end. */
function optionOfValue(last: string, written: string, options: readonly CommandOption[]): CommandOption | undefined {
  if (/^--[^=]+=/u.test(written)) return only(matchOptions(written, options).matching);
  if (!last.startsWith('-')) return undefined;
  const { matching, value } = matchOptions(last, options);
  const option = only(matching);
  return option?.required && value === undefined ? option : undefined;
}

function only<T>(items: readonly T[]): T | undefined {
  return items.length === 1 ? items[0] : undefined;
}

function valueOf(
  { name, value, takes = '' }: CommandOption,
  before: readonly string[],
  options: readonly CommandOption[],
): Wanted {
  if (value?.words) return { kind: 'words', candidates: value.words.map((text) => ({ text, meaning: '' })) };
  if (name === 'environment') return { kind: 'environments' };
  if (name === 'connectorId') return { kind: 'connectors', environment: givenValue('environment', before, options) };
  return named(takes);
}

/** What is wanted for a placeholder, such as `file` or `[folders...]`. */
function named(placeholder: string): Wanted {
  const [word = ''] = /\w+/u.exec(placeholder) ?? [];
  if (['file', 'files', 'paths'].includes(word)) return { kind: 'files' };
  if (['folder', 'folders', 'states'].includes(word)) return { kind: 'folders' };
  if (word === 'environment') return { kind: 'environments' };
  if (word === 'connector') return { kind: 'connectors', environment: undefined };
  if (word === 'shell') return { kind: 'words', candidates: shells.map((text) => ({ text, meaning: '' })) };
  return nothing;
}

/** The value that an option of this name has got. */
function givenValue(
  wanted: CommandOption['name'],
  before: readonly string[],
  options: readonly CommandOption[],
): string | undefined {
  const index = before.findLastIndex(
    (word) => word.startsWith('-') && only(matchOptions(word, options).matching)?.name === wanted,
  );
  return index < 0 ? undefined : (matchOptions(before[index] ?? '', options).value ?? before[index + 1]);
}

function optionNames(options: readonly CommandOption[], isBeforeCommand: boolean): Wanted {
  const candidates = [
    ...options.map(({ long, description }) => ({ text: long, meaning: description })),
    { text: '--help', meaning: 'Show help.' },
    ...(isBeforeCommand ? [{ text: '--version', meaning: 'Show the version.' }] : []),
  ];
  return { kind: 'words', candidates };
}

function commandNames(withHelp: boolean): Wanted {
  const commands = commandDefinitions.map(({ name, description }) => ({ text: name, meaning: description }));
  const help = { text: 'help', meaning: 'Show help for a command.' };
  return { kind: 'words', candidates: withHelp ? [...commands, help] : commands };
}

async function candidatesOf(
  wanted: Exclude<Wanted, { readonly kind: 'files' | 'folders' }>,
  written: string,
  { configDirectory }: Context,
): Promise<readonly Candidate[]> {
  if (wanted.kind !== 'words') {
    const { listedNames } = await import('../completion/listed-names.ts');
    return await listedNames(wanted, written, configDirectory);
  }
  return wanted.candidates.filter(({ text }) => text.toLowerCase().startsWith(written.toLowerCase()));
}
