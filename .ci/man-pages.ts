import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { commandDefinitions, commandGroups } from '../src/commands/catalogue.ts';
import type { CommandDefinition } from '../src/commands/command-definition.ts';
import { exampleLine } from '../src/commands/example.ts';
import {
  firstSteps,
  globalSection,
  type HelpRow,
  type HelpSection,
  ownSections,
  programDescription,
  programOptions,
  usageOf,
} from '../src/commands/help.ts';
import { bold, escaped, prose } from './roff.ts';

// The man pages, made from what help, docs/output.md, and docs/settings.md show.

/** What all pages share. */
interface Shared {
  readonly version: string;
  readonly exitStatus: readonly HelpRow[];
  readonly environment: readonly HelpRow[];
  readonly files: readonly HelpRow[];
}

/** The man pages by their file names: one of the program, and one of each command. */
export async function manPages(root: string): Promise<ReadonlyMap<string, string>> {
  const read = async (...names: string[]): Promise<string> => await readFile(join(root, ...names), 'utf8');
  const [output, settings] = await Promise.all([read('docs', 'output.md'), read('docs', 'settings.md')]);
  const shared: Shared = {
    version: /"version": "(?<version>[^"]+)"/u.exec(await read('package.json'))?.groups?.['version'] ?? '',
    exitStatus: rowsBelow(output, 'Exit codes'),
    environment: rowsBelow(settings, 'Environment variables'),
    files: rowsBelow(settings, 'Files that paconn writes'),
  };
  return new Map([
    ['paconn.1', programPage(shared)],
    ...commandDefinitions.map((definition) => [`${pageOf(definition)}.1`, commandPage(definition, shared)] as const),
  ]);
}

function programPage({ version, exitStatus, environment, files }: Shared): string {
  const commands = commandGroups.map((group): HelpSection => ({
    title: group.title,
    rows: group.commands.map((definition) => [pageOf(definition), definition.description]),
  }));
  const { title, rows: everyCommand } = globalSection();
  const otherOptions = everyCommand.filter((option) => !programOptions.includes(option));
  return page({ name: 'paconn', version, description: programDescription }, [
    ['SYNOPSIS', synopsis('paconn [options] [command]')],
    ['DESCRIPTION', [prose(programDescription), ...sections(commands)]],
    [
      'OPTIONS',
      sections([
        { title: 'Options', rows: programOptions },
        { title, rows: otherOptions },
      ]),
    ],
    ['EXAMPLES', examplesOf(firstSteps.map(([line, purpose]) => [exampleLine(line, 'linux'), purpose]))],
    ['EXIT STATUS', rows(exitStatus)],
    ['ENVIRONMENT', rows(environment)],
    ['FILES', rows(files)],
    ['SEE ALSO', [...seeAlso(commandDefinitions.map(pageOf)), '.PP', prose(documentation)]],
  ]);
}

const documentation = 'The documentation is in the folder that `paconn --help` shows.';

function commandPage(definition: CommandDefinition, { version, exitStatus }: Shared): string {
  const { aliases = [], description, examples, seeAlso: related } = definition;
  const others = aliases.map((alias) => `The same as \`paconn ${alias}\`.`);
  return page({ name: pageOf(definition), version, description }, [
    ['SYNOPSIS', synopsis(usageOf(definition))],
    ['DESCRIPTION', [prose([description, ...others].join(' '))]],
    ['OPTIONS', sections([...ownSections(definition), globalSection()])],
    ['EXAMPLES', examplesOf(examples.map(([line, purpose, shell]) => [exampleLine(line, 'linux', shell), purpose]))],
    ['EXIT STATUS', rows(exitStatus)],
    ['ENVIRONMENT', [`${bold('paconn')}(1) lists the environment variables.`]],
    ['FILES', [`${bold('paconn')}(1) lists the files that paconn writes.`]],
    ['SEE ALSO', seeAlso(['paconn', ...related.map((name) => `paconn-${name}`)])],
  ]);
}

function pageOf({ name }: CommandDefinition): string {
  return `paconn-${name}`;
}

function page(
  { name, version, description }: { readonly name: string; readonly version: string; readonly description: string },
  parts: readonly (readonly [heading: string, lines: readonly string[]])[],
): string {
  // A summary, which `man -k` lists, starts with a small letter and has no period.
  const summary = `${description.charAt(0).toLowerCase()}${description.slice(1)}`.replace(/\.$/u, '');
  return [
    // Without a date: the same sources make the same pages.
    `.TH "${escaped(name.toUpperCase())}" "1" "" "paconn ${escaped(version)}" "paconn manual"`,
    // Neither hyphens nor wide spaces in what is copied.
    '.nh',
    '.ad l',
    '.SH NAME',
    `${escaped(name)} \\- ${prose(summary)}`,
    ...parts.flatMap(([heading, lines]) => [`.SH ${heading}`, ...lines]),
    '',
  ].join('\n');
}

function synopsis(usage: string): string[] {
  const [, command = '', rest = ''] = /^([a-z ]+) (\[.*)$/u.exec(usage) ?? [];
  return [`${bold(command)} ${prose(rest)}`];
}

function sections(all: readonly HelpSection[]): string[] {
  return all.flatMap(({ title, rows: members }) => [`.SS ${escaped(title)}`, ...rows(members)]);
}

function rows(all: readonly HelpRow[]): string[] {
  return all.flatMap(([term, meaning]) => ['.TP', prose(term), prose(meaning)]);
}

/** Command lines, each on its own line and unbroken. */
function examplesOf(examples: readonly HelpRow[]): string[] {
  return examples.flatMap(([line, purpose], index) => {
    const heading = `${escaped(purpose.replace(/\.$/u, ''))}:`;
    return [...(index > 0 ? ['.PP'] : []), heading, '.PP', '.RS 4', '.nf', escaped(line), '.fi', '.RE'];
  });
}

function seeAlso(pages: readonly string[]): string[] {
  return [pages.map((name) => `${bold(name)}(1)`).join(', ')];
}

/** The rows of the table below a heading of a page. */
function rowsBelow(document: string, heading: string): HelpRow[] {
  const table = document.split(`\n## ${heading}\n`)[1]?.split('\n## ')[0] ?? '';
  const found = table.split('\n').flatMap((line): HelpRow[] => {
    const [, term = '', meaning] = line.split(' | ').length === 2 ? (/^\| (.+?) +\| (.+?) +\|$/u.exec(line) ?? []) : [];
    return meaning === undefined || term.startsWith('---') ? [] : [[term, meaning]];
  });
  const [, ...members] = found;
  if (members.length === 0) throw new Error(`No table found below "${heading}".`);
  return members;
}
