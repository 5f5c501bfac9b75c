import * as nodeModule from 'node:module';
import { expect, test } from 'vitest';
import { petStore } from '../support/pet-store.ts';
import { Workspace } from '../support/workspace.ts';

const isKept = 'enableCompileCache' in nodeModule;
const variables = { NODE_DISABLE_COMPILE_CACHE: undefined };
const line = ['validate', '--offline', 'apiDefinition.swagger.json'];

test('compiled code is stored in the configuration folder, if Node supports it', async () => {
  await using workspace = await Workspace.create(undefined, { settings: null, apiDefinition: petStore() });
  await workspace.write('../home/.paconn/listings.json', '{}');

  const first = await workspace.run(line, { variables });
  expect(await workspace.exists('../home/.paconn/compiled')).toBe(isKept);
  expect(await workspace.run(line, { variables })).toEqual(first);
  expect(first.exitCode).toBe(0);
});

test('no configuration folder is created for it', async () => {
  await using workspace = await Workspace.create(undefined, { settings: null, apiDefinition: petStore() });

  const { exitCode } = await workspace.run(line, { variables });
  expect(exitCode).toBe(0);
  expect(await workspace.exists('../home/.paconn')).toBe(false);
});
