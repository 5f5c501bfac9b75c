import { platform } from 'node:os';
import { expect, test } from 'vitest';
import { FakeCloud } from '../support/fake-cloud/fake-cloud.ts';
import { petIcon, petScript } from '../support/pet-store.ts';
import type { ToolResult } from '../support/running-tool.ts';
import { definitionFor, propertiesFor, signInKinds } from '../support/sign-in-kinds.ts';
import { Workspace } from '../support/workspace.ts';

const definition = 'apiDefinition.swagger.json';
const secret = 'S3cret=välue';

// What other tests do in process, from end to end as a user does: `.ci/windows` runs it with Windows' Node. There the key of the
// sign-in is in the Credential Manager.
test('a connector lives from login to logout by the built tool', async () => {
  await using cloud = await FakeCloud.start();
  const kind = signInKinds.find(({ name }) => name === 'sets with OAuth 2.0 and Entra ID');
  if (!kind) throw new Error('There is no such sign-in.');
  await using workspace = await Workspace.create(cloud, {
    apiDefinition: definitionFor(kind),
    apiProperties: propertiesFor(kind),
    icon: petIcon(),
    script: petScript().replaceAll('\n', '\r\n'),
  });
  if (platform() === 'win32') workspace.variables['PACONN_TOKEN_STORE'] = undefined;
  const paconn = async (...args: readonly string[]): Promise<ToolResult> => await workspace.paconn(...args);
  const ok = (words: string): object => ({ exitCode: 0, stdout: '', stderr: expect.stringContaining(words) });

  const login = await paconn('login', ...cloud.loginFlags);
  expect(login).toMatchObject({
    exitCode: 0,
    stderr: expect.stringMatching(/^Login successful\.\n(?:Warning: .+\n)?$/u),
  });
  expect(login.stderr.includes('unencrypted')).toBe(platform() !== 'win32');

  const created = await workspace.run(['create', '-s', 'settings.json', '--secret', '-', '--overwrite-settings'], {
    stdin: `${secret}\r\n`,
  });
  const { id } = cloud.connectors()[0] ?? { id: '' };
  expect(created).toEqual(ok(`${id} created successfully.\n`));
  expect(cloud.requests.some(({ body }) => body.includes(secret))).toBe(true);
  expect(await paconn('deploy')).toEqual(ok(`${id} is up to date.\n`));

  await workspace.write(definition, definitionFor(kind, 'Sells cäts.'));
  expect(await paconn('update', '-s', 'settings.json')).toEqual(ok(`${id} updated successfully.\n`));

  cloud.edit(id, { apiDefinition: definitionFor(kind, 'Sells dögs.') });
  const difference = await paconn('diff', '--exit-code', '--format', 'json');
  expect(difference.exitCode).toBe(1);
  expect(difference.stdout.includes('ö')).toBe(platform() !== 'win32');
  expect(JSON.parse(difference.stdout).changes).toMatchObject([{ part: 'apiDefinition', before: '"Sells dögs."' }]);
  expect(await paconn('pull')).toMatchObject({ exitCode: 0 });
  expect(await workspace.read(definition)).toBe(definitionFor(kind, 'Sells dögs.'));

  expect((await paconn('download', '-s', 'settings.json', '-d', 'a copy')).exitCode).toBe(0);
  expect(await workspace.readBytes('a copy/icon.png')).toEqual(petIcon());
  expect(await workspace.readJson('a copy/settings.json')).toMatchObject({ connectorId: id, script: 'script.csx' });
  // A report to a device makes no file.
  const before = await workspace.list();
  for (const device of platform() === 'win32' ? ['NUL', 'NUL:', String.raw`.\nul`, '//./NUL'] : ['/dev/null']) {
    const validated = await paconn('validate', '--offline', 'a copy', '--output-file', device);
    expect(validated).toMatchObject({ exitCode: 0 });
  }
  expect(await workspace.list()).toEqual(before);
  expect(await paconn('logout')).toEqual(ok('Logout successful.\n'));
  expect(await workspace.exists('../home/.paconn/sign-ins.json')).toBe(false);
});
