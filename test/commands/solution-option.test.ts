import { describe, expect, test } from 'vitest';
import { FakeCloud } from '../support/fake-cloud/fake-cloud.ts';
import { petStore } from '../support/pet-store.ts';
import { runInProcess } from '../support/run-in-process.ts';
import { signedIn } from '../support/signed-in.ts';
import { guid } from '../support/solution.ts';

const defaultSolution = 'fd140aaf-4df4-11dd-bd17-0019b9312238';

describe.each(['create', 'deploy'])('%s --solution', (command) => {
  const force = command === 'create' ? ['-w'] : [];

  test.each([
    ['default', 'default', defaultSolution],
    ['an ID', guid(7), guid(7)],
    ['an ID in braces', `{${guid(7)}}`, guid(7)],
    ['a URL', `https://make.powerapps.com/environments/x/solutions/${guid(7)}/objects`, guid(7)],
  ])('creates the connector in the solution with %s', async (_what, solution, expected) => {
    await using cloud = await FakeCloud.start();
    cloud.habits.solutions.add(guid(7));
    await using workspace = await signedIn(cloud, { apiDefinition: petStore() });
    const { exitCode, stderr } = await runInProcess(workspace, command, ...force, '--solution', solution);
    expect({ exitCode, stderr }).toMatchObject({ exitCode: 0 });
    expect(cloud.connectors().map(({ solutionId }) => solutionId)).toEqual([expected]);
  });

  test('says what the service says where it does not take it', async () => {
    await using cloud = await FakeCloud.start();
    await using workspace = await signedIn(cloud, { apiDefinition: petStore() });
    const { exitCode, stderr } = await runInProcess(workspace, command, ...force, '--solution', guid(8));
    expect(exitCode).toBe(1);
    expect(stderr).toContain(`The service didn't create the connector in the solution ${guid(8)}.`);
    expect(stderr).toContain(`The solution '${guid(8)}' can't be used.`);
    expect(stderr).toContain('add it to the solution in the maker portal');
    expect(cloud.connectors()).toEqual([]);
  });

  test('needs an ID, since names are in Dataverse', async () => {
    await using cloud = await FakeCloud.start();
    await using workspace = await signedIn(cloud, { apiDefinition: petStore() });
    const { exitCode, stderr } = await runInProcess(workspace, command, ...force, '--solution', 'Orders');
    expect({ exitCode, stderr }).toEqual({
      exitCode: 2,
      stderr: expect.stringContaining(
        '--solution must be the ID of a solution, its URL in the maker portal, or default',
      ),
    });
  });
});

test('deploy says that --solution has no effect on a connector that exists', async () => {
  await using cloud = await FakeCloud.start();
  await using workspace = await signedIn(cloud, { apiDefinition: petStore() });
  expect(await runInProcess(workspace, 'deploy')).toMatchObject({ exitCode: 0 });
  expect(await runInProcess(workspace, 'deploy', '--solution', 'default')).toMatchObject({
    exitCode: 0,
    stderr: expect.stringContaining('--solution applies only when a connector is created.'),
  });
  expect(cloud.connectors().map(({ solutionId }) => solutionId)).toEqual([undefined]);
});
