import { expect, test } from 'vitest';
import { FakeCloud } from '../support/fake-cloud/fake-cloud.ts';
import { petStore, petStoreProperties } from '../support/pet-store.ts';
import { runInProcess } from '../support/run-in-process.ts';
import { signedIn } from '../support/signed-in.ts';
import { exportedSolution, guid, unpackedSolution } from '../support/solution.ts';
import { Workspace } from '../support/workspace.ts';
import { zipOfFiles } from '../support/zip.ts';

const parameters = JSON.stringify(JSON.parse(petStoreProperties).properties.connectionParameters);
const pets = { name: 'new_pets', definition: petStore(), parameters, color: '#2a7f62' };
const edited = { ...pets, definition: petStore({ description: 'Edited' }) };
const unpacked = Object.fromEntries(
  Object.entries(unpackedSolution([edited])).map(([name, content]) => [`src/${name}`, content]),
);

test('diff compares a solution with another, as a ZIP file or unpacked', async () => {
  await using workspace = await Workspace.create(undefined, {
    files: { 'Pets.zip': zipOfFiles(exportedSolution([pets])), ...unpacked },
  });
  const { exitCode, stdout, stderr } = await runInProcess(workspace, 'diff', 'Pets.zip', 'src');
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: expect.stringContaining('From Pets.zip to src:') });
  expect(stdout).toContain('"Edited"');
  const same = await runInProcess(workspace, 'diff', 'Pets.zip', 'Pets.zip', '--exit-code');
  expect(same).toMatchObject({ exitCode: 0, stderr: expect.stringContaining('No differences.') });
});

test('diff compares a solution with the environment, and with files', async () => {
  await using cloud = await FakeCloud.start();
  const connector = cloud.addConnector({ apiDefinition: petStore(), apiProperties: petStoreProperties });
  await using workspace = await signedIn(cloud, { connector, files: unpacked });
  const target = ['--env', connector.environment, '--cid', connector.id, '--pau', cloud.url];
  const { exitCode, stdout } = await runInProcess(workspace, 'diff', 'src', ...target);
  expect(exitCode).toBe(0);
  expect(stdout).toContain('"Edited"');
});

test('diff stops at a solution with several connectors', async () => {
  const several = exportedSolution([
    { ...pets, id: guid(1) },
    { ...edited, name: 'new_b', id: guid(2) },
  ]);
  await using workspace = await Workspace.create(undefined, { files: { 'S.zip': zipOfFiles(several), ...unpacked } });
  expect(await runInProcess(workspace, 'diff', 'S.zip', 'src')).toEqual({
    exitCode: 2,
    stdout: '',
    stderr:
      'Error: S.zip has 2 connectors.\nChoose one with --solution-connector: Pet Store (new_pets), Pet Store (new_b)\n',
  });
});
