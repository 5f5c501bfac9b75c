import { describe, expect, test } from 'vitest';
import { FakeCloud } from '../support/fake-cloud/fake-cloud.ts';
import { petIcon, petScript, petStore, petStoreProperties } from '../support/pet-store.ts';
import { runInProcess, runInProcessWith } from '../support/run-in-process.ts';
import { signedIn } from '../support/signed-in.ts';
import { exportedSolution, guid, type SolutionConnectorFiles, unpackedSolution } from '../support/solution.ts';
import { Workspace } from '../support/workspace.ts';
import { zipOfFiles } from '../support/zip.ts';

const parameters = JSON.stringify(JSON.parse(petStoreProperties).properties.connectionParameters);
const orders: SolutionConnectorFiles = {
  name: 'new_orders',
  definition: petStore({ title: 'Orders' }),
  parameters,
  script: petScript(),
  icon: petIcon(),
  id: guid(1),
};
const shops: SolutionConnectorFiles = {
  ...orders,
  name: 'new_shops',
  definition: petStore({ title: 'Shops' }),
  id: guid(2),
};

type Files = Readonly<Record<string, string | Uint8Array>>;

function below(folder: string, files: Files): Files {
  return Object.fromEntries(Object.entries(files).map(([name, content]) => [`${folder}/${name}`, content]));
}

/** A solution in each form, under a path. */
const forms = [
  ['unpacked', 'src', (connectors: readonly SolutionConnectorFiles[]) => below('src', unpackedSolution(connectors))],
  ['extracted', 'src', (connectors: readonly SolutionConnectorFiles[]) => below('src', exportedSolution(connectors))],
  [
    'exported',
    'S.zip',
    (connectors: readonly SolutionConnectorFiles[]) => ({ 'S.zip': zipOfFiles(exportedSolution(connectors)) }),
  ],
] as const;

function place({ environment, url }: FakeCloud): readonly string[] {
  return ['-e', environment.id, '-u', url];
}

async function write(workspace: Workspace, files: Files): Promise<void> {
  for (const [name, content] of Object.entries(files)) await workspace.write(name, content);
}

describe.each(forms)('a solution that is %s', (_form, path, filesOf) => {
  test('is deployed: created, then up to date, then updated, without writing to it', async () => {
    await using cloud = await FakeCloud.start();
    await using workspace = await signedIn(cloud, { settings: null, files: filesOf([orders]) });
    const before = await workspace.listAll();
    const first = await runInProcess(workspace, 'deploy', path, ...place(cloud));
    const [connector] = cloud.connectors();
    expect(first).toMatchObject({
      exitCode: 0,
      stderr: expect.stringContaining(`${connector?.id} created successfully.`),
    });
    expect(first.stderr).toContain("A solution doesn't contain capabilities, publisher, stackOwner.");
    expect(connector).toMatchObject({ displayName: 'Orders' });

    const second = await runInProcess(workspace, 'deploy', path, ...place(cloud));
    expect(second).toMatchObject({
      exitCode: 0,
      stderr: `${connector?.id} is up to date.\nOrders · ${cloud.environment.id}\n`,
    });

    await write(workspace, filesOf([{ ...orders, definition: petStore({ title: 'Orders', description: 'Edited' }) }]));
    const third = await runInProcess(workspace, 'deploy', path, ...place(cloud), '-o', 'json');
    expect({ exitCode: third.exitCode, stderr: third.stderr }).toMatchObject({ exitCode: 0 });
    expect(JSON.parse(third.stdout)).toMatchObject({ result: 'updated', connectorId: connector?.id });
    expect(cloud.connector(connector?.id ?? '').description).toBe('Edited');
    expect(await workspace.listAll()).toEqual(before);
  });

  test('is created, updated, and compared', async () => {
    await using cloud = await FakeCloud.start();
    await using workspace = await signedIn(cloud, { settings: null, files: filesOf([orders]) });
    const before = await workspace.listAll();
    const created = await runInProcess(workspace, 'create', path, ...place(cloud), '-o', 'json');
    expect(created).toMatchObject({ exitCode: 0 });
    const [connector] = cloud.connectors();
    expect(JSON.parse(created.stdout)).toMatchObject({ connectorId: connector?.id });
    await write(workspace, filesOf([{ ...orders, definition: petStore({ title: 'Orders', description: 'Edited' }) }]));
    const diff = await runInProcess(workspace, 'diff', path, ...place(cloud));
    expect(diff).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('"Edited"') });
    expect(diff.stdout.match(/"/gu)).toHaveLength(4);
    const updated = await runInProcess(workspace, 'update', path, ...place(cloud));
    expect(updated).toMatchObject({
      exitCode: 0,
      stderr: expect.stringContaining("Solutions and environments don't store the last synced version."),
    });
    expect(cloud.connector(connector?.id ?? '').description).toBe('Edited');
    expect(await workspace.listAll()).toEqual(before);
  });

  test('is shown and converted to files without the service', async () => {
    await using workspace = await Workspace.create(undefined, { files: filesOf([orders]) });
    const shown = await runInProcess(workspace, 'show', path, '-o', 'json');
    expect(shown).toMatchObject({ exitCode: 0, stderr: '' });
    expect(JSON.parse(shown.stdout)).toMatchObject({
      connectorId: null,
      environment: null,
      name: 'Orders',
      hasScript: true,
      serviceUrl: 'https://pets.contoso.example/v1',
      operations: [{ operationId: 'GetPet' }],
      authentication: [{ kind: 'apiKey' }],
    });
    expect((await runInProcess(workspace, 'show', path)).stdout).toMatch(/Orders[^]*API key/u);
    const made = await runInProcess(workspace, 'init', 'pets', '--from', path);
    expect({ exitCode: made.exitCode, stderr: made.stderr }).toMatchObject({ exitCode: 0 });
    expect(await workspace.read('pets/apiDefinition.swagger.json')).toBe(orders.definition);
    expect(await workspace.list('pets')).toEqual([
      'apiDefinition.swagger.json',
      'apiProperties.json',
      'icon.png',
      'script.csx',
      'settings.json',
    ]);
    expect(await runInProcess(workspace, 'validate', 'pets', '--offline')).toMatchObject({ exitCode: 0 });
  });

  test.each([
    ['deploy', []],
    ['create', []],
    ['update', ['-c', 'x']],
  ])('%s reports errors where they are in its files', async (command, args) => {
    await using cloud = await FakeCloud.start();
    const wrong = { ...orders, definition: petStore({ title: 'Orders' }).replace('"2.0"', '"2"') };
    await using workspace = await signedIn(cloud, { settings: null, files: filesOf([wrong]) });
    const { exitCode, stderr } = await runInProcess(workspace, command, path, ...place(cloud), ...args);
    expect({ exitCode, stderr }).toMatchObject({ exitCode: 1 });
    expect(stderr).toMatch(/new_orders_openapidefinition\.json\n *2:14 *error/u);
    expect(cloud.connectors()).toEqual([]);
  });
});

describe('a solution with several connectors', () => {
  const files = { 'S.zip': zipOfFiles(exportedSolution([orders, shops])) };

  test('is deployed and updated as a whole, or one chosen connector', async () => {
    await using cloud = await FakeCloud.start();
    await using workspace = await signedIn(cloud, { settings: null, files });
    const names = (): readonly string[] => cloud.connectors().map(({ displayName }) => displayName);
    const one = await runInProcess(workspace, 'deploy', 'S.zip', '--solution-connector', 'new_shops', ...place(cloud));
    expect({ ...one, names: names() }).toMatchObject({ exitCode: 0, names: ['Shops'] });
    const all = await runInProcess(workspace, 'deploy', 'S.zip', ...place(cloud), '-o', 'json');
    expect(all.exitCode).toBe(0);
    expect(names()).toEqual(['Shops', 'Orders']);
    expect(JSON.parse(all.stdout)).toMatchObject({
      connectors: [
        { solution: 'S.zip', solutionConnector: 'new_orders', result: 'created' },
        { solution: 'S.zip', solutionConnector: 'new_shops', result: 'unchanged' },
      ],
    });
    expect(await runInProcess(workspace, 'update', 'S.zip', ...place(cloud))).toMatchObject({ exitCode: 0 });
  });

  test('is deployed together with connectors in folders', async () => {
    await using cloud = await FakeCloud.start();
    await using workspace = await signedIn(cloud, {
      settings: null,
      files: {
        ...below('all/src', unpackedSolution([orders, shops])),
        'all/pets/apiDefinition.swagger.json': petStore({ title: 'Pets' }),
        'all/pets/apiProperties.json': petStoreProperties,
      },
    });
    const deployed = await runInProcess(workspace, 'deploy', 'all', ...place(cloud));
    expect(deployed).toMatchObject({ exitCode: 0, stderr: expect.stringContaining('3 connectors: 3 created.') });
    const inIt = await runInProcessWith(workspace, ['deploy', ...place(cloud)], { directory: 'all/src' });
    expect(inIt).toMatchObject({ exitCode: 0, stderr: expect.stringContaining('2 connectors: 2 unchanged.') });
  });

  test.each([
    ['create', ['S.zip']],
    ['show', ['S.zip']],
    ['diff', ['S.zip', 'S.zip']],
    ['init', ['pets', '--from', 'S.zip']],
  ])('%s needs one of them', async (command, args) => {
    await using workspace = await Workspace.create(undefined, { files });
    expect(await runInProcess(workspace, command, ...args)).toEqual({
      exitCode: 2,
      stdout: '',
      stderr:
        'Error: S.zip has 2 connectors.\nChoose one with --solution-connector: Orders (new_orders), Shops (new_shops)\n',
    });
    const other = await runInProcess(workspace, command, ...args, '--solution-connector', 'Pets');
    expect(other).toEqual({
      exitCode: 2,
      stdout: '',
      stderr: "Error: No connector named 'Pets' in S.zip.\nConnectors: Orders (new_orders), Shops (new_shops)\n",
    });
    const near = await runInProcess(workspace, command, ...args, '--solution-connector', 'order');
    expect(near).toEqual({
      exitCode: 2,
      stdout: '',
      stderr: "Error: No connector named 'order' in S.zip.\nDid you mean Orders (new_orders)?\n",
    });
    if (command === 'create') return;
    expect(await runInProcess(workspace, command, ...args, '--solution-connector', 'Orders')).toMatchObject({
      exitCode: 0,
    });
  });
});

test('settings.json in the folder of a solution names the environment, and the ID of its only connector', async () => {
  await using cloud = await FakeCloud.start();
  const connector = cloud.addConnector({ apiDefinition: petStore(), displayName: 'Another name' });
  await using workspace = await signedIn(cloud, { settings: null, files: below('src', unpackedSolution([orders])) });
  const settings = JSON.stringify({ environment: cloud.environment.id, connectorId: connector.id, ...cloud.settings });
  await workspace.write('src/settings.json', settings);
  const { exitCode, stderr } = await runInProcess(workspace, 'deploy', 'src');
  expect({ exitCode, stderr }).toMatchObject({ exitCode: 0 });
  expect(cloud.connectors()).toHaveLength(1);
  expect(await workspace.read('src/settings.json')).toBe(settings);
  const here = await runInProcessWith(workspace, ['deploy'], { directory: 'src' });
  expect(here).toMatchObject({ exitCode: 0, stderr: expect.stringContaining('is unchanged') });

  await write(workspace, below('src', unpackedSolution([orders, shops])));
  expect(await runInProcess(workspace, 'deploy', 'src')).toMatchObject({ exitCode: 0 });
  // The two are created side by side, in either order.
  expect(
    cloud
      .connectors()
      .map(({ displayName }) => displayName)
      .toSorted(),
  ).toEqual(['Another name', 'Orders', 'Shops']);
});

test("a solution does not change members in the environment that it can't contain", async () => {
  await using cloud = await FakeCloud.start();
  const apiProperties = JSON.stringify({
    properties: {
      ...JSON.parse(petStoreProperties).properties,
      publisher: 'Contoso',
      stackOwner: 'Fabrikam',
      capabilities: ['blob'],
    },
  });
  const connector = cloud.addConnector({
    apiDefinition: petStore({ title: 'Orders' }),
    displayName: 'Orders',
    apiProperties,
  });
  const without = { name: 'new_orders', definition: petStore({ title: 'Orders' }), parameters, color: '#2a7f62' };
  await using workspace = await signedIn(cloud, {
    settings: null,
    files: { 'S.zip': zipOfFiles(exportedSolution([without])) },
  });
  const target = place(cloud);
  expect(await runInProcess(workspace, 'diff', 'S.zip', ...target)).toMatchObject({
    stderr: expect.stringContaining('No differences.'),
  });
  expect(await runInProcess(workspace, 'deploy', 'S.zip', ...target)).toMatchObject({
    stderr: expect.stringContaining('is up to date'),
  });
  for (const args of [['deploy', '--force'], ['update']]) {
    expect(await runInProcess(workspace, ...args, 'S.zip', ...target)).toMatchObject({ exitCode: 0 });
    const { stdout } = await runInProcess(workspace, 'show', '-c', connector.id, ...target, '-o', 'json');
    expect(JSON.parse(stdout)).toMatchObject({ publisher: 'Contoso', stackOwner: 'Fabrikam' });
  }
});

test('a ZIP file whose title several connectors have is deployed to the one that --connector names', async () => {
  await using cloud = await FakeCloud.start();
  const [one] = [cloud.addConnector({ displayName: 'Orders' }), cloud.addConnector({ displayName: 'Orders' })];
  const files = { 'S.zip': zipOfFiles(exportedSolution([orders])) };
  await using workspace = await signedIn(cloud, { settings: null, files });
  const { exitCode, stderr } = await runInProcess(workspace, 'deploy', 'S.zip', ...place(cloud));
  expect({ exitCode, stderr }).toEqual({
    exitCode: 2,
    stderr: expect.stringMatching(
      /2 connectors have the name 'Orders'\.\n[^]*by its ID:\n {2}--connector <connector>\n$/u,
    ),
  });
  const chosen = await runInProcess(
    workspace,
    'deploy',
    'S.zip',
    ...place(cloud),
    '--connector',
    one?.id ?? '',
    '--force',
  );
  expect(chosen).toMatchObject({ exitCode: 0 });
});

describe('options that do not fit a solution are refused', () => {
  test.each([
    ['deploy', ['S.zip', '-s', 'settings.json'], /--settings and a folder can't be used together/u],
    ['deploy', ['S.zip', '-d', 'a.json'], /options that name files/u],
    ['create', ['S.zip', '-d', 'a.json'], /options that name files/u],
    ['deploy', ['pets', '--solution-connector', 'Pets'], /--solution-connector chooses a connector of a solution/u],
    ['show', ['--solution-connector', 'Pets'], /--solution-connector chooses a connector of a solution/u],
    [
      'diff',
      ['pets', 'pets', '--solution-connector', 'Pets'],
      /--solution-connector chooses a connector of a solution/u,
    ],
    ['init', ['new', '--from', 'S.zip', '--host', 'a.example'], /can't be used with a solution/u],
    ['init', ['new', '--solution-connector', 'Pets'], /--solution-connector chooses a connector of a solution/u],
    ['show', ['S.zip', '--web'], /--web and a solution/u],
    ['pull', ['S.zip'], /requires connector files/u],
    ['deploy', ['missing.zip'], /Folder not found: missing\.zip/u],
  ])('%s %j', async (command, args, message) => {
    await using workspace = await Workspace.create(undefined, {
      files: {
        'S.zip': zipOfFiles(exportedSolution([orders])),
        'pets/apiDefinition.swagger.json': petStore(),
        'pets/apiProperties.json': petStoreProperties,
      },
    });
    const { exitCode, stderr } = await runInProcess(workspace, command, ...args);
    expect({ exitCode, stderr }).toEqual({ exitCode: 2, stderr: expect.stringMatching(message) });
  });
});
