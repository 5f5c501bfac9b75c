import { setTimeout as pause } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { largeDefinition } from '../bench/large-definition.ts';
import { petStoreProperties } from '../support/pet-store.ts';
import { Workspace } from '../support/workspace.ts';

/** Comments, which are read for seconds and mean nothing. */
const long = `openapi: 3.0.0\n${'# Lists the pets of a shop.\n'.repeat(1_000_000)}paths: {}\n`;

test.each([
  ['validate', '--offline', 'large.json'],
  ['convert', 'long.yaml', '-d', 'out'],
  ['diff', 'one', 'two'],
])('Ctrl+C ends %s while it works on a large file', { timeout: 60_000 }, async (...args) => {
  await using workspace = await Workspace.create();
  const large = largeDefinition(25);
  await workspace.write('large.json', large);
  await workspace.write('long.yaml', long);
  for (const [folder, text] of [
    ['one', large],
    ['two', large.replaceAll('kind', 'sort')],
  ] as const) {
    await workspace.write(`${folder}/apiDefinition.swagger.json`, text);
    await workspace.write(`${folder}/apiProperties.json`, petStoreProperties);
  }
  const before = await workspace.list();
  const tool = workspace.start(args);
  await pause(2000);
  tool.signal('SIGINT');
  // It would end with another code, and seconds later, where nothing ends it.
  expect(await tool.finished).toMatchObject({ exitCode: 130, stdout: '' });
  expect(await workspace.list()).toEqual(before);
});
