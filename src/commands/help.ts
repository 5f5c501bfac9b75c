import { platform } from 'node:os';
import { join } from 'node:path';
import type { CommandDefinition } from './command-definition.ts';
import { exampleLine } from './example.ts';
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

/** A connector's way from the environment into files and back. */
export const firstSteps: readonly HelpRow[] = [
  ['$ paconn login', 'Sign in once.'],
  ['$ paconn download', 'Choose a connector to download as files.'],
  ['$ cd <folder>', 'Edit its files.'],
  ['$ paconn validate', 'Check the files.'],
  ['$ paconn deploy', 'Upload the changes.'],
  ['$ paconn init <folder>', 'Create a connector.'],
];

/** Where help is shown. */
export interface HelpLayout {
  readonly columns: number;
  readonly docsFolder: string;
  readonly system?: NodeJS.Platform;
}

/** Help for the program. */
export function programHelp(groups: readonly CommandGroup[], { columns, docsFolder }: HelpLayout): string {
  const commands = groups.map(({ title, commands: members }) => ({
    title,
    rows: members.map(({ name, description }): HelpRow => [name, description]),
  }));
  return [
    'Usage: paconn [options] [command]',
    wrapped(programDescription, columns),
    ...layOut([...commands, { title: 'Options', rows: programOptions }], columns),
    ...layOut([{ title: 'First steps', rows: firstSteps }], columns),
    `Run 'paconn <command> --help' for details about a command.\nDocs: ${docsFolder}`,
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

/** What every command takes. */
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
  // A command line stays in one line: it is there to be copied.
  const shown = examples.map(
    ([line, purpose]) => `${wrapped(`  ${purpose}`, columns, 2)}\n    ${exampleLine(line, system)}`,
  );
  return [
    `Usage: ${usageOf(definition)}`,
    wrapped(description, columns),
    ...aliases.map((alias) => `The same as paconn ${alias}.`),
    ...layOut(sections, columns),
    ['Examples:', ...shown].join('\n'),
    wrapped(`See also: ${seeAlso.map((other) => `paconn ${other}`).join(', ')}`, columns),
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

/** The terms of all sections in one column, what they mean in another. */
function layOut(sections: readonly HelpSection[], columns: number): string[] {
  const widths = sections.flatMap(({ rows }) => rows.map(([term]) => term.length));
  const width = Math.max(...widths);
  const layOutRow = ([term, meaning]: HelpRow): string =>
    wrapped(`  ${term.padEnd(width)}  ${meaning}`, columns, width + 4);
  return sections.map(({ title, rows }) => [`${title}:`, ...rows.map(layOutRow)].join('\n'));
}

/** The text in lines that fit; those after the first begin with as many spaces. */
function wrapped(text: string, columns: number, indent = 0): string {
  if (text.length <= columns) return text;
  const end = text.lastIndexOf(' ', columns);
  if (end <= indent) return text;
  const rest = `${' '.repeat(indent)}${text.slice(end + 1)}`;
  return `${text.slice(0, end)}\n${wrapped(rest, columns, indent)}`;
}
