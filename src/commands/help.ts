import { platform } from 'node:os';
import { join } from 'node:path';
import type { CommandDefinition } from './command-definition.ts';
import { exampleLine } from './example.ts';
import type { CommandGroup } from './catalogue.ts';
import { type CommandOption, commandOption, ownOptions } from './command-options.ts';
import { globalOptions } from './option-lists.ts';

type Row = readonly [term: string, meaning: string];

interface Section {
  readonly title: string;
  readonly rows: readonly Row[];
}

const helpOption: Row = ['-h, --help', 'Show help.'];
const programOptions: readonly Row[] = [helpOption, ['-v, --version', 'Show the version.']];

const firstSteps: readonly Row[] = [
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
    rows: members.map(({ name, description }): Row => [name, description]),
  }));
  return [
    'Usage: paconn [options] [command]',
    wrapped('Develop Power Platform custom connectors from the command line.', columns),
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

function describe(
  { name, aliases = [], description, paths, morePaths, examples, seeAlso }: CommandDefinition,
  sections: readonly Section[],
  columns: number,
  system: NodeJS.Platform,
): string {
  // A command line stays in one line: it is there to be copied.
  const shown = examples.map(
    ([line, purpose]) => `${wrapped(`  ${purpose}`, columns, 2)}\n    ${exampleLine(line, system)}`,
  );
  return [
    ['Usage: paconn', name, '[options]', ...[paths, morePaths].flatMap((one) => (one ? [one[0]] : []))].join(' '),
    wrapped(description, columns),
    ...aliases.map((alias) => `The same as paconn ${alias}.`),
    ...layOut(sections, columns),
    ['Examples:', ...shown].join('\n'),
    wrapped(`See also: ${seeAlso.map((other) => `paconn ${other}`).join(', ')}`, columns),
  ].join('\n\n');
}

function ownSections(definition: CommandDefinition): readonly Section[] {
  const rows = [definition.paths, definition.morePaths].filter((one) => one !== undefined);
  const operands = rows.length > 0 ? [{ title: 'Arguments', rows }] : [];
  return [...operands, ...ownOptions(definition).map(({ title, options }) => ({ title, rows: options.map(row) }))];
}

function globalSection(): Section {
  const options = globalOptions.map((name) => commandOption(name));
  return { title: 'Options of every command', rows: [...options.map(row), helpOption] };
}

function row({ flags, description }: CommandOption): Row {
  // `--force false` is understood, and not what anybody looks for.
  return [flags.replace(' [boolean]', ''), description];
}

/** The terms of all sections in one column, what they mean in another. */
function layOut(sections: readonly Section[], columns: number): string[] {
  const widths = sections.flatMap(({ rows }) => rows.map(([term]) => term.length));
  const width = Math.max(...widths);
  const layOutRow = ([term, meaning]: Row): string =>
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
