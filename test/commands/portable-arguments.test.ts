import { describe, expect, test } from 'vitest';
import { certifiableFiles } from '../support/certifiable.ts';
import { FakeCloud } from '../support/fake-cloud/fake-cloud.ts';
import { petStore, petStoreProperties } from '../support/pet-store.ts';
import { runInProcess } from '../support/run-in-process.ts';
import { signedIn } from '../support/signed-in.ts';
import { exportedSolution } from '../support/solution.ts';
import { hasModes } from '../support/system.ts';
import { Workspace } from '../support/workspace.ts';
import { zipOfFiles } from '../support/zip.ts';

const init = ['init', '--host', 'https://orders.fabrikam.net/v1/', '--auth', 'none'];

const lines: readonly (readonly [line: readonly string[], name: string])[] = [
  [[...init, 'NUL'], 'NUL'],
  [[...init, 'x. '], 'x. '],
  [[...init, 'new/a:b/orders'], 'a:b'],
  [['download', 'COM1 .txt', '-e', 'default', '-c', 'Pets'], 'COM1 .txt'],
  [['download', '--all', '-e', 'default', '-d', 'aux'], 'aux'],
  [['convert', 'openapi.json', '--output-dir', 'con'], 'con'],
  [['convert', 'pets', '--to', 'solution', '--prefix', 'new', '--out', 'lpt1.zip'], 'lpt1.zip'],
  [['convert', 'Pets.zip', '--to', 'files', '--out', 'what?'], 'what?'],
  [['package', 'orders', '--flow', 'Flow.zip', '--out', 'prn.zip'], 'prn.zip'],
  [['package', 'orders', '--independent', '--out', 'a|b'], 'a|b'],
];

describe('a file or folder with a name that Windows does not allow', () => {
  test.each(lines)('is not made on any system: %j', async (line, name) => {
    await using workspace = await Workspace.create(undefined, {
      files: {
        ...certifiableFiles,
        'openapi.json': '{"openapi":"3.0.0","info":{"title":"T","version":"1"},"paths":{}}',
        'pets/apiDefinition.swagger.json': petStore(),
        'pets/apiProperties.json': petStoreProperties,
        'Pets.zip': zipOfFiles(exportedSolution([])),
      },
    });
    const before = await workspace.list();
    expect(await runInProcess(workspace, ...line)).toEqual({
      exitCode: 2,
      stdout: '',
      stderr: `Error: Windows doesn't allow a file or folder with the name '${name}'. Nothing was written.\nUse another name.\n`,
    });
    expect(await workspace.list()).toEqual(before);
  });

  test.skipIf(!hasModes)('is used when it is there', async () => {
    await using cloud = await FakeCloud.start();
    const connector = cloud.addConnector();
    await using workspace = await signedIn(cloud, { connector, files: { 'a:b/notes.txt': '' } });
    expect(await runInProcess(workspace, ...init, 'a:b')).toMatchObject({ exitCode: 0 });
    const line = ['download', '-s', 'settings.json', '-d', 'a:b/copy'];
    expect(await runInProcess(workspace, ...line)).toMatchObject({ exitCode: 0 });
    expect(await workspace.list('a:b/copy')).toContain('settings.json');
  });
});
