import { expect, test } from 'vitest';
import { petStore } from '../support/pet-store.ts';
import { runInProcess } from '../support/run-in-process.ts';
import { Workspace } from '../support/workspace.ts';

const openApi3 = 'openapi: 3.0.1\ninfo: { title: Orders, version: "1.0" }\npaths: {}\n';

test.each(['openapi.yaml', 'openapi.yml', 'OPENAPI.YAML'])('%s is named as what it is', async (name) => {
  await using workspace = await Workspace.create(undefined, { files: { [name]: openApi3 } });
  const { exitCode, stdout } = await runInProcess(workspace, 'validate', name, '--offline');
  expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: expect.stringContaining('yaml-unsupported') });
});

test('a file of another kind is reported, with the parts of a connector', async () => {
  await using workspace = await Workspace.create(undefined, { files: { 'notes.txt': openApi3 } });
  expect(await runInProcess(workspace, 'validate', 'notes.txt', '--offline')).toMatchObject({
    exitCode: 2,
    stderr:
      "Error: notes.txt isn't a connector file.\nA connector has JSON files, an icon (.png), and a script (.csx).\n",
  });
});

test('--offline never contacts the service, also not with --against', async () => {
  await using workspace = await Workspace.create();
  expect(await runInProcess(workspace, 'validate', '--against', 'environment', '--offline')).toMatchObject({
    exitCode: 2,
    stderr: expect.stringMatching(/^Error: --against environment and --offline can't be used together\.\n/u),
  });
});

test('a settings file is the connector that it names, and no sign-in is demanded', async () => {
  const names = { apiDefinition: 'apiDefinition.swagger.json' };
  await using workspace = await Workspace.create(undefined, {
    files: {
      'pets/prod.json': JSON.stringify(names),
      'pets/apiDefinition.swagger.json': petStore().replace('"2.0"', '"2"'),
      'empty/settings.json': JSON.stringify({ connectorId: 'shared_pets-5f' }),
    },
  });
  const { exitCode, stdout, stderr } = await runInProcess(workspace, 'validate', 'pets/prod.json');
  expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: expect.stringContaining('swagger-version') });
  expect(stderr).toContain("you aren't signed in");
  expect(await runInProcess(workspace, 'validate', 'empty/settings.json')).toMatchObject({ exitCode: 0 });
});
