import { describe, expect, test } from 'vitest';
import type { FaultOrder } from '../support/fake-cloud/faults.ts';
import { FakeCloud } from '../support/fake-cloud/fake-cloud.ts';
import { petIcon, petScript, petStore } from '../support/pet-store.ts';
import { runInProcess, runInProcessWith } from '../support/run-in-process.ts';
import { diego } from '../support/fake-cloud/users.ts';
import { signedIn, signedInByDeviceCode } from '../support/signed-in.ts';
import type { Workspace } from '../support/workspace.ts';

const create = ['create', '-s', 'settings.json', '-w'];
const creation = /\/apis$/u;
const mayExist = "The connector 'Pet Store' may have been created anyway.";

async function workspaceFor(cloud: FakeCloud): Promise<Workspace> {
  return await signedIn(cloud, { apiDefinition: petStore(), icon: petIcon(), script: petScript() });
}

/** Those that only read do not count. */
function requestsTo(cloud: FakeCloud, path: RegExp): number {
  return cloud.requests.filter((request) => request.method !== 'GET' && path.test(request.path)).length;
}

async function settingsAreUntouched(workspace: Workspace): Promise<void> {
  expect(await workspace.readJson('settings.json')).not.toHaveProperty('connectorId');
}

describe('a definition that the service refuses', () => {
  test('stops before any upload or creation', async () => {
    await using cloud = await FakeCloud.start();
    await using workspace = await workspaceFor(cloud);
    await workspace.write('apiDefinition.swagger.json', '{"swagger": "3", "info": {"title": "T"}}');
    const { exitCode, stdout, stderr } = await workspace.paconn(...create, '--skip-validation');
    expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: '' });
    expect(stderr).toMatch(/^Error: Can't validate the API definition: Specified swagger has the following errors: /u);
    expect(requestsTo(cloud, creation)).toBe(0);
    expect(requestsTo(cloud, /resourcestorage/u)).toBe(0);
    await settingsAreUntouched(workspace);
  });
});

describe.concurrent('what fails before the connector is created leaves none', () => {
  test.each<[what: string, fault: FaultOrder, message: RegExp]>([
    [
      'validation',
      { path: 'validateApiSwagger', times: 9, status: 500 },
      /^Error: Can't validate the API definition: the service didn't return a reason\. \(HTTP 500\)\nCorrelation ID: [\da-f-]+\n$/u,
    ],
    [
      'storage',
      { path: 'generateResourceStorage', status: 403, json: { error: { code: 'Forbidden', message: 'No.' } } },
      /^Error: Can't prepare the upload of icon and script: No\. \(Forbidden, HTTP \d+\)\nCorrelation ID: [\da-f-]+\n/u,
    ],
    [
      'a storage that is nowhere',
      { path: 'generateResourceStorage', status: 200, json: { sharedAccessSignature: '' } },
      /^Error: Can't prepare the upload of icon and script: the service returned an unexpected response: 'sharedAccessSignature' must be a URL\. \(HTTP 200\)\n/u,
    ],
    [
      'a storage without https',
      { path: 'generateResourceStorage', status: 200, json: { sharedAccessSignature: 'http://blobs.example/c?sig=x' } },
      /^Error: Can't upload icon\.png: the service returned a URL that isn't HTTPS\.\n$/u,
    ],
    [
      'the upload of the icon',
      {
        path: 'icon.png',
        status: 403,
        text: '\uFEFF<?xml version="1.0"?><Error><Code>AuthenticationFailed</Code><Message>Server failed to authenticate the request.\nRequestId:x\nTime:y</Message></Error>',
      },
      /^Error: Can't upload icon\.png: Server failed to authenticate the request\. \(AuthenticationFailed, HTTP \d+\)\nCorrelation ID: [\da-f-]+\n/u,
    ],
    [
      'the upload of the script',
      { path: 'script.csx', times: 9, action: 'reset' },
      /^Error: PUT \S+\/script\.csx failed: the connection broke\.\n$/u,
    ],
  ])('%s', async (_what, fault, message) => {
    await using cloud = await FakeCloud.start();
    await using workspace = await workspaceFor(cloud);
    cloud.fault(fault);
    const { exitCode, stderr } = await runInProcess(workspace, ...create);
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(message);
    expect(stderr).not.toContain('sig=');
    expect(requestsTo(cloud, creation)).toBe(0);
    await settingsAreUntouched(workspace);
  });
});

describe.concurrent('the request to create', () => {
  test("without a response is not repeated: if the connector can't be searched, create shows how to", async () => {
    await using cloud = await FakeCloud.start();
    await using workspace = await workspaceFor(cloud);
    cloud.fault({ method: 'POST', path: creation, action: 'resetAfter' });
    cloud.fault({ method: 'GET', path: creation, skip: 1, status: 403 });
    expect(await runInProcess(workspace, ...create)).toEqual({
      exitCode: 1,
      stdout: '',
      stderr: `Error: POST ${cloud.url}/providers/Microsoft.PowerApps/apis failed: the connection broke. ${mayExist}\nBefore you try again, look for it with:\n  paconn list -s settings.json --environment ${cloud.environment.id}\n`,
    });
    expect(requestsTo(cloud, creation)).toBe(1);
    expect(cloud.connectors()).toHaveLength(1);
    await settingsAreUntouched(workspace);
  });

  test.each<[what: string, fault: FaultOrder]>([
    ['an answer without a name', { path: creation, times: 9, status: 201, json: { id: 'x' } }],
    ['a time-out', { path: creation, times: 9, action: 'hang' }],
    ['500', { path: creation, times: 9, status: 500 }],
    ['502 of a gateway', { path: creation, times: 9, status: 502, html: '<html></html>' }],
    ['503', { path: creation, times: 9, status: 503, headers: { 'retry-after': '0' } }],
    ['504', { path: creation, times: 9, status: 504 }],
    ['408', { path: creation, times: 9, status: 408 }],
  ])('after %s is not sent again, and the connector may be there', async (_what, fault) => {
    await using cloud = await FakeCloud.start();
    await using workspace = await workspaceFor(cloud);
    cloud.fault({ method: 'POST', ...fault });
    const { exitCode, stderr } = await runInProcessWith(workspace, create, { variables: { PACONN_HTTP_TIMEOUT: '2' } });
    expect(exitCode).toBe(1);
    expect(stderr).toContain(mayExist);
    expect(stderr).not.toContain('bug in paconn');
    expect(requestsTo(cloud, creation)).toBe(1);
    await settingsAreUntouched(workspace);
  });

  test.each<[what: string, fault: FaultOrder]>([
    ['cut off', { action: 'truncate', path: creation }],
    ['garbage', { action: 'garbage', path: creation }],
    ['broken off', { action: 'resetAfter', path: creation }],
    ['late', { answerLatency: 2500, path: creation }],
    ['empty', { action: 'empty', path: creation }],
    ['502 of a gateway', { status: 502, html: '<html></html>', hasEffect: true, path: creation }],
    ['504 of a gateway', { status: 504, hasEffect: true, path: creation }],
  ])('whose response is %s created a connector, which is found, and its ID is saved', async (_what, fault) => {
    await using cloud = await FakeCloud.start();
    await using workspace = await workspaceFor(cloud);
    // Neither one that was there nor that of somebody else is in doubt.
    const known = new Set([cloud.addConnector({ displayName: 'Pet Store' }), cloud.addConnector({ createdBy: diego })]);
    cloud.fault({ method: 'POST', ...fault });
    const { exitCode, stderr } = await runInProcessWith(workspace, create, { variables: { PACONN_HTTP_TIMEOUT: '1' } });
    const [made, ...others] = cloud.connectors().filter((one) => !known.has(one));
    expect({ exitCode, others }).toEqual({ exitCode: 0, others: [] });
    expect(stderr).toContain(` The connector 'Pet Store' was created anyway.\n${made?.id} created successfully.\n`);
    expect(await workspace.readJson('settings.json')).toMatchObject({ connectorId: made?.id });
    expect((await runInProcess(workspace, 'deploy', '-s', 'settings.json')).stderr).toContain('is up to date');
  });

  test.each<[what: string, meanwhile: (cloud: FakeCloud) => void]>([
    ['two of that name', (cloud) => void [cloud.addConnector(), cloud.addConnector()]],
    ['one of somebody else', (cloud) => void cloud.addConnector({ createdBy: diego })],
    ['one of nobody', (cloud) => void cloud.addConnector({ createdBy: null })],
    ['one of another name', (cloud) => void cloud.addConnector({ displayName: 'Pet Store 2' })],
    ['one of long ago', (cloud) => void cloud.addConnector({ overrides: { createdTime: '"2020-01-01T00:00:00Z"' } })],
    ['one of no time', (cloud) => void cloud.addConnector({ overrides: { createdTime: undefined } })],
  ])('whose answer is lost is in doubt where there is %s', async (_what, meanwhile) => {
    await using cloud = await FakeCloud.start();
    await using workspace = await workspaceFor(cloud);
    cloud.fault({ method: 'POST', path: creation, status: 504, meanwhile: () => meanwhile(cloud) });
    const { exitCode, stderr } = await runInProcess(workspace, ...create);
    expect(exitCode).toBe(1);
    expect(stderr).toContain(mayExist);
    await settingsAreUntouched(workspace);
  });

  test('without a response has an unknown result if the previous connectors are unknown', async () => {
    await using cloud = await FakeCloud.start();
    await using workspace = await workspaceFor(cloud);
    cloud.fault({ method: 'GET', path: creation, status: 403 });
    cloud.fault({ method: 'POST', path: creation, status: 504, hasEffect: true });
    const { exitCode, stderr } = await runInProcess(workspace, ...create);
    expect(exitCode).toBe(1);
    expect(stderr).toContain(mayExist);
  });

  test('that takes long is reported once without a terminal', { timeout: 40_000 }, async () => {
    // One each: a second connector of one name in a cloud is said, too.
    await using cloud = await FakeCloud.start();
    await using otherCloud = await FakeCloud.start();
    await using workspace = await workspaceFor(cloud);
    await using other = await workspaceFor(otherCloud);
    for (const one of [cloud, otherCloud]) one.fault({ method: 'POST', path: creation, answerLatency: 5500 });
    const [{ stderr }, quiet] = await Promise.all([
      runInProcess(workspace, ...create),
      runInProcess(other, ...create, '--quiet'),
    ]);
    expect(stderr).toMatch(/^Creating the connector… \(the service can take minutes\)\n\S+ created successfully\.\n$/u);
    expect(quiet.stderr).toMatch(/^\S+ created successfully\.\n$/u);
  });

  test.each<[what: string, fault: FaultOrder, who: string]>([
    ['a slow upload', { method: 'PUT', path: 'script.csx', latency: 1100 }, 'Another run'],
    ['a refused token', { method: 'POST', path: creation, status: 401 }, 'This or another run'],
  ])('is not sent after %s when another run has made it', async (_what, fault, who) => {
    await using cloud = await FakeCloud.start();
    await using workspace = await signedInByDeviceCode(cloud, { apiDefinition: petStore(), script: petScript() });
    const ordered = cloud.fault({ ...fault, meanwhile: () => void cloud.addConnector({ displayName: 'Pet Store' }) });
    const { exitCode, stderr } = await runInProcess(workspace, 'deploy', '-s', 'settings.json');
    const [made, ...others] = cloud.connectors();
    expect({ exitCode, others, hits: ordered.hits }).toEqual({ exitCode: 4, others: [], hits: 1 });
    expect(stderr).toContain(`${who} of paconn created 'Pet Store' (${made?.id}) in `);
    expect(stderr).toContain(` --connector ${made?.id}\n`);
    await settingsAreUntouched(workspace);
  });

  test('that was made though its token was refused is not sent again', async () => {
    await using cloud = await FakeCloud.start();
    await using workspace = await signedInByDeviceCode(cloud, { apiDefinition: petStore() });
    cloud.fault({ method: 'POST', path: creation, status: 401, hasEffect: true });
    const { exitCode, stderr } = await runInProcess(workspace, ...create);
    const [made, ...others] = cloud.connectors();
    expect({ exitCode, others }).toEqual({ exitCode: 0, others: [] });
    expect(stderr).toContain("had no clear response. The connector 'Pet Store' was created anyway.\n");
    expect(await workspace.readJson('settings.json')).toMatchObject({ connectorId: made?.id });
  });

  test('of deploy is also found, and its ID is saved in the settings file', async () => {
    await using cloud = await FakeCloud.start();
    await using workspace = await workspaceFor(cloud);
    cloud.fault({ method: 'POST', path: creation, status: 504, hasEffect: true });
    const { exitCode } = await runInProcess(workspace, 'deploy', '-s', 'settings.json');
    expect(exitCode).toBe(0);
    expect(await workspace.readJson('settings.json')).toMatchObject({ connectorId: cloud.connectors()[0]?.id });
  });

  test.each<[what: string, fault: FaultOrder, message: RegExp]>([
    [
      '429',
      {
        path: creation,
        times: 9,
        status: 429,
        headers: { 'retry-after': '7' },
        json: { error: { code: 'TooMany', message: 'Slow down.' } },
      },
      /: Slow down\. \(TooMany, HTTP \d+\)\nCorrelation ID: \S+\nThe service is busy\. Try again later \(Retry-After: 7\)\.\n$/u,
    ],
    [
      '409',
      { path: creation, times: 9, status: 409, json: { error: { code: 'Conflict', message: 'There is one.' } } },
      /^Error: Can't create the connector: There is one\. \(Conflict, HTTP \d+\)\nCorrelation ID: \S+\n/u,
    ],
    [
      '403',
      {
        path: creation,
        times: 9,
        status: 403,
        json: { error: { code: 'ConnectionAuthorizationFailed', message: 'Not you.' } },
      },
      /Check that your account has permission to do this in the environment\.\n$/u,
    ],
  ])('that is refused with %s is not sent again, and there is no connector', async (_what, fault, message) => {
    await using cloud = await FakeCloud.start();
    await using workspace = await workspaceFor(cloud);
    cloud.fault({ method: 'POST', ...fault });
    const { exitCode, stderr } = await runInProcess(workspace, ...create);
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(message);
    expect(stderr).not.toContain(mayExist);
    expect(requestsTo(cloud, creation)).toBe(1);
    await settingsAreUntouched(workspace);
  });

  test('that never arrived reports no connector', async () => {
    await using cloud = await FakeCloud.start();
    await using workspace = await workspaceFor(cloud);
    await workspace.write(
      'settings.json',
      (await workspace.read('settings.json')).replaceAll(cloud.url, 'https://localhost:1'),
    );
    const { exitCode, stderr } = await runInProcess(workspace, ...create);
    expect({ exitCode, stderr: stderr.replace(/validateApiSwagger|generateResourceStorage/u, 'x') }).toEqual({
      exitCode: 1,
      stderr: `Error: POST https://localhost:1/providers/Microsoft.PowerApps/objectIds/${cloud.signIn.user.objectId}/x failed: the connection was refused.\n`,
    });
  });

  test.sequential('that is interrupted reports that it may have completed', async () => {
    await using cloud = await FakeCloud.start();
    await using workspace = await workspaceFor(cloud);
    const hanging = cloud.fault({ method: 'POST', path: creation, action: 'hang' });
    const tool = workspace.start(create);
    await expect.poll(() => hanging.hits).toBe(1);
    tool.signal('SIGINT');
    expect(await tool.finished).toEqual({
      exitCode: 130,
      stdout: '',
      stderr: `Error: Interrupted. ${mayExist}\nBefore you try again, look for it with:\n  paconn list -s settings.json --environment ${cloud.environment.id}\n`,
    });
  });
});

test('validation, storage and uploads are tried again when the service fails for a moment', async () => {
  await using cloud = await FakeCloud.start();
  await using workspace = await workspaceFor(cloud);
  const faults = ['validateApiSwagger', 'generateResourceStorage', 'icon.png', 'script.csx'].map((path) =>
    cloud.fault({ path, status: 503, headers: { 'retry-after': '0' } }),
  );
  expect((await runInProcess(workspace, ...create)).exitCode).toBe(0);
  expect(faults.map(({ hits }) => hits)).toEqual([1, 1, 1, 1]);
  expect(cloud.connectors()).toHaveLength(1);
});

describe('members that the service refuses', () => {
  const apiProperties =
    '{"$schema":"https://x", "properties":{"iconBrandColor":"#123456","stackOwner":"Contoso","capabilities":[]}}';
  const note = (member: string): string =>
    `This environment doesn't support '${member}'. It was left out of the request. Your file still contains it.\n`;

  test.each([
    [['stackOwner'], note('stackOwner')],
    [['$schema'], note('$schema')],
    [['stackOwner', '$schema'], note('$schema') + note('stackOwner')],
  ])('%j are left out, the request is repeated, and the file keeps them', async (members, notes) => {
    await using cloud = await FakeCloud.start();
    for (const member of members) cloud.refusedMembers.add(member);
    await using workspace = await signedIn(cloud, { apiDefinition: petStore(), apiProperties });
    const { exitCode, stderr } = await runInProcess(workspace, ...create);
    const [connector] = cloud.connectors();
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: `${notes}${connector?.id} created successfully.\n` });
    for (const member of members) expect(connector?.lastBody).not.toContain(member);
    expect(await workspace.read('apiProperties.json')).toBe(apiProperties);
    expect(requestsTo(cloud, creation)).toBe(members.length + 1);
  });

  test('are sent as the file has them where the service takes them', async () => {
    await using cloud = await FakeCloud.start();
    await using workspace = await signedIn(cloud, { apiDefinition: petStore(), apiProperties });
    expect((await runInProcess(workspace, ...create)).exitCode).toBe(0);
    expect(cloud.connectors()[0]?.lastBody).toContain(apiProperties.slice(0, -2));
  });

  test('that are not among those are an error', async () => {
    await using cloud = await FakeCloud.start();
    cloud.refusedMembers.add('capabilities');
    await using workspace = await signedIn(cloud, { apiDefinition: petStore(), apiProperties });
    const { exitCode, stderr } = await runInProcess(workspace, ...create);
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(/^Error: Can't create the connector: .+Could not find member 'capabilities'/u);
    expect(requestsTo(cloud, creation)).toBe(1);
  });
});

describe('a name that another connector has', () => {
  const fault: FaultOrder = {
    method: 'POST',
    path: creation,
    status: 409,
    json: { error: { code: 'DisplayNameIsInUse', message: "The display name 'Pet Store' is in use." } },
  };

  test('is reported with that connector, and how to update it', async () => {
    await using cloud = await FakeCloud.start();
    const { id } = cloud.addConnector({ displayName: 'pet store' });
    await using workspace = await workspaceFor(cloud);
    cloud.fault(fault);
    const { exitCode, stderr } = await runInProcess(workspace, ...create);
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(/^Error: .+ \(DisplayNameIsInUse, HTTP 409\)\nCorrelation ID: \S+\n/u);
    expect(stderr).toContain(`The name 'Pet Store' belongs to ${id}. To create another one, change "title"`);
    expect(stderr).toContain(`\n  paconn deploy -s settings.json --connector ${id}\n`);
    await settingsAreUntouched(workspace);
  });

  test('is reported with all that have it, and the user chooses one to update', async () => {
    await using cloud = await FakeCloud.start();
    const ids = [
      cloud.addConnector({ displayName: 'Pet Store' }).id,
      cloud.addConnector({ displayName: 'pet store' }).id,
    ];
    await using workspace = await workspaceFor(cloud);
    cloud.fault(fault);
    const { stderr } = await runInProcess(workspace, ...create);
    expect(stderr).toContain(`The name 'Pet Store' belongs to ${ids.join(', ')}. `);
    expect(stderr).toContain(
      ' To update one of them with these files:\n  paconn deploy -s settings.json --connector <connector>\n',
    );
  });

  test.each([[[]], [['--rename']]])('is reported with that connector by an update, too: %j', async (more) => {
    await using cloud = await FakeCloud.start();
    const other = cloud.addConnector({ displayName: 'pet store' });
    const own = cloud.addConnector({ displayName: 'Pets' });
    await using workspace = await workspaceFor(cloud);
    cloud.fault({ ...fault, method: 'PATCH', path: own.id });
    const { exitCode, stderr } = await runInProcess(workspace, 'deploy', '-s', 'settings.json', '-c', own.id, ...more);
    expect(exitCode).toBe(1);
    expect(stderr).toContain(`The name 'Pet Store' belongs to ${other.id}. To use another name, change "title"`);
    expect(stderr).not.toContain('create another one');
  });

  test('of another user, or with an unavailable list, is reported with a hint', async () => {
    await using cloud = await FakeCloud.start();
    await using workspace = await workspaceFor(cloud);
    for (const status of [undefined, 403]) {
      cloud.fault(fault);
      if (status !== undefined) cloud.fault({ method: 'GET', path: creation, status });
      const { stderr } = await runInProcess(workspace, ...create);
      expect(stderr).toMatch(
        /\(DisplayNameIsInUse, .+\nCorrelation ID: .+\nThe connector may belong to someone else .+\n$/u,
      );
    }
  });
});
