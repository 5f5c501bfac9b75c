import { stat } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { petStore, petStoreProperties } from '../support/pet-store.ts';
import { runInProcess } from '../support/run-in-process.ts';
import { Workspace } from '../support/workspace.ts';

const definition = 'apiDefinition.swagger.json';
const text = petStore().replace('"2.0",', '"2", // the version').replaceAll('\n', '\r\n');
const fixed = petStore().replaceAll('\n', '\r\n');
const properties = petStoreProperties.replace('"required": "true"', '"required": true');
const fix = ['validate', '--offline', '--fix'];

const words = (verb: string): string => `${definition}: 2 problems ${verb}
  2:19  JSON doesn't allow comments.  json-comment
  2:14  'swagger' must be the string "2.0".  swagger-version
apiProperties.json: 1 problem ${verb}
  9:25  Use the string "true".  constraint-boolean
`;

test('--fix fixes problems with one solution, lists them, and keeps all other bytes', async () => {
  await using workspace = await Workspace.create(undefined, {
    apiDefinition: `\uFEFF${text}`,
    apiProperties: properties,
  });
  const { exitCode, stdout, stderr } = await workspace.paconn(...fix);
  expect({ exitCode, stdout }).toEqual({ exitCode: 0, stdout: '' });
  expect(stderr.split('\n').toSorted()).toEqual(
    `${words('fixed')}${definition} validated successfully.\n`.split('\n').toSorted(),
  );
  // A byte order mark is no fault, so it stays.
  expect(await workspace.read(definition)).toBe(`\uFEFF${fixed}`);
  expect(await workspace.read('apiProperties.json')).toBe(petStoreProperties);

  const { mtimeMs } = await stat(workspace.path(definition));
  expect(await workspace.paconn(...fix)).toEqual({
    exitCode: 0,
    stdout: '',
    stderr: `No problem found that --fix can fix.\n${definition} validated successfully.\n`,
  });
  expect((await stat(workspace.path(definition))).mtimeMs).toBe(mtimeMs);
});

test('--dry-run shows a diff, and writes nothing', async () => {
  await using workspace = await Workspace.create(undefined, {
    apiDefinition: petStore().replace('"2.0"', '"2"'),
    apiProperties: properties,
  });
  const { exitCode, stdout, stderr } = await runInProcess(workspace, 'validate', '--dry-run');
  expect({ exitCode, stdout }).toEqual({
    exitCode: 0,
    stdout: `--- a/${definition}
+++ b/${definition}
@@ -1,6 +1,6 @@
 {
-  "swagger": "2",
+  "swagger": "2.0",
   "info": {
     "title": "Pet Store",
     "description": "Sells pets.",
     "version": "1.0"
--- a/apiProperties.json
+++ b/apiProperties.json
@@ -5,9 +5,9 @@
         "type": "securestring",
         "uiDefinition": {
           "displayName": "API key",
           "constraints": {
-            "required": true
+            "required": "true"
           }
         }
       }
     },
`,
  });
  expect(stderr).toContain(`${definition}: 1 problem would be fixed\n`);
  expect(await workspace.read('apiProperties.json')).toBe(properties);
});

test('a diff of a file with Windows line ends can be applied from --output-file', async () => {
  await using workspace = await Workspace.create(undefined, { apiDefinition: text, apiProperties: properties });
  expect((await runInProcess(workspace, ...fix, '--dry-run', '--output-file', 'fix.diff')).exitCode).toBe(0);
  expect(await workspace.read(definition)).toBe(text);
  const applied = await workspace.launch(['git', 'apply', '--whitespace=nowarn', 'fix.diff']).finished;
  expect(applied).toEqual({ exitCode: 0, stdout: '', stderr: '' });
  expect(await workspace.read(definition)).toBe(fixed);
});

test('remaining problems are reported after fixing', async () => {
  const broken = petStore().replace('"2.0"', '"2"').replace('"GetPet"', '""');
  await using workspace = await Workspace.create(undefined, { apiDefinition: broken });
  const { exitCode, stdout, stderr } = await runInProcess(workspace, ...fix);
  expect(exitCode).toBe(1);
  expect(stdout).toContain('operation-id-missing');
  expect(stdout).not.toContain('swagger-version');
  expect(stderr).toMatch(/1 problem fixed\n {2}2:14 .+\nError: .+ has errors\.\n$/u);
  const dry = await runInProcess(workspace, 'validate', '--dry-run');
  expect(dry).toEqual({
    exitCode: 1,
    stdout: '',
    stderr: `No problem found that --fix can fix.\nError: ${definition} has errors that --fix can't fix.\nShow them with:\n  paconn validate\n`,
  });
});

test.each([
  ['package.json', '{ "name": "x", "version": "1.0.0", "dependencies": { "axios": "1" }, }'],
  ['tsconfig.json', '{\n  // strict\n  "compilerOptions": { "paths": { "/a": {} } },\n}'],
  ['data.json', '{ "rows": [1, 2,], "properties": { "a": 1 } }'],
  ['page.json', '{ "info": { "title": " Orders " }, "paths": { "/a/{id}": { "get": { "parameters": [] } } }, }'],
  ['parameters.json', '{ "properties": { "displayName": "x", }, "connectorId": "a" }'],
  ['launchSettings.json', '{ "profiles": {}, }'],
  ['settings.json', '{\n  // of an editor\n  "editor.fontSize": 12,\n}'],
  ['list.json', '[1, 2,]'],
])('--fix never edits what is no connector file: %s', async (name, content) => {
  await using workspace = await Workspace.create(undefined, {
    files: { [name]: content, [definition]: petStore(), 'apiProperties.json': petStoreProperties },
  });
  for (const args of [[name], [definition, name], ['-d', name], ['-p', name], ['.']]) {
    const { stderr } = await runInProcess(workspace, ...fix, ...args);
    expect(await workspace.read(name)).toBe(content);
    expect(stderr).not.toMatch(/\d can be fixed|problem.* fixed/u);
  }
});

test('--fix edits a file of a connector under any name', async () => {
  await using workspace = await Workspace.create(undefined, { files: { 'orders.json': text, 'p.json': properties } });
  await runInProcess(workspace, ...fix, 'orders.json', 'p.json');
  expect(await workspace.read('orders.json')).toBe(fixed);
  expect(await workspace.read('p.json')).toBe(petStoreProperties);
});

test('--fix gives no key of the settings the name of a key that names a file', async () => {
  const settings = JSON.stringify({ icno: 'icon.png', conectorId: 'shared_pets', apiDefinition: definition });
  const files = { [definition]: petStore(), 'apiProperties.json': petStoreProperties, 'settings.json': settings };
  await using workspace = await Workspace.create(undefined, { files });
  await runInProcess(workspace, ...fix);
  expect(await workspace.read('settings.json')).toBe(settings.replace('conectorId', 'connectorId'));
});

test('--fix counts the rules to ignore that it has put right', async () => {
  const settings = { apiDefinition: definition, pacon: { ignore: { 'host-localhost': ['*'] } } };
  await using workspace = await Workspace.create(undefined, {
    apiDefinition: petStore().replace(/"host": "[^"]*"/u, '"host": "localhost"'),
    settings,
  });
  const { stdout } = await runInProcess(workspace, ...fix);
  const again = await runInProcess(workspace, 'validate', '--offline');
  expect(stdout).toBe(again.stdout);
});

test('ignored problems are not fixed', async () => {
  const settings = { apiDefinition: definition, paconn: { ignore: { 'swagger-version': ['*'] } } };
  await using workspace = await Workspace.create(undefined, {
    apiDefinition: petStore().replace('"2.0"', '"2"'),
    settings,
  });
  for (const args of [['--ignore', 'swagger-version'], []]) {
    expect((await runInProcess(workspace, ...fix, ...args)).exitCode).toBe(0);
    expect(await workspace.read(definition)).toContain('"swagger": "2"');
  }
});
