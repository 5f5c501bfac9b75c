import { expect, test } from 'vitest';
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
