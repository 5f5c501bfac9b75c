import { cp, rm } from 'node:fs/promises';
import * as z from 'zod';
import { describe, expect, test } from 'vitest';
import { type Scene, together } from '../support/downloaded.ts';
import { FakeCloud } from '../support/fake-cloud/fake-cloud.ts';
import type { FaultOrder } from '../support/fake-cloud/faults.ts';
import { oAuthProperties } from '../support/oauth-properties.ts';
import { petIcon, petStore } from '../support/pet-store.ts';
import { runInProcess } from '../support/run-in-process.ts';
import { signedIn } from '../support/signed-in.ts';
import { Workspace } from '../support/workspace.ts';

const settingsSchema = z.record(z.string(), z.unknown());
const definition = 'apiDefinition.swagger.json';

/** Requests that change something, uploads too. */
function changes({ requests }: FakeCloud): string[] {
  const isRead = (method: string, path: string): boolean =>
    method === 'GET' || /validateApiSwagger|generateRes/u.test(path);
  return requests.filter(({ method, path }) => !isRead(method, path)).map(({ method }) => method);
}

async function petShop(): Promise<Scene> {
  const cloud = await FakeCloud.start();
  const icon = cloud.storage.defaultIcon.bytes;
  const workspace = await signedIn(cloud, { apiDefinition: petStore({ title: 'Pets' }), icon });
  return together({ cloud, workspace });
}

/** The same, deployed once. */
async function deployedShop() {
  const shop = await petShop();
  await runInProcess(shop.workspace, 'deploy');
  const { id = '' } = shop.cloud.connectors()[0] ?? {};
  return { ...shop, id, settings: await shop.workspace.read('settings.json') };
}

describe.concurrent('deploy', () => {
  test("creates a connector that doesn't exist, then changes nothing, then updates it", async () => {
    await using shop = await petShop();
    const { cloud, workspace } = shop;
    const about = `Pets · ${cloud.environment.id}\n`;
    const first = await runInProcess(workspace, 'deploy');
    const [connector] = cloud.connectors();
    expect(first).toEqual({ exitCode: 0, stdout: '', stderr: `${connector?.id} created successfully.\n${about}` });
    expect(await workspace.readJson('settings.json')).toMatchObject({
      connectorId: connector?.id,
      environment: cloud.environment.id,
      ...cloud.settings,
    });

    cloud.forgetRequests();
    const second = await runInProcess(workspace, 'deploy');
    expect(second).toEqual({ exitCode: 0, stdout: '', stderr: `${connector?.id} is up to date.\n${about}` });
    expect(cloud.requests.map(({ method }) => method)).toEqual(['GET']);

    await workspace.write(definition, petStore({ title: 'Pets', description: 'More pets.' }));
    cloud.forgetRequests();
    const third = await runInProcess(workspace, 'deploy', '-o', 'json');
    expect(third.exitCode).toBe(0);
    expect(JSON.parse(third.stdout)).toEqual({
      version: 2,
      result: 'updated',
      connectorId: connector?.id,
      name: 'Pets',
      environment: { id: cloud.environment.id, name: null },
      url: null,
      changedTime: connector?.changedTime,
      backupId: expect.stringMatching(/^\d{8}-\d{6}-\d{3}$/u),
      redirectUrls: [],
      changes: [expect.objectContaining({ area: 'information', isBreaking: false })],
      breakingCount: 0,
    });
    expect(changes(cloud)).toEqual(['PUT', 'PATCH']);
    expect(cloud.connector(connector?.id ?? '').description).toBe('More pets.');
    expect((await runInProcess(workspace, 'deploy')).stderr).toContain('is up to date');
  });

  test.each(['with a base', 'without one'])('sends an icon that alone has changed, %s', async (what) => {
    await using shop = await petShop();
    const { cloud, workspace } = shop;
    await runInProcess(workspace, 'deploy');
    await workspace.write('icon.png', petIcon('new'));
    if (what === 'without one') await rm(workspace.path('paconn.base.json'));
    const { exitCode, stderr } = await runInProcess(workspace, 'deploy');
    expect(exitCode).toBe(0);
    expect(stderr).toMatch(/ updated successfully\.\nPets · \S+ · 1 change\nBackup saved: .+\n$/u);
    expect(Buffer.from(cloud.connectors()[0]?.icon ?? '')).toEqual(Buffer.from(petIcon('new')));
    expect((await runInProcess(workspace, 'deploy')).stderr).toMatch(/ is up to date\.\nPets · \S+\n$/u);
  });

  test('uses the connector with that name, regardless of its owner, if the settings name none', async () => {
    await using shop = await petShop();
    const { cloud, workspace } = shop;
    const connector = cloud.addConnector({ displayName: 'Pets', description: 'Old' });
    const { exitCode, stderr } = await runInProcess(workspace, 'deploy');
    expect(exitCode).toBe(0);
    expect(stderr).toContain(`${connector.id} updated successfully.\nPets · ${cloud.environment.id} · 1 change\n`);
    expect(stderr).toMatch(/\nNote: The connector was found by its name. Its ID is now in settings\.json\.\n$/u);
    expect(await workspace.readJson('settings.json')).toMatchObject({
      environment: cloud.environment.id,
      connectorId: connector.id,
    });
    expect(cloud.connectors()).toHaveLength(1);
  });

  test('lists the candidates when several have that name, and changes nothing', async () => {
    await using shop = await petShop();
    const { cloud, workspace } = shop;
    const connectors = [cloud.addConnector({ displayName: 'Pets' }), cloud.addConnector({ displayName: 'Pets' })];
    const { exitCode, stderr } = await runInProcess(workspace, 'deploy');
    expect(exitCode).toBe(2);
    for (const { id } of connectors) expect(stderr).toContain(id);
    expect(stderr).toContain('\nSpecify one by its ID in settings.json:\n  "connectorId": "<connector>"\n');
    expect(changes(cloud)).toEqual([]);
  });

  test('creates a deleted connector again, with a note', async () => {
    await using shop = await deployedShop();
    const { cloud, workspace, id } = shop;
    cloud.removeConnector(id);
    const { exitCode, stderr } = await runInProcess(workspace, 'deploy');
    const [second] = cloud.connectors();
    expect(exitCode).toBe(0);
    expect(stderr).toContain(`The connector ${id} is no longer in the environment`);
    expect(await workspace.readJson('settings.json')).toMatchObject({ connectorId: second?.id });
  });

  test.each<[what: string, list: Partial<FaultOrder>]>([
    ['is only a part of it', { status: 206, json: { value: [] } }],
    [
      'is of another environment',
      {
        status: 200,
        json: { value: [{ name: 'x', properties: { isCustomApi: true, environment: { name: 'other' } } }] },
      },
    ],
  ])("doesn't treat a connector as deleted if the list %s", async (_what, list) => {
    await using shop = await deployedShop();
    const { cloud, workspace, id, settings } = shop;
    await workspace.write(definition, petStore({ title: 'Cats' }));
    const json = { error: { code: 'ApiResourceNotFound', message: 'Gone.' } };
    cloud.fault({ method: 'GET', path: `/apis/${id}`, status: 404, json });
    cloud.fault({ method: 'GET', path: /\/apis$/u, times: 9, ...list });
    const { exitCode } = await runInProcess(workspace, 'deploy', '--skip-validation');
    expect(exitCode).toBe(1);
    expect(cloud.connectors().map((one) => one.id)).toEqual([id]);
    expect(await workspace.read('settings.json')).toBe(settings);
  });

  const notFound = { code: 'ResourceNotFound', message: 'No route.' };
  test.each<[what: string, fault: Partial<FaultOrder>]>([
    ['is the 404 page of a gateway', { html: '<html><body>404 Not Found</body></html>' }],
    ['is a 404 without words', { text: '' }],
    ['is a 404 of another code', { json: { error: notFound } }],
    ['says it is gone, and the list has it', { json: { error: { ...notFound, code: 'ApiResourceNotFound' } } }],
  ])("doesn't treat a connector as deleted if the response %s", async (_what, fault) => {
    await using shop = await deployedShop();
    const { cloud, workspace, id, settings } = shop;
    await workspace.write(definition, petStore({ title: 'Cats' }));
    cloud.fault({ method: 'GET', path: `/apis/${id}`, status: 404, ...fault });
    const { exitCode, stderr } = await runInProcess(workspace, 'deploy', '--skip-validation');
    expect({ exitCode, stderr }).toMatchObject({
      exitCode: 1,
      stderr: expect.stringContaining(`Can't read the connector ${id}`),
    });
    expect(cloud.connectors().map((connector) => connector.id)).toEqual([id]);
    expect(await workspace.read('settings.json')).toBe(settings);
  });

  test('never treats a connector as deleted if the list is unavailable', async () => {
    await using shop = await deployedShop();
    const { cloud, workspace, id, settings } = shop;
    cloud.removeConnector(id);
    cloud.fault({
      method: 'GET',
      path: /\/apis$/u,
      times: 9,
      status: 403,
      json: { error: { code: 'Forbidden', message: 'no' } },
    });
    expect((await runInProcess(workspace, 'deploy')).exitCode).toBe(1);
    expect(cloud.connectors()).toEqual([]);
    expect(await workspace.read('settings.json')).toBe(settings);
  });

  test('to another environment finds the connector by name and leaves the settings unchanged', async () => {
    await using shop = await petShop();
    const { cloud, workspace } = shop;
    const production = cloud.addEnvironment({ displayName: 'Production' });
    await runInProcess(workspace, 'deploy');
    const settings = await workspace.read('settings.json');
    expect((await runInProcess(workspace, 'deploy', '--env', 'Production')).stderr).toContain('created');
    const [deployed] = cloud.connectors(production.id);
    expect(deployed?.displayName).toBe('Pets');
    expect(await workspace.read('settings.json')).toBe(settings);
    const again = await runInProcess(workspace, 'deploy', '--env', 'Production');
    expect(again.stderr).toBe(`${deployed?.id} is up to date.\nPets · Production\n`);
    expect(cloud.connectors()).toHaveLength(1);
  });

  test('to another environment goes to the connector there that an option names', async () => {
    await using shop = await petShop();
    const { cloud, workspace } = shop;
    const production = cloud.addEnvironment({ displayName: 'Production' });
    await runInProcess(workspace, 'deploy');
    const there = { environment: production.id, apiDefinition: petStore({ description: 'Old' }) };
    const [same, other] = ['Pets', 'Old pets'].map((displayName) => cloud.addConnector({ ...there, displayName }));
    const result = await runInProcess(workspace, 'deploy', '--env', 'Production', '-c', 'Old pets');
    expect(result).toMatchObject({
      exitCode: 0,
      stderr: expect.stringContaining(`${other?.id} updated successfully.`),
    });
    expect(same?.description).toBe('Old');
    const [, undo = ''] =
      /^Backup saved: \S+ \(undo: paconn (restore \S+ --connector \S+)\)$/mu.exec(result.stderr) ?? [];
    expect(await runInProcess(workspace, ...undo.split(' '))).toMatchObject({ exitCode: 0 });
    expect(other?.description).toBe('Old');
    const patches = (): number => cloud.requests.filter(({ method }) => method === 'PATCH').length;
    const before = patches();
    for (const name of ['nonsense', 'shared_nonsense-5f00000000000000000']) {
      const unknown = await runInProcess(workspace, 'deploy', '--env', 'Production', '-c', name);
      expect(unknown).toMatchObject({ exitCode: 2 });
    }
    expect({ patches: patches(), there: cloud.connectors(production.id).length }).toEqual({
      patches: before,
      there: 2,
    });
  });

  test('to an environment when the settings name none saves it in the settings', async () => {
    await using shop = await petShop();
    const { cloud, workspace } = shop;
    const { environment: _none, ...settings } = settingsSchema.parse(await workspace.readJson('settings.json'));
    await workspace.write('settings.json', JSON.stringify(settings));
    expect(await runInProcess(workspace, 'deploy', '-e', cloud.environment.id)).toMatchObject({ exitCode: 0 });
    const [{ id: connectorId } = { id: '' }] = cloud.connectors();
    const saved = { connectorId, environment: cloud.environment.id };
    expect(await workspace.readJson('settings.json')).toMatchObject(saved);
    expect((await runInProcess(workspace, 'deploy')).stderr).toBe(
      `${connectorId} is up to date.\nPets · ${cloud.environment.id}\n`,
    );
  });

  test('by several settings files keeps an ID in each', async () => {
    await using shop = await petShop();
    const { cloud, workspace } = shop;
    const other = cloud.addEnvironment();
    const settings = await workspace.readJson('settings.json');
    const production = JSON.stringify({ ...Object(settings), connectorId: null, environment: other.id }, undefined, 4);
    await workspace.write('settings.production.json', production);
    await runInProcess(workspace, 'deploy', '-s', 'settings.json');
    await runInProcess(workspace, 'deploy', '-s', 'settings.production.json');
    const [here] = cloud.connectors();
    const [there] = cloud.connectors(other.id);
    expect(await workspace.readJson('settings.json')).toMatchObject({ connectorId: here?.id });
    expect(await workspace.read('settings.production.json')).toBe(production.replace('null', `"${there?.id}"`));
    for (const file of ['settings.json', 'settings.production.json']) {
      expect((await runInProcess(workspace, 'deploy', '-s', file)).stderr).toContain('is up to date');
    }
  });

  test('stops with exit code 4 if someone else changed the connector; --force continues', async () => {
    await using shop = await petShop();
    const { cloud, workspace } = shop;
    await runInProcess(workspace, 'deploy');
    const [connector] = cloud.connectors();
    cloud.edit(connector?.id ?? '', { apiDefinition: petStore({ title: 'Pets', description: 'Theirs' }) });
    await workspace.write(definition, petStore({ title: 'Pets', description: 'Mine' }));
    cloud.forgetRequests();
    expect((await runInProcess(workspace, 'deploy')).exitCode).toBe(4);
    expect(changes(cloud).filter((method) => method === 'PATCH')).toEqual([]);
    expect((await runInProcess(workspace, 'deploy', '--force')).exitCode).toBe(0);
    expect(connector?.apiDefinition).toContain('Mine');
  });

  test('sends a client secret whenever there is one, since nobody can see whether it is the same', async () => {
    await using cloud = await FakeCloud.start();
    await using workspace = await signedIn(cloud, {
      apiDefinition: petStore({ title: 'Pets' }),
      apiProperties: oAuthProperties(),
    });
    const deploy = async () => await runInProcess(workspace, 'deploy', '--secret', 'hush');
    expect((await deploy()).stderr).toContain('created');
    expect((await deploy()).stderr).toContain('updated');
    expect((await runInProcess(workspace, 'deploy')).stderr).toContain('is up to date');
  });

  test('ignores values that the service adds, and sends local removals', async () => {
    await using shop = await petShop();
    const { cloud, workspace } = shop;
    const parameters = { api_key: { type: 'securestring' }, host: { type: 'string' } };
    const added = { ...parameters, host: { type: 'string', uiDefinition: { displayName: 'Host' } } };
    const properties = (connectionParameters: object): string =>
      JSON.stringify({ properties: { connectionParameters, iconBrandColor: '#2a7f62' } });
    const overrides = { connectionParameters: JSON.stringify(added) };
    cloud.addConnector({ displayName: 'Pets', overrides });
    await workspace.write('apiProperties.json', properties(parameters));
    const flags = ['deploy', '--skip-validation'];
    expect((await runInProcess(workspace, ...flags)).stderr).toContain('updated');
    expect((await runInProcess(workspace, ...flags)).stderr).toContain('is up to date');
    await workspace.write('apiProperties.json', properties({ api_key: parameters.api_key }));
    expect((await runInProcess(workspace, ...flags)).stderr).toContain('updated');
  });

  test('with options uses the connector whose ID is one of them', async () => {
    await using shop = await petShop();
    const { cloud, workspace } = shop;
    const { id } = cloud.addConnector({ displayName: 'Animals' });
    const flags = ['-u', cloud.url, '-e', cloud.environment.id, '-c', id, '-d', definition, '-p', 'apiProperties.json'];
    const { stderr } = await runInProcess(workspace, 'deploy', ...flags);
    expect(stderr).toContain(`${id} updated successfully.`);
    expect(cloud.connectors()).toHaveLength(1);
  });

  test('an option replaces one file, and the others are those of the folder', async () => {
    await using shop = await petShop();
    const { cloud, workspace } = shop;
    const properties = await workspace.read('apiProperties.json');
    const settings = JSON.stringify({ environment: cloud.environment.id, powerAppsUrl: cloud.url });
    for (const [folder, files] of Object.entries({ usual: {}, named: { 'settings.json': settings } })) {
      await workspace.write(`${folder}/${definition}`, petStore({ title: folder }));
      await workspace.write(`${folder}/apiProperties.json`, properties);
      for (const [name, text] of Object.entries(files)) await workspace.write(`${folder}/${name}`, text);
    }
    await workspace.write('other/other.json', petStore({ title: 'Other' }));
    await workspace.write('other/icon.png', petIcon('other'));
    cloud.addConnector({ displayName: 'There' });
    const target = ['-u', cloud.url, '-e', cloud.environment.id];
    const plan = async (folder: string, ...options: readonly string[]) => {
      const line = ['deploy', folder, ...target, ...options, '-n', '-o', 'json'];
      const { exitCode, stdout, stderr } = await runInProcess(workspace, ...line);
      expect({ exitCode, stderr }).toMatchObject({ exitCode: 0 });
      return JSON.parse(stdout);
    };
    for (const folder of ['usual', 'named']) {
      expect(await plan(folder, '-d', 'other/other.json')).toMatchObject({ result: 'created', name: 'Other' });
      expect(await plan(folder, '-p', `${folder}/apiProperties.json`)).toMatchObject({ name: folder });
      expect(await plan(folder, '-i', 'other/icon.png')).toMatchObject({ name: folder });
      const diff = ['diff', folder, ...target, '-c', 'There', '-d', 'other/other.json'];
      expect(await runInProcess(workspace, ...diff)).toMatchObject({ exitCode: 0 });
    }
    expect(await runInProcess(workspace, 'update', 'usual', ...target, '-c', 'x', '-d', 'other/other.json')).toEqual({
      exitCode: 2,
      stdout: '',
      stderr:
        'Error: API Properties must be specified.\nPass --api-properties usual/apiProperties.json, or "apiProperties" in usual/settings.json.\n',
    });
  });
});

describe.concurrent('deploy of many folders', () => {
  async function manyPets(count: number) {
    const { cloud, workspace } = await petShop();
    const names = Array.from({ length: count }, (_, index) => `pets ${index + 1}`);
    for (const name of names) {
      await cp(workspace.path('.'), workspace.path(`../all/${name}`), { recursive: true });
      await workspace.write(`../all/${name}/${definition}`, petStore({ title: name }));
    }
    await cp(workspace.path('../all'), workspace.path('connectors'), { recursive: true });
    return { cloud, workspace, names };
  }

  test('creates or updates each connector, one line per connector, in order', async () => {
    const { cloud, workspace } = await manyPets(3);
    await using _cloud = cloud;
    await using _workspace = workspace;
    cloud.addConnector({ displayName: 'pets 2', description: 'Old' });
    const { exitCode, stderr } = await runInProcess(workspace, 'deploy', 'connectors');
    expect(exitCode).toBe(0);
    expect(
      stderr
        .trimEnd()
        .split('\n')
        .filter((line) => !line.includes('paconn.base')),
    ).toEqual([
      expect.stringMatching(/^connectors\/pets 1: shared_\S+ created successfully\.$/u),
      'connectors/pets 2: Note: The connector was found by its name. Its ID is now in settings.json.',
      expect.stringMatching(/^connectors\/pets 2: shared_\S+ updated successfully\. 1 change, backup [\d-]+\.$/u),
      expect.stringMatching(/^connectors\/pets 3: shared_\S+ created successfully\.$/u),
      '3 connectors: 2 created, 1 updated.',
    ]);
    expect(
      cloud
        .connectors()
        .map(({ displayName }) => displayName)
        .toSorted(),
    ).toEqual(['pets 1', 'pets 2', 'pets 3']);
    // The list of connectors is asked for once.
    expect(cloud.requests.filter(({ path }) => path.endsWith('/apis'))).toHaveLength(3);
    const again = await runInProcess(workspace, 'deploy', 'connectors/pets 1', 'connectors');
    expect(again.stderr).toContain('3 connectors: 3 unchanged.');
  });

  test('continues after a failure; the exit code is the worst one', async () => {
    const { cloud, workspace } = await manyPets(3);
    await using _cloud = cloud;
    await using _workspace = workspace;
    await workspace.write(`connectors/pets 2/${definition}`, '{');
    const { exitCode, stderr } = await runInProcess(workspace, 'deploy', 'connectors');
    expect(exitCode).toBe(1);
    expect(stderr).toContain('3 connectors: 2 created, 1 failed.');
    expect(stderr).toMatch(/Error: 1 of 3 connectors failed:\n {2}connectors\/pets 2: /u);
    expect(cloud.connectors()).toHaveLength(2);
  });

  test('does not create two connectors with the same name', async () => {
    const { cloud, workspace } = await manyPets(2);
    await using _cloud = cloud;
    await using _workspace = workspace;
    await workspace.write(`connectors/pets 2/${definition}`, petStore({ title: 'pets 1' }));
    const { exitCode, stderr } = await runInProcess(workspace, 'deploy', 'connectors');
    expect(exitCode).toBe(2);
    expect(stderr).toContain("connectors/pets 1 creates a connector with the name 'pets 1' in the same environment.");
    expect(cloud.connectors()).toHaveLength(1);
  });

  test.each([
    ['deploy', ['deploy']],
    ['deploy --dry-run', ['deploy', '-n']],
    ['update', ['update']],
  ])('%s does not send two folders to one connector, by ID or by name', async (_what, line) => {
    const { cloud, workspace } = await manyPets(2);
    await using _cloud = cloud;
    await using _workspace = workspace;
    const { id: connectorId, environment } = cloud.addConnector({ displayName: 'pets 1' });
    const settings = JSON.stringify({ connectorId, environment, ...cloud.settings });
    await workspace.write('connectors/pets 1/settings.json', settings);
    await workspace.write('connectors/pets 2/settings.json', settings);
    const byId = await runInProcess(workspace, ...line, 'connectors', '--force');
    expect(byId.exitCode).toBe(2);
    expect(byId.stderr).toContain(`are both for the connector ${connectorId}.`);
    expect(cloud.requests).toEqual([]);

    if (line[0] === 'update') return;
    await workspace.write('connectors/pets 2/settings.json', JSON.stringify({ environment, ...cloud.settings }));
    await workspace.write(`connectors/pets 2/${definition}`, petStore({ title: 'pets 1', description: 'Other' }));
    const byName = await runInProcess(workspace, ...line, 'connectors', '--force');
    expect(byName.stderr).toContain(
      `  connectors/pets 2: connectors/pets 1 and connectors/pets 2 are both for the connector ${connectorId}.\n`,
    );
  });

  test('without a sign-in starts no more connectors', async () => {
    const { cloud, workspace } = await manyPets(4);
    await using _cloud = cloud;
    await using _workspace = workspace;
    await workspace.write('../home/.paconn/accessTokens.json', '{}');
    const { exitCode, stderr } = await runInProcess(workspace, 'deploy', 'connectors', '--concurrency', '1');
    expect(exitCode).toBe(3);
    expect(stderr).toContain('4 connectors: 1 failed, 3 not tried.');
  });

  test('reports a missing sign-in once', async () => {
    const { cloud, workspace } = await manyPets(4);
    await using _cloud = cloud;
    await using _workspace = workspace;
    await workspace.write('../home/.paconn/accessTokens.json', '{}');
    const { exitCode, stderr } = await runInProcess(workspace, 'deploy', 'connectors');
    expect(exitCode).toBe(3);
    expect(stderr.match(/damaged/gu)).toHaveLength(1);
    expect(stderr).not.toContain('pets 2');
  });

  test.each([
    [['nowhere'], 'Folder not found: nowhere'],
    [['apiDefinition.swagger.json'], 'Run:\n  paconn deploy\n'],
    [['connectors', '-s', 'settings.json'], "--settings and a folder can't be used together."],
    [['connectors'], "connectors doesn't contain a connector"],
  ])('is not had with %j', async (line, words) => {
    await using workspace = await Workspace.create(undefined, { settings: {} });
    await workspace.write('connectors/readme.md', '');
    await workspace.write(definition, '{}');
    const { exitCode, stderr } = await runInProcess(workspace, 'deploy', ...line);
    expect(exitCode).toBeGreaterThan(0);
    expect(stderr).toContain(words);
  });
});
