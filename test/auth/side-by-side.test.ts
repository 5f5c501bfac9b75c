import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { FakeCloud } from '../support/fake-cloud/fake-cloud.ts';
import { petStore } from '../support/pet-store.ts';
import { signedInByDeviceCode } from '../support/signed-in.ts';
import { Workspace } from '../support/workspace.ts';
import { validDefinition } from '../support/valid-definition.ts';

const apiDefinition = petStore();
const validate = ['validate', '-s', 'settings.json'];

function renewals({ requests }: FakeCloud): number {
  return requests.filter(({ path }) => path.endsWith('/token')).length;
}

async function keptIn(workspace: Workspace): Promise<string[]> {
  return await workspace.list('../home/.paconn');
}

describe('many commands at once', () => {
  test.each([
    [20, 'has expired', -1, () => undefined],
    [8, 'the service refuses', 3600, (cloud: FakeCloud) => cloud.signIn.expireAccessTokens()],
  ])('%i of them, whose token %s, all succeed with one renewal', async (count, _what, lifetime, spoil) => {
    await using cloud = await FakeCloud.start();
    cloud.signIn.accessTokenLifetime = lifetime;
    await using workspace = await signedInByDeviceCode(cloud, { apiDefinition });
    cloud.signIn.accessTokenLifetime = 3600;
    spoil(cloud);
    const results = await Promise.all(Array.from({ length: count }, async () => await workspace.paconn(...validate)));
    // On a busy computer some wait so long that they say so.
    const ends = results.map((result) => ({
      ...result,
      stderr: result.stderr.replace(/^Waiting for another run of paconn .+\n/u, ''),
    }));
    expect(ends).toEqual(results.map(() => validDefinition));
    expect(renewals(cloud)).toBe(1);
    expect(await keptIn(workspace)).toEqual(['sign-ins.json']);
    expect(await workspace.paconn(...validate)).toEqual(validDefinition);
  });
});

test('commands that are killed at any moment leave a sign-in that works, and logout leaves nothing', async () => {
  await using cloud = await FakeCloud.start();
  await using workspace = await signedInByDeviceCode(cloud, { apiDefinition });
  for (let round = 0; round < 12; round += 1) {
    cloud.signIn.expireAccessTokens();
    const tools = [1, 2].map(() => workspace.start(validate));
    await pause(100 + Math.random() * 300);
    await Promise.all(tools.map(async (tool) => await tool.kill()));
  }
  cloud.signIn.expireAccessTokens();
  expect(await workspace.paconn(...validate)).toEqual(validDefinition);
  expect(await workspace.paconn('logout')).toEqual({ exitCode: 0, stdout: '', stderr: 'Logout successful.\n' });
  expect(await keptIn(workspace)).toEqual([]);
});

test('two logins at once both succeed, and one of them counts', async () => {
  await using cloud = await FakeCloud.start();
  await using workspace = await Workspace.create(cloud, { apiDefinition });
  const login = async (): Promise<unknown> => await workspace.paconn('login', ...cloud.loginFlags);
  expect(await Promise.all([login(), login()])).toMatchObject([{ exitCode: 0 }, { exitCode: 0 }]);
  cloud.signIn.expireAccessTokens();
  expect(await workspace.paconn(...validate)).toEqual(validDefinition);
});

test('logout during other commands leaves nothing, also while one of them renews', async () => {
  await using cloud = await FakeCloud.start();
  await using workspace = await signedInByDeviceCode(cloud, { apiDefinition });
  cloud.signIn.expireAccessTokens();
  cloud.fault({ path: '/token', latency: 1500 });
  const commands = Promise.all([1, 2, 3].map(async () => await workspace.paconn(...validate)));
  await expect.poll(() => renewals(cloud), { timeout: 20_000 }).toBe(1);
  expect(await workspace.paconn('logout')).toMatchObject({ exitCode: 0, stderr: 'Logout successful.\n' });
  for (const { exitCode } of await commands) expect([0, 3]).toContain(exitCode);
  expect(await keptIn(workspace)).toEqual([]);
});

describe('a login that waits for the user', () => {
  test.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
    ['SIGHUP', 129],
  ] as const)('ends on %s with %i, without a word', async (signal, code) => {
    await using cloud = await FakeCloud.start();
    cloud.signIn.interval = 60;
    cloud.signIn.next = { pending: Number.POSITIVE_INFINITY };
    await using workspace = await Workspace.create(cloud);
    const tool = workspace.start(['login', ...cloud.loginFlags]);
    await tool.waitFor(/enter the code \w+ to authenticate\.\n/u);
    tool.signal(signal);
    const { exitCode, stdout, stderr } = await tool.finished;
    expect({ exitCode, stderr }).toEqual({ exitCode: code, stderr: '' });
    expect(stdout).toMatch(/^To sign in[^\n]+\nYou sign in at [^\n]+\n$/u);
    expect(await keptIn(workspace)).toEqual([]);
  });
});
