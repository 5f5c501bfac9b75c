import { rm } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { FakeCloud } from '../support/fake-cloud/fake-cloud.ts';
import { petStore } from '../support/pet-store.ts';
import { runInProcess, runInProcessWith } from '../support/run-in-process.ts';
import { signedIn } from '../support/signed-in.ts';
import type { Workspace } from '../support/workspace.ts';

const variable = (name: string): string => `@environmentVariables("${name}")`;

const parameter = (name: string): object => ({ value: variable(name) });

function properties(secret: string | undefined = variable('cr_Secret')): string {
  const customParameters = {
    authorizationUrl: parameter('cr_Authorize'),
    tokenUrl: parameter('cr_Token'),
    refreshUrl: parameter('cr_Refresh'),
  };
  const oAuthSettings = {
    identityProvider: 'oauth2',
    clientId: variable('cr_ClientId'),
    clientSecret: secret,
    scopes: [],
    redirectMode: 'GlobalPerConnector',
    customParameters,
  };
  const token = { type: 'oauthSetting', oAuthSettings };
  return JSON.stringify({ properties: { connectionParameters: { token }, iconBrandColor: '#2a7f62' } }, undefined, 2);
}

const apiDefinition = petStore()
  .replace(/"host": "[^"]*"/u, `"host": ${JSON.stringify(variable('cr_Host'))}`)
  .replace(/"basePath": "[^"]*"/u, `"basePath": ${JSON.stringify(`/${variable('cr_Path')}`)}`);

const files = { 'apiProperties.json': properties(), 'apiDefinition.swagger.json': apiDefinition };

const place = 'connectionParameters/token';

/** A connector made by `deploy` of files with expressions everywhere. */
async function deployed(cloud: FakeCloud): Promise<Workspace> {
  const { environment } = cloud.addConnector({ displayName: 'Other' });
  const workspace = await signedIn(cloud, { settings: null, files });
  await workspace.write(
    'settings.json',
    JSON.stringify({
      environment,
      apiDefinition: 'apiDefinition.swagger.json',
      apiProperties: 'apiProperties.json',
      powerAppsUrl: cloud.url,
      flowUrl: cloud.url,
    }),
  );
  const result = await runInProcess(workspace, 'deploy');
  expect(result).toMatchObject({ exitCode: 0, stderr: expect.not.stringMatching(/Warning|warning|something else/u) });
  return workspace;
}

test('expressions are sent as they are written, and a reference is secret enough', async () => {
  await using cloud = await FakeCloud.start();
  await using workspace = await deployed(cloud);
  const connector = cloud.connectors().at(-1);
  expect(connector?.clientSecrets).toEqual({ [place]: variable('cr_Secret') });
  expect(connector?.serviceUrl).toBe(`https://${variable('cr_Host')}/${variable('cr_Path')}`);
  expect(connector?.apiDefinition).toBe(apiDefinition.trimEnd());
  expect(await workspace.read('apiProperties.json')).toBe(properties());
  const show = await runInProcess(workspace, 'show', '-o', 'json');
  expect(JSON.parse(show.stdout)).toMatchObject({ host: variable('cr_Host'), serviceUrl: connector?.serviceUrl });
});

test('what is deployed is up to date, with and without a base, and nothing is pulled or different', async () => {
  await using cloud = await FakeCloud.start();
  await using workspace = await deployed(cloud);
  await using clone = await signedIn(cloud, { settings: null, files });
  await clone.write('settings.json', await workspace.read('settings.json'));
  for (const folder of [workspace, clone]) {
    const before = await folder.read('apiProperties.json');
    expect(await runInProcess(folder, 'deploy')).toMatchObject({
      exitCode: 0,
      stderr: expect.stringMatching(/ is up to date\.\n.+ · .+\n$/u),
    });
    expect(await runInProcess(folder, 'diff', '--exit-code')).toMatchObject({ exitCode: 0 });
    expect(await runInProcess(folder, 'pull')).toMatchObject({ exitCode: 0 });
    expect(await folder.read('apiProperties.json')).toBe(before);
  }
});

test('another reference is another connector: it is sent, shown by diff, and no conflict', async () => {
  await using cloud = await FakeCloud.start();
  await using workspace = await deployed(cloud);
  await workspace.write('apiProperties.json', properties(variable('cr_Other')));
  const diff = await runInProcess(workspace, 'diff', 'base');
  expect(diff.stdout).toContain(`${JSON.stringify(variable('cr_Secret'))} → ${JSON.stringify(variable('cr_Other'))}`);
  const dryRun = await runInProcess(workspace, 'deploy', '--dry-run');
  expect(dryRun.stdout).toContain(JSON.stringify(variable('cr_Other')));
  expect(await runInProcess(workspace, 'deploy')).toMatchObject({
    exitCode: 0,
    stderr: expect.stringMatching(/ updated successfully\.\n/u),
  });
  expect(cloud.connectors().at(-1)?.clientSecrets).toEqual({ [place]: variable('cr_Other') });
  expect(await runInProcess(workspace, 'deploy')).toMatchObject({ stderr: expect.stringContaining('is up to date') });
});

/** The connector made with a secret that is not in the files, which then get a reference to one. */
async function movedToReference(cloud: FakeCloud): Promise<Workspace> {
  const { environment } = cloud.addConnector({ displayName: 'Other' });
  const workspace = await signedIn(cloud, {
    settings: null,
    files: { ...files, 'apiProperties.json': properties('') },
  });
  const names = { apiDefinition: 'apiDefinition.swagger.json', apiProperties: 'apiProperties.json' };
  const urls = { powerAppsUrl: cloud.url, flowUrl: cloud.url };
  await workspace.write('settings.json', JSON.stringify({ environment, ...names, ...urls }));
  expect(await runInProcess(workspace, 'deploy', '--secret', 'plain one')).toMatchObject({ exitCode: 0 });
  expect(cloud.connectors().at(-1)?.clientSecrets).toEqual({ [place]: 'plain one' });
  await workspace.write('apiProperties.json', properties());
  return workspace;
}

const isAdded = expect.stringContaining(JSON.stringify(variable('cr_Secret')));

describe('a reference that replaces a secret', () => {
  test('is a difference to the environment and to the base, and deploy sends it', async () => {
    await using cloud = await FakeCloud.start();
    await using workspace = await movedToReference(cloud);
    for (const command of [['diff'], ['diff', 'base', 'local'], ['deploy', '--dry-run'], ['update', '--dry-run']]) {
      expect(await runInProcess(workspace, ...command)).toMatchObject({ exitCode: 0, stdout: isAdded });
    }
    const updated = { exitCode: 0, stderr: expect.stringMatching(/ updated successfully\.\n/u) };
    expect(await runInProcess(workspace, 'deploy')).toMatchObject(updated);
    expect(cloud.connectors().at(-1)?.clientSecrets).toEqual({ [place]: variable('cr_Secret') });
    expect(await runInProcess(workspace, 'diff', '--exit-code')).toMatchObject({ exitCode: 0, stdout: '' });
    await workspace.write('apiProperties.json', properties(variable('cr_Other')));
    expect(await runInProcess(workspace, 'deploy')).toMatchObject(updated);
    expect(cloud.connectors().at(-1)?.clientSecrets).toEqual({ [place]: variable('cr_Other') });
    expect(await runInProcess(workspace, 'deploy')).toMatchObject({ stderr: expect.stringContaining('is up to date') });
  });

  test.each([
    ['their changes', '"Theirs"', []],
    ['their changes, where the content of the base was not committed', '"Theirs"', ['paconn.base']],
    ['a save that changes nothing', '"Get a pet"', []],
  ])('is sent after others saved the connector and a pull: %s', async (_what, theirs, lost) => {
    await using cloud = await FakeCloud.start();
    await using workspace = await movedToReference(cloud);
    const connector = cloud.connectors().at(-1);
    cloud.edit(connector?.id ?? '', { apiDefinition: apiDefinition.replace('"Get a pet"', theirs) });
    for (const name of lost) await rm(workspace.path(name), { recursive: true });
    expect(await runInProcess(workspace, 'pull')).toMatchObject({ exitCode: 0 });
    expect(await workspace.read('apiProperties.json')).toBe(properties());
    expect(await runInProcess(workspace, 'diff')).toMatchObject({ stdout: isAdded });
    expect(await runInProcess(workspace, 'deploy')).toMatchObject({ exitCode: 0 });
    expect(connector?.clientSecrets).toEqual({ [place]: variable('cr_Secret') });
  });

  test('is sent after others saved the connector without a change, and so is another one', async () => {
    await using cloud = await FakeCloud.start();
    await using workspace = await movedToReference(cloud);
    const connector = cloud.connectors().at(-1);
    for (const name of ['cr_Secret', 'cr_Other']) {
      await workspace.write('apiProperties.json', properties(variable(name)));
      cloud.edit(connector?.id ?? '', {});
      expect(await runInProcess(workspace, 'diff')).toMatchObject({ stdout: expect.stringContaining(name) });
      expect(await runInProcess(workspace, 'deploy')).toMatchObject({ exitCode: 0 });
      expect(connector?.clientSecrets).toEqual({ [place]: variable(name) });
    }
  });
});

async function secretIn(workspace: Workspace): Promise<unknown> {
  const { properties: written } = JSON.parse(await workspace.read('apiProperties.json'));
  return written.connectionParameters.token.oAuthSettings.clientSecret;
}

describe('a download keeps the reference that the files have', () => {
  test.each([
    ['of the same connector', ['.', '-w']],
    ['of all connectors', ['--all', '-d', '..']],
  ])('%s, and it is no difference then', async (_what, options) => {
    await using cloud = await FakeCloud.start();
    await using workspace = await deployed(cloud);
    const connector = cloud.connectors().at(-1);
    cloud.edit(connector?.id ?? '', { apiDefinition: apiDefinition.replace('"Get a pet"', '"Theirs"') });
    const where = ['-e', cloud.environment.id, '-u', cloud.url];
    expect(await runInProcess(workspace, 'download', ...options, ...where)).toMatchObject({ exitCode: 0 });
    expect(await workspace.read('apiDefinition.swagger.json')).toContain('"Theirs"');
    expect(await secretIn(workspace)).toBe(variable('cr_Secret'));
    expect(await runInProcess(workspace, 'diff', '--exit-code')).toMatchObject({ exitCode: 0, stdout: '' });
    expect(await runInProcess(workspace, 'deploy')).toMatchObject({ stderr: expect.stringContaining('is up to date') });
    await workspace.write('apiProperties.json', properties(variable('cr_Other')));
    expect(await runInProcess(workspace, 'deploy')).toMatchObject({ exitCode: 0 });
    expect(connector?.clientSecrets).toEqual({ [place]: variable('cr_Other') });
  });

  test('also one that was never sent, which the next deploy sends', async () => {
    await using cloud = await FakeCloud.start();
    await using workspace = await movedToReference(cloud);
    expect(await runInProcess(workspace, 'download', '.', '-w')).toMatchObject({ exitCode: 0 });
    expect(await secretIn(workspace)).toBe(variable('cr_Secret'));
    expect(await runInProcess(workspace, 'deploy')).toMatchObject({ exitCode: 0 });
    expect(cloud.connectors().at(-1)?.clientSecrets).toEqual({ [place]: variable('cr_Secret') });
  });

  test('also where the file is gone, or none any more', async () => {
    await using cloud = await FakeCloud.start();
    await using workspace = await deployed(cloud);
    await rm(workspace.path('apiProperties.json'));
    expect(await runInProcess(workspace, 'download', '.', '-w')).toMatchObject({ exitCode: 0 });
    expect(await secretIn(workspace)).toBe(variable('cr_Secret'));
    await workspace.write('apiProperties.json', '<<<<<<<');
    expect(await runInProcess(workspace, 'download', '.', '-w')).toMatchObject({ exitCode: 0 });
    expect(await secretIn(workspace)).toBe(variable('cr_Secret'));
  });

  test('but gets the one that was sent in place of another one, of which it saves a backup', async () => {
    await using cloud = await FakeCloud.start();
    await using workspace = await deployed(cloud);
    await workspace.write('apiProperties.json', properties(variable('cr_Other')));
    expect(await runInProcess(workspace, 'download', '.', '-w')).toMatchObject({
      exitCode: 0,
      stderr: expect.stringContaining('Backup of your local files saved: '),
    });
    expect(await secretIn(workspace)).toBe(variable('cr_Secret'));
    expect(await runInProcess(workspace, 'deploy')).toMatchObject({ stderr: expect.stringContaining('is up to date') });
  });
});

test('restore latest brings the reference of a backup back, and shows that', async () => {
  await using cloud = await FakeCloud.start();
  await using workspace = await deployed(cloud);
  await workspace.write('apiProperties.json', properties(variable('cr_Other')));
  expect(await runInProcess(workspace, 'deploy')).toMatchObject({ exitCode: 0 });
  expect(await runInProcess(workspace, 'restore', 'latest', '--dry-run')).toMatchObject({
    exitCode: 0,
    stdout: expect.stringMatching(/: 1 change\n[^]+cr_Other.+→\s+.+cr_Secret/u),
    stderr: expect.not.stringContaining('No backup'),
  });
  expect(await runInProcess(workspace, 'restore', 'latest', '--yes')).toMatchObject({ exitCode: 0 });
  expect(cloud.connectors().at(-1)?.clientSecrets).toEqual({ [place]: variable('cr_Secret') });
});

test('a backup of what others have changed has the reference that was sent', async () => {
  await using cloud = await FakeCloud.start();
  await using workspace = await deployed(cloud);
  const connector = cloud.connectors().at(-1);
  cloud.edit(connector?.id ?? '', { apiDefinition: apiDefinition.replace('"Get a pet"', '"Theirs"') });
  expect(await runInProcess(workspace, 'deploy', '--force')).toMatchObject({ exitCode: 0 });
  expect(await runInProcess(workspace, 'restore', 'latest', '--dry-run')).toMatchObject({
    exitCode: 0,
    stdout: expect.not.stringContaining('clientSecret'),
  });
  expect(await runInProcess(workspace, 'restore', 'latest', '--yes')).toMatchObject({ exitCode: 0 });
  expect(connector?.apiDefinition).toContain('"Theirs"');
  expect(connector?.clientSecrets).toEqual({ [place]: variable('cr_Secret') });
});

test('another reference is sent also after a pull of what others have changed', async () => {
  await using cloud = await FakeCloud.start();
  await using workspace = await deployed(cloud);
  const connector = cloud.connectors().at(-1);
  cloud.edit(connector?.id ?? '', { apiDefinition: apiDefinition.replace('"Get a pet"', '"Theirs"') });
  expect(await runInProcess(workspace, 'pull')).toMatchObject({ exitCode: 0 });
  expect(await workspace.read('apiProperties.json')).toBe(properties());
  await workspace.write('apiProperties.json', properties(variable('cr_Other')));
  expect(await runInProcess(workspace, 'deploy')).toMatchObject({
    exitCode: 0,
    stderr: expect.stringMatching(/ updated successfully\.\n/u),
  });
  expect(connector?.clientSecrets).toEqual({ [place]: variable('cr_Other') });
});

test('what others have changed is a conflict, and the reference no part of it', async () => {
  await using cloud = await FakeCloud.start();
  await using workspace = await deployed(cloud);
  const connector = cloud.connectors().at(-1);
  cloud.edit(connector?.id ?? '', { apiDefinition: apiDefinition.replace('"Get a pet"', '"Theirs"') });
  const mine = apiDefinition.replace('"Get a pet"', '"Mine"');
  await workspace.write('apiDefinition.swagger.json', mine);
  await workspace.write('apiProperties.json', properties(variable('cr_Other')));
  expect(await runInProcess(workspace, 'deploy')).toMatchObject({
    exitCode: 4,
    stderr: expect.stringMatching(/: API definition\. Nothing was updated\./u),
  });
});

test('a reference never reaches the base as a secret does not, and a secret beside the file is still none of it', async () => {
  await using cloud = await FakeCloud.start();
  await using workspace = await deployed(cloud);
  const variables = { PACONN_CLIENT_SECRET: 'hunter2hunter2' };
  expect(await runInProcessWith(workspace, ['deploy'], { variables })).toMatchObject({ exitCode: 0 });
  expect(cloud.connectors().at(-1)?.clientSecrets).toEqual({ [place]: 'hunter2hunter2' });
  const base = await runInProcess(workspace, 'diff', 'base', '--text');
  expect(base.stdout + base.stderr).not.toContain('hunter2hunter2');
});

test('deploy --force sends what is up to date again, as after a change of an environment variable', async () => {
  await using cloud = await FakeCloud.start();
  await using workspace = await deployed(cloud);
  cloud.forgetRequests();
  expect(await runInProcess(workspace, 'deploy', '--force')).toMatchObject({
    exitCode: 0,
    stderr: expect.stringMatching(/ updated successfully\.\n/u),
  });
  expect(cloud.requests.filter(({ method }) => method === 'PATCH')).toHaveLength(1);
});

test('a download has the expressions to the letter', async () => {
  await using cloud = await FakeCloud.start();
  await using workspace = await deployed(cloud);
  const download = ['download', '-s', 'settings.json', '-d', 'copy'];
  expect(await runInProcess(workspace, ...download)).toMatchObject({ exitCode: 0 });
  expect(JSON.parse(await workspace.read('copy/apiDefinition.swagger.json'))).toEqual(JSON.parse(apiDefinition));
  const { oAuthSettings } = JSON.parse(properties()).properties.connectionParameters.token;
  const { clientSecret: _, ...kept } = oAuthSettings;
  expect(await workspace.readJson('copy/apiProperties.json')).toMatchObject({
    properties: { connectionParameters: { token: { oAuthSettings: kept } } },
  });
});
