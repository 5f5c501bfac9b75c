import { rm } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { FakeCloud } from '../support/fake-cloud/fake-cloud.ts';
import { petIcon, petScript, petStore, petStoreProperties } from '../support/pet-store.ts';
import { runInProcess, runInProcessWith } from '../support/run-in-process.ts';
import { signedIn } from '../support/signed-in.ts';
import { Workspace, type WorkspaceFiles } from '../support/workspace.ts';

const definition = 'apiDefinition.swagger.json';
const properties = 'apiProperties.json';
const faulty = petStore().replace('"2.0"', '"2"');

/** Runs validate on the files, without the service. */
async function validate(files: WorkspaceFiles['files'], ...args: readonly string[]) {
  await using workspace = await Workspace.create(undefined, { files: files ?? {} });
  return await runInProcess(workspace, 'validate', '--offline', ...args);
}

const pets = { [`pets/${definition}`]: petStore(), [`pets/${properties}`]: petStoreProperties };
const petsAreValid = { exitCode: 0, stdout: '', stderr: `pets/${definition} validated successfully.\n` };

describe('a connector is found by its own files', () => {
  const schema = JSON.stringify({
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    properties: { swagger: { const: '2.0' }, paths: {}, properties: { properties: { iconBrandColor: {} } } },
  });
  test.each([
    ['package-lock.json', '{ "packages": { "": { "dependencies": { "openapi": "^1.0.0" } } } }'],
    ['tsconfig.json', '{ "compilerOptions": { "paths": { "@app/*": ["src/*"] } } }'],
    ['routes.json', '{ "paths": { "/pets": "pets.html" } }'],
    ['site.json', '{ "info": {}, "paths": {} }'],
    ['my-definitions.json', '{ "definitions": {} }'],
    ['routes.json', '{ "info": "Pages", "pages": [{ "paths": ["/pets"] }] }'],
    ['openapitools.json', '{ "generator-cli": { "version": "7.0.0" } }'],
    ['swagger.schema.json', schema],
    ['apiProperties.schema.json', schema],
    ['properties.json', '{ "color": "#ffffff" }'],
    ['config.json', '{ "swagger": true, "paths": { "src": "x" } }'],
    ['config.json', '{ "swagger": "./api.yaml", "paths": ["x"] }'],
    ['config.json', '{ "swagger": "2", "x": { "paths": {} } }'],
    ['config.json', '{ "info": "x", "swagger": { "paths": {} } }'],
    ['nest.json', '{ "openapi": "dist/api.json", "paths": { "src": "x" }, "info": "Build" }'],
    ['docs.json', '{ "openapi": ["a.json"], "info": { "title": "Docs" } }'],
    ['versions.json', '{ "swagger": "^4.1.2", "openapi": "12.1.0" }'],
    ['notes.json', '["swagger", { "swagger": "2.0" }]'],
  ])('and not by %s: %s', async (name, content) => {
    expect(await validate({ ...pets, [name]: content }, '.')).toEqual(petsAreValid);
  });

  test.each([
    ['orders.json', '{ "info": { "x": "}" }, "paths": {}, "swagger": '],
    ['orders.json', '{ "info": {}, "swagger": "2.0" }'],
    ['orders.json', '{ "swagger": "2", "paths": {} }'],
    ['orders.json', '{ "swagger": 2.0 }'],
    ['orders.json', '{ "swagger": "", "info": {} }'],
    ['orders.json', '{ "swagger": true, "info": {}, "paths": {} }'],
    ['orders.json', '{ "openapi": "3.0.1" }'],
    ['orders.swagger.json', '{'],
    ['orders.swagger.json', '{ "host": "contoso.example" }'],
    ['orders.swagger.json', '{ "$schema": "https://json-schema.org/draft/2020-12/schema", "swagger": "2.0" }'],
  ])('such as %s: %s', async (name, content) => {
    const { stderr } = await validate({ [name]: content }, '.');
    expect(stderr).toContain(`${name} has errors.`);
  });

  test.each(['Pets_OpenApiDefinition.json', 'pets.swagger.json', 'swagger.json', 'apiDefinition.json'])(
    'such as API properties next to %s',
    async (name) => {
      const files = { [`pets/${name}`]: petStore(), [`pets/${properties}`]: '{ "properties": {} ,}' };
      const { exitCode, stdout } = await validate(files, 'pets');
      expect(exitCode).toBe(1);
      expect(stdout).toContain('json-trailing-comma');
    },
  );

  test('and the name decides which of several API definitions is checked', async () => {
    const names = ['new_pets_openapidefinition.json', 'apiDefinition.json', 'swagger.json', 'pets.swagger.json'];
    const checked: string[] = [];
    for (let count = 2; count <= names.length; count += 1) {
      const files = Object.fromEntries(names.slice(0, count).map((name) => [name, petStore()]));
      const { stdout } = await validate({ ...files, [properties]: petStoreProperties }, '.');
      checked.push(/Several files can be the API definition: (\S+), /u.exec(stdout)?.[1] ?? stdout);
    }
    expect(checked).toEqual(names.slice(1));
  });

  test('and a picture with another name is not an icon', async () => {
    const files = { [definition]: petStore(), [properties]: petStoreProperties, 'how-to.png': 'no picture' };
    const { exitCode, stdout } = await validate(
      files,
      '--certification',
      '--publisher',
      'verified',
      '--format',
      'json',
    );
    expect(exitCode).toBe(1);
    expect(stdout).toContain('icon-missing');
    expect(stdout).not.toContain('how-to.png');
    const named = { ...files, 'settings.json': JSON.stringify({ apiDefinition: definition, icon: 'how-to.png' }) };
    expect((await validate(named, '--format', 'json')).stdout).toContain('how-to.png');
  });

  test('and one script with any name', async () => {
    const files = { [definition]: petStore(), [properties]: petStoreProperties, 'code.csx': 'class' };
    expect((await validate(files)).stdout).toContain('code.csx');
  });
});

/** A folder whose settings name files below it, in which there are settings of another connector. */
async function filesBelow(cloud: FakeCloud) {
  const own = cloud.addConnector({ displayName: 'Own' });
  const other = cloud.addConnector({ displayName: 'Other' });
  const settings = (connector: typeof own, prefix: string): string =>
    JSON.stringify({
      connectorId: connector.id,
      environment: connector.environment,
      apiDefinition: `${prefix}${definition}`,
      apiProperties: `${prefix}${properties}`,
      powerAppsUrl: cloud.url,
      flowUrl: cloud.url,
    });
  const files = {
    'shop/settings.json': settings(own, 'files/'),
    'shop/files/settings.json': settings(other, ''),
    [`shop/files/${definition}`]: petStore({ description: 'Below' }),
    [`shop/files/${properties}`]: petStoreProperties,
  };
  return { own, other, workspace: await signedIn(cloud, { settings: null, files }) };
}

describe.concurrent('settings.json tells which files are meant', () => {
  test.each([['update'], ['deploy']])(
    '%s sends files below the folder to the connector of the folder',
    async (command) => {
      await using cloud = await FakeCloud.start();
      const { own, other, workspace } = await filesBelow(cloud);
      await using _ = workspace;
      const before = cloud.connector(other.id).apiDefinition;
      expect(await runInProcess(workspace, command, 'shop')).toMatchObject({ exitCode: 0 });
      expect(cloud.connector(own.id).apiDefinition).toContain('"Below"');
      expect(cloud.connector(other.id).apiDefinition).toBe(before);
    },
  );

  test('pull and diff compare them with the connector of the folder', async () => {
    await using cloud = await FakeCloud.start();
    const { own, workspace } = await filesBelow(cloud);
    await using _ = workspace;
    const diff = await runInProcess(workspace, 'diff', 'shop');
    expect(diff).toMatchObject({ exitCode: 0 });
    expect(diff.stdout).toContain('"Below"');
    expect(await runInProcess(workspace, 'pull', 'shop', '--theirs')).toMatchObject({ exitCode: 0 });
    expect(await workspace.readJson(`shop/files/${definition}`)).toEqual(
      JSON.parse(cloud.connector(own.id).apiDefinition ?? ''),
    );
  });

  test('validate checks them, in the folder and from outside', async () => {
    await using cloud = await FakeCloud.start();
    const { workspace } = await filesBelow(cloud);
    await using _ = workspace;
    expect(await runInProcess(workspace, 'validate', 'shop', '--offline')).toMatchObject({
      exitCode: 0,
      stderr: `shop/files/${definition} validated successfully.\n`,
    });
    expect(await runInProcessWith(workspace, ['validate', '--offline'], { directory: 'shop' })).toMatchObject({
      exitCode: 0,
      stderr: `files/${definition} validated successfully.\n`,
    });
  });

  test('the checked file is the one that the result names', async () => {
    const files = {
      'broken.json': '{ "swagger": ',
      'good.json': petStore(),
      [properties]: petStoreProperties,
      'settings.json': JSON.stringify({ apiDefinition: 'good.json', apiProperties: properties }),
    };
    expect(await validate(files)).toMatchObject({ exitCode: 0, stderr: 'good.json validated successfully.\n' });
  });

  test('files that it names in other folders are not a second connector', async () => {
    const settings = JSON.stringify({
      apiDefinition: `../files/${definition}`,
      apiProperties: `../files/${properties}`,
    });
    const files = {
      'files/settings.txt': '',
      [`files/${definition}`]: faulty,
      [`files/${properties}`]: petStoreProperties,
      'test/settings.json': settings,
      [`other/${definition}`]: petStore(),
      [`other/${properties}`]: petStoreProperties,
    };
    const { stdout } = await validate(files, '.', '--format', 'json');
    expect(JSON.parse(stdout)).toMatchObject({
      summary: { connectors: 2, errors: 1 },
      findings: [{ file: `files/${definition}` }],
    });
  });

  test('and files that it does not name are found in its folder, except icon and script', async () => {
    const files = {
      [`pets/files/${definition}`]: petStore(),
      [`pets/${properties}`]: petStoreProperties,
      'pets/icon.png': petIcon(),
      'pets/settings.json': JSON.stringify({ apiDefinition: `files/${definition}`, apiProperties: '' }),
    };
    const { stdout } = await validate(files, 'pets', '--format', 'json');
    expect(JSON.parse(stdout)).toMatchObject({ summary: { connectors: 1, files: 3, errors: 0 } });
  });

  test('unless it names no file or is not JSON', async () => {
    for (const content of ['{ "apiDefinition": null, "icon": "x.png" }', '{ "environment": "Test" }', '[', '"x"']) {
      expect(await validate({ ...pets, 'settings.json': content }, '.')).toEqual(petsAreValid);
    }
  });
});

describe.concurrent('what settings.json in a folder leaves open is found there', () => {
  const files = {
    [definition]: petStore(),
    [properties]: petStoreProperties,
    'icon.png': petIcon('mine'),
    'script.csx': petScript('mine'),
  };

  async function folder(cloud: FakeCloud, settings: Readonly<Record<string, unknown>>) {
    return await signedIn(cloud, { settings, files });
  }

  test('all files, if it names none: deploy uses them to create and compare', async () => {
    await using cloud = await FakeCloud.start();
    await using workspace = await folder(cloud, { environment: cloud.environment.id });
    expect(await runInProcess(workspace, 'deploy', '.')).toMatchObject({ exitCode: 0 });
    const [connector] = cloud.connectors();
    expect(connector).toMatchObject({ script: petScript('mine') });
    expect(await runInProcess(workspace, 'deploy')).toMatchObject({
      exitCode: 0,
      stderr: expect.stringContaining('is up to date'),
    });
    expect(await runInProcess(workspace, 'diff', '--exit-code')).toMatchObject({ exitCode: 0 });
  });

  test('and files that pull adds need no entry in it', async () => {
    await using cloud = await FakeCloud.start();
    const connector = cloud.addConnector({ script: null, icon: petIcon('mine') });
    await using workspace = await folder(cloud, { environment: cloud.environment.id, connectorId: connector.id });
    await rm(workspace.path('script.csx'));
    expect(await runInProcess(workspace, 'pull', '--theirs')).toMatchObject({ exitCode: 0 });
    const before = await workspace.read('settings.json');
    cloud.edit(connector.id, { script: petScript('theirs') });
    expect(await runInProcess(workspace, 'pull')).toMatchObject({ exitCode: 0 });
    expect(await workspace.read('script.csx')).toBe(petScript('theirs'));
    expect(await workspace.read('settings.json')).toBe(before);
    expect(await runInProcess(workspace, 'diff', '--exit-code')).toMatchObject({ exitCode: 0 });
  });

  test('the API properties, where it names the definition, but no icon or script', async () => {
    await using cloud = await FakeCloud.start();
    const connector = cloud.addConnector({ script: petScript() });
    await using workspace = await folder(cloud, {
      environment: cloud.environment.id,
      connectorId: connector.id,
      apiDefinition: definition,
    });
    expect(await runInProcess(workspace, 'update')).toMatchObject({
      exitCode: 4,
      stderr: expect.stringContaining('this update would remove it'),
    });
    expect(await runInProcess(workspace, 'update', '--remove-script')).toMatchObject({ exitCode: 0 });
    expect(cloud.connector(connector.id).icon).toEqual(connector.icon);
  });

  test('and nothing with -s, as in the Python tool', async () => {
    await using cloud = await FakeCloud.start();
    await using workspace = await folder(cloud, { environment: cloud.environment.id });
    expect(await runInProcess(workspace, 'create', '-s', 'settings.json', '--overwrite-settings')).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining('API Properties must be specified.'),
    });
  });
});
