import { describe, expect, test } from 'vitest';
import { FakeCloud } from '../support/fake-cloud/fake-cloud.ts';
import { petStore } from '../support/pet-store.ts';
import { runInProcess } from '../support/run-in-process.ts';
import { signedIn } from '../support/signed-in.ts';

/** A connector in the folder `pets` below the current one, synced with the environment. */
async function petsBelow() {
  const cloud = await FakeCloud.start();
  const connector = cloud.addConnector({ displayName: 'Pet Store', apiDefinition: petStore({ description: 'One.' }) });
  const workspace = await signedIn(cloud, { settings: null });
  const target = ['-u', cloud.url, '-e', connector.environment, '-c', connector.id];
  const { exitCode, stderr } = await runInProcess(workspace, 'download', 'pets', ...target);
  if (exitCode !== 0) throw new Error(stderr);
  return { cloud, connector, workspace };
}

describe.concurrent('a path is shown from where the user is', () => {
  test.each([
    [['update', 'pets', '--script', 'none.csx'], 1, 'Error: File does not exist: none.csx\nSearched in <here>.\n'],
    [
      ['update', 'pets', '--remove-script', '--script', 'none.csx'],
      2,
      "Error: --remove-script and the script none.csx can't be used together.\n",
    ],
    [
      ['create', 'pets', '--dry-run'],
      2,
      'Error: pets/settings.json already exists and would be overwritten.\nPass --overwrite-settings to overwrite it, or run create in another folder.\n',
    ],
    [['diff', 'pets/apiDefinition.swagger.json'], 2, '\nRun:\n  paconn diff pets\n'],
  ])('by %j', async (argv, exitCode, words) => {
    const { cloud, workspace } = await petsBelow();
    await using _cloud = cloud;
    await using _workspace = workspace;
    const result = await runInProcess(workspace, ...argv);
    expect(result).toMatchObject({ exitCode, stdout: '' });
    expect(result.stderr.replaceAll(workspace.directory, '<here>')).toContain(words);
  });

  test('by pull, with and without conflict markers', async () => {
    const { cloud, connector, workspace } = await petsBelow();
    await using _cloud = cloud;
    await using _workspace = workspace;
    const file = 'pets/apiDefinition.swagger.json';
    cloud.edit(connector.id, { apiDefinition: petStore({ description: 'Two.' }) });
    expect((await runInProcess(workspace, 'pull', 'pets', '-n')).stderr).toMatch(
      new RegExp(`^Would be merged from [^]+\\nWould be written: ${file}\\n$`, 'u'),
    );
    await workspace.write(file, petStore({ description: 'Mine.' }));
    const { exitCode, stderr } = await runInProcess(workspace, 'pull', 'pets', '--mark');
    expect({ exitCode, stderr }).toEqual({
      exitCode: 4,
      stderr: [
        // Nothing comes besides the conflict.
        `Written: ${file}`,
        `Error: 1 conflict in ${file}.`,
        `  ${file} /info/description`,
        '    local:           "Mine."',
        '    the environment: "Two."',
        `Edit ${file} to resolve the conflict markers, then run:`,
        '  paconn validate pets',
        '',
      ].join('\n'),
    });
  });

  test('and a settings file in place of the folder is the one that diff uses', async () => {
    const { cloud, workspace } = await petsBelow();
    await using _cloud = cloud;
    await using _workspace = workspace;
    expect(await runInProcess(workspace, 'diff', 'pets/settings.json', '--exit-code')).toMatchObject({
      exitCode: 0,
      stdout: '',
    });
  });
});
