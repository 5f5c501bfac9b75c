import { describe, expect, test } from 'vitest';
import { FakeCloud } from '../support/fake-cloud/fake-cloud.ts';
import { signedIn } from '../support/signed-in.ts';
import { TerminalSession } from '../support/terminal-session.ts';
import type { Workspace } from '../support/workspace.ts';

const download = ['download', '-s', 'settings.json'];

async function workspaceAt(cloud: FakeCloud, environment: string | null): Promise<Workspace> {
  return await signedIn(cloud, { settings: { environment } });
}

describe.runIf(TerminalSession.isSupported)('nothing to choose from', () => {
  test('is an error: no environment', async () => {
    await using cloud = await FakeCloud.start();
    cloud.removeEnvironments();
    await using workspace = await workspaceAt(cloud, null);
    await using session = TerminalSession.start(workspace, download);
    expect(await session.end()).toEqual({
      exitCode: 1,
      output: expect.stringMatching(/Error: No environments found that you have access to\.\n$/u),
    });
  });

  test('is an error: no custom connector', async () => {
    await using cloud = await FakeCloud.start();
    cloud.addConnector({ isCustomApi: false });
    await using workspace = await workspaceAt(cloud, cloud.environment.id);
    await using session = TerminalSession.start(workspace, download);
    expect(await session.end()).toEqual({
      exitCode: 1,
      output: expect.stringMatching(
        new RegExp(
          `Error: No custom connectors found in the environment ${cloud.environment.id}\\.\nCreate one with:\n  paconn deploy --environment ${cloud.environment.id}\n$`,
          'u',
        ),
      ),
    });
  });

  test('is an error: a list whose next page is on an untrusted host', async () => {
    await using cloud = await FakeCloud.start();
    const nextLink = 'https://evil.example/providers/Microsoft.ProcessSimple/environments?x=1';
    cloud.fault({ path: '/environments', status: 200, json: { value: [], nextLink } });
    await using workspace = await workspaceAt(cloud, null);
    await using session = TerminalSession.start(workspace, download);
    expect(await session.end()).toMatchObject({
      exitCode: 2,
      output: expect.stringMatching(/Error: evil\.example isn't a Power Platform host/u),
    });
  });
});
