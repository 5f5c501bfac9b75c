import { rm, symlink } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { petStore } from '../support/pet-store.ts';
import { runInProcessWith } from '../support/run-in-process.ts';
import {
  clientIdPointer,
  deployed,
  paconn,
  type Shop,
  shop,
  testValues,
  title,
  valuesFile,
  written,
} from '../support/shop.ts';

const definition = 'apiDefinition.swagger.json';

/** In the environment of the settings, and in the one that has values. */
async function deployedTwice(one: Shop): Promise<void> {
  for (const place of [[], ['--environment', 'Contoso Test']]) {
    expect(await deployed(one, ...place)).toMatchObject({ exitCode: 0 });
  }
}

function hostIn(text: string | undefined): unknown {
  return z.looseObject({}).parse(JSON.parse(text ?? '{}'))['host'];
}

describe('values for an environment', () => {
  test('of a variable that is called like a secret are sent, and not shown', async () => {
    await using one = await shop({ 'Contoso Test': { '/info/description': 'env:PETS_API_KEY' } });
    const { cloud, workspace, testing } = one;
    const key = 'k3y0123456789abcdef';
    const deploy = async (value: string): Promise<string> => {
      const line = ['deploy', '--client-secret', 'hunter2hunter2', '--environment', testing.id, '--yes'];
      const { exitCode, stdout, stderr } = await runInProcessWith(workspace, line, {
        variables: { PETS_API_KEY: value },
      });
      expect({ exitCode, stderr }).toMatchObject({ exitCode: 0 });
      return stdout + stderr;
    };
    await deploy('b3f0re0123456789abc');
    const shown = await deploy(key);
    expect(cloud.connectors(testing.id)[0]?.apiDefinition).toContain(key);
    expect(shown).toContain('description');
    expect(shown).not.toContain('k3y');
  });

  test('are deployed, without changing the files or another environment', async () => {
    await using one = await shop();
    const { cloud, workspace, testing } = one;
    const before = [await workspace.read(definition), await workspace.read('apiProperties.json')];
    expect(await deployed(one)).toMatchObject({ exitCode: 0 });
    expect(await deployed(one, '--environment', 'Contoso Test')).toMatchObject({ exitCode: 0 });
    const [own] = cloud.connectors();
    const [there] = cloud.connectors(testing.id);
    expect(hostIn(own?.apiDefinition)).toBe('pets.contoso.example');
    expect(hostIn(there?.apiDefinition)).toBe('api.test.contoso.example');
    expect(JSON.stringify(there)).not.toContain('TEST_CLIENT_ID');
    expect([await workspace.read(definition), await workspace.read('apiProperties.json')]).toEqual(before);
    const base = await workspace.read('paconn.base.json');
    for (const place of [[], ['--environment', testing.id]]) {
      expect((await paconn(one, 'deploy', ...place)).stderr).toMatch(/ is up to date\.\n.+ · .+\n$/u);
      expect((await paconn(one, 'diff', ...place)).stderr).toContain('No differences.');
      const pulled = await paconn(one, 'pull', ...place);
      expect({
        ...pulled,
        files: [await workspace.read(definition), await workspace.read('apiProperties.json')],
      }).toMatchObject({
        exitCode: 0,
        stderr: 'Already up to date.\n',
        files: before,
      });
    }
    expect(await workspace.read('paconn.base.json')).toBe(base);
  });

  test.each([
    ['a URL as host', '/host', 'https://api.contoso.example/v1', 'host-invalid'],
    ['null as host', '/host', null, ''],
    ['an unknown type', '/paths/~1pets~1{id}/get/parameters/0/type', 'integr', 'parameter-type-invalid'],
  ])('are checked as they are sent: %s', async (_, pointer, value, rule) => {
    await using one = await shop({ 'Contoso Test': { [pointer]: value } });
    const { cloud, testing } = one;
    const refused = await deployed(one, '--environment', 'Contoso Test');
    expect(refused).toMatchObject({
      exitCode: 1,
      stderr: expect.stringContaining('Nothing was uploaded: 1 error in the values'),
    });
    expect(refused.stderr).toContain(`${valuesFile}:3:5: error: `);
    expect(refused.stderr).toContain(rule);
    expect(cloud.connectors(testing.id)).toEqual([]);
  });

  test('of the command line are checked as they are sent, unless validation is skipped', async () => {
    await using one = await shop({ 'Contoso Test': {} });
    const { cloud, testing } = one;
    const argv = ['--environment', 'Contoso Test', '--set', '/host=https://api.contoso.example/v1'];
    const refused = await deployed(one, ...argv);
    expect(refused.exitCode).toBe(1);
    expect(refused.stderr).toMatch(/^--set: error: .*\(host-invalid\)$/mu);
    expect(cloud.connectors(testing.id)).toEqual([]);
    expect(await deployed(one, ...argv, '--skip-validation')).toMatchObject({ exitCode: 0 });
  });

  test('that someone changed are a difference and a conflict, and never get into the files', async () => {
    await using one = await shop();
    const { cloud, workspace, testing } = one;
    await deployedTwice(one);
    const [there] = cloud.connectors(testing.id);
    const changed = petStore({ title, description: 'Changed there.' }).replace('pets.contoso', 'elsewhere.contoso');
    cloud.edit(there?.id ?? '', { apiDefinition: changed });
    const different = await paconn(one, 'diff', '--environment', 'Contoso Test');
    expect(different.stdout).toContain('elsewhere.contoso.example');
    expect(different.stdout).toContain('api.test.contoso.example');
    expect(different.stdout).not.toContain('pets.contoso.example');
    const conflict = await paconn(one, 'deploy', '--environment', 'Contoso Test');
    expect(conflict.exitCode).toBe(4);

    const pulled = await paconn(one, 'pull', '--environment', 'Contoso Test');
    expect(pulled).toMatchObject({
      exitCode: 0,
      stderr: expect.stringContaining('Warning: /host was changed to "elsewhere.contoso.example" in the environment.'),
    });
    const local = await workspace.read(definition);
    expect(local).toContain('Changed there.');
    expect(hostIn(local)).toBe('pets.contoso.example');
    expect(await paconn(one, 'deploy', '--environment', 'Contoso Test')).toMatchObject({ exitCode: 0 });
    expect(hostIn(cloud.connectors(testing.id)[0]?.apiDefinition)).toBe('api.test.contoso.example');
  });

  test.each([
    ['inserted', (list: readonly unknown[]) => [{ name: 'all', in: 'query', type: 'boolean' }, ...list]],
    ['replaced', () => [{ name: 'all', in: 'query', type: 'boolean' }]],
  ])('get into no file by a list in which an element was %s', async (_, change) => {
    const parameters = '/paths/~1pets~1{id}/get/parameters';
    await using one = await shop({
      'Contoso Test': { ...testValues, [`${parameters}/0/x-ms-summary`]: 'Only in Test' },
    });
    const { cloud, workspace, testing } = one;
    await deployedTwice(one);
    const before = await workspace.read(definition);
    const [there] = cloud.connectors(testing.id);
    const changed = JSON.parse(there?.apiDefinition ?? '', (name, value) =>
      name === 'parameters' && Array.isArray(value) ? change(value) : value,
    );
    cloud.edit(there?.id ?? '', { apiDefinition: JSON.stringify(changed) });
    expect(await paconn(one, 'pull', '--environment', 'Contoso Test')).toMatchObject({
      exitCode: 4,
      stderr: expect.stringContaining(`has values in it by position: ${parameters}/0. Nothing was pulled`),
    });
    expect(await workspace.read(definition)).toBe(before);
  });

  test.runIf(process.platform === 'linux').each([
    ['a device', '/dev/zero', `${valuesFile} is a device`],
    ['a link that leads nowhere', 'nowhere.json', valuesFile],
  ])('are not left out without a word if their file is %s', async (_what, target, message) => {
    await using one = await shop();
    const { workspace } = one;
    await deployedTwice(one);
    await rm(workspace.path(valuesFile));
    await symlink(target, workspace.path(valuesFile));
    for (const line of [['diff'], ['deploy'], ['validate', '--offline']]) {
      const { exitCode, stdout, stderr } = await paconn(one, ...line);
      expect({ line, exitCode, output: stdout + stderr }).toEqual({
        line,
        exitCode: 1,
        output: expect.stringContaining(message),
      });
    }
  });

  test('that were edited in the file are sent, and a pull before that says nothing', async () => {
    await using one = await shop();
    const { cloud, workspace, testing } = one;
    await deployedTwice(one);
    await workspace.write(valuesFile, written({ [testing.id]: { ...testValues, '/host': 'new.contoso.example' } }));
    const pulled = await paconn(one, 'pull', '--environment', 'Contoso Test');
    expect(pulled.stderr).toBe('Already up to date.\n');
    const rehearsed = await paconn(one, 'deploy', '--environment', 'Contoso Test', '--dry-run');
    expect(rehearsed.stdout).toContain('new.contoso.example');
    expect((await paconn(one, 'deploy', '--environment', 'Contoso Test')).stderr).toMatch(/ updated successfully\.\n/u);
    expect(hostIn(cloud.connectors(testing.id)[0]?.apiDefinition)).toBe('new.contoso.example');
  });

  test('of --set come before those of the file, and have the type of what they replace', async () => {
    await using one = await shop();
    const { cloud, testing } = one;
    const set = [
      '--set',
      '/host=b.contoso.example',
      '--set',
      '/schemes=["https","http"]',
      '--set',
      '/info/version=2.0',
    ];
    const place = ['--environment', 'Contoso Test', ...set];
    await deployed(one);
    expect(await deployed(one, ...place)).toMatchObject({ exitCode: 0 });
    const there: unknown = JSON.parse(cloud.connectors(testing.id)[0]?.apiDefinition ?? '{}');
    expect(there).toMatchObject({ host: 'b.contoso.example', schemes: ['https', 'http'], info: { version: '2.0' } });
    expect((await paconn(one, 'diff', ...place)).stderr).toContain('No differences.');
    expect((await paconn(one, 'diff', '--environment', 'Contoso Test')).stdout).toContain('b.contoso.example');
  });

  test('can be client secrets by reference, which are sent each time and never shown', async () => {
    const secretPointer = clientIdPointer.replace('clientId', 'clientSecret');
    await using one = await shop({ 'Contoso Test': { [secretPointer]: 'env:TEST_SECRET' } });
    const { cloud, workspace, testing } = one;
    const place = ['deploy', '--environment', 'Contoso Test'];
    const unset = await paconn(one, ...place);
    expect(unset).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining(`${valuesFile}:3:5: The environment variable TEST_SECRET isn't set.`),
    });
    const secret = 'sesame-sesame-sesame';
    const run = { variables: { TEST_SECRET: secret } };
    await deployed(one);
    const created = await runInProcessWith(workspace, [...place, '--debug'], run);
    expect(created).toMatchObject({ exitCode: 0 });
    expect(`${created.stdout}${created.stderr}`).not.toContain(secret);
    const [there] = cloud.connectors(testing.id);
    expect(Object.values(there?.clientSecrets ?? {})).toContain(secret);
    const again = await runInProcessWith(workspace, place, run);
    expect(again.stderr).toMatch(/ updated successfully\.\n/u);
    expect((await paconn(one, 'diff', '--environment', 'Contoso Test')).stderr).toContain('No differences.');
  });

  test('are compared in two environments, each with its own', async () => {
    await using one = await shop();
    const { cloud, testing } = one;
    await deployedTwice(one);
    for (const sides of [['environment', '--to-environment', 'Contoso Test'], ['base', 'environment'], ['base']]) {
      expect((await paconn(one, 'diff', ...sides)).stderr).toContain('No differences.');
    }
    for (const sides of [['base'], ['base', 'local'], ['base', 'environment'], ['local', 'base']]) {
      const there = await paconn(one, 'diff', ...sides, '-e', 'Contoso Test');
      expect(there.stderr).toContain('No differences.');
    }
    const back = ['diff', 'environment', '-e', 'Contoso Test', '--to-environment', cloud.environment.id];
    expect((await paconn(one, ...back)).stderr).toContain('No differences.');
    cloud.edit(cloud.connectors(testing.id)[0]?.id ?? '', { apiDefinition: petStore({ title }) });
    expect((await paconn(one, 'diff', 'environment', '--to-environment', 'Contoso Test')).stdout).toContain(
      'api.test.contoso.example',
    );
  });

  test('that are not known on this computer are left out of a comparison', async () => {
    await using one = await shop();
    const { workspace } = one;
    await deployedTwice(one);
    const unset = { variables: { TEST_CLIENT_ID: '' } };
    const compared = await runInProcessWith(workspace, ['diff', '-e', 'Contoso Test'], unset);
    expect(compared.stderr).toContain(
      `Not compared, because an environment variable isn't set or is empty: ${clientIdPointer}.`,
    );
    expect(compared.stderr).toContain('No differences.');
    for (const places of [['-e', 'Contoso Test'], ['base'], ['environment', '--to-environment', 'Contoso Test']]) {
      const query = ['-o', 'json', '--query', '[result, notCompared]'];
      const { stdout } = await runInProcessWith(workspace, ['diff', ...places, ...query], unset);
      expect(JSON.parse(stdout)).toEqual(['equal', places[0] === 'base' ? [] : [clientIdPointer]]);
    }
    const pulled = await runInProcessWith(workspace, ['pull', '-e', 'Contoso Test'], unset);
    expect(pulled.stderr).toBe('Already up to date.\n');
    const refused = await runInProcessWith(workspace, ['deploy', '-e', 'Contoso Test'], unset);
    expect(refused).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('TEST_CLIENT_ID is empty.') });
  });

  test('are used by restore for the connector in another environment, also after its deletion', async () => {
    await using one = await shop();
    const { cloud, workspace, testing } = one;
    await deployedTwice(one);
    await workspace.write(definition, petStore({ title, description: 'Changed.' }));
    await deployedTwice(one);
    const [there] = cloud.connectors(testing.id);
    const inTest = ['restore', '--environment', 'Contoso Test'];
    const restored = await paconn(one, ...inTest, 'latest', '--yes');
    expect(restored).toMatchObject({ exitCode: 0, stderr: expect.stringContaining(`${there?.id} restored: `) });
    expect(there?.description).toBe('Sells pets.');
    expect(hostIn(there?.apiDefinition)).toBe('api.test.contoso.example');
    cloud.removeConnector(there?.id ?? '');
    const ids = ['--list', '--query', 'backups[].connectorId', '-o', 'tsv'];
    expect((await paconn(one, ...inTest, ...ids)).stdout).toBe(`${there?.id}\n${there?.id}\n`);
  });

  test('are not downloaded over the values of the files', async () => {
    await using one = await shop();
    const { cloud, workspace, testing } = one;
    await deployedTwice(one);
    const [there] = cloud.connectors(testing.id);
    const changed = petStore({ title, description: 'Changed there.' }).replace('pets.contoso', 'api.test.contoso');
    cloud.edit(there?.id ?? '', { apiDefinition: changed });
    const target = ['--environment', testing.id, '--connector', there?.id ?? '', '--pau', cloud.url];
    const downloaded = await paconn(one, 'download', ...target, '--output-dir', '.', '--overwrite');
    expect(downloaded).toMatchObject({ exitCode: 0, stderr: expect.not.stringContaining('Backup') });
    const local = await workspace.read(definition);
    expect(hostIn(local)).toBe('pets.contoso.example');
    expect(local).toContain('Changed there.');
    await workspace.write('apiProperties.json', '{"properties":,,}');
    expect(await paconn(one, 'download', ...target, '--output-dir', '.', '--overwrite')).toMatchObject({ exitCode: 0 });
    expect(hostIn(await workspace.read(definition))).toBe('pets.contoso.example');
  });

  test('are no breaking change against the environment', async () => {
    await using one = await shop({
      'Contoso Test': { ...testValues, '/paths/~1pets~1{id}/get/operationId': 'GetPetInTest' },
    });
    const { cloud, workspace, testing } = one;
    await deployedTwice(one);
    const connectorId = cloud.connectors(testing.id)[0]?.id;
    const settings = z.looseObject({}).parse(await workspace.readJson('settings.json'));
    await workspace.write('settings.json', written({ ...settings, environment: testing.id, connectorId }));
    const checked = await paconn(one, 'validate', '--against', 'environment');
    expect(checked.stdout).not.toContain('change-');
    await workspace.write(valuesFile, '{}');
    expect((await paconn(one, 'validate', '--against', 'environment')).stdout).toContain('change-');
  });

  test('create and update send them, too', async () => {
    await using one = await shop();
    const { cloud, workspace, testing } = one;
    const files = ['--api-def', definition, '--api-prop', 'apiProperties.json', '--pau', cloud.url];
    const created = await paconn(one, 'create', ...files, '--env', testing.id, '--secret', 'hunter2hunter2', '-w');
    expect(created).toMatchObject({ exitCode: 0 });
    expect(hostIn(cloud.connectors(testing.id)[0]?.apiDefinition)).toBe('api.test.contoso.example');
    await workspace.write(valuesFile, written({ [testing.id]: { '/host': 'c.contoso.example' } }));
    expect(await paconn(one, 'update', '-s', 'settings.json')).toMatchObject({ exitCode: 0 });
    expect(hostIn(cloud.connectors(testing.id)[0]?.apiDefinition)).toBe('c.contoso.example');
  });
});
