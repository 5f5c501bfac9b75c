import { setTimeout as pause } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { largeDefinition } from '../bench/large-definition.ts';
import { Workspace } from '../support/workspace.ts';

/** Comments, which are read for seconds and mean nothing. */
const long = `openapi: 3.0.0\n${'# Lists the pets of a shop.\n'.repeat(1_000_000)}paths: {}\n`;

test.each([
  ['validate', '--offline', 'large.json'],
  ['convert', 'long.yaml', '-d', 'out'],
])('Ctrl+C ends %s while it works on a large file', { timeout: 60_000 }, async (...args) => {
  await using workspace = await Workspace.create();
  await workspace.write('large.json', largeDefinition(args[0] === 'validate' ? 25 : 1));
  await workspace.write('long.yaml', long);
  const tool = workspace.start(args);
  await pause(2000);
  tool.signal('SIGINT');
  // It would end with another code, and seconds later, where nothing ends it.
  expect(await tool.finished).toMatchObject({ exitCode: 130, stdout: '' });
  expect(await workspace.list()).toEqual(['large.json', 'long.yaml']);
});
