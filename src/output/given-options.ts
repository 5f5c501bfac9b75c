import { commandWord } from '../io/terminal/command-word.ts';

/** An option as it was given. */
export interface GivenOption {
  /** How it can be written, the name to use first. */
  readonly spellings: readonly string[];
  /** Undefined for one that has no value. */
  readonly value: string | undefined;
  /** Whether the value only says what belongs there. */
  readonly isPlaceholder?: boolean;
}

/** A command in words, and the words behind it. */
export interface WrittenCommand {
  readonly name: string;
  readonly words: readonly string[];
}

/**
 * A command in words for people: behind a colon, in quotes, in a line of its own, or at the start. Elsewhere a sentence is about
 * the command.
 */
const commands = /(?<=^| {2}|: |, and |')paconn ([a-z]+)(?=([^\n']*))/gmu;

/** An option that a text advises to leave out. */
const leftOut = /\bwithout (--[a-z-]+)/gu;

/** A text whose commands have the options that the run had, so that they work as they are, except those that it says to leave out. */
export function withGivenOptions(
  text: string,
  optionsFor: (command: WrittenCommand) => readonly GivenOption[],
): string {
  const unwanted = new Set([...text.matchAll(leftOut)].map(([, option]) => option));
  const completed = text.replaceAll(commands, (_command, name: string, rest: string) => {
    const words = rest.split(/[\s=]/u);
    const given = optionsFor({ name, words });
    const missing = given.filter(
      ({ spellings }) => !spellings.some((spelling) => words.includes(spelling) || unwanted.has(spelling)),
    );
    const added = missing.flatMap(({ spellings: [option = ''], value, isPlaceholder = false }) =>
      value === undefined ? [option] : [option, isPlaceholder ? value : commandWord(value)],
    );
    return [`paconn ${name}`, ...added].join(' ');
  });
  return completed === text ? text : aligned(completed);
}

/** A command in a line of its own, and behind it what it does. */
const choice = /^( {2,}paconn .*?\S) {4,}(?=\S)/gmu;

/** A text in which what commands do is in one column. */
export function aligned(text: string): string {
  const width = Math.max(0, ...[...text.matchAll(choice)].map(([, command = '']) => command.length));
  return text.replaceAll(choice, (_line, command: string) => `${command.padEnd(width)}    `);
}
