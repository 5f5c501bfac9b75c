import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { commandDefinitions, commandGroups, commandsByName } from '../../src/commands/catalogue.ts';
import { commandHelp, programHelp } from '../../src/commands/help.ts';
import { commandOptions } from '../../src/commands/command-options.ts';
import { TerminalSession } from '../support/terminal-session.ts';
import { deployCommand } from '../../src/commands/deploy.ts';
import { runInProcess } from '../support/run-in-process.ts';
import { Workspace } from '../support/workspace.ts';

/** Lines that don't fit, except those of one word: a path, or text in quotes. */
function tooLong(text: string, columns: number): string[] {
  const isOneWord = (line: string): boolean => /^\s*(?:"[^"]*"|'[^']*'|\S+)(?: [\\`])?$/u.test(line);
  return text.split('\n').filter((line) => line.length > columns && !isOneWord(line));
}

/** The words of a text, without the marks of shells for a line that goes on. */
function wordsOf(text: string): string[] {
  return text.split(/\s+/u).filter((word) => word !== '\\' && word !== '`');
}

const widths = [40, 60, 80, 120, 200];

const docsFolder = fileURLToPath(new URL('../../docs', import.meta.url));

describe('help of the program', () => {
  const help = programHelp(commandGroups, { columns: 80, docsFolder });

  test('fits into 80 columns, each command into one line', () => {
    expect(tooLong(help, 80)).toEqual([]);
    const entries = help.split('\n').map((line) => line.trim().replace(/ {2,}/u, ': '));
    for (const { name, description } of commandDefinitions) expect(entries).toContain(`${name}: ${description}`);
  });

  test('shows the first steps with existing commands', () => {
    const steps = [...help.matchAll(/^  \$ paconn (\w+)/gmu)].map(([, name = '']) => name);
    expect(steps).toContain('login');
    expect(steps.filter((name) => !commandsByName.has(name))).toEqual([]);
  });

  test.each(widths)('fits into %i columns, and no word is split', (columns) => {
    const narrow = programHelp(commandGroups, { columns, docsFolder });
    expect(tooLong(narrow, columns)).toEqual([]);
    expect(wordsOf(narrow)).toEqual(wordsOf(help));
  });
});

describe.each(commandDefinitions.map((definition) => [definition.name, definition] as const))(
  'help of %s',
  (name, definition) => {
    test.each(widths)('fits into %i columns, and no word is split', (columns) => {
      for (const system of ['linux', 'win32'] as const) {
        const help = commandHelp(definition, { columns, docsFolder, system });
        expect(tooLong(help, columns)).toEqual([]);
        expect(wordsOf(help)).toEqual(wordsOf(commandHelp(definition, { columns: 1000, docsFolder, system })));
      }
    });

    test('has examples with existing options', () => {
      expect(definition.examples.length).toBeGreaterThan(1);
      const known = new Set([
        ...commandOptions(definition).flatMap(({ long, short }) => [long, short ?? '']),
        '--help',
      ]);
      for (const [line] of definition.examples) {
        expect(line).toMatch(new RegExp(`\\bpaconn ${name}\\b`, 'u'));
        const options = [...line.matchAll(/(?<= )--?[a-z][\w-]*/gu)].map(([option]) => option);
        expect(options.filter((option) => !known.has(option))).toEqual([]);
      }
    });

    test('ends with related commands and the paths of existing pages of docs', async () => {
      const [before = '', after = ''] = commandHelp(definition, { columns: 80, docsFolder }).split('\nDocs:\n');
      const related = /^See also: (?<names>.+)$/u.exec(before.split('\n').at(-1) ?? '')?.groups?.['names']?.split(', ');
      const names = new Set(commandDefinitions.map((other) => `paconn ${other.name}`));
      expect(related?.length).toBeGreaterThan(0);
      expect(related?.filter((one) => !names.has(one) || one === `paconn ${name}`)).toEqual([]);
      const pages = after.split('\n').map((line) => line.trim());
      expect(pages[0]).toBe(join(docsFolder, 'commands.md'));
      const [reference, ...guides] = await Promise.all(pages.map(async (page) => await readFile(page, 'utf8')));
      expect(reference).toContain(`\n### paconn ${name}\n`);
      expect(guides).toHaveLength(definition.guide === undefined ? 0 : 1);
    });

    test('describes everything in a sentence', () => {
      const sentences = [definition.description, ...commandOptions(definition).map(({ description }) => description)];
      // A default comes last.
      expect(sentences.filter((sentence) => !/^[A-Z].+\.(?: \(default: .+\))?$/u.test(sentence))).toEqual([]);
    });

    test('has no two options of one name', () => {
      const names = commandOptions(definition).flatMap(({ long, short }) => [long, ...(short ? [short] : [])]);
      expect(names.filter((option, index) => names.indexOf(option) !== index)).toEqual([]);
    });
  },
);

test('meanings are below options where there is little room, and next to them elsewhere', () => {
  const narrow = commandHelp(deployCommand, { columns: 60, docsFolder, system: 'linux' });
  expect(narrow).toContain('\n  -i, --icon <file>\n      Icon file.\n');
  expect(narrow).toContain('\n    $ paconn deploy --from-environment Dev \\\n      --to-environment Test -c Weather\n');
  const wide = commandHelp(deployCommand, { columns: 80, docsFolder, system: 'win32' });
  expect(wide).toMatch(/\n {2}-i, --icon <file> {2,}Icon file\.\n/u);
  expect(wide).toContain('\n    PS> paconn deploy --from-environment Dev --to-environment Test -c Weather\n');
});

test.runIf(TerminalSession.isSupported).each([
  [60, 60],
  [200, 80],
])('at a terminal of %i columns, help has lines of at most %i', async (columns, most) => {
  await using workspace = await Workspace.create();
  await using session = TerminalSession.start(workspace, ['deploy', '--help'], { columns });
  const { output } = await session.end();
  expect(output.trimEnd()).toBe(commandHelp(deployCommand, { columns: most, docsFolder, system: 'linux' }));
});

test('no two commands share a name, and none uses a reserved name', () => {
  const names = ['help', 'complete', ...commandDefinitions.flatMap(({ name, aliases = [] }) => [name, ...aliases])];
  expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
});

test('an alias from other tools works like the name', async () => {
  await using workspace = await Workspace.create();
  const help = await runInProcess(workspace, 'list', '--help');
  expect(help.stdout).toContain('The same as paconn ls.');
  expect(await runInProcess(workspace, 'ls', '--help')).toEqual(help);
  expect(await runInProcess(workspace, 'help', 'ls')).toEqual(help);
});
