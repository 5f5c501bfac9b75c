import { expect, test } from 'vitest';
import { FakeCloud } from '../support/fake-cloud/fake-cloud.ts';
import { petStore } from '../support/pet-store.ts';
import { runInProcess } from '../support/run-in-process.ts';
import { signedIn } from '../support/signed-in.ts';
import { validDefinition } from '../support/valid-definition.ts';

test.each([
  ['--api-def apiDefinition.swagger.json --pau URL'],
  ['-d apiDefinition.swagger.json -u URL'],
  ['-dapiDefinition.swagger.json -uURL'],
  ['--api-def=apiDefinition.swagger.json --pau=URL'],
  ['-d=apiDefinition.swagger.json -u=URL'],
  ['--api apiDefinition.swagger.json --pau URL'],
  ['--api_def apiDefinition.swagger.json --pau URL'],
  ['-s settings.json'],
  ['--set settings.json'],
  ['-settings settings.json'],
  ['-settings=settings.json'],
])('validate %s is understood as argparse does', async (line) => {
  await using cloud = await FakeCloud.start();
  await using workspace = await signedIn(cloud, { apiDefinition: petStore() });

  expect(await runInProcess(workspace, 'validate', ...line.replace('URL', cloud.url).split(' '))).toEqual(
    validDefinition,
  );
});

test('options that scripts pass to every command of the Python tool work before and after the command', async () => {
  await using cloud = await FakeCloud.start();
  await using workspace = await signedIn(cloud, { apiDefinition: petStore() });
  for (const args of [
    ['validate', '-s', 'settings.json', '--output', 'none', '--query', '[].name'],
    ['-o', 'tsv', '--only-show-errors=false', 'validate', '-s', 'settings.json'],
    ['validate', '-s', 'settings.json', '-oNONE', '--debug=false', '--verbose', 'false'],
    ['--output=none', 'validate', '-settings', 'settings.json'],
  ]) {
    expect(await workspace.paconn(...args)).toEqual(validDefinition);
  }
});

test.each(['-secret', '--secr'])('%s gives the client secret, as on the page that people read', async (spelling) => {
  await using cloud = await FakeCloud.start();
  const apiProperties =
    '{"properties":{"connectionParameters":{"token":{"oAuthSettings":{"identityProvider":"oauth2"}}}}}';
  const connector = cloud.addConnector({ apiProperties });
  await using workspace = await signedIn(cloud, { connector, apiDefinition: petStore() });

  const { exitCode } = await runInProcess(
    workspace,
    'update',
    '-s',
    'settings.json',
    '--skip-validation',
    spelling,
    'a=b c',
  );
  expect(exitCode).toBe(0);
  expect(cloud.connector(connector.id).clientSecrets).toEqual({ 'connectionParameters/token': 'a=b c' });
});

test('-v is the API version after a command', async () => {
  await using cloud = await FakeCloud.start();
  await using workspace = await signedIn(cloud, { apiDefinition: petStore() });
  const definition = ['-d', 'apiDefinition.swagger.json', '-u', cloud.url];
  for (const args of [['-v', '2020-06-01'], ['-v2020-06-01'], ['--pav=2020-06-01']]) {
    cloud.forgetRequests();
    expect((await runInProcess(workspace, 'validate', ...definition, ...args)).exitCode).toBe(0);
    expect(cloud.requests.map(({ query }) => query['api-version'])).toEqual(['2020-06-01']);
  }
});

test('a boolean option takes a value: false means false', async () => {
  await using cloud = await FakeCloud.start();
  const connector = cloud.addConnector();
  await using workspace = await signedIn(cloud, { connector });
  const download = ['download', '-s', 'settings.json', '-d', '.'];
  expect((await runInProcess(workspace, ...download, '--overwrite', 'false')).exitCode).toBe(2);
  expect((await runInProcess(workspace, ...download, '-w', 'no')).exitCode).toBe(2);
  expect((await runInProcess(workspace, ...download, '--over=TRUE')).exitCode).toBe(0);
  expect((await runInProcess(workspace, ...download, '-w')).exitCode).toBe(0);
});
