import { expect, test } from 'vitest';
import { FakeCloud } from '../support/fake-cloud/fake-cloud.ts';
import { petStore } from '../support/pet-store.ts';
import { runInProcess } from '../support/run-in-process.ts';
import { signedIn } from '../support/signed-in.ts';

const secret = 'Zq8xVery0815Kt';

test.each([['deploy', '-n'], ['diff'], ['validate']])(
  'a secret in a name is shown neither of settings nor of a difference: %s',
  async (...command) => {
    await using cloud = await FakeCloud.start();
    const connector = cloud.addConnector();
    const definition = { ...JSON.parse(petStore()), [`x-client-secret: ${secret}`]: 1 };
    await using workspace = await signedIn(cloud, { connector, apiDefinition: JSON.stringify(definition) });
    const settings = Object(await workspace.readJson('settings.json'));
    const written = { ...settings, [`clientSecret: ${secret}`]: 1, paconn: { [`secret=${secret}`]: 1 } };
    await workspace.write('settings.json', JSON.stringify(written));
    const { stdout, stderr } = await runInProcess(workspace, ...command, '-s', 'settings.json');
    expect(stdout + stderr).toContain('clientSecret: ***');
    expect(stdout + stderr).not.toContain(secret);
  },
);

test.each([[['-n']], [['-n', '-o', 'json']]])(
  'names of what is new in both documents have no secret: deploy %j',
  async (options) => {
    await using cloud = await FakeCloud.start();
    const connector = cloud.addConnector();
    const definition = Object(JSON.parse(petStore()));
    const named = { [`clientSecret=${secret}`]: { type: 'object', properties: { [`password: ${secret}`]: {} } } };
    const [operations] = Object.values(definition.paths);
    const [operation] = Object.values(Object(operations));
    Object.assign(Object(operation), {
      [`x-secret: ${secret}`]: 1,
      [`x-token ${secret}`]: 1,
      'x-secret': { [secret]: 1 },
    });
    const apiDefinition = JSON.stringify({ ...definition, definitions: { ...definition.definitions, ...named } });
    const properties = { connectionParameters: { [`password=${secret}`]: { type: 'string' } } };
    await using workspace = await signedIn(cloud, {
      connector,
      apiDefinition,
      apiProperties: JSON.stringify({ properties }),
    });
    for (const command of [
      ['deploy', '--skip-validation', '--force', ...options],
      ['diff', ...options.slice(1)],
    ]) {
      const { stdout, stderr } = await runInProcess(workspace, ...command, '-s', 'settings.json');
      expect(stdout).toMatch(/clientSecret=\*{14}/u);
      expect(stdout).toMatch(/password=\*{14}/u);
      expect(stdout + stderr).not.toContain(secret);
    }
  },
);

test.each(['connectorId', 'environment'])('a secret in place of %s is not shown', async (key) => {
  await using cloud = await FakeCloud.start();
  const connector = cloud.addConnector();
  await using workspace = await signedIn(cloud, { connector });
  const settings = Object(await workspace.readJson('settings.json'));
  await workspace.write('settings.json', JSON.stringify({ ...settings, [key]: `clientSecret=${secret}` }));
  const { exitCode, stdout, stderr } = await runInProcess(workspace, 'diff', '-s', 'settings.json');
  expect(exitCode).not.toBe(0);
  expect(stderr).toContain('clientSecret=***');
  expect(stdout + stderr).not.toContain(secret);
});
