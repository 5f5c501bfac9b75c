import { pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';
import { openKeychain, type OpenKeychain } from '../../src/auth/keychain.ts';
import { InterruptedError } from '../../src/errors.ts';
import { Workspace } from '../support/workspace.ts';

/** A keychain whose process is another one, which finds in `argv[4]` where it may write. */
async function openWith(workspace: Workspace, program: string): Promise<OpenKeychain> {
  return openKeychain({
    account: workspace.path('asked.txt'),
    program: pathToFileURL(await workspace.write('keychain.mjs', program)).href,
    executable: process.execPath,
    variables: workspace.environmentVariables(),
    signal: new AbortController().signal,
  });
}

test('a secret that was requested early is available when needed, and requested again when it may have changed', async () => {
  await using workspace = await Workspace.create();
  const keychain = await openWith(
    workspace,
    `import { appendFileSync } from 'node:fs';
    const [, , operation, account] = process.argv;
    appendFileSync(account, operation + ' ');
    if (operation === 'get') process.stdout.write('secret');`,
  );

  expect(await Promise.all([keychain.get(), keychain.get()])).toEqual(['secret', 'secret']);
  expect(await keychain.get()).toBe('secret');
  expect(await workspace.read('asked.txt')).toBe('get ');

  await keychain.set('other');
  await keychain.get();
  expect(await workspace.read('asked.txt')).toBe('get set get ');
});

test('a keychain request ends when no caller waits for it', async () => {
  await using workspace = await Workspace.create();
  const keychain = await openWith(workspace, 'setInterval(() => undefined, 1000);');

  const [answer] = await Promise.allSettled([keychain.get(), Promise.resolve().then(keychain.giveUp)]);
  expect(answer).toMatchObject({ status: 'rejected', reason: new InterruptedError() });
});
