import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { findConfigDirectory } from '../../../src/io/fs/config-directory.ts';
import { petStore } from '../../support/pet-store.ts';
import { Workspace } from '../../support/workspace.ts';

const home = resolve('/home/ada');

test.each([
  [undefined, join(home, '.paconn')],
  ['', join(home, '.paconn')],
  ['~', home],
  ['~/ci/paconn', join(home, 'ci', 'paconn')],
  ['~ada', resolve('~ada')],
  ['settings', resolve('settings')],
  [resolve('/srv/paconn'), resolve('/srv/paconn')],
])('with PACONN_CONFIG_DIR=%s the configuration folder is %s', (named, found) => {
  expect(findConfigDirectory({ PACONN_CONFIG_DIR: named }, () => home)).toBe(found);
});

/** What Node does for a user whom the system doesn't know, without HOME. */
function unknownUser(): never {
  throw new Error('A system error occurred: uv_os_homedir returned ENOENT (no such file or directory)');
}

test.each([unknownUser, () => '', () => 'relative'])(
  'an unknown home folder is needed only for what is in it',
  (ofSystem) => {
    expect(findConfigDirectory({}, ofSystem)).toBeUndefined();
    expect(findConfigDirectory({ PACONN_CONFIG_DIR: '~/x' }, ofSystem)).toBeUndefined();
    expect(findConfigDirectory({ PACONN_CONFIG_DIR: 'x' }, ofSystem)).toBe(resolve('x'));
  },
);

test('without a home folder, help and the version are shown, and other commands name the variable', async () => {
  await using workspace = await Workspace.create(undefined, {
    settings: null,
    files: { 'apiDefinition.swagger.json': petStore() },
  });
  Object.assign(workspace.variables, { HOME: 'relative', USERPROFILE: 'relative' });
  for (const line of [['--version'], ['--help'], ['login', '--help'], ['complete', 'bash', '=--wr', 'whoami']])
    expect(await workspace.paconn(...line)).toMatchObject({ exitCode: 0, stderr: '' });

  const line = ['validate', '--offline', 'apiDefinition.swagger.json'];
  expect(await workspace.paconn(...line)).toEqual({
    exitCode: 1,
    stdout: '',
    stderr:
      "Error: Your home folder isn't known, so there's no place for your sign-ins and defaults.\n" +
      'Set PACONN_CONFIG_DIR to the full path of a folder for them.\n',
  });
  expect(await workspace.list()).toEqual(['apiDefinition.swagger.json']);
  expect(await workspace.run(line, { variables: { PACONN_CONFIG_DIR: '.config' } })).toMatchObject({ exitCode: 0 });
});
