import { describe, expect, test } from 'vitest';
import { FakeCloud } from '../support/fake-cloud/fake-cloud.ts';
import { oAuthProperties } from '../support/oauth-properties.ts';
import { petStore } from '../support/pet-store.ts';
import { runInProcess, runInProcessWith } from '../support/run-in-process.ts';
import { signedIn } from '../support/signed-in.ts';
import type { Workspace } from '../support/workspace.ts';

/** As people have them in trials: words and parts of words of data and of what is said. */
const secrets = [
  'test',
  's',
  'connector',
  'Test Bikes',
  '400',
  'name',
  'hunter2',
  'p&ss "w"',
  'a-b',
  'Abc8Q~x-y.z_1',
  '^(x|y)[-]{2}$',
];
const create = ['create', '-s', 'settings.json', '-w', '--skip-validation'];
const connectorId = /^shared_[\w-]+$/u;

async function workspaceFor(cloud: FakeCloud): Promise<Workspace> {
  return await signedIn(cloud, { apiDefinition: petStore({ title: 'Test Bikes' }), apiProperties: oAuthProperties() });
}

/** Whether an output has the secret as a value, in quotes or behind an equals sign. */
function hasValue(output: string, secret: string): boolean {
  const forms = [secret, encodeURIComponent(secret), JSON.stringify(secret).slice(1, -1)];
  return forms.some((form) => [`"${form}"`, `\\"${form}\\"`, `'${form}'`, `=${form}&`].some((v) => output.includes(v)));
}

describe.each(secrets)('the client secret %j', (secret) => {
  test('leaves data and sentences whole', async () => {
    await using cloud = await FakeCloud.start();
    await using workspace = await workspaceFor(cloud);
    const queried = await runInProcess(workspace, ...create, '--secret', secret, '-o', 'tsv', '--query', 'connectorId');
    const id = cloud.connectors()[0]?.id ?? '';
    expect(queried.stdout).toBe(`${id}\n`);
    expect(id).toMatch(connectorId);
    expect(queried.stderr).not.toContain('***');
    expect(cloud.connectors()[0]?.clientSecrets).toEqual({ 'connectionParameters/token': secret });

    const updated = await runInProcess(workspace, 'update', '-s', 'settings.json', '-r', secret, '--skip-validation');
    expect(updated.stderr).toContain(`${id} updated successfully.`);
    const variables = { PACONN_CLIENT_SECRET: secret };
    const all = await runInProcessWith(workspace, ['deploy', '.', '-o', 'json', '--skip-validation'], { variables });
    expect(JSON.parse(all.stdout)).toMatchObject({ connectorId: id });
    expect([all.stderr, updated.stderr].join('\n')).not.toContain('***');
  });

  test.each([[], ['--verbose'], ['--debug']])('is starred where the service repeats it: %j', async (...flags) => {
    await using cloud = await FakeCloud.start();
    await using workspace = await workspaceFor(cloud);
    const sent = { name: 'token', clientSecret: secret };
    const message = `The connector's name is right, but '${secret}' is not: ${JSON.stringify(sent)} (?secret=${encodeURIComponent(secret)}&a=b)`;
    cloud.fault({
      method: 'POST',
      path: /\/apis$/u,
      status: 400,
      json: { error: { code: 'BadSecret', message }, parameters: [sent] },
    });
    const { exitCode, stdout, stderr } = await runInProcess(workspace, ...create, '--secret', secret, ...flags);
    expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: '' });
    expect(hasValue(stderr.replaceAll(/\\?"name\\?":/gu, ''), secret)).toBe(false);
    expect(stderr).toMatch(
      /^Error: Can't create the connector: The connector's name is right, but '\*\*\*' is not: \{"name":"token","clientSecret":"\*\*\*"\} \(\?secret=\*\*\*&a=b\)\. \(BadSecret, HTTP 400\)\nCorrelation ID: \S+$/mu,
    );
    expect(stderr.includes('400 Client Error: Bad Request for url: ')).toBe(flags.length > 0);
  });

  test('is masked in a dry run, and nothing else is', async () => {
    await using cloud = await FakeCloud.start();
    await using workspace = await workspaceFor(cloud);
    const dryRun = async (): Promise<string> =>
      (await runInProcess(workspace, ...create, '--secret', secret, '--dry-run', '-o', 'json')).stdout;
    const plan = JSON.parse(await dryRun());
    const body = JSON.parse(plan.requests.at(-1).body);
    const { clientSecret } = body.properties.connectionParameters.token.oAuthSettings;
    expect(clientSecret).toBe('***');
    expect(body.properties).toMatchObject({ displayName: 'Test Bikes', environment: { name: cloud.environment.id } });
    expect(await dryRun()).not.toMatch(/\*\*\*[^"\\]|[^"]\*\*\*/u);
  });
});

describe('a client secret that is no text', () => {
  test.each(['S3cret\u001a', 'S3\ncret'])('is refused where it has control characters: %j', async (secret) => {
    await using cloud = await FakeCloud.start();
    await using workspace = await workspaceFor(cloud);
    const code = secret.includes('\n') ? '000A' : '001A';
    expect(await runInProcess(workspace, ...create, '--secret', secret)).toMatchObject({
      exitCode: 2,
      stderr: `Error: The client secret contains the control character U+${code}.\nCopy the secret again, without the characters around it.\n`,
    });
    expect(cloud.connectors()).toEqual([]);
  });

  test.each([
    ['UTF-16 as Windows PowerShell writes it', Buffer.from('\ufeffS3cret\r\n', 'utf16le')],
    ['UTF-16 without a mark', Buffer.from('S3cret\r\n', 'utf16le')],
    ['Latin-1', Buffer.from('pässwörd', 'latin1')],
  ])('is refused before anything is sent: %s', async (_what, bytes) => {
    await using cloud = await FakeCloud.start();
    await using workspace = await workspaceFor(cloud);
    await workspace.write('secret.txt', bytes);
    const command = workspace.command(...create, '--secret', '-');
    const { exitCode, stdout, stderr } = await workspace.launch(['sh', '-c', '"$0" "$@" < secret.txt', ...command])
      .finished;
    expect({ exitCode, stdout, stderr }).toEqual({
      exitCode: 2,
      stdout: '',
      stderr: `Error: The client secret isn't UTF-8 text.\nSave the file as UTF-8 or ASCII. In Windows PowerShell: Set-Content -Encoding ascii secret.txt '<secret>'\n`,
    });
    expect(cloud.requests).toEqual([]);
  });
});
