import { describe, expect, test } from 'vitest';
import { FakeCloud } from '../support/fake-cloud/fake-cloud.ts';
import { petStore } from '../support/pet-store.ts';
import { runInProcess, runInProcessWith } from '../support/run-in-process.ts';
import { signedInByDeviceCode } from '../support/signed-in.ts';
import { ways } from '../support/methods.ts';
import { Workspace } from '../support/workspace.ts';
import { validDefinition } from '../support/valid-definition.ts';

const apiDefinition = petStore();
const validate = ['validate', '-s', 'settings.json'];

/** As whom the service was asked to validate. */
function validators({ requests }: FakeCloud): string[] {
  return requests.flatMap(({ path }) => /\/objectIds\/([^/]+)\/validateApiSwagger$/u.exec(path)?.[1] ?? []);
}

/** What was sent to prove who an application is. */
function assertions(cloud: FakeCloud): readonly string[] {
  return cloud.requests.flatMap(({ body }) => new URLSearchParams(body).get('client_assertion') ?? []);
}

describe.each(Object.keys(ways))('%s', (name) => {
  test('signs in by environment variables alone, from a clean home, and leaves nothing there', async () => {
    await using cloud = await FakeCloud.start();
    await using workspace = await Workspace.create(cloud, { apiDefinition });
    const method = await ways[name]?.(cloud, workspace);
    const before = await workspace.list('../home');
    expect(await runInProcessWith(workspace, validate, { variables: { ...method?.variables } })).toEqual(
      validDefinition,
    );
    expect(validators(cloud)).toEqual([method?.objectId]);
    expect(await workspace.list('../home')).toEqual(before);
  });

  test('signs in at a login, is kept, and renewed when its token is refused', async () => {
    await using cloud = await FakeCloud.start();
    await using workspace = await Workspace.create(cloud, { apiDefinition });
    const method = await ways[name]?.(cloud, workspace);
    const variables = { ...method?.loginVariables };
    const login = ['login', ...cloud.loginFlags, ...(method?.flags ?? [])];
    const { exitCode, stdout, stderr } = await runInProcessWith(workspace, login, { variables });
    expect({ exitCode, stdout }).toEqual({ exitCode: 0, stdout: '' });
    expect(stderr).toMatch(/^Login successful\.\nWarning: The sign-in is stored unencrypted in [^\n]+\n$/u);

    // The Azure CLI of these tests has one token only.
    if (name !== 'the Azure CLI') cloud.signIn.expireAccessTokens();
    expect(await runInProcessWith(workspace, validate, { variables })).toEqual(validDefinition);
    expect(new Set(validators(cloud))).toEqual(new Set([method?.objectId]));
  });

  // The Azure CLI of these tests has one token only.
  test.skipIf(name === 'the Azure CLI')('also gets a token for Dataverse, by a login and by variables', async () => {
    await using cloud = await FakeCloud.start();
    const dataverse = await cloud.addDataverse();
    const { id } = dataverse.add({ uniqueName: 'Orders' });
    cloud.habits.solutions.add(id);
    await using workspace = await Workspace.create(cloud, { apiDefinition });
    const method = await ways[name]?.(cloud, workspace);
    const create = ['create', '-s', 'settings.json', '-w', '--solution', 'Orders'];
    const byVariables = await runInProcessWith(workspace, create, { variables: { ...method?.variables } });
    expect({ exitCode: byVariables.exitCode, stderr: byVariables.stderr }).toMatchObject({ exitCode: 0 });
    const variables = { ...method?.loginVariables };
    await runInProcessWith(workspace, ['login', ...cloud.loginFlags, ...(method?.flags ?? [])], { variables });
    const byLogin = await runInProcessWith(workspace, create, { variables });
    expect({ exitCode: byLogin.exitCode, stderr: byLogin.stderr }).toMatchObject({ exitCode: 0 });
    expect(cloud.connectors().map(({ solutionId }) => solutionId)).toEqual([id, id]);
  });

  test('never shows its secrets, also with --debug', async () => {
    await using cloud = await FakeCloud.start();
    await using workspace = await Workspace.create(cloud, { apiDefinition });
    const method = await ways[name]?.(cloud, workspace);
    const run = async (variables: Readonly<Record<string, string>> | undefined, ...argv: string[]): Promise<string> => {
      const { exitCode, stdout, stderr } = await runInProcessWith(workspace, [...argv, '--debug'], {
        variables: { ...variables },
      });
      expect({ exitCode, stderr }).toMatchObject({ exitCode: 0 });
      return stdout + stderr;
    };
    const shown = [
      await run(method?.variables, ...validate),
      await run(method?.loginVariables, 'login', ...cloud.loginFlags, ...(method?.flags ?? [])),
      await run(method?.variables, 'whoami', '--output', 'json'),
    ].join('\n');
    expect(shown).toContain('Login successful.');
    const secrets = [...(method?.secrets ?? []), ...assertions(cloud)];
    for (const secret of secrets) expect(shown).not.toContain(secret);
  });
});

describe('which sign-in is used', () => {
  const secret = 'a secret';
  const application = (cloud: FakeCloud): Readonly<Record<string, string>> => ({
    AZURE_CLIENT_ID: cloud.signIn.applications.add({ secret, clientId: 'an-application' }).clientId,
    AZURE_TENANT_ID: 'contoso.example',
    AZURE_CLIENT_SECRET: secret,
  });

  /** By whose token the service was asked. */
  async function user(cloud: FakeCloud, workspace: Workspace, variables: Record<string, string>): Promise<string> {
    cloud.forgetRequests();
    expect(await runInProcessWith(workspace, validate, { variables })).toEqual(validDefinition);
    const [objectId = ''] = validators(cloud);
    return objectId === cloud.signIn.user.objectId ? 'the user' : 'the application';
  }

  test('a stored sign-in has precedence over variables that may be for other tools', async () => {
    await using cloud = await FakeCloud.start();
    await using workspace = await signedInByDeviceCode(cloud, { apiDefinition });
    const variables = application(cloud);
    expect(await user(cloud, workspace, variables)).toBe('the user');
    expect(await user(cloud, workspace, { ...variables, PACONN_AUTH: 'service-principal' })).toBe('the application');
  });

  test('PACONN_ACCESS_TOKEN has precedence over everything', async () => {
    await using cloud = await FakeCloud.start();
    await using workspace = await Workspace.create(cloud, { apiDefinition });
    const { text } = cloud.accessToken();
    const variables = { ...application(cloud), PACONN_AUTH: 'service-principal', PACONN_ACCESS_TOKEN: text };
    expect(await user(cloud, workspace, variables)).toBe('the user');
    expect(cloud.requests.some(({ path }) => path.endsWith('/token'))).toBe(false);
  });

  test.each(['Bearer TOKEN', '"TOKEN"', "'Bearer TOKEN'\r\n", 'bearer "TOKEN"\n', '\n TOKEN\r\n'])(
    'PACONN_ACCESS_TOKEN may be %j',
    async (written) => {
      await using cloud = await FakeCloud.start();
      await using workspace = await Workspace.create(cloud, { apiDefinition });
      const { text } = cloud.accessToken();
      const variables = { PACONN_ACCESS_TOKEN: written.replace('TOKEN', text) };
      const { exitCode, stderr } = await runInProcessWith(workspace, [...validate, '--debug'], { variables });
      expect(exitCode).toBe(0);
      expect(stderr).not.toContain(text);
    },
  );

  test('PACONN_ACCESS_TOKEN for something else is refused before anything is sent, and not shown', async () => {
    await using cloud = await FakeCloud.start();
    await using workspace = await Workspace.create(cloud, { apiDefinition });
    const { text } = cloud.accessToken({ audience: 'https://management.azure.com/' });
    const variables = { PACONN_ACCESS_TOKEN: text };
    const { exitCode, stderr } = await runInProcessWith(workspace, [...validate, '--debug'], { variables });
    expect(exitCode).toBe(3);
    expect(stderr).toContain(
      'PACONN_ACCESS_TOKEN is for https://management.azure.com/, but paconn needs one for https://service.powerapps.com/',
    );
    expect(stderr).not.toContain(text);
    expect(cloud.requests).toEqual([]);
  });

  test('a PACONN_ACCESS_TOKEN that the service refuses is reported with the next step', async () => {
    await using cloud = await FakeCloud.start();
    await using workspace = await Workspace.create(cloud, { apiDefinition });
    const { text } = cloud.accessToken();
    cloud.signIn.expireAccessTokens();
    expect(await runInProcessWith(workspace, validate, { variables: { PACONN_ACCESS_TOKEN: text } })).toMatchObject({
      exitCode: 3,
      stderr: expect.stringMatching(
        /^Error: The service doesn't accept the token in PACONN_ACCESS_TOKEN[^\n]+\nSet it/u,
      ),
    });
    expect(cloud.requests).toHaveLength(1);
  });

  test('whoami reports a missing network', async () => {
    const cloud = await FakeCloud.start();
    await using workspace = await Workspace.create(cloud, { apiDefinition });
    const variables = application(cloud);
    await cloud.close();
    const { exitCode, stderr } = await runInProcessWith(workspace, ['whoami', '-s', 'settings.json'], { variables });
    expect({ exitCode, stderr }).toMatchObject({
      exitCode: 1,
      stderr: expect.stringContaining('connection was refused'),
    });
  });

  test('login reports when commands will not use it', async () => {
    await using cloud = await FakeCloud.start();
    await using workspace = await Workspace.create(cloud);
    const variables = { PACONN_AUTH: 'azure-cli' };
    const { stderr } = await runInProcessWith(workspace, ['login', ...cloud.loginFlags], { variables });
    expect(stderr).toContain("Note: Commands use PACONN_AUTH before this sign-in while it's set.\n");
  });

  test('login ignores invalid variables', async () => {
    await using cloud = await FakeCloud.start();
    await using workspace = await Workspace.create(cloud);
    const variables = { PACONN_AUTH: 'device-code' };
    expect((await runInProcessWith(workspace, ['login', ...cloud.loginFlags], { variables })).exitCode).toBe(0);
  });

  test('login signs in a user when an application is signed in', async () => {
    await using cloud = await FakeCloud.start();
    await using workspace = await Workspace.create(cloud);
    const method = await ways['a client secret']?.(cloud, workspace);
    const variables = { ...method?.loginVariables };
    const login = ['login', ...cloud.loginFlags];
    await runInProcessWith(workspace, [...login, ...(method?.flags ?? [])], { variables });
    expect((await runInProcess(workspace, ...login)).stdout).toMatch(/enter the code/u);
    expect((await runInProcess(workspace, ...login)).stdout).toBe('');
  });

  test('variables have precedence over the token file of the Python tool', async () => {
    await using cloud = await FakeCloud.start();
    await using workspace = await Workspace.create(cloud, { apiDefinition });
    const { text, expiresAt } = cloud.accessToken();
    const token = { access_token: text, expires_on: expiresAt / 1000, oid: cloud.signIn.user.objectId };
    await workspace.write('../home/.paconn/accessTokens.json', JSON.stringify(token));
    expect(await user(cloud, workspace, {})).toBe('the user');
    expect(await user(cloud, workspace, application(cloud))).toBe('the application');
  });

  test('PACONN_AUTH reports the variables that it needs', async () => {
    await using cloud = await FakeCloud.start();
    await using workspace = await Workspace.create(cloud, { apiDefinition });
    const variables = { PACONN_AUTH: 'service-principal' };
    expect(await runInProcessWith(workspace, validate, { variables })).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining('AZURE_CLIENT_SECRET'),
    });
  });
});

describe('login as an application', () => {
  const secret = 's~1';
  const start = async (cloud: FakeCloud): Promise<readonly [Workspace, readonly string[]]> => {
    const { clientId } = cloud.signIn.applications.add({ secret });
    const flags = ['login', ...cloud.loginFlags, '--clid', clientId, '--tenant', 'contoso.example'];
    return [await Workspace.create(cloud), flags];
  };

  test('reads the client secret from stdin', async () => {
    await using cloud = await FakeCloud.start();
    const [workspace, login] = await start(cloud);
    await using _workspace = workspace;
    const options = { stdin: `${secret}\n` };
    expect(await runInProcessWith(workspace, [...login, '--client-secret', '-'], options)).toMatchObject({
      exitCode: 0,
    });
  });

  test.each([
    [['--service-principal'], /No credential for the service principal was provided\.\n.*PACONN_SP_SECRET/u],
    [['--client-secret', 's~1'], /doesn't accept a secret\.\n.*stdin/u],
    [['--client-secret', '-'], /is empty\./u],
    [['--service-principal', '--browser'], /^Error: --browser and --service-principal can't be used together\./u],
    [['--azure-cli', '--managed-identity'], /can't be used together/u],
    [
      ['--certificate', 'a.pem', '--federated-token-file', 'b'],
      /--certificate and --federated-token-file can't be used together/u,
    ],
  ])('with %j is wrong usage', async (flags, message) => {
    await using cloud = await FakeCloud.start();
    const [workspace, login] = await start(cloud);
    await using _workspace = workspace;
    const { exitCode, stderr } = await runInProcess(workspace, ...login, ...flags);
    expect(exitCode).toBe(2);
    expect(stderr).toMatch(message);
    expect(stderr).not.toContain(secret);
    expect(cloud.requests).toEqual([]);
  });

  test('requires a client ID and a tenant', async () => {
    await using cloud = await FakeCloud.start();
    await using workspace = await Workspace.create(cloud);
    const login = ['login', ...cloud.loginFlags, '--service-principal'];
    expect(await runInProcess(workspace, ...login)).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining('--client-id <application> and --tenant <tenant>'),
    });
  });
});

test('a client secret that an authority repeats is not shown', async () => {
  await using cloud = await FakeCloud.start();
  await using workspace = await Workspace.create(cloud, { apiDefinition });
  const secret = 'x8Q~aSecretOfTheApplication';
  const variables = { AZURE_CLIENT_ID: 'x', AZURE_TENANT_ID: 'contoso.example', AZURE_CLIENT_SECRET: secret };
  const json = { error: 'invalid_client', error_description: `AADSTS99999: The secret ${secret} is bad.` };
  cloud.fault({ path: '/token', status: 401, json });
  const { exitCode, stderr } = await runInProcessWith(workspace, validate, { variables });
  expect({ exitCode, stderr }).toMatchObject({
    exitCode: 3,
    stderr: expect.stringContaining('The secret *** is bad.'),
  });
});

test('an application whose token expires during an update gets the next one', async () => {
  await using cloud = await FakeCloud.start();
  const connector = cloud.addConnector({ description: 'Old' });
  await using workspace = await Workspace.create(cloud, {
    connector,
    apiDefinition: petStore({ description: 'New' }),
  });
  const method = await ways['a client secret']?.(cloud, workspace);
  cloud.fault({ path: '/validateApiSwagger', latency: 300 });
  const updating = runInProcessWith(workspace, ['update', '-s', 'settings.json'], {
    variables: { ...method?.variables },
  });
  await expect.poll(() => validators(cloud)).toHaveLength(1);
  cloud.signIn.expireAccessTokens();
  expect(await updating).toMatchObject({ exitCode: 0 });
  expect(cloud.connector(connector.id).description).toBe('New');
  expect(cloud.requests.filter(({ path }) => path.endsWith('/token')).length).toBe(2);
});
