import { platform } from 'node:os';
import { join } from 'node:path';
import type { CommandDefinition } from './command-definition.ts';
import { exampleLine, readersShell } from './example.ts';
import type { CommandGroup } from './catalogue.ts';
import { type CommandOption, commandOption, ownOptions } from './command-options.ts';
import { globalOptions } from './option-lists.ts';

/** An option, argument, or command with what it means. */
export type HelpRow = readonly [term: string, meaning: string];

/** Rows of help that belong together. */
export interface HelpSection {
  readonly title: string;
  readonly rows: readonly HelpRow[];
}

const helpOption: HelpRow = ['-h, --help', 'Show help.'];
/** The options of the program without a command. */
export const programOptions: readonly HelpRow[] = [helpOption, ['-v, --version', 'Show the version.']];

/** What the program is for. */
export const programDescription = 'Develop Power Platform custom connectors from the command line.';

/** A connector's way from the environment into files and back, as lines of a shell. */
export const firstSteps: readonly HelpRow[] = [
  ['paconn login', 'Sign in once.'],
  ['paconn download', 'Choose a connector to download as files.'],
  ['cd <folder>', 'Edit its files.'],
  ['paconn validate', 'Check the files.'],
  ['paconn deploy', 'Upload the changes.'],
  ['paconn init <folder>', 'Create a connector.'],
];

/** Where help is shown. */
export interface HelpLayout {
  readonly columns: number;
  readonly docsFolder: string;
  readonly system?: NodeJS.Platform;
}

/** Help for the program. */
export function programHelp(
  groups: readonly CommandGroup[],
  { columns, docsFolder, system = platform() }: HelpLayout,
): string {
  const commands = groups.map(({ title, commands: members }) => ({
    title,
    rows: members.map(({ name, description }): HelpRow => [name, description]),
  }));
  const steps = firstSteps.map(([line, meaning]): HelpRow => [exampleLine(line, system), meaning]);
  const more = wrapped("Run 'paconn <command> --help' for details about a command.", columns);
  return [
    'Usage: paconn [options] [command]',
    wrapped(programDescription, columns),
    ...layOut([...commands, { title: 'Options', rows: programOptions }], columns),
    ...layOut([{ title: 'First steps', rows: steps }], columns),
    `${more}\nDocs: ${docsFolder}`,
  ].join('\n\n');
}

/** Help for a command. */
export function commandHelp(
  definition: CommandDefinition,
  { columns, docsFolder, system = platform() }: HelpLayout,
): string {
  const pages = ['commands.md', ...(definition.guide === undefined ? [] : [definition.guide])];
  // Each path stays in one line: it is there to be copied.
  const docs = ['Docs:', ...pages.map((page) => `  ${join(docsFolder, page)}`)].join('\n');
  return `${describe(definition, [...ownSections(definition), globalSection()], columns, system)}\n${docs}`;
}

/** The same without what is there for every command. */
export function commandReference(definition: CommandDefinition, columns: number): string {
  return describe(definition, ownSections(definition), columns, 'linux');
}

/** The options of every command. */
export function globalReference(columns: number): string {
  return layOut([globalSection()], columns).join('');
}

/** How the command is written. */
export function usageOf({ name, paths, morePaths }: CommandDefinition): string {
  return ['paconn', name, '[options]', ...[paths, morePaths].flatMap((one) => (one ? [one[0]] : []))].join(' ');
}

function describe(
  definition: CommandDefinition,
  sections: readonly HelpSection[],
  columns: number,
  system: NodeJS.Platform,
): string {
  const { aliases = [], description, examples, seeAlso } = definition;
  const shown = examples.flatMap(([line, purpose, shell = readersShell(system)]) => [
    wrapped(purpose, columns, { start: '  ', indent: 2 }),
    shownExample(exampleLine(line, system, shell), columns, shell === 'sh' ? ' \\' : ' `'),
  ]);
  const related = seeAlso.map((other, index) => `paconn ${other}${index < seeAlso.length - 1 ? ',' : ''}`);
  return [
    wrapped(`Usage: ${usageOf(definition)}`, columns, { indent: 2 }),
    wrapped(description, columns),
    ...aliases.map((alias) => `The same as paconn ${alias}.`),
    ...layOut(sections, columns),
    ['Examples:', ...shown].join('\n'),
    wrapped(['See also:', ...related], columns),
  ].join('\n\n');
}

/** The arguments and options of a command, without those of every command. */
export function ownSections(definition: CommandDefinition): readonly HelpSection[] {
  const rows = [definition.paths, definition.morePaths].filter((one) => one !== undefined);
  const operands = rows.length > 0 ? [{ title: 'Arguments', rows }] : [];
  return [...operands, ...ownOptions(definition).map(({ title, options }) => ({ title, rows: options.map(row) }))];
}

/** The options of every command. */
export function globalSection(): HelpSection {
  const options = globalOptions.map((name) => commandOption(name));
  return { title: 'Options of every command', rows: [...options.map(row), helpOption] };
}

function row({ flags, description }: CommandOption): HelpRow {
  // `--force false` is understood, and not what anybody looks for.
  return [flags.replace(' [boolean]', ''), description];
}

/** In fewer columns a meaning has more lines than somebody reads. */
const narrowestMeaning = 24;

/** The terms of all sections in one column, their meanings in another; below the terms where there's little room. */
function layOut(sections: readonly HelpSection[], columns: number): string[] {
  const rows = sections.flatMap((section) => section.rows);
  const width = Math.max(...rows.map(([term]) => term.length));
  const longestWord = Math.max(...rows.flatMap(([, meaning]) => meaning.split(' ').map((word) => word.length)));
  const isNarrow = columns - width - 4 < Math.max(narrowestMeaning, longestWord);
  const layOutRow = ([term, meaning]: HelpRow): string => {
    if (!isNarrow) return wrapped(meaning, columns, { start: `  ${term.padEnd(width)}  `, indent: width + 4 });
    const termLine = wrapped(term, columns, { start: '  ', indent: 4 });
    return `${termLine}\n${wrapped(meaning, columns, { start: '      ', indent: 6 })}`;
  };
  return sections.map((section) => [wrapped(`${section.title}:`, columns), ...section.rows.map(layOutRow)].join('\n'));
}

/** A command line in lines that a shell reads as one: it is there to be copied. An option and its value stay together. */
function shownExample(line: string, columns: number, broken: string): string {
  const parts = line.match(/(?:--?[a-z][\w-]* (?=[^-]))?(?:'[^']*'|"[^"]*"|[^\s'"])+/gu) ?? [];
  const lines = { start: '    ', indent: 6, broken };
  const room = columns - lines.indent - lines.broken.length;
  const words = parts.flatMap((part) => (part.length > room ? optionAndValue(part) : part));
  return wrapped(words, columns, lines);
}

function optionAndValue(part: string): readonly string[] {
  const space = part.startsWith('-') ? part.indexOf(' ') : -1;
  return space === -1 ? [part] : [part.slice(0, space), part.slice(space + 1)];
}

interface Lines {
  /** What the first one starts with. */
  readonly start?: string;
  /** How many spaces the others start with. */
  readonly indent?: number;
  /** What each but the last one ends with. */
  readonly broken?: string;
}

/** The text in lines of so many columns. A word is never split: one that is longer has a line of its own. */
function wrapped(
  text: string | readonly string[],
  columns: number,
  { start = '', indent = 0, broken = '' }: Lines = {},
): string {
  const [first = '', ...words] = typeof text === 'string' ? text.split(' ') : text;
  const lines: string[] = [];
  let line = `${start}${first}`;
  for (const word of words) {
    if (`${line} ${word}${broken}`.length <= columns) {
      line += ` ${word}`;
    } else {
      lines.push(`${line}${broken}`);
      line = `${' '.repeat(indent)}${word}`;
    }
  }
  return [...lines, line].join('\n');
}
