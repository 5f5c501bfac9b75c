import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { failureSince, forgetFailure, rememberFailure, renewalFailureName } from '../../src/auth/renewal-failure.ts';
import { NetworkError, NotSignedInError, UsageError } from '../../src/errors.ts';
import { FakeCloud } from '../support/fake-cloud/fake-cloud.ts';
import { petStore } from '../support/pet-store.ts';
import { runInProcess, runInProcessWith } from '../support/run-in-process.ts';
import { signedInByDeviceCode } from '../support/signed-in.ts';

describe('commands at once that wait for one renewal', () => {
  test.each([
    ['hangs', { action: 'hang' }, 1, /the response took too long/u],
    [
      'is refused',
      { status: 400, json: { error: 'invalid_grant', error_description: 'AADSTS50173: x' } },
      3,
      /AADSTS50173/u,
    ],
  ] as const)(
    'take over its failure when it %s, and the next one tries again',
    async (_how, fault, exitCode, words) => {
      await using cloud = await FakeCloud.start();
      await using workspace = await signedInByDeviceCode(cloud, { apiDefinition: petStore() });
      cloud.signIn.expireAccessTokens();
      cloud.fault({ path: '/token', times: 99, ...fault });
      // So that all of them wait when the answer comes.
      cloud.latency = 700;
      const renewals = (): number => cloud.requests.filter(({ path }) => path.endsWith('/token')).length;
      const list = async () =>
        await runInProcessWith(workspace, ['list', '-s', 'settings.json'], { variables: { PACONN_HTTP_TIMEOUT: '1' } });
      const results = await Promise.all(Array.from({ length: 6 }, list));
      for (const result of results) expect(result).toMatchObject({ exitCode, stderr: expect.stringMatching(words) });
      expect(renewals()).toBe(1);

      await list();
      expect(renewals()).toBe(2);
      expect(await workspace.list('../home/.paconn')).toEqual([renewalFailureName, 'sign-ins.json']);
      await runInProcess(workspace, 'logout');
      expect(await workspace.list('../home/.paconn')).toEqual([]);
    },
  );
});

describe('a failure of another run', () => {
  let directory = '';
  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'paconn-'));
  });
  afterAll(async () => await rm(directory, { recursive: true }));

  const token = { token: 'a', claims: undefined };
  const error = new NetworkError('Too slow.', { mayHaveArrived: true, hint: 'Wait.' });

  test('is shared with runs that waited for it, for the same token and claims', async () => {
    const before = Date.now();
    await rememberFailure(error, token, directory);
    expect(await failureSince(before, token, directory)).toMatchObject({ message: 'Too slow.', hint: 'Wait.' });
    expect(await failureSince(Date.now() + 1, token, directory)).toBeUndefined();
    expect(await failureSince(before, { ...token, token: 'b' }, directory)).toBeUndefined();
    expect(await failureSince(before, { ...token, claims: '{}' }, directory)).toBeUndefined();
    await forgetFailure(directory);
    expect(await failureSince(before, token, directory)).toBeUndefined();
  });

  test('keeps its kind for waiting runs, and other runs have their own', async () => {
    await rememberFailure(new NotSignedInError('No.'), token, directory);
    expect(await failureSince(0, token, directory)).toBeInstanceOf(NotSignedInError);
    await forgetFailure(directory);
    await rememberFailure(new UsageError('No.'), token, directory);
    expect(await failureSince(0, token, directory)).toBeUndefined();
  });

  test('is ignored if it is damaged or from the future', async () => {
    await writeFile(join(directory, renewalFailureName), '{');
    expect(await failureSince(0, token, directory)).toBeUndefined();
    await rememberFailure(error, token, directory);
    const path = join(directory, renewalFailureName);
    await writeFile(path, (await readFile(path, 'utf8')).replace(/"failedAt":\d+/u, '"failedAt":9999999999999'));
    expect(await failureSince(0, token, directory)).toBeUndefined();
  });
});
