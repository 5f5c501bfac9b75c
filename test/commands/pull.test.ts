import { lstat, mkdir, rename, rm, symlink } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import type { Connector } from '../support/fake-cloud/connector.ts';
import { FakeCloud } from '../support/fake-cloud/fake-cloud.ts';
import { petIcon, petScript, petStore, petStoreProperties } from '../support/pet-store.ts';
import { runInProcess } from '../support/run-in-process.ts';
import { signedIn } from '../support/signed-in.ts';
import { hasModes } from '../support/system.ts';
import type { Workspace } from '../support/workspace.ts';

const definitionFile = 'apiDefinition.swagger.json';

/** A workspace with the files of a connector as a download leaves them. */
async function downloaded(cloud: FakeCloud, connector: Connector): Promise<Workspace> {
  const workspace = await signedIn(cloud, { connector });
  const result = await runInProcess(workspace, 'download', '-s', 'settings.json', '-d', '.', '--overwrite');
  expect(result).toMatchObject({ exitCode: 0 });
  cloud.forgetRequests();
  return workspace;
}

async function replaceIn(workspace: Workspace, file: string, from: string, to: string): Promise<void> {
  const text = await workspace.read(file);
  expect(text).toContain(from);
  await workspace.write(file, text.replace(from, to));
}

function edited(connector: Connector, from: string, to: string): { readonly apiDefinition: string } {
  expect(connector.apiDefinition).toContain(from);
  return { apiDefinition: (connector.apiDefinition ?? '').replace(from, to) };
}

test('pull merges changes of others, and keeps local changes and formatting', async () => {
  await using cloud = await FakeCloud.start();
  const connector = cloud.addConnector({ script: petScript() });
  await using workspace = await downloaded(cloud, connector);
  const tabs = JSON.stringify(JSON.parse(await workspace.read(definitionFile)), undefined, '\t').replaceAll(
    '\n',
    '\r\n',
  );
  await workspace.write(definitionFile, tabs.replace('"Get a pet"', '"Mine"'));
  await replaceIn(workspace, 'script.csx', 'public class', '// mine\npublic class');
  cloud.edit(connector.id, {
    ...edited(connector, '"Gets a pet by its number."', '"Theirs"'),
    apiProperties: petStoreProperties.replace('#2a7f62', '#ff0000'),
    script: petScript().replace('return await', '/* theirs */ return await'),
    icon: petIcon('theirs'),
  });

  const result = await runInProcess(workspace, 'pull');
  expect(result).toMatchObject({ exitCode: 0, stdout: '' });
  expect(result.stderr).toMatch(/^Merged from the environment, last changed by Diego Siciliani on .* UTC:\n/u);
  expect(result.stderr).toContain('  operation GetPet: description "Gets a pet by its number." → "Theirs"\n');
  expect(result.stderr).toContain('  property: iconBrandColor "#2a7f62" → "#ff0000"\n');
  expect(result.stderr).toContain('\nWritten: apiDefinition.swagger.json, apiProperties.json, icon.png, script.csx\n');
  expect(await workspace.read(definitionFile)).toBe(
    tabs.replace('"Get a pet"', '"Mine"').replace('"Gets a pet by its number."', '"Theirs"'),
  );
  expect(await workspace.read('script.csx')).toBe(
    petScript().replace('public class', '// mine\npublic class').replace('return await', '/* theirs */ return await'),
  );
  expect(await workspace.readBytes('icon.png')).toEqual(petIcon('theirs'));

  // What was pulled is the base now: an update overwrites nobody's work, and both changes are there.
  expect(await runInProcess(workspace, 'update', '-s', 'settings.json')).toMatchObject({ exitCode: 0 });
  expect(connector.apiDefinition).toContain('"Mine"');
  expect(connector.apiDefinition).toContain('"Theirs"');
});

test('two people edit their downloads, the second one pulls, and no change is lost', async () => {
  await using cloud = await FakeCloud.start();
  const connector = cloud.addConnector();
  await using first = await downloaded(cloud, connector);
  await using second = await downloaded(cloud, connector);
  await replaceIn(first, definitionFile, '"Get a pet"', '"Of the first"');
  await replaceIn(second, definitionFile, '"Gets a pet by its number."', '"Of the second"');
  expect(await runInProcess(first, 'update', '-s', 'settings.json')).toMatchObject({ exitCode: 0 });
  expect(await runInProcess(second, 'update', '-s', 'settings.json')).toMatchObject({ exitCode: 4 });
  expect(connector.apiDefinition).toContain('"Of the first"');
  expect(await runInProcess(second, 'pull')).toMatchObject({ exitCode: 0 });
  expect(await runInProcess(second, 'update', '-s', 'settings.json')).toMatchObject({ exitCode: 0 });
  expect(connector.apiDefinition).toContain('"Of the first"');
  expect(connector.apiDefinition).toContain('"Of the second"');
});

test('files that contain everything from the environment stay unchanged', async () => {
  await using cloud = await FakeCloud.start();
  const connector = cloud.addConnector();
  await using workspace = await downloaded(cloud, connector);
  await replaceIn(workspace, definitionFile, '"Get a pet"', '"Mine"');
  const before = await workspace.read(definitionFile);
  expect(await runInProcess(workspace, 'pull')).toEqual({
    exitCode: 0,
    stdout: '',
    stderr: 'Already up to date.\n',
  });
  expect(await workspace.read(definitionFile)).toBe(before);
});

test('a change during the merge is found by the next update', async () => {
  await using cloud = await FakeCloud.start();
  const connector = cloud.addConnector();
  await using workspace = await downloaded(cloud, connector);
  await replaceIn(workspace, definitionFile, '"Get a pet"', '"Mine"');
  cloud.edit(connector.id, edited(connector, '"Gets a pet by its number."', '"First"'));
  const meanwhile = (): void => void cloud.edit(connector.id, edited(connector, '"First"', '"Second"'));
  const fault = cloud.fault({ method: 'GET', path: definitionFile, meanwhile });
  expect(await runInProcess(workspace, 'pull')).toMatchObject({ exitCode: 0 });
  expect(fault.hits).toBe(1);
  expect(await workspace.read(definitionFile)).toContain('"First"');
  expect(await runInProcess(workspace, 'update', '-s', 'settings.json')).toMatchObject({ exitCode: 4 });
  expect(await runInProcess(workspace, 'pull')).toMatchObject({ exitCode: 0 });
  expect(await runInProcess(workspace, 'update', '-s', 'settings.json')).toMatchObject({ exitCode: 0 });
  expect(connector.apiDefinition).toContain('"Mine"');
  expect(connector.apiDefinition).toContain('"Second"');
});

test("a part that can't be read leaves all files unchanged", async () => {
  await using cloud = await FakeCloud.start();
  const connector = cloud.addConnector({ script: petScript() });
  await using workspace = await downloaded(cloud, connector);
  const before = await workspace.read('paconn.base.json');
  cloud.edit(connector.id, { ...edited(connector, '"Get a pet"', '"Theirs"'), script: petScript('theirs') });
  cloud.fault({ path: 'script.csx', status: 403, times: 9 });
  expect(await runInProcess(workspace, 'pull')).toMatchObject({ exitCode: 1 });
  expect(await workspace.read(definitionFile)).toContain('"Get a pet"');
  expect(await workspace.read('paconn.base.json')).toBe(before);
});

describe('a conflict', () => {
  async function conflicting(cloud: FakeCloud): Promise<{ connector: Connector; workspace: Workspace }> {
    const connector = cloud.addConnector({ script: petScript('code') });
    const workspace = await downloaded(cloud, connector);
    await replaceIn(workspace, definitionFile, '"Get a pet"', '"Mine"');
    await replaceIn(workspace, 'script.csx', '// code', '// mine');
    await workspace.write('icon.png', petIcon('mine'));
    cloud.edit(connector.id, {
      apiDefinition: edited(connector, '"Get a pet"', '"Theirs"').apiDefinition.replace('"string"', '"integer"'),
      script: petScript('theirs'),
      icon: petIcon('theirs'),
    });
    return { connector, workspace };
  }

  const listed = `  apiDefinition.swagger.json /paths/~1pets~1{id}/get/summary
    local:           "Mine"
    the environment: "Theirs"
  icon.png
    local:           ${petIcon('mine').length} bytes
    the environment: ${petIcon('theirs').length} bytes
  script.csx line 1
    local:           // mine
    the environment: // theirs
`;

  test('stops the merge: no file is written, and both values are shown', async () => {
    await using cloud = await FakeCloud.start();
    await using workspace = (await conflicting(cloud)).workspace;
    const read = async (): Promise<readonly Buffer[]> =>
      await Promise.all((await workspace.listAll()).map(async (name) => await workspace.readBytes(name)));
    const before = await read();
    for (const more of [[], ['--dry-run'], ['--dry-run', '--mark']]) {
      const mark = more.length > 0 ? '--dry-run --mark' : '--mark';
      expect(await runInProcess(workspace, 'pull', ...more)).toMatchObject({
        exitCode: 4,
        stdout: '',
        stderr: expect.stringContaining(
          `Error: 3 places changed both locally and in the environment. No files were changed.\n${listed}  paconn pull ${mark}      write conflict markers into the files, and icon.environment.png`,
        ),
      });
    }
    expect(await read()).toEqual(before);
  });

  test.each([
    ['--ours', '"Mine"', petScript('mine'), petIcon('mine'), 'the local'],
    ['--theirs', '"Theirs"', petScript('theirs'), petIcon('theirs'), "the environment's"],
  ])('is decided by %s, and what is none is merged', async (flag, summary, script, icon, side) => {
    await using cloud = await FakeCloud.start();
    await using workspace = (await conflicting(cloud)).workspace;
    const result = await runInProcess(workspace, 'pull', flag);
    expect(result).toMatchObject({
      exitCode: 0,
      stderr: expect.stringContaining(`3 conflicts resolved with ${side} values.`),
    });
    expect(await workspace.read(definitionFile)).toContain(summary);
    expect(await workspace.read(definitionFile)).toContain('"type": "integer"');
    expect(await workspace.read('script.csx')).toBe(script);
    expect(await workspace.readBytes('icon.png')).toEqual(icon);
    expect(await runInProcess(workspace, 'update', '-s', 'settings.json')).toMatchObject({ exitCode: 0 });
  });

  test('is marked with --mark, and update and validate refuse the markers', async () => {
    await using cloud = await FakeCloud.start();
    const { connector, workspace: created } = await conflicting(cloud);
    await using workspace = created;
    const result = await runInProcess(workspace, 'pull', '--mark');
    expect(result).toMatchObject({
      exitCode: 4,
      stderr: expect.stringContaining('Error: 3 conflicts in apiDefinition.swagger.json, icon.png, script.csx.'),
    });
    const text = await workspace.read(definitionFile);
    expect(text).toContain(`        "operationId": "GetPet",
<<<<<<< local
        "summary": "Mine",
=======
        "summary": "Theirs",
>>>>>>> environment
        "description"`);
    expect(text).toContain('"type": "integer"');
    expect(await workspace.read('script.csx')).toContain(
      '<<<<<<< local\n// mine\n=======\n// theirs\n>>>>>>> environment\npublic class',
    );
    expect(await workspace.readBytes('icon.png')).toEqual(petIcon('mine'));
    expect(await workspace.readBytes('icon.environment.png')).toEqual(petIcon('theirs'));

    const line = text.split('\n').indexOf('<<<<<<< local') + 1;
    const update = await runInProcess(workspace, 'update', '-s', 'settings.json', '--skip-validation');
    expect(update).toMatchObject({
      exitCode: 1,
      stderr: expect.stringContaining(`${definitionFile}:${line}:1: invalid JSON: unresolved conflict markers`),
    });
    const validate = await runInProcess(workspace, 'validate', '--offline');
    expect(validate.exitCode).toBe(1);
    expect(validate.stdout).toContain(`${line}:1  error  Unresolved conflict markers.  json-merge-marks`);

    // Decided for one side by hand.
    await workspace.write(
      definitionFile,
      text.replace(/<<<<<<< local\n(.*\n)=======\n.*\n>>>>>>> environment\n/u, '$1'),
    );
    const blocked = await runInProcess(workspace, 'update', '-s', 'settings.json');
    expect(blocked).toMatchObject({ exitCode: 1, stderr: expect.stringContaining('script-merge-marks') });
    await workspace.write('script.csx', petScript('both'));
    const undecided = await runInProcess(workspace, 'update', '-s', 'settings.json');
    expect(undecided).toMatchObject({ exitCode: 4, stderr: expect.stringMatching(/: icon\. Nothing was updated\./u) });
    expect(await runInProcess(workspace, 'pull', '--ours')).toMatchObject({ exitCode: 0 });
    expect(await runInProcess(workspace, 'update', '-s', 'settings.json')).toMatchObject({ exitCode: 0 });
    expect(connector.apiDefinition).toContain('"Mine"');
  });

  test('with a client secret does not show it', async () => {
    await using cloud = await FakeCloud.start();
    const properties = (secret: string): string =>
      JSON.stringify({
        properties: { connectionParameters: { token: { oAuthSettings: { clientId: 'a', clientSecret: secret } } } },
      });
    const connector = cloud.addConnector({ apiProperties: properties('x') });
    await using workspace = await downloaded(cloud, connector);
    await workspace.write('apiProperties.json', properties('hunter2').replace('"a"', '"b"'));
    cloud.edit(connector.id, { apiProperties: '{"properties":{"connectionParameters":{}}}' });
    const result = await runInProcess(workspace, 'pull', '-o', 'json');
    expect(result.exitCode).toBe(4);
    expect(result.stdout + result.stderr).toContain('clientSecret');
    expect(result.stdout + result.stderr).not.toContain('hunter2');
  });
});

test('a script that changed only in the environment keeps its local line ends', async () => {
  await using cloud = await FakeCloud.start();
  const connector = cloud.addConnector({ script: petScript() });
  await using workspace = await downloaded(cloud, connector);
  const windows = (text: string): string => text.replaceAll('\n', '\r\n');
  await workspace.write('script.csx', windows(petScript()));
  cloud.edit(connector.id, { script: petScript('theirs') });
  expect(await runInProcess(workspace, 'pull')).toMatchObject({ exitCode: 0 });
  expect(await workspace.read('script.csx')).toBe(windows(petScript('theirs')));
});

test.skipIf(!hasModes)('links to files of the folder stay, and their targets are updated', async () => {
  await using cloud = await FakeCloud.start();
  const connector = cloud.addConnector();
  await using workspace = await downloaded(cloud, connector);
  await mkdir(workspace.path('real'));
  for (const name of [definitionFile, 'settings.json']) {
    await rename(workspace.path(name), workspace.path('real', name));
    await symlink(`real/${name}`, workspace.path(name));
  }
  cloud.edit(connector.id, { ...edited(connector, '"Get a pet"', '"Theirs"'), script: petScript('theirs') });
  expect(await runInProcess(workspace, 'pull')).toMatchObject({ exitCode: 0 });
  expect(await workspace.read(`real/${definitionFile}`)).toContain('"Theirs"');
  expect(await workspace.read('real/settings.json')).toContain('"script": "script.csx"');
  for (const name of [definitionFile, 'settings.json'])
    expect((await lstat(workspace.path(name))).isSymbolicLink()).toBe(true);
});

test.skipIf(!hasModes)('a link to a file of another kind does not change it', async () => {
  await using cloud = await FakeCloud.start();
  const connector = cloud.addConnector({ script: petScript() });
  await using workspace = await signedIn(cloud, { connector, files: { 'build.js': 'build();' } });
  await symlink('build.js', workspace.path('script.csx'));
  const result = await runInProcess(workspace, 'download', '-s', 'settings.json', '-d', '.', '--overwrite');
  expect(result).toMatchObject({ exitCode: 2, stderr: expect.stringContaining("script.csx isn't a complete script") });
  expect(await workspace.read('build.js')).toBe('build();');
});

test('a script that is added or removed in the environment is added to or removed from settings.json', async () => {
  await using cloud = await FakeCloud.start();
  const connector = cloud.addConnector();
  await using workspace = await downloaded(cloud, connector);
  const before = await workspace.read('settings.json');
  cloud.edit(connector.id, { script: petScript('new') });
  expect(await runInProcess(workspace, 'pull')).toMatchObject({
    exitCode: 0,
    stderr: expect.stringContaining('Written: script.csx, settings.json\n'),
  });
  expect(await workspace.read('script.csx')).toBe(petScript('new'));
  expect(await workspace.read('settings.json')).toBe(before.replace(/\n\}/u, ',\n  "script": "script.csx"\n}'));
  cloud.edit(connector.id, { script: null });
  expect(await runInProcess(workspace, 'pull')).toMatchObject({ exitCode: 0 });
  expect(await workspace.read('settings.json')).toBe(before);
  cloud.edit(connector.id, { script: petScript('again') });
  expect(await runInProcess(workspace, 'pull')).toMatchObject({
    exitCode: 4,
    stderr: expect.stringContaining(
      "script.csx would come from the environment, but already exists and isn't in the settings.",
    ),
  });
});

test('a script that the settings leave out on purpose is noted', async () => {
  await using cloud = await FakeCloud.start();
  const connector = cloud.addConnector({ script: petScript() });
  await using workspace = await downloaded(cloud, connector);
  await replaceIn(workspace, 'settings.json', ',\n  "script": "script.csx"', '');
  expect(await runInProcess(workspace, 'pull')).toMatchObject({
    exitCode: 0,
    stderr: expect.stringContaining("script in the environment that the settings don't include"),
  });
});

describe('without a base', () => {
  async function withoutBase(cloud: FakeCloud): Promise<Workspace> {
    const connector = cloud.addConnector();
    const apiDefinition = petStore().replace('"Get a pet"', '"Mine"');
    const apiProperties = petStoreProperties.replace('"capabilities"', '"$extra": 1, "capabilities"');
    return await signedIn(cloud, { connector, apiDefinition, apiProperties, icon: petIcon('mine') });
  }

  test('without a last synced version, pull stops and lists the commands to continue', async () => {
    await using cloud = await FakeCloud.start();
    await using workspace = await withoutBase(cloud);
    expect(await runInProcess(workspace, 'pull')).toEqual({
      exitCode: 4,
      stdout: '',
      stderr: `Error: paconn.base.json doesn't contain the last synced version of this connector. Without it, paconn can't distinguish your changes from the environment's changes. No files were changed.
  paconn diff             show the differences
  paconn pull --theirs    use the environment's version
  paconn pull --ours      use the local files
To download the version of the environment to another folder:\n  paconn download --output-dir <folder>
`,
    });
  });

  test("--theirs uses the environment's version, and files that only exist locally stay", async () => {
    await using cloud = await FakeCloud.start();
    await using workspace = await withoutBase(cloud);
    expect(await runInProcess(workspace, 'pull', '--theirs')).toMatchObject({ exitCode: 0 });
    expect(await workspace.read(definitionFile)).toContain('"Get a pet"');
    expect(await workspace.read('apiProperties.json')).toContain('"$extra": 1');
    expect(await runInProcess(workspace, 'pull')).toMatchObject({
      stderr: 'Already up to date.\n',
    });
  });

  test('--ours keeps the files, and an update overwrites the environment', async () => {
    await using cloud = await FakeCloud.start();
    await using workspace = await withoutBase(cloud);
    expect(await runInProcess(workspace, 'pull', '--ours')).toMatchObject({ exitCode: 0 });
    expect(await workspace.read(definitionFile)).toContain('"Mine"');
    expect(await runInProcess(workspace, 'update', '-s', 'settings.json')).toMatchObject({ exitCode: 0 });
  });

  test('files that equal the environment need none', async () => {
    await using cloud = await FakeCloud.start();
    const connector = cloud.addConnector({ icon: petIcon() });
    await using workspace = await signedIn(cloud, { connector, apiDefinition: petStore(), icon: petIcon() });
    expect(await runInProcess(workspace, 'pull')).toMatchObject({ exitCode: 0 });
    expect(await workspace.exists('paconn.base.json')).toBe(true);
  });

  describe('whose content was not committed', () => {
    async function withoutContent(cloud: FakeCloud, connector: Connector): Promise<Workspace> {
      const workspace = await downloaded(cloud, connector);
      const names = await workspace.listAll('paconn.base');
      await Promise.all(names.map(async (name) => await workspace.write(`paconn.base/${name}`, 'x')));
      return workspace;
    }

    test('each part that only one side changed is merged by its hash', async () => {
      await using cloud = await FakeCloud.start();
      const connector = cloud.addConnector({ script: petScript() });
      await using workspace = await withoutContent(cloud, connector);
      await workspace.write('script.csx', petScript('mine'));
      await workspace.write('icon.png', petIcon('both'));
      cloud.edit(connector.id, { ...edited(connector, '"Get a pet"', '"Theirs"'), icon: petIcon('both') });
      expect(await runInProcess(workspace, 'pull')).toMatchObject({ exitCode: 0 });
      expect(await workspace.read(definitionFile)).toContain('"Theirs"');
      expect(await workspace.read('script.csx')).toBe(petScript('mine'));
      // Now it is there again.
      expect(await runInProcess(workspace, 'diff', 'base', '--exit-code')).toMatchObject({
        exitCode: 1,
        stdout: expect.stringContaining('  ~ Script changed\n'),
      });
    });

    test('a part that both sides changed is a conflict', async () => {
      await using cloud = await FakeCloud.start();
      const connector = cloud.addConnector();
      await using workspace = await withoutContent(cloud, connector);
      await replaceIn(workspace, definitionFile, '"Gets a pet by its number."', '"Mine"');
      cloud.edit(connector.id, edited(connector, '"Get a pet"', '"Theirs"'));
      const before = await workspace.read('paconn.base.json');
      expect(await runInProcess(workspace, 'pull')).toMatchObject({
        exitCode: 4,
        stderr: expect.stringContaining(
          'Error: The last synced version is incomplete: paconn.base/ lacks content that changed on both sides.',
        ),
      });
      expect(await workspace.read('paconn.base.json')).toBe(before);
    });
  });
});

test('--dry-run shows what would be merged, and writes nothing', async () => {
  await using cloud = await FakeCloud.start();
  const connector = cloud.addConnector();
  await using workspace = await downloaded(cloud, connector);
  const before = await workspace.read('paconn.base.json');
  cloud.edit(connector.id, edited(connector, '"Get a pet"', '"Theirs"'));
  const result = await runInProcess(workspace, 'pull', '--dry-run');
  expect(result).toMatchObject({ exitCode: 0, stdout: '' });
  expect(result.stderr).toMatch(
    /^Would be merged from the environment.*:\n {2}operation GetPet: summary .*\nWould be written: apiDefinition.swagger.json\n$/u,
  );
  expect(await workspace.read(definitionFile)).toContain('"Get a pet"');
  expect(await workspace.read('paconn.base.json')).toBe(before);
});

test('a folder is named by its path, and the result is data', async () => {
  await using cloud = await FakeCloud.start();
  const connector = cloud.addConnector();
  await using workspace = await signedIn(cloud, { connector });
  await runInProcess(workspace, 'download', '-s', 'settings.json', '-d', 'pets');
  cloud.edit(connector.id, edited(connector, '"Get a pet"', '"Theirs"'));
  const { exitCode, stdout } = await runInProcess(workspace, 'pull', 'pets', '-o', 'json');
  expect(exitCode).toBe(0);
  expect(JSON.parse(stdout)).toEqual({
    version: 2,
    result: 'merged',
    isDryRun: false,
    connectorId: connector.id,
    name: 'Pet Store',
    environment: { id: connector.environment, name: null },
    url: null,
    folder: 'pets',
    files: [
      { path: definitionFile, role: 'apiDefinition' },
      { path: expect.stringMatching(/^paconn\.base\/[\da-f]+\.br$/u), role: 'base' },
      { path: 'paconn.base.json', role: 'base' },
    ],
    conflicts: [],
    changes: [
      {
        kind: 'changed',
        part: 'apiDefinition',
        area: 'operation',
        target: 'GetPet',
        description: 'summary',
        pointer: '/paths/~1pets~1{id}/get/summary',
        before: '"Get a pet"',
        after: '"Theirs"',
        isBreaking: false,
        reason: null,
        usedBy: [],
      },
    ],
  });
  expect(await workspace.read(`pets/${definitionFile}`)).toContain('"Theirs"');
});

test('many folders are merged, also if one has conflicts', async () => {
  await using cloud = await FakeCloud.start();
  const connectors = ['one', 'two', 'three'].map((id) => cloud.addConnector({ id }));
  await using workspace = await signedIn(cloud, { settings: null });
  for (const { id, environment } of connectors) {
    const target = ['-e', environment, '-c', id, '-u', cloud.url];
    expect(await runInProcess(workspace, 'download', ...target, '-d', `all/${id}`)).toMatchObject({ exitCode: 0 });
  }
  await replaceIn(workspace, `all/one/${definitionFile}`, '"Get a pet"', '"Mine"');
  for (const connector of connectors.slice(0, 2))
    cloud.edit(connector.id, edited(connector, '"Get a pet"', '"Theirs"'));
  const { exitCode, stderr } = await runInProcess(workspace, 'pull', 'all');
  expect(exitCode).toBe(4);
  expect(stderr).toContain('3 connectors: 1 conflict, 1 unchanged, 1 merged.');
  expect(stderr).toContain('paconn pull all/one --mark      write both values');
  expect(await workspace.read(`all/one/${definitionFile}`)).toContain('"Mine"');
  expect(await workspace.read(`all/two/${definitionFile}`)).toContain('"Theirs"');
});

test.each([
  [['--ours', '--theirs'], 2, "--ours and --theirs can't be used together."],
  [['none'], 2, 'Folder not found: none'],
  [['-s', 'settings.json', 'pets'], 2, "--settings and a folder can't be used together."],
  [['--mark=false'], 2, 'API Properties must be specified.'],
])('pull %j', async (args, exitCode, message) => {
  await using cloud = await FakeCloud.start();
  await using workspace = await signedIn(cloud, { connector: cloud.addConnector() });
  const result = await runInProcess(workspace, 'pull', ...args);
  expect(result).toMatchObject({ exitCode, stdout: '' });
  expect(result.stderr.split('\n')[0]).toBe(`Error: ${message}`);
});

test("a settings file can't make pull write in other folders", async () => {
  await using cloud = await FakeCloud.start();
  const connector = cloud.addConnector();
  await using workspace = await signedIn(cloud, { connector });
  await runInProcess(workspace, 'download', '-s', 'settings.json', '-d', '.', '--overwrite');
  await workspace.write('../victim', await workspace.read(definitionFile));
  await replaceIn(workspace, 'settings.json', `"${definitionFile}"`, '"../victim"');
  await runInProcess(workspace, 'pull', '--theirs');
  cloud.edit(connector.id, edited(connector, '"Get a pet"', '"Theirs"'));
  expect(await runInProcess(workspace, 'pull')).toMatchObject({
    exitCode: 2,
    stderr: expect.stringContaining("The file name '../victim' is outside the folder"),
  });
  expect(await workspace.read('../victim')).toContain('"Get a pet"');
});

test.each([[[]], [['--mark']], [['--ours']]])(
  'a script with conflict markers is not merged again: pull %s',
  async (more) => {
    await using cloud = await FakeCloud.start();
    const connector = cloud.addConnector({ script: petScript() });
    await using workspace = await downloaded(cloud, connector);
    await workspace.write('script.csx', petScript('mine'));
    cloud.edit(connector.id, { script: petScript('theirs') });
    expect(await runInProcess(workspace, 'pull', '--mark')).toMatchObject({ exitCode: 4 });
    const marked = await workspace.read('script.csx');
    cloud.edit(connector.id, { script: petScript('also theirs') });
    expect(await runInProcess(workspace, 'pull', ...more)).toEqual({
      exitCode: 1,
      stdout: '',
      stderr:
        'Error: script.csx:1:1: unresolved conflict markers. Nothing was pulled.\nEdit script.csx to resolve them, then run the same command again.\n',
    });
    expect(await workspace.read('script.csx')).toBe(marked);
    await workspace.write('script.csx', petScript('mine and theirs'));
    expect(await runInProcess(workspace, 'pull', '--ours')).toMatchObject({ exitCode: 0 });
    expect(await workspace.read('script.csx')).toBe(petScript('mine and theirs'));
  },
);

describe('a script that cannot be merged by lines', () => {
  const latin1 = (comment: string): Buffer => Buffer.from(petScript(comment), 'latin1');

  test('stays, with the other version next to it, and update stops until it is resolved', async () => {
    await using cloud = await FakeCloud.start();
    const connector = cloud.addConnector({ script: latin1('é') });
    await using workspace = await downloaded(cloud, connector);
    await workspace.write('script.csx', latin1('é, mine'));
    cloud.edit(connector.id, { ...edited(connector, '"Get a pet"', '"Theirs"'), script: latin1('é, theirs') });

    expect((await runInProcess(workspace, 'pull')).stderr).toContain(
      "  paconn pull --mark      write the environment's version to script.environment.csx\n",
    );
    const result = await runInProcess(workspace, 'pull', '--mark');
    expect(result).toMatchObject({
      exitCode: 4,
      stderr: expect.stringContaining(`Error: 1 conflict in script.csx.
  script.csx
    local:           ${latin1('é, mine').length} bytes
    the environment: ${latin1('é, theirs').length} bytes
script.csx can't be merged: the environment's version is in script.environment.csx.
To keep yours, run 'paconn pull --ours'. To use the environment's, run 'paconn pull --theirs'.
`),
    });
    expect(await workspace.readBytes('script.csx')).toEqual(latin1('é, mine'));
    expect(await workspace.readBytes('script.environment.csx')).toEqual(latin1('é, theirs'));
    expect(await workspace.read(definitionFile)).toContain('"Theirs"');

    for (const command of [['update', '-s', 'settings.json'], ['deploy']]) {
      expect(await runInProcess(workspace, ...command)).toMatchObject({
        exitCode: 4,
        stderr: expect.stringMatching(/: script\. Nothing was updated\./u),
      });
    }
    expect(await runInProcess(workspace, 'pull', '--ours')).toMatchObject({ exitCode: 0 });
    expect(await runInProcess(workspace, 'update', '-s', 'settings.json')).toMatchObject({ exitCode: 0 });
    expect(connector.script).toBe(new TextDecoder().decode(latin1('é, mine')));
    expect(connector.apiDefinition).toContain('"Theirs"');
  });

  test("isn't written over another file of that name", async () => {
    await using cloud = await FakeCloud.start();
    const connector = cloud.addConnector({ script: latin1('é') });
    await using workspace = await downloaded(cloud, connector);
    await workspace.write('script.csx', latin1('é, mine'));
    await workspace.write('script.environment.csx', petScript('own'));
    cloud.edit(connector.id, { ...edited(connector, '"Get a pet"', '"Theirs"'), script: latin1('é, theirs') });
    const files = await workspace.listAll();
    expect(await runInProcess(workspace, 'pull', '--mark')).toMatchObject({
      exitCode: 4,
      stderr:
        "Error: script.environment.csx already exists and isn't the environment's version. Nothing was pulled.\nMove or delete it, then run the same command again.\n",
    });
    expect(await workspace.listAll()).toEqual(files);
    await workspace.write('script.environment.csx', latin1('é, theirs'));
    expect(await runInProcess(workspace, 'pull', '--mark')).toMatchObject({
      exitCode: 4,
      stderr: expect.stringContaining('Error: 1 conflict in script.csx.'),
    });
  });

  test('because it was removed locally is saved next to its old place', async () => {
    await using cloud = await FakeCloud.start();
    const connector = cloud.addConnector({ script: petScript() });
    await using workspace = await downloaded(cloud, connector);
    await replaceIn(workspace, 'settings.json', ',\n  "script": "script.csx"', '');
    await rm(workspace.path('script.csx'));
    cloud.edit(connector.id, { script: petScript('theirs') });
    expect(await runInProcess(workspace, 'pull', '--mark')).toMatchObject({ exitCode: 4 });
    expect(await workspace.read('script.environment.csx')).toBe(petScript('theirs'));
    const update = ['update', '-s', 'settings.json', '--remove-script'];
    expect(await runInProcess(workspace, ...update)).toMatchObject({ exitCode: 4 });
    expect(connector.script).toBe(petScript('theirs'));
    expect(await runInProcess(workspace, 'pull', '--theirs')).toMatchObject({ exitCode: 0 });
    expect(await workspace.read('script.csx')).toBe(petScript('theirs'));
  });

  test("because it was removed in the environment stays, and an update doesn't create it again", async () => {
    await using cloud = await FakeCloud.start();
    const connector = cloud.addConnector({ script: petScript() });
    await using workspace = await downloaded(cloud, connector);
    await workspace.write('script.csx', petScript('mine'));
    cloud.edit(connector.id, { script: null });
    expect((await runInProcess(workspace, 'pull')).stderr).toContain(
      '  paconn pull --mark      write all other changes\n',
    );
    expect(await runInProcess(workspace, 'pull', '--mark')).toMatchObject({
      exitCode: 4,
      stderr: expect.stringContaining("script.csx can't be merged: the environment has none.\n"),
    });
    expect(await workspace.read('script.csx')).toBe(petScript('mine'));
    expect(await runInProcess(workspace, 'update', '-s', 'settings.json')).toMatchObject({ exitCode: 4 });
    expect(connector.script).toBeUndefined();
    expect(await runInProcess(workspace, 'pull', '--ours')).toMatchObject({ exitCode: 0 });
    expect(await runInProcess(workspace, 'update', '-s', 'settings.json')).toMatchObject({ exitCode: 0 });
  });
});
