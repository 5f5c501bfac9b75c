import { describe, expect, test } from 'vitest';
import type { DeviceSignIn } from '../support/fake-cloud/device-codes.ts';
import { FakeCloud } from '../support/fake-cloud/fake-cloud.ts';
import { petStore } from '../support/pet-store.ts';
import { runInProcess } from '../support/run-in-process.ts';
import { signedInByDeviceCode } from '../support/signed-in.ts';
import { Workspace } from '../support/workspace.ts';

const again = 'To try again:\n  paconn login';

describe.concurrent('a refused sign-in is one sentence with a hint', () => {
  test.each<[what: string, next: DeviceSignIn, message: string]>([
    ['declined', 'decline', `The sign-in was declined (AADSTS70017).\n${again}`],
    [
      'not done in time',
      'expire',
      "The code wasn't entered in time (AADSTS70020).\nTo get a new code:\n  paconn login",
    ],
    [
      'blocked by conditional access',
      {
        error: 'invalid_grant',
        description: 'AADSTS53003: Access has been blocked by Conditional Access policies.',
        suberror: 'message_only',
      },
      'A Conditional Access policy of the tenant blocks this sign-in (AADSTS53003).\nMany tenants block only device codes. Sign in with the browser:\n  paconn login --browser\nIf the browser is also blocked, contact your administrator.',
    ],
    [
      'refused for a reason we do not know',
      { error: 'invalid_grant', description: 'AADSTS1234567: The moon is in the wrong house. Wait a week.' },
      `The sign-in failed (AADSTS1234567): The moon is in the wrong house. Wait a week.\nSign in again with:\n  paconn login --force`,
    ],
  ])('%s', async (_what, next, message) => {
    await using cloud = await FakeCloud.start();
    cloud.signIn.next = next;
    await using workspace = await Workspace.create(cloud);
    const { exitCode, stdout, stderr } = await runInProcess(workspace, 'login', ...cloud.loginFlags);
    // At the same place.
    const complete = message.replace('paconn login', `paconn login --authority-url ${cloud.settings.authorityUrl}`);
    expect({ exitCode, stderr }).toEqual({ exitCode: 3, stderr: `Error: ${complete}\n` });
    expect(stdout).toMatch(/^To sign in, .+\nYou sign in at .+\n$/u);
    expect(await workspace.list('../home')).not.toContain('.paconn/sign-ins.json');
  });

  test('a code that expires before it is entered', async () => {
    await using cloud = await FakeCloud.start();
    cloud.signIn.interval = 0.2;
    cloud.signIn.deviceCodeLifetime = 1;
    cloud.signIn.next = { pending: Number.POSITIVE_INFINITY };
    await using workspace = await Workspace.create(cloud);
    const { exitCode, stderr } = await runInProcess(workspace, 'login', ...cloud.loginFlags);
    expect(exitCode).toBe(3);
    expect(stderr).toMatch(
      /^Error: The code wasn't entered in time \(\w+\)\.\nTo get a new code:\n {2}paconn login --authority-url \S+\n$/u,
    );
  });

  test.each([
    [
      'an unknown tenant',
      'nowhere.example',
      "The tenant doesn't exist (AADSTS90002).\nCheck --tenant, and --cloud or --authority-url.",
    ],
    [
      'a tenant that cannot be one',
      'what is this',
      'The tenant is neither a domain name nor an ID (AADSTS900023).\nCheck --tenant.',
    ],
  ])('%s', async (_what, tenant, message) => {
    await using cloud = await FakeCloud.start();
    cloud.signIn.unknownTenants.add('nowhere.example');
    await using workspace = await Workspace.create(cloud);
    expect(await runInProcess(workspace, 'login', ...cloud.loginFlags, '--tenant', tenant)).toEqual({
      exitCode: 3,
      stdout: '',
      stderr: `Error: ${message}\n`,
    });
  });

  test('an unknown client', async () => {
    await using cloud = await FakeCloud.start();
    const clientId = '11111111-2222-4333-8444-555555555555';
    cloud.signIn.unknownClients.add(clientId);
    await using workspace = await Workspace.create(cloud);
    expect(await workspace.paconn('login', ...cloud.loginFlags, '--clid', clientId)).toEqual({
      exitCode: 3,
      stdout: '',
      stderr: "Error: The application doesn't exist in the tenant (AADSTS700016).\nCheck --client-id and --tenant.\n",
    });
  });
});

describe.concurrent('an authority that cannot be used', () => {
  test('because the server is unreachable', async () => {
    const cloud = await FakeCloud.start();
    const { url } = cloud;
    await cloud.close();
    await using workspace = await Workspace.create(cloud);
    const { exitCode, stdout, stderr } = await workspace.paconn('login', '-a', url);
    expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: '' });
    expect(stderr).toMatch(/^Error: GET https:\/\/localhost:\d+\/common\/\S+ failed: the connection was refused\.\n$/u);
  });

  test('because its certificate is not trusted', async () => {
    await using cloud = await FakeCloud.start();
    await using workspace = await Workspace.create(cloud);
    const { exitCode, stderr } = await workspace.run(['login', ...cloud.loginFlags], {
      variables: { NODE_EXTRA_CA_CERTS: undefined },
    });
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(
      /^Error: GET \S+ failed: its certificate is self-signed\.\nIf your organization's proxy .+ set NODE_EXTRA_CA_CERTS to the file with its root certificate \(PEM\)\.\n$/u,
    );
  });

  test('because a web page responds instead', async () => {
    await using cloud = await FakeCloud.start();
    cloud.fault({ path: '/common/', times: 9, status: 200, html: '<html><body>Welcome to the hotel</body></html>' });
    await using workspace = await Workspace.create(cloud);
    expect(await runInProcess(workspace, 'login', ...cloud.loginFlags)).toEqual({
      exitCode: 1,
      stdout: '',
      stderr: `Error: ${cloud.url} responded to the sign-in with status 200 and content that isn't JSON.\nCheck the authority URL and the tenant. A proxy may have responded instead.\n`,
    });
  });

  test.each([
    ['http://login.example/', "Error: The authority URL http://login.example isn't https.\n"],
    ['login.example', 'Error: --authority-url must be a URL such as https://example.com.\n'],
  ])('because %s is none', async (url, stderr) => {
    await using workspace = await Workspace.create();
    const result = await workspace.paconn('login', '-a', url);
    expect(result).toEqual({ exitCode: 2, stdout: '', stderr });
  });
});

test.concurrent('login continues after a temporary failure of the authority', async () => {
  await using cloud = await FakeCloud.start();
  const failing = cloud.fault({ path: '/oauth2/v2.0/', times: 2, status: 503 });
  await using workspace = await Workspace.create(cloud);
  expect((await runInProcess(workspace, 'login', ...cloud.loginFlags)).exitCode).toBe(0);
  expect(failing.hits).toBe(2);
});

test.concurrent.each<[what: string, spoil: (cloud: FakeCloud) => void, exitCode: number]>([
  ['refused', (cloud) => (cloud.signIn.next = 'decline'), 3],
  ['cut off', (cloud) => cloud.fault({ path: '/token', times: 9, action: 'reset' }), 1],
  ['in an unknown tenant', (cloud) => cloud.signIn.unknownTenants.add('common'), 3],
])('a login that is %s leaves the sign-in before as it was', async (_what, spoil, exitCode) => {
  await using cloud = await FakeCloud.start();
  await using workspace = await signedInByDeviceCode(cloud, { apiDefinition: petStore() });
  const before = await workspace.read('../home/.paconn/sign-ins.json');
  spoil(cloud);
  expect((await runInProcess(workspace, 'login', ...cloud.loginFlags, '--force')).exitCode).toBe(exitCode);
  expect(await workspace.read('../home/.paconn/sign-ins.json')).toBe(before);
  expect((await runInProcess(workspace, 'validate', '-s', 'settings.json')).exitCode).toBe(0);
});

test.each([['SIGINT', 130] as const, ['SIGTERM', 143] as const])(
  '%s while login waits ends it silently',
  async (signal, exitCode) => {
    await using cloud = await FakeCloud.start();
    cloud.signIn.next = { pending: Number.POSITIVE_INFINITY };
    await using workspace = await Workspace.create(cloud);
    const tool = workspace.start(['login', ...cloud.loginFlags]);
    await tool.waitFor(/enter the code/u);
    tool.signal(signal);
    expect(await tool.finished).toMatchObject({ exitCode, stderr: '' });
    expect(await workspace.list('../home')).not.toContain('.paconn/sign-ins.json');
  },
);
