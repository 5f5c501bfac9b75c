import { describe, expect, test } from 'vitest';
import { FakeCloud } from '../support/fake-cloud/fake-cloud.ts';
import { oAuthProperties } from '../support/oauth-properties.ts';
import { petStore } from '../support/pet-store.ts';
import { runInProcess, runInProcessWith } from '../support/run-in-process.ts';
import { signedIn } from '../support/signed-in.ts';
import type { Workspace, RunOptions } from '../support/workspace.ts';

const secret = 'a=b"c\\d é,';
const create = ['create', '-s', 'settings.json', '-w', '--skip-validation'];

async function workspaceFor(cloud: FakeCloud, apiProperties: string): Promise<Workspace> {
  return await signedIn(cloud, { apiDefinition: petStore(), apiProperties });
}

/** Runs create and gives the secrets that the new connector has. */
async function secretsAfter(
  cloud: FakeCloud,
  apiProperties: string,
  args: readonly string[],
  options?: RunOptions,
): Promise<unknown> {
  await using workspace = await workspaceFor(cloud, apiProperties);
  const { exitCode, stdout, stderr } = await runInProcessWith(workspace, [...create, ...args], options);
  expect({ exitCode, stdout }).toEqual({ exitCode: 0, stdout: '' });
  expect(stderr).not.toContain(secret);
  expect(await workspace.read('apiProperties.json')).toBe(apiProperties);
  expect(await workspace.read('settings.json')).not.toContain('a=b');
  return cloud.connectors()[0]?.clientSecrets;
}

const place = 'connectionParameters/token';
const inSet = (index: number): string => `connectionParameterSets/values/${index}/parameters/token`;

describe('the client secret', () => {
  test.each<[what: string, args: readonly string[], options?: RunOptions]>([
    ['--secret', ['--secret', secret]],
    ['-r', ['-r', secret]],
    ['--secret=, for one that begins with a dash', [`--client-secret=${secret}`]],
    ['the first line of stdin', ['--secret', '-'], { stdin: `${secret}\nmore\n` }],
    ['stdin without a line end', ['--secret=-'], { stdin: secret }],
    ['stdin with a Windows line end', ['-r', '-'], { stdin: `${secret}\r\n` }],
    ['PACONN_CLIENT_SECRET', [], { variables: { PACONN_CLIENT_SECRET: secret } }],
    ['PACONN_CLIENT_SECRET with a line end', [], { variables: { PACONN_CLIENT_SECRET: `${secret}\r\n` } }],
    ['-r with a line end', ['-r', `${secret}\n`]],
    ['--secret rather than PACONN_CLIENT_SECRET', ['-r', secret], { variables: { PACONN_CLIENT_SECRET: 'other' } }],
    ['the last of two', ['-r', 'other', '-r', secret]],
  ])('comes from %s', async (_what, args, options) => {
    await using cloud = await FakeCloud.start();
    expect(await secretsAfter(cloud, oAuthProperties(), args, options)).toEqual({ [place]: secret });
  });

  test('is added at the end of oAuthSettings, which is otherwise as it was', async () => {
    await using cloud = await FakeCloud.start();
    const apiProperties =
      '{"properties":{"connectionParameters":{"token":{"oAuthSettings":{"10":1.0, "9":2},"type":"x"}}}}';
    await secretsAfter(cloud, apiProperties, ['-r', 'hush']);
    expect(cloud.connectors()[0]?.lastBody).toContain(
      '{"connectionParameters":{"token":{"oAuthSettings":{"10":1.0, "9":2, "clientSecret": "hush"},"type":"x"}}, "openApiDefinition"',
    );
  });

  test('goes to an OAuth parameter of another name, which can do without, as in the Python tool', async () => {
    await using cloud = await FakeCloud.start();
    const apiProperties = oAuthProperties().replace('"token"', '"signIn"');
    expect(await secretsAfter(cloud, apiProperties, ['-r', secret])).toEqual({
      'connectionParameters/signIn': secret,
    });
    await secretsAfter(cloud, apiProperties, []);
    expect(cloud.connectors().map(({ clientSecrets }) => clientSecrets)).toEqual([
      { 'connectionParameters/signIn': secret },
      {},
    ]);
  });

  test('is sent in all sets and in the connection parameters', async () => {
    await using cloud = await FakeCloud.start();
    const apiProperties = oAuthProperties({ sets: ['work', 'home'], own: true });
    expect(await secretsAfter(cloud, apiProperties, ['-r', secret])).toEqual({
      [place]: secret,
      [inSet(0)]: secret,
      [inSet(1)]: secret,
    });
  });

  test('can be specified per set by name; one without a name is for the others', async () => {
    await using cloud = await FakeCloud.start();
    const apiProperties = oAuthProperties({ sets: ['work', 'work=2', 'home'] });
    const given = ['-r', `work=${secret}`, '-r', 'work=2=second', '-r', 'elsewhere=x'];
    expect(await secretsAfter(cloud, apiProperties, given)).toEqual({
      [inSet(0)]: secret,
      [inSet(1)]: 'second',
      [inSet(2)]: 'elsewhere=x',
    });
  });

  test('of a set can come from stdin or the variable, too', async () => {
    await using cloud = await FakeCloud.start();
    const apiProperties = oAuthProperties({ sets: ['work'] });
    expect(await secretsAfter(cloud, apiProperties, ['-r', '-'], { stdin: `work=${secret}\n` })).toEqual({
      [inSet(0)]: secret,
    });
  });

  test('can be a reference to an environment variable, which is sent and shown as written', async () => {
    await using cloud = await FakeCloud.start();
    const reference = '@environmentVariables("cr_Secret")';
    const apiProperties = oAuthProperties().replace(
      '"clientId"',
      `"clientSecret": ${JSON.stringify(reference)}, "clientId"`,
    );
    await using workspace = await workspaceFor(cloud, apiProperties);
    const planned = await runInProcess(workspace, 'create', '-s', 'settings.json', '-w', '--dry-run', '--verbose');
    expect(planned).toMatchObject({ exitCode: 0, stdout: expect.stringContaining(JSON.stringify(reference)) });
    const checked = await runInProcess(workspace, 'validate', '--offline', '-s', 'settings.json');
    expect(checked.stdout).not.toContain('oauth-client-secret-present');
    expect((await runInProcess(workspace, 'create', '-s', 'settings.json', '-w')).exitCode).toBe(0);
    expect(cloud.connectors()[0]?.clientSecrets).toEqual({ [place]: reference });
  });

  test('can be a reference that is given by option, which is shown as well', async () => {
    await using cloud = await FakeCloud.start();
    const reference = '@environmentVariables("cr_Secret")';
    await using workspace = await workspaceFor(cloud, oAuthProperties());
    const planned = await runInProcess(workspace, ...create, '-r', reference, '--dry-run', '--verbose');
    expect(planned).toMatchObject({ exitCode: 0, stdout: expect.stringContaining(JSON.stringify(reference)) });
    expect(await runInProcess(workspace, ...create, '-r', reference)).toMatchObject({ exitCode: 0 });
    expect(cloud.connectors()[0]?.clientSecrets).toEqual({ [place]: reference });
  });

  test("that the API properties don't use is reported", async () => {
    await using cloud = await FakeCloud.start();
    await using workspace = await workspaceFor(cloud, '{"properties":{}}');
    const { exitCode, stderr } = await runInProcess(workspace, ...create, '-r', 'hush');
    expect(exitCode).toBe(0);
    expect(stderr).toMatch(/^Warning: The client secret isn't used: the API properties have no OAuth2 settings\.\n/u);
    expect(cloud.connectors()[0]?.lastBody).not.toContain('hush');
  });
});

test('a client secret for a set without OAuth2 settings is no one else’s', async () => {
  await using cloud = await FakeCloud.start();
  const apiProperties = JSON.stringify({
    properties: {
      connectionParameterSets: {
        values: [
          { name: 'key', parameters: { api_key: { type: 'securestring' } } },
          {
            name: 'work',
            parameters: { token: { type: 'oauthSetting', oAuthSettings: { identityProvider: 'oauth2' } } },
          },
        ],
      },
    },
  });
  await using workspace = await workspaceFor(cloud, apiProperties);
  const { stderr } = await runInProcess(workspace, ...create, '-r', 'key=first', '-r', 'work=second');
  expect(stderr).toMatch(/^Warning: The client secret isn't used: the set 'key' has no OAuth2 settings\.\n/u);
  expect(cloud.connectors()[0]?.clientSecrets).toEqual({ [inSet(1)]: 'second' });
});

describe('without the client secret, and a terminal to ask at,', () => {
  const message = 'Error: Please provide OAuth2 client secret using the --secret argument.\n';

  test.each<[what: string, args: readonly string[], options?: RunOptions]>([
    ['none given', []],
    ['an empty one', ['--secret=']],
    ['an empty stdin', ['--secret', '-'], { stdin: '' }],
    ['an empty variable', [], { variables: { PACONN_CLIENT_SECRET: '' } }],
  ])('nothing is asked or created: %s', async (_what, args, options) => {
    await using cloud = await FakeCloud.start();
    await using workspace = await workspaceFor(cloud, oAuthProperties());
    expect(await runInProcessWith(workspace, [...create, ...args], options)).toEqual({
      exitCode: 2,
      stdout: '',
      stderr: `${message}Pass --client-secret <secret>, --client-secret - to read it from stdin, or set PACONN_CLIENT_SECRET.\n`,
    });
    expect(cloud.requests).toEqual([]);
  });

  test('the set that lacks one is named', async () => {
    await using cloud = await FakeCloud.start();
    await using workspace = await workspaceFor(cloud, oAuthProperties({ sets: ['work', 'at home'] }));
    expect(await workspace.paconn(...create, '-r', 'work=x')).toEqual({
      exitCode: 2,
      stdout: '',
      stderr: `${message}Pass --client-secret 'at home=<secret>', --client-secret - to read it from stdin, or set PACONN_CLIENT_SECRET.\n`,
    });
  });
});
