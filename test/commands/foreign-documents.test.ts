import { describe, expect, test } from 'vitest';
import { FakeCloud } from '../support/fake-cloud/fake-cloud.ts';
import { petStore, petStoreProperties } from '../support/pet-store.ts';
import { runInProcess } from '../support/run-in-process.ts';
import { signedIn } from '../support/signed-in.ts';
import { Workspace } from '../support/workspace.ts';

const openApi3 = JSON.stringify({ openapi: '3.0.1', info: { title: 'Pets', version: '1' }, paths: {} });
const yaml = 'openapi: 3.0.1\ninfo:\n  title: Pets\npaths: {}\n';
const postman = JSON.stringify({ info: { _postman_id: '1', name: 'Pets' }, item: [] });
const name = 'pets/apiDefinition.swagger.json';
const kinds = [
  ['OpenAPI 3.0.1', openApi3],
  ['YAML', yaml],
  ['a Postman collection', postman],
] as const;

const folder = (definition: string): Record<string, string> => ({
  [name]: definition,
  'pets/apiProperties.json': petStoreProperties,
});

const convert = `Convert it with:\n  paconn convert ${name} --output-dir pets/converted\n`;
/** The same in a finding, which has it in one line. */
const hint = `Convert it with: paconn convert ${name} --output-dir pets/converted\n`;
const isForeign = (words: string): string => `Error: ${name} isn't an API definition: it's ${words}.\n${convert}`;

describe.each(kinds)('%s in the place of an API definition', (words, document) => {
  test.each([['diff'], ['pull']])('is the error of %s, and no difference', async (command) => {
    await using cloud = await FakeCloud.start();
    const { id } = cloud.addConnector({ displayName: 'Pets' });
    const settings = { ...cloud.settings, environment: cloud.environment.id, connectorId: id };
    const named = { apiDefinition: 'apiDefinition.swagger.json', apiProperties: 'apiProperties.json' };
    const files = { ...folder(document), 'pets/settings.json': JSON.stringify({ ...settings, ...named }) };
    await using workspace = await signedIn(cloud, { files });
    const run = await runInProcess(workspace, command, 'pets');
    expect(run).toMatchObject({ exitCode: 1, stdout: '', stderr: isForeign(words) });
  });

  test('is the error of package, before anything else that it needs', async () => {
    await using workspace = await Workspace.create(undefined, { files: folder(document) });
    for (const options of [[], ['--independent']]) {
      const run = await runInProcess(workspace, 'package', 'pets', ...options);
      expect(run).toMatchObject({ exitCode: 1, stderr: isForeign(words) });
    }
  });

  test('is one finding that names the file from where deploy was run', async () => {
    await using workspace = await Workspace.create(undefined, { files: folder(document) });
    const { exitCode, stdout, stderr } = await runInProcess(workspace, 'deploy', 'pets');
    expect(exitCode).toBe(1);
    expect(`${stdout}${stderr}`).toContain(`    ${hint}\n1 error in 1 file.`);
  });

  test('is named as what a connector cannot be compared with', async () => {
    const files = { ...folder(document), 'new/apiDefinition.swagger.json': petStore() };
    await using workspace = await Workspace.create(undefined, {
      files: { ...files, 'new/apiProperties.json': petStoreProperties },
    });
    const against = ['validate', '--offline', '--certification', '--against'];
    const published = await runInProcess(workspace, ...against, 'pets', 'new');
    expect(published).toMatchObject({ exitCode: 1, stderr: isForeign(words) });
    // It is what is wrong, not that its settings name no environment.
    const own = await runInProcess(workspace, ...against.filter((one) => one !== '--offline'), 'environment', 'pets');
    expect(own.exitCode).toBe(1);
    expect(own.stdout).toContain(`    ${hint}`);
    expect((await runInProcess(workspace, ...against, 'new', 'pets')).stdout).toContain(`    ${hint}`);
  });
});

test.each([['deploy'], ['show'], ['update']])(
  'a description of an API is no folder of a connector: %s',
  async (command) => {
    await using workspace = await Workspace.create(undefined, { files: { 'pets/openapi.yaml': yaml } });
    expect(await runInProcess(workspace, command, 'pets/openapi.yaml')).toMatchObject({
      exitCode: 2,
      stderr:
        'Error: pets/openapi.yaml is a file, not the folder of a connector.\n' +
        'pets/openapi.yaml is YAML. Convert it with:\n  paconn convert pets/openapi.yaml --output-dir pets\n',
    });
  },
);

test('a file that is broken is named with its folder', async () => {
  const files = { 'old/apiDefinition.swagger.json': petStore(), 'old/apiProperties.json': petStoreProperties };
  await using workspace = await Workspace.create(undefined, { files: { ...files, ...folder('{ "swagger": oops }') } });
  const { stderr } = await runInProcess(workspace, 'diff', 'old', 'pets');
  expect(stderr).toMatch(/^Error: pets\/apiDefinition\.swagger\.json:1:14: invalid JSON/u);
});

test.each([
  ['YAML', yaml],
  ['XML', '<?xml version="1.0"?>\n<application/>\n'],
])('%s in the place of an API definition is the error of create without the check, too', async (words, document) => {
  await using cloud = await FakeCloud.start();
  await using workspace = await signedIn(cloud, { settings: null, files: folder(document) });
  const options = ['--skip-validation', '-e', cloud.environment.id, '-u', cloud.url];
  const { exitCode, stderr } = await runInProcess(workspace, 'create', 'pets', ...options);
  expect(exitCode).toBe(1);
  expect(stderr).toContain(`${name} isn't an API definition: it's ${words}`);
  expect(cloud.connectors()).toEqual([]);
});
