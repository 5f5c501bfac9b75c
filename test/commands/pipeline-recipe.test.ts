import { chmod, readFile } from 'node:fs/promises';
import { delimiter } from 'node:path';
import { describe, expect, test } from 'vitest';
import { FakeCloud } from '../support/fake-cloud/fake-cloud.ts';
import { petStore } from '../support/pet-store.ts';
import { keys, TerminalSession } from '../support/terminal-session.ts';
import { Workspace } from '../support/workspace.ts';

const clientId = '11111111-2222-4333-8444-555555555555';

/** The recipe of docs/authentication.md that signs in with a client secret. */
async function recipe(): Promise<string> {
  const page = await readFile(new URL('../../docs/authentication.md', import.meta.url), 'utf8');
  const blocks = [...page.matchAll(/```sh\n(.*?)```/gsu)].map(([, text = '']) => text);
  const [found, another] = blocks.filter((text) => text.includes('AZURE_CLIENT_SECRET=…'));
  if (found === undefined || another !== undefined) throw new Error('The page has no recipe, or several.');
  return found;
}

describe.runIf(process.platform === 'linux')('the recipe for a pipeline', () => {
  test('updates a connector from a clean home, with one secret and without a prompt', async () => {
    await using cloud = await FakeCloud.start();
    const secret = 'x8Q~aSecretOfTheApplication';
    cloud.signIn.applications.add({ clientId, secret });
    const connector = cloud.addConnector({ description: 'Old' });
    await using workspace = await Workspace.create(cloud, {
      connector,
      apiDefinition: petStore({ description: 'New' }),
    });
    const tool = workspace.command().map((word) => `'${word}'`);
    await chmod(await workspace.write('bin/paconn', `#!/bin/sh\nexec ${tool.join(' ')} "$@"\n`), 0o755);
    const script = (await recipe()).replace('AZURE_CLIENT_SECRET=…', `AZURE_CLIENT_SECRET='${secret}'`);
    const PATH = [workspace.path('bin'), process.env['PATH']].join(delimiter);
    const running = workspace.launch(['sh', '-euc', script], { variables: { PATH } });
    running.endInput();
    const { exitCode, stdout, stderr } = await running.finished;
    expect({ exitCode, stdout, stderr }).toMatchObject({
      exitCode: 0,
      stdout: '',
      stderr: expect.stringContaining(`${connector.id} updated successfully.\n`),
    });
    expect(cloud.connector(connector.id).description).toBe('New');
    // What an update remembers for `restore` may be there; no sign-in is.
    expect((await workspace.list('../home')).filter((name) => /sign-in|token|profile/u.test(name))).toEqual([]);
  });
});

describe.runIf(TerminalSession.isSupported)('login --service-principal at a terminal', () => {
  test('prompts for the client secret, and does not show it', async () => {
    await using cloud = await FakeCloud.start();
    const secret = 'x8Q~aSecretOfTheApplication';
    cloud.signIn.applications.add({ clientId, secret });
    await using workspace = await Workspace.create(cloud);
    const flags = ['--service-principal', '--clid', clientId, '--tenant', 'contoso.example'];
    await using session = TerminalSession.start(workspace, ['login', ...cloud.loginFlags, ...flags]);
    await session.waitFor(/Client secret of the application/u);
    session.type(`${secret}${keys.enter}`);
    const { exitCode, output } = await session.end();
    expect({ exitCode, output }).toMatchObject({ exitCode: 0, output: expect.stringContaining('Login successful.') });
    expect(output).not.toContain(secret);
  });
});
