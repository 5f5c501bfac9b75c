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
