import { describe, expect, test } from 'vitest';
import { FakeCloud } from '../support/fake-cloud/fake-cloud.ts';
import { ForwardProxy } from '../support/forward-proxy.ts';
import { petStore } from '../support/pet-store.ts';
import { signedIn } from '../support/signed-in.ts';
import { TerminalSession } from '../support/terminal-session.ts';

// A proxy that refuses everything: what would have gone to Microsoft stays on this machine, and is named in the error.
describe('without any settings', () => {
  test.each([
    [['login'], 'POST https://login.microsoftonline.com/common/oauth2/v2.0/devicecode'],
    [
      ['login', '-a', 'https://login.microsoftonline.us', '-t', 'x.example'],
      'POST https://login.microsoftonline.us/x.example/oauth2/v2.0/devicecode',
    ],
    [
      ['validate', '-d', 'apiDefinition.swagger.json'],
      'POST https://api.powerapps.com/providers/Microsoft.PowerApps/objectIds/OID/validateApiSwagger',
    ],
    [
      ['download', '-e', '72a1f6c4-9d0e-4f3b-8c57-1f0be3a4d2c8', '-c', 'shared_x'],
      'GET https://api.powerapps.com/providers/Microsoft.PowerApps/apis/shared_x',
    ],
    [
      ['validate', '-d', 'apiDefinition.swagger.json', '-u', 'https://europe.api.powerapps.com'],
      'POST https://europe.api.powerapps.com/providers/Microsoft.PowerApps/objectIds/OID/validateApiSwagger',
    ],
  ])('%j asks Microsoft', async (args, request) => {
    await using cloud = await FakeCloud.start();
    await using proxy = await ForwardProxy.start({ refuseWith: 403 });
    await using workspace = await signedIn(cloud, { apiDefinition: petStore() });
    const force = args[0] === 'login' ? ['--force'] : [];
    const { exitCode, stderr } = await workspace.run([...args, ...force], { variables: { HTTPS_PROXY: proxy.url } });
    expect(exitCode).toBe(1);
    expect(stderr.replace(cloud.signIn.user.objectId, 'OID')).toContain(`Error: ${request} failed`);
    expect(proxy.refusals).toBeGreaterThan(0);
  });

  test.runIf(TerminalSession.isSupported)('the environments come from Power Apps', async () => {
    await using cloud = await FakeCloud.start();
    await using proxy = await ForwardProxy.start({ refuseWith: 403 });
    await using workspace = await signedIn(cloud);
    await using session = TerminalSession.start(workspace, ['download'], { variables: { HTTPS_PROXY: proxy.url } });
    expect(await session.end()).toMatchObject({
      exitCode: 1,
      output: expect.stringMatching(
        /\nError: GET https:\/\/api\.powerapps\.com\/providers\/Microsoft\.PowerApps\/environments failed/u,
      ),
    });
  });
});

test('a service in a cloud without a name is the only one asked: no token is sent to Flow of the public cloud', async () => {
  await using cloud = await FakeCloud.start();
  cloud.addEnvironment({ displayName: 'Contoso Test' });
  await using proxy = await ForwardProxy.start({ refuseWith: 403 });
  await using workspace = await signedIn(cloud);
  const variables = { HTTPS_PROXY: proxy.url, NO_PROXY: 'localhost' };
  const list = ['list', '-e', 'Contoso Test', '--pau', cloud.url];
  expect(await workspace.run(list, { variables })).toMatchObject({ exitCode: 0 });
  cloud.fault({
    path: 'environments',
    times: 2,
    status: 403,
    json: { error: { code: 'Forbidden', message: 'Not you.' } },
  });
  expect(await workspace.run(list, { variables })).toMatchObject({
    exitCode: 1,
    stderr: expect.stringContaining("Error: Can't list the environments: Not you."),
  });
  expect(proxy.refusals).toBe(0);
});
