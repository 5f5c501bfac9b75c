import { rm, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { setTimeout as pause } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { FakeCloud } from '../support/fake-cloud/fake-cloud.ts';
import { petStore } from '../support/pet-store.ts';
import { runInProcess, runInProcessWith } from '../support/run-in-process.ts';
import { signedInByDeviceCode } from '../support/signed-in.ts';
import { Workspace } from '../support/workspace.ts';

const successful = { exitCode: 0, stdout: '', stderr: 'Logout successful.\n' };
const nobody = { exitCode: 0, stdout: '', stderr: "You weren't signed in.\n" };

test('logout removes the sign-in', async () => {
  await using cloud = await FakeCloud.start();
  await using workspace = await signedInByDeviceCode(cloud, { apiDefinition: petStore() });
  expect(await workspace.paconn('logout')).toEqual(successful);
  expect(await workspace.list('../home')).toEqual(['.paconn/']);
  expect((await workspace.paconn('validate', '-s', 'settings.json')).exitCode).toBe(3);
  expect(cloud.requests).toEqual([]);
});

test('logout also removes the token file of the Python tool', async () => {
  await using workspace = await Workspace.create(undefined, { files: { '../home/.paconn/accessTokens.json': '{}' } });
  expect(await runInProcess(workspace, 'logout')).toEqual(successful);
  expect(await workspace.list('../home')).toEqual(['.paconn/']);
});

test('logout removes damaged files, and keeps files of others', async () => {
  await using workspace = await Workspace.create(undefined, {
    files: {
      '../home/.paconn/sign-ins.json': '{',
      '../home/.paconn/profile.json': '{',
      '../home/.paconn/token-cache.json': '',
      '../home/.paconn/notes.txt': 'mine',
    },
  });
  expect(await runInProcess(workspace, 'logout')).toEqual(successful);
  expect(await workspace.list('../home')).toEqual(['.paconn/notes.txt']);
});

test('logout without a sign-in reports it', async () => {
  await using workspace = await Workspace.create();
  expect(await workspace.paconn('logout')).toEqual(nobody);
  expect(await workspace.list('../home')).toEqual([]);
});

test('a second logout finds no account', async () => {
  await using cloud = await FakeCloud.start();
  await using workspace = await signedInByDeviceCode(cloud);
  expect(await runInProcess(workspace, 'logout')).toEqual(successful);
  expect(await runInProcess(workspace, 'logout')).toEqual(nobody);
});

test('logout uses PACONN_CONFIG_DIR if it is set', async () => {
  await using workspace = await Workspace.create(undefined, { files: { 'config/sign-ins.json': '{}' } });
  const variables = { PACONN_CONFIG_DIR: workspace.path('config') };
  expect(await runInProcessWith(workspace, ['logout'], { variables })).toEqual(successful);
  expect(await workspace.list()).toEqual(['config/']);
});

test.each([
  ['logout', '--env', 'x'],
  ['logout', 'now'],
])('%s %s is wrong usage, and nothing is removed', async (...args) => {
  await using workspace = await Workspace.create(undefined, { files: { '../home/.paconn/sign-ins.json': '{}' } });
  expect((await workspace.paconn(...args)).exitCode).toBe(2);
  expect(await workspace.list('../home')).toEqual(['.paconn/sign-ins.json']);
});

test("a file that can't be removed is reported, and the tokens are removed", async () => {
  const files = { 'profile.json/inside': 'x', 'sign-ins.json': '{"version":2,"signIns":[]}' };
  await using workspace = await Workspace.create(undefined, { files });
  const result = await workspace.run(['logout'], { variables: { PACONN_CONFIG_DIR: workspace.directory } });
  expect(result).toEqual({
    exitCode: 1,
    stdout: '',
    stderr: `Error: ${workspace.path('profile.json')} can't be removed: it's a folder.\n`,
  });
  expect(await workspace.list()).toEqual(['profile.json/inside']);
});

test('a variable with an invalid value is reported', async () => {
  await using workspace = await Workspace.create();
  const result = await runInProcessWith(workspace, ['logout'], { variables: { PACONN_TOKEN_STORE: 'cloud' } });
  expect(result).toMatchObject({ exitCode: 2, stdout: '' });
  expect(result.stderr).toMatch(
    /^Error: The environment variable PACONN_TOKEN_STORE must be auto, keychain, or file\.\nSet a valid value, such as PACONN_TOKEN_STORE=auto, or unset it\.\n/u,
  );
});

test('logout reports that it waits for another run that uses the sign-in', { timeout: 60_000 }, async () => {
  await using workspace = await Workspace.create(undefined, { files: { '../home/.paconn/sign-ins.json': '{' } });
  const lock = join(workspace.configDirectory, 'lock');
  await writeFile(lock, JSON.stringify({ host: hostname(), process: process.ppid }));
  const giving = pause(4000).then(async () => await rm(lock));
  expect(await runInProcess(workspace, 'logout')).toEqual({
    ...successful,
    stderr: `Waiting for another run of paconn that signs in or renews a sign-in…\n${successful.stderr}`,
  });
  await giving;
});

test("--all and --account can't be used together", async () => {
  await using cloud = await FakeCloud.start();
  await using workspace = await signedInByDeviceCode(cloud);
  expect(await runInProcess(workspace, 'logout', '--all', '--account', 'nobody')).toEqual({
    exitCode: 2,
    stdout: '',
    stderr: "Error: --all and --account can't be used together.\n",
  });
  expect(await runInProcess(workspace, 'logout', '--all')).toMatchObject({ exitCode: 0 });
});

test('an account that is not signed in is an error that lists those that are', async () => {
  await using cloud = await FakeCloud.start();
  await using workspace = await signedInByDeviceCode(cloud);
  expect(await runInProcess(workspace, 'logout', '--account', 'zed')).toEqual({
    exitCode: 3,
    stdout: '',
    stderr:
      "Error: You aren't signed in as 'zed'.\nSigned in: adele@contoso.example.\nPass an account that is signed in.\n",
  });
});
