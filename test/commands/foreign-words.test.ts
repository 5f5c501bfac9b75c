import { expect, test } from 'vitest';
import { commandsByName } from '../../src/commands/catalogue.ts';
import { commandsElsewhere, optionsElsewhere } from '../../src/commands/foreign-words.ts';
import { commandOptions } from '../../src/commands/command-options.ts';
import { runInProcess } from '../support/run-in-process.ts';
import { Workspace } from '../support/workspace.ts';

const optionsOf = (name: string): string[] => {
  const definition = commandsByName.get(name);
  return definition ? commandOptions(definition).flatMap(({ long, also }) => [long, ...(also ? [also] : [])]) : [];
};

test('each word of another tool leads to a command and to options that there are', () => {
  const missing = [...commandsElsewhere].filter(([, instead]) => {
    const [command = '', ...words] = instead.split(' ');
    if (command.startsWith('--')) return command !== '--version' && !optionsOf('list').includes(command);
    const known = optionsOf(command);
    return !commandsByName.has(command) || words.some((word) => word.startsWith('--') && !known.includes(word));
  });
  expect(missing).toEqual([]);
});

test('no word of another tool hides a command of ours', () => {
  const hidden = [...commandsElsewhere.keys()].filter((words) => commandsByName.has(words.split(' ')[0] ?? ''));
  expect(hidden).toEqual([]);
});

test('each option of another tool leads to an option of some command', () => {
  const all = new Set([...commandsByName.keys()].flatMap(optionsOf));
  expect([...optionsElsewhere.values()].filter(([option]) => !all.has(option))).toEqual([]);
});

test.each([
  [['auth', 'login'], 'login'],
  [['configure'], 'config list'],
  [['account', 'set', '--subscription', 'x'], 'config set account <account>'],
  [['env', 'select', 'x'], 'config set environment <environment>'],
  [['set', 'environment', 'x'], 'config set <setting> <value>'],
  [['push'], 'deploy'],
  [['open'], 'show --web'],
  [['plan'], 'deploy --dry-run'],
])('%j leads to %s', async (words, instead) => {
  await using workspace = await Workspace.create();
  const { exitCode, stderr } = await runInProcess(workspace, ...words);
  expect(exitCode).toBe(2);
  expect(stderr).toContain(`Did you mean '${instead}'?`);
});
