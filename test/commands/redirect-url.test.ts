import { describe, expect, test } from 'vitest';
import { FakeCloud } from '../support/fake-cloud/fake-cloud.ts';
import { oAuthProperties } from '../support/oauth-properties.ts';
import { petStore, petStoreProperties } from '../support/pet-store.ts';
import { runInProcess } from '../support/run-in-process.ts';
import { signedIn } from '../support/signed-in.ts';
import type { Workspace } from '../support/workspace.ts';

/** What the service makes of it. */
function redirectUrl(id: string): string {
  return `https://global.consent.azure-apim.net/redirect/${id.replace('shared_', '')}`;
}

async function withFiles(cloud: FakeCloud, apiProperties: string): Promise<Workspace> {
  return await signedIn(cloud, {
    settings: null,
    files: { 'apiDefinition.swagger.json': petStore(), 'apiProperties.json': apiProperties },
  });
}

function files(cloud: FakeCloud): readonly string[] {
  const named = ['--api-def', 'apiDefinition.swagger.json', '--api-prop', 'apiProperties.json'];
  return [...named, '--env', cloud.environment.id, '-u', cloud.url];
}

function idIn(cloud: FakeCloud): string {
  const [connector] = cloud.connectors();
  return connector?.id ?? '';
}

describe.concurrent.each(['create', 'deploy'])('%s', (command) => {
  test('shows the redirect URL of the service, after its own line', async () => {
    await using cloud = await FakeCloud.start();
    await using workspace = await withFiles(cloud, oAuthProperties());
    const { exitCode, stderr } = await runInProcess(workspace, command, ...files(cloud), '--secret', 'x');
    expect(exitCode).toBe(0);
    const id = idIn(cloud);
    expect(stderr).toMatch(
      new RegExp(
        `^${id} created successfully\\.\n${command === 'deploy' ? '.+ · .+\n' : ''}Redirect URL: ${redirectUrl(id).replaceAll('.', '\\.')}\n$`,
        'mu',
      ),
    );
  });

  test('shows it for each connection parameter set with OAuth, also as data', async () => {
    await using cloud = await FakeCloud.start();
    const sets = oAuthProperties({ sets: ['Entra ID', 'Contoso'] });
    const withKey = sets.replace('"values": [', '"values": [{ "name": "Key", "parameters": {} },');
    await using workspace = await withFiles(cloud, withKey);
    const secrets = ['--secret', 'Entra ID=x', '--secret', 'Contoso=y'];
    const { stdout, stderr } = await runInProcess(workspace, command, ...files(cloud), ...secrets, '-o', 'json');
    const url = redirectUrl(idIn(cloud));
    expect(stderr.match(/^Redirect URL.*$/gmu)).toEqual([
      `Redirect URL of Entra ID: ${url}`,
      `Redirect URL of Contoso: ${url}`,
    ]);
    expect(JSON.parse(stdout)).toMatchObject({
      redirectUrls: [
        { set: 'Entra ID', url },
        { set: 'Contoso', url },
      ],
    });
  });

  test('shows none for a connector without OAuth', async () => {
    await using cloud = await FakeCloud.start();
    await using workspace = await withFiles(cloud, petStoreProperties);
    const { stdout, stderr } = await runInProcess(workspace, command, ...files(cloud), '-o', 'json');
    expect(stderr).not.toContain('Redirect');
    expect(JSON.parse(stdout)).toMatchObject({ redirectUrls: [] });
  });
});

test('redirect URLs are never written to files, neither by download nor by pull', async () => {
  await using cloud = await FakeCloud.start();
  const testing = cloud.addEnvironment({ displayName: 'Contoso Test' });
  const withOwn = oAuthProperties().replace(
    '"clientId"',
    '"redirectMode": "Global", "redirectUrl": "https://global.consent.azure-apim.net/redirect", "clientId"',
  );
  await using workspace = await signedIn(cloud, { apiDefinition: petStore(), apiProperties: withOwn });
  const inTest = ['.', '-e', 'Contoso Test'];
  for (const place of [['.'], inTest]) {
    expect(await runInProcess(workspace, 'deploy', '--secret', 'x', ...place)).toMatchObject({ exitCode: 0 });
  }
  const settings = await workspace.read('settings.json');
  const named = ['-c', 'Pet Store'];
  expect((await runInProcess(workspace, 'download', ...inTest, ...named, '-w')).exitCode).toBe(0);
  expect(JSON.parse(await workspace.read('apiProperties.json'))).toMatchObject(JSON.parse(withOwn));
  await workspace.write('settings.json', settings);
  for (const place of [['.'], inTest]) {
    expect((await runInProcess(workspace, 'deploy', ...place)).stderr).toMatch(/ is up to date\.\n.+ · .+\n$/u);
    expect((await runInProcess(workspace, 'diff', ...place)).stderr).toContain('No differences.');
  }

  const [there] = cloud.connectors(testing.id);
  const sets = oAuthProperties({ sets: ['Contoso'] }).replace(
    '"clientId"',
    `"redirectMode": "GlobalPerConnector", "redirectUrl": "${redirectUrl(there?.id ?? '')}", "clientId"`,
  );
  cloud.edit(there?.id ?? '', { apiProperties: sets });
  expect((await runInProcess(workspace, 'pull', ...inTest)).stderr).toContain('Merged from the environment');
  const pulled = await workspace.read('apiProperties.json');
  expect(pulled).toContain('"Contoso"');
  expect(pulled).not.toContain('/redirect/');
});

test('deploy shows it after an update, not if nothing was sent; show always shows it', async () => {
  await using cloud = await FakeCloud.start();
  await using workspace = await withFiles(cloud, oAuthProperties());
  await runInProcess(workspace, 'deploy', ...files(cloud), '--secret', 'x');
  const line = `Redirect URL: ${redirectUrl(idIn(cloud))}\n`;
  expect((await runInProcess(workspace, 'deploy')).stderr).toMatch(/ is up to date\.\n.+ · .+\n$/u);
  await workspace.write('apiDefinition.swagger.json', petStore({ description: 'New' }));
  expect((await runInProcess(workspace, 'deploy')).stderr).toContain(`\n${line}`);
  expect((await runInProcess(workspace, 'show')).stdout).toMatch(
    new RegExp(`^Redirect URL {2,}${redirectUrl(idIn(cloud)).replaceAll('.', '\\.')}$`, 'mu'),
  );
  const { stdout } = await runInProcess(workspace, 'show', '--query', 'authentication[].redirectUrl', '-o', 'tsv');
  expect(stdout).toBe(`${redirectUrl(idIn(cloud))}\n`);
});
