import { rm } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { type Downloaded, downloaded } from '../support/downloaded.ts';
import { FakeCloud } from '../support/fake-cloud/fake-cloud.ts';
import { timeWords } from '../../src/publish/conflict.ts';
import { noBaseNote } from '../support/notes.ts';
import { petIcon, petScript, petStore } from '../support/pet-store.ts';
import { runInProcess, runInProcessWith } from '../support/run-in-process.ts';
import { signedIn } from '../support/signed-in.ts';
import { keys, TerminalSession } from '../support/terminal-session.ts';

const update = ['update', '-s', 'settings.json'];
const definition = 'apiDefinition.swagger.json';

/** A connector that somebody has downloaded. */
async function petShop(): Promise<Downloaded> {
  return await downloaded({ script: petScript(), icon: petIcon() });
}

function writes({ requests }: FakeCloud): string[] {
  return requests.map(({ method }) => method).filter((method) => method === 'PATCH');
}

describe.concurrent('a change of another user since the download', () => {
  test.each([
    ['deploy', '-s', 'settings.json', '-d', '../other.json'],
    ['deploy', '-s', 'outside.json'],
    ['update', '-s', 'outside.json'],
  ])('has no pull among the next steps where it could not write the files: %s %s %s', async (...line) => {
    await using shop = await petShop();
    const { cloud, connector, workspace } = shop;
    const settings = await workspace.readJson('settings.json');
    await workspace.write('outside.json', JSON.stringify({ ...Object(settings), apiDefinition: '../other.json' }));
    await workspace.write('../other.json', petStore({ description: 'Mine' }));
    cloud.edit(connector.id, { apiDefinition: petStore().replace('"Get a pet"', '"Get one pet"') });
    const { exitCode, stderr } = await runInProcess(workspace, ...line);
    expect({ exitCode, ways: stderr.match(/ {2}paconn (?:\w+)/gu) }).toEqual({
      exitCode: 4,
      ways: ['  paconn diff', `  paconn ${line[0]}`],
    });
  });

  test('is not overwritten: update reports who changed what and when, with the next steps', async () => {
    await using shop = await petShop();
    const { cloud, connector, workspace } = shop;
    const theirs = petStore().replace('"Get a pet"', '"Get one pet"');
    cloud.edit(connector.id, { apiDefinition: theirs, icon: petIcon('theirs') });
    await workspace.write(definition, petStore({ description: 'Mine' }));
    const when = timeWords(connector.changedTime);
    expect(await runInProcess(workspace, ...update)).toEqual({
      exitCode: 4,
      stdout: '',
      stderr: `Error: ${connector.displayName} was changed in the environment ${connector.environment} after your last download, last by Diego Siciliani on ${when}: API definition, icon. Nothing was updated.
  operation GetPet: summary "Get a pet" → "Get one pet"
  icon ${petIcon().length} bytes → ${petIcon('theirs').length} bytes
  paconn diff -s settings.json              review the changes
  paconn pull -s settings.json              merge them into your files
  paconn update -s settings.json --force    overwrite them
`,
    });
    expect(writes(cloud)).toEqual([]);
    expect(connector.apiDefinition).toBe(theirs);
  });

  test('is overwritten with --force, with a note, and can be restored', async () => {
    await using shop = await petShop();
    const { cloud, connector, workspace } = shop;
    cloud.edit(connector.id, { script: petScript('theirs') });
    const { exitCode, stderr } = await runInProcess(workspace, ...update, '--force');
    expect(exitCode).toBe(0);
    expect(stderr).toMatch(
      /last by Diego .+: script\. These changes are overwritten\. To bring them back, use paconn restore\.\n/u,
    );
    expect(connector.script).toBe(petScript());
    expect((await runInProcess(workspace, 'restore', 'latest', '-u', cloud.url)).exitCode).toBe(0);
    expect(connector.script).toBe(petScript('theirs'));
  });

  test("survives a second user's update, who gets both changes with pull", async () => {
    await using shop = await petShop();
    const { cloud, connector, workspace: ann } = shop;
    await using ben = await signedIn(cloud, { connector });
    expect((await runInProcess(ben, 'download', '-s', 'settings.json', '-d', '.', '-w')).exitCode).toBe(0);
    await ann.write(definition, (await ann.read(definition)).replace('Sells pets.', 'Sells all pets.'));
    await ben.write(definition, (await ben.read(definition)).replace('"Get a pet"', '"Get one pet"'));

    expect((await runInProcess(ann, ...update)).exitCode).toBe(0);
    expect((await runInProcess(ben, ...update)).exitCode).toBe(4);
    expect(connector.apiDefinition).toContain('Sells all pets.');
    expect(connector.apiDefinition).not.toContain('Get one pet');

    expect((await runInProcess(ben, 'pull', '-s', 'settings.json')).exitCode).toBe(0);
    expect((await runInProcess(ben, ...update)).exitCode).toBe(0);
    expect(connector.apiDefinition).toContain('Sells all pets.');
    expect(connector.apiDefinition).toContain('Get one pet');
    // Now it is Ann who has to pull.
    expect((await runInProcess(ann, ...update)).exitCode).toBe(4);
  });

  test('is detected with options only: the base is next to the API definition', async () => {
    await using shop = await petShop();
    const { cloud, connector, workspace } = shop;
    cloud.edit(connector.id, { script: petScript('theirs') });
    const target = ['-e', connector.environment, '-c', connector.id, '-u', cloud.url];
    const names = [
      ['-p', 'apiProperties.json'],
      ['-d', definition],
      ['-i', 'icon.png'],
      ['-x', 'script.csx'],
    ] as const;
    const files = names.flatMap(([flag, name]) => [flag, workspace.path(name)]);
    const { exitCode } = await runInProcessWith(workspace, ['update', ...target, ...files], { directory: '..' });
    expect(exitCode).toBe(4);
  });

  test('is detected by hashes when the content of the base is missing', async () => {
    await using shop = await petShop();
    const { cloud, connector, workspace } = shop;
    await rm(workspace.path('paconn.base'), { recursive: true });
    await workspace.write('script.csx', petScript('mine'));
    cloud.edit(connector.id, { script: petScript('theirs') });
    const { exitCode, stderr } = await runInProcess(workspace, ...update);
    expect(exitCode).toBe(4);
    expect(stderr).toMatch(/: script\. Nothing was updated\.\n {2}paconn diff/u);
  });

  test('is assumed if the base is damaged: nothing is overwritten without --force', async () => {
    await using shop = await petShop();
    const { cloud, connector, workspace } = shop;
    await workspace.write('paconn.base.json', '<<<<<<< mine');
    cloud.edit(connector.id, { script: petScript('theirs') });
    for (const more of ['', ' --dry-run']) {
      expect(await runInProcess(workspace, ...update, ...more.split(' ').slice(1))).toEqual({
        exitCode: 4,
        stdout: '',
        stderr: `Error: paconn.base.json can't be read. Without it, paconn can't detect changes by others. Nothing was updated.
Restore paconn.base.json from git, or show the differences:
  paconn diff -s settings.json
To overwrite the environment:
  paconn update${more} -s settings.json --force
`,
      });
    }
    expect(connector.script).toBe(petScript('theirs'));
    const { exitCode, stderr } = await runInProcess(workspace, ...update, '--force');
    expect({ exitCode, stderr }).toEqual({
      exitCode: 0,
      stderr: `Note: paconn.base.json can't be read. Without it, paconn couldn't detect changes by others.\n${connector.id} updated successfully.\n`,
    });
    expect(await runInProcess(workspace, ...update)).toMatchObject({ exitCode: 0 });
  });

  test('names the folder in its commands', async () => {
    await using shop = await petShop();
    const { cloud, connector, workspace } = shop;
    cloud.edit(connector.id, { script: petScript('theirs') });
    const hints = [
      ['update', '  paconn update "paconn tést" --force    overwrite them\n'],
      ['deploy', '  paconn deploy "paconn tést" --force    overwrite them\n'],
    ] as const;
    await workspace.write(definition, petStore({ description: 'Mine' }));
    for (const [command, hint] of hints) {
      const { exitCode, stderr } = await runInProcessWith(workspace, [command, 'paconn tést'], { directory: '..' });
      expect(exitCode).toBe(4);
      expect(stderr).toMatch(
        /^ {2}paconn diff "paconn tést" +review the changes\n {2}paconn pull "paconn tést" +merge/mu,
      );
      expect(stderr).toContain(hint);
    }
  });

  test('can be in the script: the hint is a pull', async () => {
    await using cloud = await FakeCloud.start();
    const connector = cloud.addConnector();
    await using workspace = await signedIn(cloud, { connector });
    await runInProcess(workspace, 'download', '-s', 'settings.json', '-d', '.', '-w');
    cloud.edit(connector.id, { script: petScript('theirs') });
    const { exitCode, stderr } = await runInProcess(workspace, ...update);
    expect(exitCode).toBe(4);
    expect(stderr).toContain('paconn pull -s settings.json takes it into the files.\n');
    expect((await runInProcess(workspace, ...update, '--remove-script')).exitCode).toBe(4);
    expect(await runInProcess(workspace, 'pull', '-s', 'settings.json')).toMatchObject({ exitCode: 0 });
    expect(await runInProcess(workspace, ...update)).toMatchObject({ exitCode: 0 });
    expect(connector.script).toBe(petScript('theirs'));
  });

  test('can be in the name if the update renames the connector', async () => {
    await using shop = await petShop();
    const { cloud, connector, workspace } = shop;
    cloud.edit(connector.id, { displayName: 'Their name' });
    await workspace.write(definition, petStore({ title: 'My name' }));
    const { exitCode, stderr } = await runInProcess(workspace, ...update, '--rename');
    expect(exitCode).toBe(4);
    expect(stderr).toMatch(/: title\. Nothing was updated\.\n {2}title "Pet Store" → "Their name"\n/u);
    expect((await runInProcess(workspace, ...update)).exitCode).toBe(0);
    expect(connector.displayName).toBe('Their name');
    expect((await runInProcess(workspace, ...update, '--rename')).exitCode).toBe(0);
    expect(connector.displayName).toBe('My name');
  });
});

describe.concurrent('no conflict', () => {
  test.each<[what: string, meanwhile: (shop: Downloaded) => unknown]>([
    ['is it when nobody has changed anything', () => undefined],
    [
      'is a new time of change with the same content, written in another way',
      ({ cloud, connector }) =>
        cloud.edit(connector.id, { apiDefinition: JSON.stringify(JSON.parse(connector.apiDefinition ?? '')) }),
    ],
    [
      'is a part that is changed here alone',
      async ({ workspace }) => {
        await workspace.write('script.csx', petScript('mine'));
        await workspace.write(definition, petStore({ description: 'Mine' }));
      },
    ],
    [
      'is a part that is changed in the same way here and there',
      async ({ cloud, connector, workspace }) => {
        await workspace.write('script.csx', petScript('ours'));
        cloud.edit(connector.id, { script: petScript('ours') });
      },
    ],
    [
      'is an icon that is not sent',
      async ({ cloud, connector, workspace }) => {
        const settings = await workspace.read('settings.json');
        await workspace.write('settings.json', settings.replace('"icon.png"', 'null'));
        cloud.edit(connector.id, { icon: petIcon('theirs') });
      },
    ],
  ])('%s', async (_what, meanwhile) => {
    await using shop = await petShop();
    await meanwhile(shop);
    const { workspace, connector } = shop;
    const outcome = { exitCode: 0, stdout: '', stderr: `${connector.id} updated successfully.\n` };
    expect(await runInProcess(workspace, ...update)).toEqual(outcome);
    // The base is what the environment holds now.
    expect(await runInProcess(workspace, ...update)).toEqual(outcome);
  });

  test('can be detected without a base: update continues with a note, and writes a base', async () => {
    await using shop = await petShop();
    const { cloud, connector, workspace } = shop;
    await rm(workspace.path('paconn.base.json'));
    cloud.edit(connector.id, { script: petScript('theirs') });
    expect(await runInProcess(workspace, ...update)).toEqual({
      exitCode: 0,
      stdout: '',
      stderr: `${noBaseNote}${connector.id} updated successfully.\n`,
    });
    cloud.edit(connector.id, { script: petScript('theirs again') });
    expect((await runInProcess(workspace, ...update)).exitCode).toBe(4);
  });
});

describe.concurrent('an update', () => {
  test('overwrites a change between its check and its request, and backs up the checked version', async () => {
    await using shop = await petShop();
    const { cloud, connector, workspace } = shop;
    const meanwhile = (): void => void cloud.edit(connector.id, { script: petScript('theirs') });
    cloud.fault({ method: 'PATCH', path: '/apis/', meanwhile });
    expect((await runInProcess(workspace, ...update)).exitCode).toBe(0);
    expect(connector.script).toBe(petScript());
  });

  test('fails if someone else has replaced a part right after it, and the next one is a conflict', async () => {
    await using shop = await petShop();
    const { cloud, connector, workspace } = shop;
    cloud.fault({ method: 'PATCH', path: '/apis/', action: 'empty' });
    // The first look is that before the update.
    const meanwhile = (): void => void cloud.edit(connector.id, { script: petScript('theirs') });
    cloud.fault({ method: 'GET', path: '/apis/', after: 'PATCH', meanwhile });
    const { exitCode, stderr } = await runInProcess(workspace, ...update);
    expect({ exitCode, stderr }).toEqual({
      exitCode: 1,
      stderr:
        `Error: The connector ${connector.id} was updated, but differs from what was sent: script. ` +
        'Someone else may have changed it at the same time.\nSee what changed with:\n  paconn diff -s settings.json\n',
    });
    for (const command of [['deploy'], update]) {
      expect(await runInProcess(workspace, ...command)).toMatchObject({
        exitCode: 4,
        stderr: expect.stringMatching(/: script\. Nothing was updated\./u),
      });
    }
    expect(connector.script).toBe(petScript('theirs'));
  });

  test('names parts that the service drops, and not what the service adds to them', async () => {
    await using cloud = await FakeCloud.start();
    const overrides = { policyTemplateInstances: undefined, capabilities: '["actions"]' };
    const connector = cloud.addConnector({ overrides });
    const policy = { templateId: 'setheader', title: 'T', parameters: {} };
    const files = { connector, apiDefinition: petStore() };
    const apiProperties = JSON.stringify({ properties: { policyTemplateInstances: [policy] } });
    await using workspace = await signedIn(cloud, { ...files, apiProperties });
    expect(await runInProcess(workspace, ...update, '--skip-validation')).toMatchObject({
      exitCode: 1,
      stderr: expect.stringMatching(
        /The service accepted the update, but the connector \S+ doesn't have everything that was sent\. Not updated: API properties \(policyTemplateInstances\)\.\n/u,
      ),
    });
    const before = cloud.requests.length;
    // Nobody else has changed it, so it's sent again.
    expect((await runInProcess(workspace, ...update, '--skip-validation')).exitCode).toBe(1);
    expect(cloud.requests.slice(before).filter(({ method }) => method === 'PATCH')).toHaveLength(1);
    await using other = await signedIn(cloud, { ...files, apiProperties: '{"properties":{}}' });
    // Order and ways to write numbers are no difference, and neither is what comes besides.
    const [from, to] = ['"info": {', '"x-added": {"by": "the service", "number": 1.0}, "info": {'];
    const normalized = JSON.stringify(JSON.parse(petStore().replace(from, to)));
    const meanwhile = (): void => void cloud.edit(connector.id, { apiDefinition: normalized });
    cloud.fault({ method: 'PATCH', path: '/apis/', action: 'empty' });
    cloud.fault({ method: 'GET', path: '/apis/', after: 'PATCH', meanwhile });
    const { stderr } = await runInProcess(other, ...update, '--skip-validation');
    expect(stderr).toContain(`${noBaseNote}${connector.id} updated successfully.\n`);
  });

  test("succeeds if it cannot be read back or its base can't be written", async () => {
    await using shop = await petShop();
    const { cloud, connector, workspace } = shop;
    cloud.fault({ path: 'script.csx', method: 'GET', status: 403, times: 9 });
    const { exitCode, stderr } = await runInProcess(workspace, ...update);
    expect(exitCode).toBe(0);
    expect(stderr).toMatch(
      /^Warning: The connector was updated, but the last synced version couldn't be saved\. .+403/u,
    );
    cloud.clearFaults();
    await rm(workspace.path('paconn.base'), { recursive: true });
    await workspace.write('paconn.base', 'in the way');
    const unwritten = await runInProcess(workspace, ...update);
    expect(unwritten.exitCode).toBe(0);
    expect(unwritten.stderr).toMatch(
      /^Warning: The connector was updated, but the last synced version couldn't be saved\. .+ can't be written: .+\n\S+ updated/u,
    );
    expect(connector.script).toBe(petScript());
  });

  test('works without a writable home, as in a pipeline', async () => {
    await using cloud = await FakeCloud.start();
    const connector = cloud.addConnector({ script: petScript() });
    await using workspace = await signedIn(cloud, { connector });
    const variables = { PACONN_CONFIG_DIR: 'settings.json', PACONN_ACCESS_TOKEN: cloud.accessToken().text };
    const run = async (...line: readonly string[]) => await runInProcessWith(workspace, line, { variables });
    expect((await run('download', '-s', 'settings.json', '-d', '.', '-w')).exitCode).toBe(0);
    const { exitCode, stderr } = await run(...update);
    expect(exitCode).toBe(0);
    expect(stderr).toMatch(
      /^Warning: No backup was saved, so paconn restore can't undo this change\. .+ can.t be written/u,
    );
    cloud.edit(connector.id, { script: petScript('theirs') });
    expect((await run(...update)).exitCode).toBe(4);
  });

  test('continues if a file that it does not need is missing on its server', async () => {
    await using cloud = await FakeCloud.start();
    const connector = cloud.addConnector();
    await using workspace = await signedIn(cloud, { connector, apiDefinition: petStore(), icon: petIcon() });
    const text = '<?xml version="1.0"?><Error><Code>BlobNotFound</Code><Message>It does not exist.</Message></Error>';
    cloud.fault({ method: 'GET', path: '.swagger.json', status: 404, text });
    const { exitCode, stderr } = await runInProcess(workspace, ...update);
    expect({ exitCode, stderr }).toEqual({
      exitCode: 0,
      stderr: expect.stringMatching(
        /^Warning: Can't download the API definition: It does not exist\. \(.+\) The backup doesn't include the API definition\.\n/u,
      ),
    });
    expect(stderr.endsWith(`${noBaseNote}${connector.id} updated successfully.\n`)).toBe(true);
  });
});

test('a killed update leaves the base and backups complete', async () => {
  await using shop = await petShop();
  const { cloud, connector, workspace } = shop;
  const before = await workspace.read('paconn.base.json');
  const hanging = cloud.fault({ method: 'PATCH', path: '/apis/', action: 'hang' });
  const tool = workspace.start(update);
  await expect.poll(() => hanging.hits).toBe(1);
  tool.signal('SIGKILL');
  await tool.finished;
  expect(await workspace.read('paconn.base.json')).toBe(before);
  expect((await runInProcess(workspace, ...update)).exitCode).toBe(0);
  const { stdout } = await runInProcess(workspace, 'restore', '--list', '--query', 'length(backups)', '-o', 'json');
  // The second run found it kept by the first.
  expect(stdout).toBe('1\n');
  expect(connector.script).toBe(petScript());
});

describe.runIf(TerminalSession.isSupported)('at a terminal update asks', () => {
  test.each([
    ['overwrite', 0, petScript()],
    ['', 1, petScript('theirs')],
  ])('what to do, and %j ends it with %i', async (answer, exitCode, script) => {
    await using shop = await petShop();
    const { cloud, connector, workspace } = shop;
    cloud.edit(connector.id, { script: petScript('theirs') });
    await using session = TerminalSession.start(workspace, update);
    await session.waitForScreen(
      /^ {2}Your changes touch none of these places\.\n\nWhat do you want to do\?\n› Cancel\n[^]+Esc cancel$/mu,
    );
    session.type(`${answer}${keys.enter}`);
    expect((await session.end()).exitCode).toBe(exitCode);
    expect(connector.script).toBe(script);
  });

  test('stops again if the connector changes while the prompt waits', async () => {
    await using shop = await petShop();
    const { cloud, connector, workspace } = shop;
    cloud.edit(connector.id, { script: petScript('theirs') });
    await workspace.write('script.csx', petScript('mine'));
    await using session = TerminalSession.start(workspace, update);
    await session.waitForScreen(
      /^ {2}script · [^]+ touch 1 of these places: script\.\n\nWhat do you want to do\?[^]+Esc cancel$/mu,
    );
    cloud.edit(connector.id, { icon: petIcon('theirs') });
    session.type(`overwrite${keys.enter}`);
    await session.waitForScreen(/changed again in the meantime\.[^]+^ {2}icon, script · [^]+Esc cancel$/mu);
    session.type(keys.enter);
    expect((await session.end()).exitCode).toBe(1);
    expect(connector.script).toBe(petScript('theirs'));
  });

  test('what to do: their changes are merged by a pull', async () => {
    await using shop = await petShop();
    const { cloud, connector, workspace } = shop;
    cloud.edit(connector.id, { script: petScript('theirs') });
    await using session = TerminalSession.start(workspace, update);
    await session.waitForScreen(/Esc cancel$/mu);
    session.type(`merge${keys.enter}`);
    expect((await session.end()).exitCode).toBe(0);
    expect(connector.script).toBe(petScript('theirs'));
    expect(await workspace.read('script.csx')).toBe(petScript('theirs'));
  });
});
