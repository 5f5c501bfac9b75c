import { describe, expect, test } from 'vitest';
import type { FaultOrder } from '../support/fake-cloud/faults.ts';
import { FakeCloud } from '../support/fake-cloud/fake-cloud.ts';
import { diego } from '../support/fake-cloud/users.ts';
import { petScript, petStore } from '../support/pet-store.ts';
import { runInProcess } from '../support/run-in-process.ts';
import { signedIn, signedInByDeviceCode } from '../support/signed-in.ts';

/** What gateways answer after they have passed a request on; the service's own refusals have a code. */
const refusals: readonly (readonly [what: string, fault: Omit<FaultOrder, 'path'>])[] = [
  ['307', { status: 307 }],
  ['401', { status: 401 }],
  ['403 of a gateway', { status: 403, html: '<html>403</html>' }],
  ['409', { status: 409, json: { error: { code: 'Conflict', message: 'Busy.' } } }],
  ['412', { status: 412 }],
  ['421', { status: 421 }],
  ['425', { status: 425 }],
  ['429', { status: 429, headers: { 'retry-after': '99' } }],
];
const apis = '/apis/shared_';
const list = /\/apis$/u;
const done = { times: 99, hasEffect: true } as const;

describe.concurrent.each(refusals)('%s after the request was carried out:', (_what, fault) => {
  test.each([['update'], ['deploy']])('%s finds out that the connector is updated', async (command) => {
    await using cloud = await FakeCloud.start();
    const connector = cloud.addConnector();
    await using workspace = await signedIn(cloud, { connector, apiDefinition: petStore({ description: 'New' }) });
    const ordered = cloud.fault({ ...fault, ...done, method: 'PATCH', path: apis });
    const { exitCode, stderr } = await runInProcess(workspace, command, '-s', 'settings.json');
    expect({ exitCode, description: connector.description }).toEqual({ exitCode: 0, description: 'New' });
    expect(stderr).toMatch(/^Note: .+ The update of \S+ completed anyway\.$/mu);
    expect(ordered.hits).toBe(1);
  });

  test.each([
    ['create', '-s', 'settings.json', '-w'],
    ['deploy', '-s', 'settings.json'],
  ])('%s finds the new connector, and saves its ID', async (...command) => {
    await using cloud = await FakeCloud.start();
    await using workspace = await signedIn(cloud, { apiDefinition: petStore(), script: petScript() });
    cloud.fault({ ...fault, ...done, method: 'POST', path: list });
    const { exitCode, stderr } = await runInProcess(workspace, ...command);
    const [made, ...others] = cloud.connectors();
    expect({ exitCode, others }).toEqual({ exitCode: 0, others: [] });
    expect(stderr).toMatch(/^Note: .+ The connector 'Pet Store' was created anyway\.$/mu);
    expect(await workspace.readJson('settings.json')).toMatchObject({ connectorId: made?.id });
    expect(await workspace.exists('paconn.base.json')).toBe(true);
  });

  test('delete finds out that the connector is gone', async () => {
    await using cloud = await FakeCloud.start();
    const connector = cloud.addConnector();
    await using workspace = await signedIn(cloud, { connector });
    cloud.fault({ ...fault, ...done, method: 'DELETE', path: apis });
    const { exitCode, stderr } = await runInProcess(workspace, 'delete', '-s', 'settings.json', '--yes');
    expect({ exitCode, connectors: cloud.connectors() }).toEqual({ exitCode: 0, connectors: [] });
    expect(stderr).toMatch(/^Note: .+ was deleted anyway\.\n\S+ deleted successfully\.\n/u);
  });

  test('share finds out that the change is made', async () => {
    await using cloud = await FakeCloud.start();
    const connector = cloud.addConnector();
    await using workspace = await signedIn(cloud, { connector });
    cloud.fault({ ...fault, ...done, method: 'POST', path: 'modifyPermissions' });
    const share = ['share', 'add', '-s', 'settings.json', '--user', diego.objectId];
    const { exitCode, stderr } = await runInProcess(workspace, ...share);
    expect({ exitCode, count: cloud.sharing.of(connector.id).length }).toEqual({ exitCode: 0, count: 1 });
    expect(stderr).toMatch(/^Note: .+ The change was made anyway\.\nShared with /u);
  });
});

describe.concurrent.each(refusals)('%s without any effect is the error as it is:', (_what, fault) => {
  const exitCode = fault.status === 401 ? 3 : 1;
  const plain = /^Error: (?:Can't \w+ .+|Access token invalid\. Please login again\.)\n/mu;
  const doubts = /anyway\.|may still be working/u;

  test.each([
    ['update', 'PATCH', ['--skip-validation']],
    ['delete', 'DELETE', ['--yes']],
  ])('%s', async (command, method, more) => {
    await using cloud = await FakeCloud.start();
    const connector = cloud.addConnector();
    await using workspace = await signedIn(cloud, { connector, apiDefinition: petStore({ description: 'New' }) });
    cloud.fault({ ...fault, times: 99, method, path: apis });
    const { exitCode: code, stderr } = await runInProcess(workspace, command, '-s', 'settings.json', ...more);
    expect(stderr).toMatch(plain);
    expect(stderr).not.toMatch(doubts);
    expect({ code, connectors: cloud.connectors() }).toEqual({ code: exitCode, connectors: [connector] });
  });

  test('create', async () => {
    await using cloud = await FakeCloud.start();
    await using workspace = await signedIn(cloud, { apiDefinition: petStore() });
    cloud.fault({ ...fault, times: 99, method: 'POST', path: list });
    const { exitCode: code, stderr } = await runInProcess(workspace, 'create', '-s', 'settings.json', '-w');
    expect(stderr).toMatch(plain);
    expect(stderr).not.toMatch(doubts);
    expect({ code, connectors: cloud.connectors() }).toEqual({ code: exitCode, connectors: [] });
    expect(await workspace.readJson('settings.json')).not.toHaveProperty('connectorId');
  });

  test('share', async () => {
    await using cloud = await FakeCloud.start();
    const connector = cloud.addConnector();
    await using workspace = await signedIn(cloud, { connector });
    cloud.fault({ ...fault, times: 99, method: 'POST', path: 'modifyPermissions' });
    const share = ['share', 'add', '-s', 'settings.json', '--user', diego.objectId];
    const { exitCode: code, stderr } = await runInProcess(workspace, ...share);
    expect(stderr).toMatch(plain);
    expect(stderr).not.toMatch(doubts);
    expect(code).toBe(exitCode);
  });
});

describe.concurrent("a refusal where the service can't be asked leaves it open:", () => {
  const refused = { times: 99, status: 409, hasEffect: true } as const;

  test.each([
    ['update', 'PATCH', ['--skip-validation'], 'may have changed anyway.'],
    ['delete', 'DELETE', ['--yes'], 'may have been deleted anyway.'],
  ])('%s', async (command, method, more, words) => {
    await using cloud = await FakeCloud.start();
    const connector = cloud.addConnector();
    await using workspace = await signedIn(cloud, { connector, apiDefinition: petStore({ description: 'New' }) });
    cloud.fault({ ...refused, method, path: apis });
    cloud.fault({ method: 'GET', path: apis, after: method, times: 99, status: 403 });
    const { exitCode, stderr } = await runInProcess(workspace, command, '-s', 'settings.json', ...more);
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(/^Backup saved: \S+ \((?:undo|create it again): paconn .+\)$/mu);
    expect(stderr).toContain(` The connector ${connector.id} ${words}\n`);
  });

  test('create', async () => {
    await using cloud = await FakeCloud.start();
    await using workspace = await signedIn(cloud, { apiDefinition: petStore() });
    cloud.fault({ ...refused, method: 'POST', path: list });
    cloud.fault({ method: 'GET', path: list, after: 'POST', skip: 1, times: 99, status: 403 });
    const { exitCode, stderr } = await runInProcess(
      workspace,
      'create',
      '-s',
      'settings.json',
      '-w',
      '--skip-validation',
    );
    expect(exitCode).toBe(1);
    expect(stderr).toContain("The connector 'Pet Store' may have been created anyway.\n");
  });

  test('create beside a connector of that name that another run has made meanwhile', async () => {
    await using cloud = await FakeCloud.start();
    await using workspace = await signedIn(cloud, { apiDefinition: petStore(), script: petScript() });
    const meanwhile = (): void => void cloud.addConnector({ displayName: 'Pet Store' });
    cloud.fault({ method: 'POST', path: list, status: 409, meanwhile });
    const { exitCode, stderr } = await runInProcess(workspace, 'create', '-s', 'settings.json', '-w');
    expect(exitCode).toBe(1);
    expect(stderr).toContain("The connector 'Pet Store' may have been created anyway.\n");
    expect(await workspace.readJson('settings.json')).not.toHaveProperty('connectorId');
  });
});

test.each(['update', 'deploy'])('%s whose own refusals have a code is not looked after', async (command) => {
  await using cloud = await FakeCloud.start();
  const connector = cloud.addConnector();
  await using workspace = await signedIn(cloud, { connector, apiDefinition: petStore({ description: 'New' }) });
  cloud.fault({
    method: 'PATCH',
    path: apis,
    status: 403,
    json: { error: { code: 'Forbidden', message: 'Not you.' } },
  });
  const { exitCode, stderr } = await runInProcess(workspace, command, '-s', 'settings.json');
  expect(exitCode).toBe(1);
  expect(stderr).toContain(': Not you. (Forbidden, HTTP 403)\n');
  expect(cloud.requests.at(-1)).toMatchObject({ method: 'PATCH' });
});

test.each<[what: string, fault: Omit<FaultOrder, 'path'>]>([
  ['a page', { status: 503, html: '<html>503</html>' }],
  ['nothing', { action: 'reset' }],
])('an update that was made though its token was refused, which %s renews, is made', async (_what, fault) => {
  await using cloud = await FakeCloud.start();
  const connector = cloud.addConnector();
  const files = { connector, apiDefinition: petStore({ description: 'New' }) };
  await using workspace = await signedInByDeviceCode(cloud, files);
  cloud.fault({ ...done, method: 'PATCH', path: apis, status: 401 });
  cloud.fault({ ...fault, times: 99, method: 'POST', path: /\/token$/u });
  const { exitCode, stderr } = await runInProcess(workspace, 'update', '-s', 'settings.json');
  expect(exitCode).toBe(0);
  expect(stderr).toMatch(/^Note: .+ The update of \S+ completed anyway\.$/mu);
});

test('an update that was made though its token was refused, and that is renewed, is not sent again', async () => {
  await using cloud = await FakeCloud.start();
  const connector = cloud.addConnector();
  const files = { connector, apiDefinition: petStore({ description: 'New' }) };
  await using workspace = await signedInByDeviceCode(cloud, files);
  const refused = cloud.fault({ method: 'PATCH', path: apis, status: 401, hasEffect: true });
  const { exitCode, stderr } = await runInProcess(workspace, 'update', '-s', 'settings.json');
  expect({ exitCode, hits: refused.hits }).toEqual({ exitCode: 0, hits: 1 });
  expect(stderr).toContain('had no clear response. The update of ');
  expect(cloud.requests.filter(({ method }) => method === 'PATCH')).toHaveLength(1);
});
