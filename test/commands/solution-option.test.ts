import { describe, expect, test } from 'vitest';
import { FakeCloud } from '../support/fake-cloud/fake-cloud.ts';
import { petStore, petStoreProperties } from '../support/pet-store.ts';
import { runInProcess } from '../support/run-in-process.ts';
import type { Dataverse } from '../support/fake-cloud/dataverse.ts';
import { signedIn, signedInByDeviceCode } from '../support/signed-in.ts';
import { guid } from '../support/solution.ts';

const defaultSolution = 'fd140aaf-4df4-11dd-bd17-0019b9312238';

describe.each(['create', 'deploy'])('%s --solution', (command) => {
  const force = command === 'create' ? ['-w'] : [];

  test.each([
    ['default', 'default', defaultSolution],
    ['an ID', guid(7), guid(7)],
    ['an ID in braces', `{${guid(7)}}`, guid(7)],
    ['a URL', `https://make.powerapps.com/environments/ENVIRONMENT/solutions/${guid(7)}/objects`, guid(7)],
  ])('creates the connector in the solution with %s', async (_what, solution, expected) => {
    await using cloud = await FakeCloud.start();
    cloud.habits.solutions.add(guid(7));
    await using workspace = await signedIn(cloud, { apiDefinition: petStore() });
    const { exitCode, stderr } = await runInProcess(
      workspace,
      command,
      ...force,
      '--solution',
      solution.replace('ENVIRONMENT', cloud.environment.id),
    );
    expect({ exitCode, stderr }).toMatchObject({ exitCode: 0 });
    expect(cloud.connectors().map(({ solutionId }) => solutionId)).toEqual([expected]);
  });

  test('reports the error of the service if it is refused', async () => {
    await using cloud = await FakeCloud.start();
    await using workspace = await signedIn(cloud, { apiDefinition: petStore() });
    const { exitCode, stderr } = await runInProcess(workspace, command, ...force, '--solution', guid(8));
    expect(exitCode).toBe(1);
    expect(stderr).toContain(`The service didn't create the connector in the solution ${guid(8)}.`);
    expect(stderr).toContain(`The solution '${guid(8)}' can't be used.`);
    expect(stderr).toContain('add it to the solution in the maker portal');
    expect(cloud.connectors()).toEqual([]);
  });

  test('reports the name of a solution that the service refuses', async () => {
    await using cloud = await FakeCloud.start();
    const dataverse = await cloud.addDataverse();
    dataverse.add({ uniqueName: 'new_Orders', displayName: 'Orders' });
    await using workspace = await signedInByDeviceCode(cloud, { apiDefinition: petStore() });
    const { exitCode, stderr } = await runInProcess(workspace, command, ...force, '--solution', 'Orders');
    expect({ exitCode, stderr }).toEqual({
      exitCode: 1,
      stderr: expect.stringContaining("The service didn't create the connector in the solution 'Orders' (new_Orders)."),
    });
  });

  test('refuses a URL of another environment', async () => {
    await using cloud = await FakeCloud.start();
    await using workspace = await signedIn(cloud, { apiDefinition: petStore() });
    const url = `https://make.powerapps.com/environments/${guid(9)}/solutions/${guid(7)}`;
    const { exitCode, stderr } = await runInProcess(workspace, command, ...force, '--solution', url);
    expect({ exitCode, stderr }).toEqual({
      exitCode: 2,
      stderr: expect.stringContaining(
        `The URL of the solution is in the environment ${guid(9)}, not ${cloud.environment.id}.`,
      ),
    });
    expect(cloud.connectors()).toEqual([]);
  });

  test('refuses the URL of something else', async () => {
    await using cloud = await FakeCloud.start();
    await using workspace = await signedIn(cloud, { apiDefinition: petStore() });
    const url = 'https://make.powerapps.com/environments/x/solutions';
    const { exitCode, stderr } = await runInProcess(workspace, command, ...force, '--solution', url);
    expect({ exitCode, stderr }).toEqual({
      exitCode: 2,
      stderr: expect.stringContaining(
        `--solution must be the name or the ID of a solution, its URL in the maker portal, or default: ${url}`,
      ),
    });
    expect(cloud.requests).toEqual([]);
  });

  test.each([
    ['its unique name', 'new_Orders'],
    ['its unique name in another case', 'NEW_orders'],
    ['its display name', "Contoso's orders & more"],
  ])('finds a solution by %s', async (_what, name) => {
    await using cloud = await FakeCloud.start();
    const dataverse = await cloud.addDataverse();
    for (let number = 0; number < 5; number += 1) dataverse.add({ uniqueName: `Other${number}` });
    dataverse.add({ uniqueName: 'Contoso', displayName: 'new_Orders' });
    const { id } = dataverse.add({ uniqueName: 'new_Orders', displayName: "Contoso's orders & more" });
    cloud.pageSize = 2;
    cloud.habits.solutions.add(id);
    await using workspace = await signedInByDeviceCode(cloud, { apiDefinition: petStore() });
    const { exitCode, stderr } = await runInProcess(workspace, command, ...force, '--solution', name);
    expect({ exitCode, stderr }).toMatchObject({ exitCode: 0 });
    expect(cloud.connectors().map(({ solutionId }) => solutionId)).toEqual([id]);
    // The sign-in is as good for Power Platform as before.
    expect(await runInProcess(workspace, 'whoami')).toMatchObject({ exitCode: 0 });
  });

  test('looks up a name also in a dry run', async () => {
    await using cloud = await FakeCloud.start();
    const dataverse = await cloud.addDataverse();
    const { id } = dataverse.add({ uniqueName: 'new_Orders', displayName: 'Orders' });
    await using workspace = await signedInByDeviceCode(cloud, { apiDefinition: petStore() });
    const dryRun = [...force, '--dry-run', '--solution'];
    const planned = await runInProcess(workspace, command, ...dryRun, 'Orders');
    expect(planned).toMatchObject({
      exitCode: 0,
      stdout: expect.stringMatching(/^Would create .*, in the solution 'Orders' \(new_Orders\)\n/u),
    });
    const { stdout } = await runInProcess(workspace, command, ...dryRun, 'Orders', '-o', 'json');
    expect(JSON.parse(stdout)).toMatchObject({ result: 'created', solutionId: id });
    expect(await runInProcess(workspace, command, ...dryRun, 'Order')).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining("Did you mean 'Orders' (new_Orders)?"),
    });
    expect(cloud.connectors()).toEqual([]);
  });

  test.each([
    ['that is unknown', 'Pets', "No solution 'Pets' found in Contoso"],
    ['that only a hidden one has', 'Hidden', "No solution 'Hidden' found in Contoso"],
    ['of a managed solution', 'Managed', "The solution 'Managed' is managed, so a connector can't be created in it."],
    [
      'of several solutions',
      'Orders',
      /2 solutions have the name 'Orders'\.\n {2}Orders_A {2}Orders\n {2}Orders_B {2}Orders {2}\(managed\)\nSpecify one by its unique name:\n {2}--solution <unique-name>/,
    ],
  ])('refuses a name %s', async (_what, name, message) => {
    await using cloud = await FakeCloud.start();
    const dataverse = await cloud.addDataverse();
    dataverse.add({ uniqueName: 'Orders_A', displayName: 'Orders' });
    dataverse.add({ uniqueName: 'Orders_B', displayName: 'Orders', isManaged: true });
    dataverse.add({ uniqueName: 'Hidden', isVisible: false });
    dataverse.add({ uniqueName: 'Managed', isManaged: true });
    await using workspace = await signedInByDeviceCode(cloud, { apiDefinition: petStore() });
    const { exitCode, stderr } = await runInProcess(workspace, command, ...force, '--solution', name);
    expect({ exitCode, stderr }).toEqual({ exitCode: 2, stderr: expect.stringMatching(message) });
    expect(cloud.connectors()).toEqual([]);
  });

  test('reports an environment without Dataverse', async () => {
    await using cloud = await FakeCloud.start();
    await using workspace = await signedInByDeviceCode(cloud, { apiDefinition: petStore() });
    const { exitCode, stderr } = await runInProcess(workspace, command, ...force, '--solution', 'Orders');
    expect({ exitCode, stderr }).toEqual({
      exitCode: 2,
      stderr: expect.stringContaining(
        `The environment ${cloud.environment.id} doesn't have Dataverse, so it has no solutions.`,
      ),
    });
  });

  test("sends no token to a host that isn't Dataverse", async () => {
    await using cloud = await FakeCloud.start();
    cloud.addEnvironment({ ...cloud.environment, instanceUrl: 'https://crm.dynamics.com.evil.example/' });
    await using workspace = await signedInByDeviceCode(cloud, { apiDefinition: petStore() });
    const { exitCode, stderr } = await runInProcess(workspace, command, ...force, '--solution', 'Orders');
    expect({ exitCode, stderr }).toEqual({
      exitCode: 2,
      stderr: expect.stringMatching(
        /https:\/\/crm\.dynamics\.com\.evil\.example isn't Dataverse of localhost:\d+, so/u,
      ),
    });
    // Not even a token was asked for.
    expect(cloud.requests.filter(({ path }) => path.includes('token'))).toEqual([]);
    expect(cloud.connectors()).toEqual([]);
  });

  test.each(['not a url', 'file:///etc/passwd', 'https://'])(
    "reports '%s', which isn't a URL of Dataverse",
    async (url) => {
      await using cloud = await FakeCloud.start();
      cloud.addEnvironment({ ...cloud.environment, instanceUrl: url });
      await using workspace = await signedInByDeviceCode(cloud, { apiDefinition: petStore() });
      const { exitCode, stderr } = await runInProcess(workspace, command, ...force, '--solution', 'Orders');
      expect({ exitCode, stderr }).toEqual({
        exitCode: 2,
        stderr: expect.stringContaining(`${url} isn't the URL of a Dataverse.`),
      });
    },
  );

  test('follows no link of Dataverse to another organization', async () => {
    await using cloud = await FakeCloud.start();
    await cloud.addDataverse();
    const json = { value: [], '@odata.nextLink': `${cloud.url}/api/data/v9.2/solutions?%24skiptoken=2` };
    cloud.fault({ path: '/api/data/', status: 200, json });
    await using workspace = await signedInByDeviceCode(cloud, { apiDefinition: petStore() });
    const { exitCode, stderr } = await runInProcess(workspace, command, ...force, '--solution', 'Orders');
    expect({ exitCode, stderr }).toEqual({
      exitCode: 2,
      stderr: expect.stringMatching(/isn't https:\/\/localhost:\d+, which the access token is for\./u),
    });
  });

  test.each([
    [
      'the user has to agree',
      3,
      /Can't look up the name of the solution in Dataverse: .*\n.*--solution <id>/u,
      (cloud: FakeCloud) => {
        const json = { error: 'interaction_required', error_description: 'AADSTS65001: The user has not consented.' };
        cloud.fault({ method: 'POST', path: '/token', status: 400, json });
      },
    ],
    [
      'the user is none of Dataverse',
      1,
      /The user is not a member of the organization\.[^]*\n.*--solution <id>/u,
      (cloud: FakeCloud, dataverse: Dataverse) => {
        dataverse.strangers.add(cloud.signIn.user.objectId);
      },
    ],
  ])('says how to go on where %s', async (_what, expected, message, arrange) => {
    await using cloud = await FakeCloud.start();
    const dataverse = await cloud.addDataverse();
    dataverse.add({ uniqueName: 'Orders' });
    await using workspace = await signedInByDeviceCode(cloud, { apiDefinition: petStore() });
    arrange(cloud, dataverse);
    const { exitCode, stderr } = await runInProcess(workspace, command, ...force, '--solution', 'Orders');
    expect({ exitCode, stderr }).toEqual({ exitCode: expected, stderr: expect.stringMatching(message) });
    expect(cloud.connectors()).toEqual([]);
  });

  test('reports that a token of another tool is not for Dataverse', async () => {
    await using cloud = await FakeCloud.start();
    const dataverse = await cloud.addDataverse();
    dataverse.add({ uniqueName: 'Orders' });
    await using workspace = await signedIn(cloud, { apiDefinition: petStore() });
    const { exitCode, stderr } = await runInProcess(workspace, command, ...force, '--solution', 'Orders');
    expect({ exitCode, stderr }).toEqual({
      exitCode: 3,
      stderr: expect.stringMatching(/The token of the Python tool is only for Power Platform\.\n.*--solution <id>/u),
    });
  });
});

test('deploy lists the solutions once for all connectors, and again where a token has expired', async () => {
  await using cloud = await FakeCloud.start();
  const dataverse = await cloud.addDataverse();
  const { id } = dataverse.add({ uniqueName: 'Orders' });
  cloud.habits.solutions.add(id);
  const files = Object.fromEntries(
    ['A', 'B', 'C'].flatMap((title) => [
      [`all/${title}/apiDefinition.swagger.json`, petStore({ title })],
      [`all/${title}/apiProperties.json`, petStoreProperties],
      [`all/${title}/settings.json`, JSON.stringify({ ...cloud.settings, environment: cloud.environment.id })],
    ]),
  );
  await using workspace = await signedInByDeviceCode(cloud, { files });
  cloud.fault({ path: '/api/data/', status: 401 });
  const line = ['deploy', 'all', '--solution', 'Orders', '--yes'];
  const { exitCode, stderr } = await runInProcess(workspace, ...line);
  expect({ exitCode, stderr }).toMatchObject({ exitCode: 0 });
  expect(cloud.connectors().map(({ solutionId }) => solutionId)).toEqual([id, id, id]);
  const listings = cloud.requests.filter(({ path }) => path.startsWith('/api/data/'));
  expect(listings.map(({ status }) => status)).toEqual([401, 200]);
});

test('deploy reports that --solution has no effect on an existing connector', async () => {
  await using cloud = await FakeCloud.start();
  await using workspace = await signedIn(cloud, { apiDefinition: petStore() });
  expect(await runInProcess(workspace, 'deploy')).toMatchObject({ exitCode: 0 });
  expect(await runInProcess(workspace, 'deploy', '--solution', 'default')).toMatchObject({
    exitCode: 0,
    stderr: expect.stringContaining('--solution applies only when a connector is created.'),
  });
  expect(cloud.connectors().map(({ solutionId }) => solutionId)).toEqual([undefined]);
});
