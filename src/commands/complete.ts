import type { Candidate } from '../completion/listed-names.ts';
import { joinedWords, quoted, shells, unquoted } from '../completion/shell-words.ts';
import type { Context } from '../context.ts';
import { UsageError } from '../errors.ts';
import { matchOptions, positionOfCommand } from './argv.ts';
import { commandDefinitions, commandsByName } from './catalogue.ts';
import { type CommandOption, commandOption, commandOptions } from './command-options.ts';
import { argumentWanted, type Lookup, valueWanted, type Wanted } from './completed-words.ts';
import { globalOptions } from './option-lists.ts';

/**
 * Answers the script of a shell: what can the current word become? The first line is `words`, `files` or `folders`: paths are
 * for the shell to find. Each word follows in a line of its own, with a tabulator and its meaning behind it.
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
  const option = /^--[^=]*=/u.exec(written)?.[0] ?? '';
  const candidates = await candidatesFor(wanted, written.slice(option.length), context);
  const { length } = unquoted(kept, shell);
  const lines = candidates.flatMap(({ text, meaning }) => {
    const replacement = quoted(`${option}${text}`.slice(length), shell, word);
    return replacement === undefined ? [] : `${replacement}\t${meaning.replaceAll(/\s+/gu, ' ')}`;
  });
  context.terminal.print([wanted.paths ?? 'words', ...lines].join('\n'));
}

function wantedAfter(before: readonly string[], written: string): Wanted {
  const globals = globalOptions.map((option) => commandOption(option));
  const position = positionOfCommand(before, globals);
  const name = before[position];
  const definition = commandsByName.get(name ?? '');
  const options = definition ? commandOptions(definition) : globals;
  const onlyArguments = before.includes('--');
  const option = onlyArguments ? undefined : optionOfValue(before.at(-1) ?? '', written, options);
  if (option) return valueWanted(option, environmentIn(before, options));
  if (written.startsWith('-') && !onlyArguments) return optionNames(options, name === undefined);
  if (definition) return argumentWanted(definition, argumentsIn(before.slice(position + 1), options));
  return name === undefined || name === 'help' ? commandNames(name === undefined) : {};
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

/** What is neither an option nor the value of one. */
function argumentsIn(words: readonly string[], options: readonly CommandOption[]): readonly string[] {
  const end = words.indexOf('--');
  const front = end < 0 ? words : words.slice(0, end);
  const others = front.filter(
    (word, index) => !word.startsWith('-') && optionOfValue(front[index - 1] ?? '', word, options) === undefined,
  );
  return end < 0 ? others : [...others, ...words.slice(end + 1)];
}

/** The environment that an option names. */
function environmentIn(before: readonly string[], options: readonly CommandOption[]): string | undefined {
  const index = before.findLastIndex(
    (word) => word.startsWith('-') && only(matchOptions(word, options).matching)?.name === 'environment',
  );
  return index < 0 ? undefined : (matchOptions(before[index] ?? '', options).value ?? before[index + 1]);
}

function optionNames(options: readonly CommandOption[], isBeforeCommand: boolean): Wanted {
  const candidates = [
    ...options.map(({ long, description }) => ({ text: long, meaning: description })),
    { text: '--help', meaning: 'Show help.' },
    ...(isBeforeCommand ? [{ text: '--version', meaning: 'Show the version.' }] : []),
  ];
  return { words: candidates };
}

function commandNames(withHelp: boolean): Wanted {
  const commands = commandDefinitions.map(({ name, description }) => ({ text: name, meaning: description }));
  const help = { text: 'help', meaning: 'Show help for a command.' };
  return { words: withHelp ? [...commands, help] : commands };
}

async function candidatesFor(
  { words = [], lookup }: Wanted,
  written: string,
  context: Context,
): Promise<readonly Candidate[]> {
  const found = lookup ? await lookUp(lookup, written, context) : [];
  return [...words, ...found].filter(({ text }) => text.toLowerCase().startsWith(written.toLowerCase()));
}

/** Only what is looked up is loaded: completion answers at once. */
async function lookUp(lookup: Lookup, written: string, context: Context): Promise<readonly Candidate[]> {
  switch (lookup.kind) {
    case 'backups': {
      const { backupNames } = await import('../completion/backup-names.ts');
      return await backupNames(context.configDirectory, context.workingDirectory);
    }
    case 'rules': {
      const { ruleNames } = await import('../completion/rule-names.ts');
      return ruleNames(written);
    }
    default: {
      const { listedNames } = await import('../completion/listed-names.ts');
      return await listedNames(lookup, written, context.configDirectory);
    }
  }
}
