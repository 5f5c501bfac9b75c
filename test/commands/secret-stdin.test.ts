import { describe, expect, test } from 'vitest';
import { FakeCloud } from '../support/fake-cloud/fake-cloud.ts';
import { oAuthProperties } from '../support/oauth-properties.ts';
import { petStore } from '../support/pet-store.ts';
import { signedIn } from '../support/signed-in.ts';
import { keys, TerminalSession } from '../support/terminal-session.ts';
import type { Workspace } from '../support/workspace.ts';

const secret = 'a=b c"d$é';

function secretsIn(cloud: FakeCloud): unknown[] {
  return cloud.connectors().map(({ clientSecrets }) => clientSecrets);
}

async function workspaceToCreate(cloud: FakeCloud): Promise<Workspace> {
  const workspace = await signedIn(cloud, { apiDefinition: petStore(), apiProperties: oAuthProperties() });
  await workspace.write('secret.txt', `\ufeff${secret}\r\nmore\n`);
  return workspace;
}

test('a client secret is read from a file that is redirected to stdin', async () => {
  await using cloud = await FakeCloud.start();
  await using workspace = await workspaceToCreate(cloud);
  const command = workspace.command('create', '-s', 'settings.json', '-w', '--skip-validation', '--secret', '-');
  const { exitCode } = await workspace.launch(['sh', '-c', '"$0" "$@" < secret.txt', ...command]).finished;
  expect(exitCode).toBe(0);
  expect(secretsIn(cloud)).toEqual([{ 'connectionParameters/token': secret }]);
});

test.skipIf(process.platform === 'win32')('a first line without an end is no client secret', async () => {
  await using cloud = await FakeCloud.start();
  await using workspace = await workspaceToCreate(cloud);
  const command = workspace.command('create', '-s', 'settings.json', '-w', '--skip-validation', '--secret', '-');
  const { exitCode, stderr } = await workspace.launch(['sh', '-c', '"$0" "$@" < /dev/zero', ...command]).finished;
  expect({ exitCode, stderr }).toEqual({
    exitCode: 1,
    stderr: 'Error: The first line of standard input has more than 1 MB.\n',
  });
  expect(cloud.connectors()).toEqual([]);
});

describe.runIf(TerminalSession.isSupported)('a client secret that stdin is to give', () => {
  test('is read without echo at a terminal, before other prompts', async () => {
    await using cloud = await FakeCloud.start();
    cloud.addEnvironment({ displayName: 'Other' });
    await using workspace = await workspaceToCreate(cloud);
    await workspace.write(
      'other.json',
      JSON.stringify({ ...JSON.parse(await workspace.read('settings.json')), environment: '' }),
    );
    await using session = TerminalSession.start(workspace, [
      'create',
      '-s',
      'other.json',
      '-w',
      '--skip-validation',
      '--secret',
      '-',
    ]);
    await session.waitFor(/OAuth2 client secret: /u);
    session.type(`${secret}${keys.enter}`);
    await session.waitFor(/Default choice\(1\)\]: /u);
    session.type(`1${keys.enter}`);
    const { exitCode, output } = await session.end();
    expect({ exitCode, output }).toEqual({
      exitCode: 0,
      output: expect.stringMatching(
        /created successfully\.\nPet Store · Contoso \(default\)\nRedirect URL: https:\S+\nNext, after you change the files:\n {2}paconn deploy\n$/u,
      ),
    });
    expect(output).not.toContain(secret);
    expect(secretsIn(cloud)).toEqual([{ 'connectionParameters/token': secret }]);
  });
});
