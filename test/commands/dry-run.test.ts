import { describe, expect, test } from 'vitest';
import { FakeCloud } from '../support/fake-cloud/fake-cloud.ts';
import { oAuthProperties } from '../support/oauth-properties.ts';
import { petIcon, petScript, petStore } from '../support/pet-store.ts';
import { runInProcess } from '../support/run-in-process.ts';
import { signedIn } from '../support/signed-in.ts';

const update = ['update', '-s', 'settings.json', '--skip-validation'];
const create = ['create', '-s', 'settings.json', '-w', '--skip-validation'];

const noBase =
  "Note: paconn.base.json doesn't contain the last synced version of this connector. Without it, paconn can't detect changes by others.\n";

const sendsNothing = '\n\nDry run: nothing was sent.\n';

/** Requests that change something. */
function writes({ requests }: FakeCloud): string[] {
  return requests
    .filter(({ method, path }) => method !== 'GET' && !path.endsWith('/validateApiSwagger'))
    .map(({ method, path }) => `${method} ${path}`);
}

describe.concurrent('--dry-run', () => {
  test('of update shows the requests and what they would change, and changes nothing anywhere', async () => {
    await using cloud = await FakeCloud.start();
    const apiProperties = oAuthProperties();
    const connector = cloud.addConnector({ apiProperties });
    await using workspace = await signedIn(cloud, {
      connector,
      apiDefinition: petStore({ description: 'New' }),
      apiProperties: apiProperties.replace('"scopes"', '"clientSecret": "hush file", "scopes"'),
      icon: petIcon(),
      script: petScript(),
    });
    const files = await workspace.listAll();
    const { exitCode, stdout, stderr } = await runInProcess(workspace, ...update, '--dry-run', '--verbose');
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: expect.stringContaining(noBase) });
    const [changes, icon, script, patch] = stdout.replace(sendsNothing, '').split(/\n(?=PUT|PATCH)/u);
    expect(icon).toBe(`PUT (resource storage)/icon.png\n(${petIcon().length} bytes)\n`);
    expect(script).toBe(`PUT (resource storage)/script.csx\n(${petScript().length} bytes)\n`);
    const [line, ...body] = patch?.split('\n') ?? [];
    expect(line).toBe(`PATCH ${cloud.url}/providers/Microsoft.PowerApps/apis/${connector.id}`);
    expect(JSON.parse(body.join('\n'))).toMatchObject({
      properties: {
        connectionParameters: { token: { oAuthSettings: { clientSecret: '***' } } },
        openApiDefinition: { info: { description: 'New' } },
        iconUri: '(URL of icon.png, once uploaded)',
        scriptDefinitionUrl: '(URL of script.csx, once uploaded)',
      },
    });
    expect(changes).toBe(
      [
        `Would update Pet Store in ${cloud.environment.id}: 3 changes\n`,
        '  ~ Information: description "Sells pets." → "New"',
        `  + Icon (${petIcon().length} bytes)`,
        `  + Script (${petScript().length} bytes)\n`,
      ].join('\n'),
    );
    expect(writes(cloud)).toEqual([]);
    expect(await workspace.listAll()).toEqual(files);
    expect((await runInProcess(workspace, 'restore', '--list')).stdout).toBe('');
  });

  test('never shows a client secret, wherever it comes from', async () => {
    await using cloud = await FakeCloud.start();
    const secrets = '"clientSecret": "hush file", "customParameters": {"clientSecret": {"value": "hush custom"}}';
    const apiProperties = oAuthProperties().replace('"scopes"', `${secrets}, "scopes"`);
    const connector = cloud.addConnector({ apiProperties });
    await using workspace = await signedIn(cloud, { connector, apiDefinition: petStore(), apiProperties });
    const given = ['--secret', 'hush "given'];
    const commands = [update, [...update, ...given], [...create, ...given]];
    for (const command of commands.flatMap((line) => [line, [...line, '-o', 'json']])) {
      const { exitCode, stdout, stderr } = await runInProcess(workspace, ...command, '--dry-run', '--verbose');
      expect(exitCode).toBe(0);
      expect(stdout).toContain('***');
      expect(stdout + stderr).not.toContain('hush');
    }
  });

  test('never shows a client secret that occurs twice or in an unexpected place', async () => {
    await using cloud = await FakeCloud.start();
    const secrets =
      '"clientSecret": "hush one", "clientSecret": "hush two", "customParameters": {"clientSecret": {"value": "hush three"}}, "scopes"';
    const apiProperties = oAuthProperties().replace('"scopes"', secrets);
    const connector = cloud.addConnector({ apiProperties: oAuthProperties() });
    await using workspace = await signedIn(cloud, { connector, apiDefinition: petStore(), apiProperties });
    for (const command of [update, create].flatMap((line) => [line, [...line, '-o', 'json']])) {
      const skipping = [...command, '--dry-run', '--verbose', '--skip-validation', '--secret', 'given'];
      const { stdout, stderr } = await runInProcess(workspace, ...skipping);
      expect(stdout).toContain('***');
      expect(stdout + stderr).not.toContain('hush');
    }
  });

  test('of update ends with 4 where the update would, after it has shown all', async () => {
    await using cloud = await FakeCloud.start();
    const connector = cloud.addConnector({ script: petScript() });
    await using workspace = await signedIn(cloud, { connector });
    await runInProcess(workspace, 'download', '-s', 'settings.json', '-d', '.', '-w');
    cloud.edit(connector.id, { script: petScript('theirs') });
    const dryRun = await runInProcess(workspace, ...update, '--dry-run');
    const real = await runInProcess(workspace, ...update);
    expect(dryRun.exitCode).toBe(4);
    // The commands for it are longer, and what they do stays in one column.
    const added = ' --dry-run';
    const expected = real.stderr
      .replace('paconn update', `paconn update${added}`)
      .replaceAll(/(?<=paconn (?:diff|pull) -s settings\.json +)(?=\S)/gu, ' '.repeat(added.length));
    expect(dryRun.stderr).toBe(expected);
    expect(dryRun.stdout).toContain(': 1 change\n');
    const { stdout } = await runInProcess(workspace, ...update, '--dry-run', '-o', 'json', '--query', 'conflict');
    expect(JSON.parse(stdout)).toEqual({
      parts: ['script'],
      changedBy: { name: 'Diego Siciliani', id: null },
      changedTime: connector.changedTime,
      changes: [expect.objectContaining({ area: 'script', target: null, isBreaking: false })],
    });
    const forced = await runInProcess(workspace, ...update, '--dry-run', '--force');
    expect({ exitCode: forced.exitCode, stderr: forced.stderr }).toEqual({ exitCode: 0, stderr: '' });
    expect(connector.script).toBe(petScript('theirs'));
  });

  test.each(['-yn', '-ny', '-qyn'])(
    'sends nothing where it is written together with other options: %s',
    async (flags) => {
      await using cloud = await FakeCloud.start();
      const connector = cloud.addConnector();
      const apiDefinition = petStore({ description: 'New' });
      await using workspace = await signedIn(cloud, { connector, apiDefinition });
      for (const command of ['deploy', 'update']) {
        const { exitCode, stdout } = await runInProcess(workspace, command, flags, '--skip-validation');
        expect({ exitCode, stdout }).toEqual({ exitCode: 0, stdout: expect.stringContaining(sendsNothing) });
      }
      const together = await runInProcess(workspace, 'deploy', '-no', 'json', '-y', '--skip-validation');
      expect({ exitCode: together.exitCode, stderr: together.stderr }).toEqual({
        exitCode: 2,
        stderr: expect.stringContaining('-n can be followed directly only by true, false, or options without a value.'),
      });
      expect(writes(cloud)).toEqual([]);
    },
  );

  test('of update reports that nothing would change', async () => {
    await using cloud = await FakeCloud.start();
    const connector = cloud.addConnector();
    await using workspace = await signedIn(cloud, { connector, apiDefinition: petStore() });
    const { stdout, stderr } = await runInProcess(workspace, ...update, '--dry-run');
    expect(stdout).toBe(`Would update Pet Store in ${cloud.environment.id}: no changes${sendsNothing}`);
    expect(stderr).toBe(noBase);
  });

  test('refuses what the real run refuses: lost custom code, and a definition that the service does not take', async () => {
    await using cloud = await FakeCloud.start();
    const connector = cloud.addConnector({ script: petScript() });
    await using workspace = await signedIn(cloud, { connector, apiDefinition: petStore() });
    expect((await runInProcess(workspace, ...update, '--dry-run')).exitCode).toBe(4);
    cloud.fault({ path: 'validateApiSwagger', status: 400, json: { error: { message: 'Bad.' } } });
    expect((await runInProcess(workspace, ...update, '--dry-run')).exitCode).toBe(1);
    expect(writes(cloud)).toEqual([]);
  });

  test('is data for programs with --output', async () => {
    await using cloud = await FakeCloud.start();
    const connector = cloud.addConnector();
    const files = { connector, apiDefinition: petStore({ description: 'New' }), icon: petIcon() };
    await using workspace = await signedIn(cloud, files);
    const { stdout } = await runInProcess(workspace, ...update, '--dry-run', '-o', 'json');
    const patch = { method: 'PATCH', url: expect.stringMatching(/\/apis\/shared_[^?]+$/u), body: expect.any(String) };
    expect(JSON.parse(stdout)).toMatchObject({
      version: 2,
      result: 'updated',
      isDryRun: true,
      connectorId: connector.id,
      requests: [{ method: 'PUT', url: '(resource storage)/icon.png', bytes: petIcon().length }, patch],
      changes: [
        { area: 'information', target: null, description: 'description', isBreaking: false, reason: null },
        { area: 'icon', description: null },
      ],
      conflict: null,
    });
  });

  test('of create shows the requests, and creates and writes nothing', async () => {
    await using cloud = await FakeCloud.start();
    await using workspace = await signedIn(cloud, { apiDefinition: petStore(), icon: petIcon() });
    const files = await workspace.listAll();
    const settings = await workspace.read('settings.json');
    const { exitCode, stdout } = await runInProcess(workspace, ...create, '--dry-run', '--verbose');
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/^Would create Pet Store in \S+\n/u);
    expect(stdout).toContain(`\nPOST ${cloud.url}/providers/Microsoft.PowerApps/apis\n{\n`);
    expect(stdout).toContain('"displayName": "Pet Store"');
    expect(writes(cloud)).toEqual([]);
    expect(await workspace.listAll()).toEqual(files);
    expect(await workspace.read('settings.json')).toBe(settings);
  });
});
