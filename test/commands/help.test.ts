import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { commandDefinitions, commandGroups, commandsByName } from '../../src/commands/catalogue.ts';
import { commandHelp, programHelp } from '../../src/commands/help.ts';
import { commandOptions } from '../../src/commands/command-options.ts';
import { runInProcess } from '../support/run-in-process.ts';
import { Workspace } from '../support/workspace.ts';

function tooLong(text: string, columns: number): string[] {
  return text.split('\n').filter((line) => line.length > columns);
}

const docsFolder = fileURLToPath(new URL('../../docs', import.meta.url));

describe('help of the program', () => {
  const help = programHelp(commandGroups, { columns: 80, docsFolder });

  test('fits into 80 columns, each command into one line', () => {
    expect(tooLong(help, 80)).toEqual([]);
    const entries = help.split('\n').map((line) => line.trim().replace(/ {2,}/u, ': '));
    for (const { name, description } of commandDefinitions) expect(entries).toContain(`${name}: ${description}`);
  });

  test('shows the first steps, of commands that there are', () => {
    const steps = [...help.matchAll(/^  \$ paconn (\w+)/gmu)].map(([, name = '']) => name);
    expect(steps).toContain('login');
    expect(steps.filter((name) => !commandsByName.has(name))).toEqual([]);
  });

  test('has short lines where there is little room', () => {
    expect(tooLong(programHelp(commandGroups, { columns: 60, docsFolder }), 60)).toEqual([]);
  });
});

describe.each(commandDefinitions.map((definition) => [definition.name, definition] as const))(
  'help of %s',
  (name, definition) => {
    test('fits into 80 columns', () => {
      expect(tooLong(commandHelp(definition, { columns: 80, docsFolder }), 80)).toEqual([]);
    });

    test('has examples, and each of their options is there', () => {
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

    test('ends with commands to go on with, and with the paths of existing pages of docs', async () => {
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

test('no two commands share a name, and none has one that means something else', () => {
  const names = ['help', 'complete', ...commandDefinitions.flatMap(({ name, aliases = [] }) => [name, ...aliases])];
  expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
});

test('a name from other tools is as good as the own one', async () => {
  await using workspace = await Workspace.create();
  const help = await runInProcess(workspace, 'list', '--help');
  expect(help.stdout).toContain('The same as paconn ls.');
  expect(await runInProcess(workspace, 'ls', '--help')).toEqual(help);
  expect(await runInProcess(workspace, 'help', 'ls')).toEqual(help);
});
