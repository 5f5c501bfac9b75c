import { expect, test } from 'vitest';
import type { Environment } from '../support/fake-cloud/environments.ts';
import { FakeCloud } from '../support/fake-cloud/fake-cloud.ts';
import { oAuthProperties } from '../support/oauth-properties.ts';
import { petStore } from '../support/pet-store.ts';
import type { ToolResult } from '../support/running-tool.ts';
import { signedIn } from '../support/signed-in.ts';

const definition = 'pets/apiDefinition.swagger.json';
const valuesFile = 'pets/paconn.environments.json';
const clientId = '/properties/connectionParameters/token/oAuthSettings/clientId';
const group = '0c5a1f4e-7d1b-4a52-9c9d-1b2f3a4c5d6e';

// What a pipeline does with one repository and three environments, by the built tool.
test('one connector is deployed to three environments, compared, merged from one of them, and shared', async () => {
  await using cloud = await FakeCloud.start();
  cloud.habits.rewrites = true;
  cloud.sharing.addGroup('Makers', group);
  const testing = cloud.addEnvironment({ displayName: 'Contoso Test' });
  const production = cloud.addEnvironment({ displayName: 'Contoso Production' });
  const hostOf = (name: string): string => `api.${name}.contoso.example`;
  const valuesWith = (host: string): string =>
    JSON.stringify({
      'Contoso Test': { '/host': host, [clientId]: 'env:TEST_CLIENT_ID' },
      'Contoso Production': { '/host': hostOf('production'), [clientId]: 'env:PRODUCTION_CLIENT_ID' },
    });
  await using workspace = await signedIn(cloud, {
    settings: { ...cloud.settings },
    files: {
      [definition]: petStore({ title: 'Pets' }),
      'pets/apiProperties.json': oAuthProperties(),
      'pets/settings.json': JSON.stringify({
        ...cloud.settings,
        apiDefinition: 'apiDefinition.swagger.json',
        apiProperties: 'apiProperties.json',
      }),
      [valuesFile]: valuesWith(hostOf('test')),
    },
  });
  Object.assign(workspace.variables, {
    TEST_CLIENT_ID: 'a1b2c3d4-0000-4000-8000-000000000001',
    PRODUCTION_CLIENT_ID: 'a1b2c3d4-0000-4000-8000-000000000002',
    PACONN_CLIENT_SECRET: 'hunter2hunter2',
  });
  const paconn = async (...argv: readonly string[]): Promise<ToolResult> => await workspace.paconn(...argv);
  const environments = ['default', 'Contoso Test', 'Contoso Production'];
  const deployed = async (...more: readonly string[]): Promise<readonly string[]> => {
    const words: string[] = [];
    for (const environment of environments) {
      const { exitCode, stderr } = await paconn('deploy', 'pets', '-e', environment, ...more);
      expect(exitCode).toBe(0);
      words.push(/created|updated|is up to date/u.exec(stderr)?.[0] ?? stderr);
    }
    return words;
  };
  const drift = async (): Promise<readonly unknown[]> => {
    const { exitCode, stdout } = await paconn('diff', '--all', '--exit-code', '-o', 'json');
    const differences = JSON.parse(stdout).connectors.map((one: { differences: unknown }) => one.differences);
    expect(exitCode).toBe(differences.every((count: unknown) => count === 0) ? 0 : 1);
    return differences;
  };
  const connectorIn = ({ id }: Environment) => cloud.connectors(id)[0] ?? cloud.connector('');

  expect(await deployed()).toEqual(['created', 'created', 'created']);
  workspace.variables['PACONN_CLIENT_SECRET'] = undefined;
  expect(await deployed()).toEqual(['is up to date', 'is up to date', 'is up to date']);
  expect(await drift()).toEqual([0, 0, 0]);
  const urls = [cloud.environment, testing, production].map(
    (one) => /redirect\/[\w-]+/u.exec(connectorIn(one).apiProperties)?.[0],
  );
  expect(new Set(urls).size).toBe(3);

  await workspace.write(valuesFile, valuesWith(hostOf('test-2')));
  expect(await drift()).toEqual([0, 1, 0]);
  expect(await deployed()).toEqual(['is up to date', 'updated', 'is up to date']);
  expect(await drift()).toEqual([0, 0, 0]);

  const inTest = connectorIn(testing);
  const theirs = petStore({ title: 'Pets', description: 'Changed in the portal.' });
  cloud.edit(inTest.id, { apiDefinition: theirs.replace('pets.contoso.example', hostOf('test-2')) });
  expect(await drift()).toEqual([0, 1, 0]);
  expect(await paconn('pull', 'pets', '-e', 'Contoso Test')).toMatchObject({ exitCode: 0 });
  expect(await workspace.read(definition)).toBe(theirs);
  expect(await drift()).toEqual([1, 0, 1]);
  expect(await deployed('--share', `group:${group}`)).toEqual(['updated', 'is up to date', 'updated']);
  expect(await drift()).toEqual([0, 0, 0]);
  const shares = [cloud.environment, testing, production].map((one) => cloud.sharing.of(connectorIn(one).id));
  expect(shares.map(([share]) => share?.roleName)).toEqual(['CanView', 'CanView', 'CanView']);
}, 300_000);
