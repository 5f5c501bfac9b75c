import { describe, expect, test } from 'vitest';
import { FakeCloud } from '../support/fake-cloud/fake-cloud.ts';
import { petStore, petStoreProperties } from '../support/pet-store.ts';
import { runInProcess } from '../support/run-in-process.ts';
import { signedIn } from '../support/signed-in.ts';

const definition = 'apiDefinition.swagger.json';

/** Two connectors in folders. Pets is in two environments, Toys in one. */
async function shop(
  values: object = { 'Contoso Test': { '/host': 'api.test.contoso.example', '/info/title': 'Pets (Test)' } },
) {
  const cloud = await FakeCloud.start();
  const testing = cloud.addEnvironment({ displayName: 'Contoso Test' });
  const there = petStore({ title: 'Pets (Test)' }).replace('pets.contoso', 'api.test.contoso');
  const pets = cloud.addConnector({ apiDefinition: petStore({ title: 'Pets' }) });
  const inTest = cloud.addConnector({ apiDefinition: there, environment: testing.id });
  const toys = cloud.addConnector({ apiDefinition: petStore({ title: 'Toys' }) });
  const settings = { ...cloud.settings, apiDefinition: definition, apiProperties: 'apiProperties.json' };
  const files = (title: string, connectorId: string): Record<string, string> => ({
    [`${title}/${definition}`]: petStore({ title }),
    [`${title}/apiProperties.json`]: petStoreProperties,
    [`${title}/settings.json`]: JSON.stringify({ ...settings, environment: cloud.environment.id, connectorId }),
  });
  const workspace = await signedIn(cloud, {
    files: {
      ...files('Pets', pets.id),
      ...files('Toys', toys.id),
      'Pets/paconn.environments.json': JSON.stringify(values),
    },
  });
  return { cloud, workspace, testing, pets, inTest, toys };
}

/** The lines of the comparisons, without the summary. */
function linesOf(stderr: string): readonly string[] {
  return stderr.trimEnd().split('\n').slice(0, -1);
}

describe('diff --all', () => {
  test('compares each folder with each of its environments in a line, and fails where they differ', async () => {
    const { cloud, workspace, testing, inTest } = await shop();
    await using _cloud = cloud;
    await using _workspace = workspace;
    const equal = await runInProcess(workspace, 'diff', '--all', '--exit-code');
    expect({ ...equal, stderr: linesOf(equal.stderr) }).toEqual({
      exitCode: 0,
      stdout: '',
      stderr: [
        'Pets in Contoso (default): No differences.',
        'Pets in Contoso Test: No differences.',
        'Toys in Contoso (default): No differences.',
      ],
    });
    expect(equal.stderr).toContain('\n3 comparisons: 3 equal.\n');
    // Names are looked up once, however many folders there are.
    expect(cloud.requests.filter(({ path }) => path.endsWith('/environments'))).toHaveLength(1);
    cloud.edit(inTest.id, { apiDefinition: petStore({ title: 'Pets (Test)', description: 'Drift.' }) });
    const { exitCode, stderr } = await runInProcess(workspace, 'diff', '--all', '--exit-code');
    expect({ exitCode, line: linesOf(stderr)[1] }).toEqual({
      exitCode: 1,
      line: expect.stringMatching(/^Pets in Contoso Test: 2 differences: .*host.*description/iu),
    });
    expect(await runInProcess(workspace, 'diff', '--all')).toMatchObject({ exitCode: 0 });
    const { stdout } = await runInProcess(workspace, 'diff', '--all', '-o', 'json', '--query', 'connectors[1]');
    expect(JSON.parse(stdout)).toMatchObject({
      folder: 'Pets',
      environment: { id: testing.id, name: 'Contoso Test' },
      result: 'different',
      differences: 2,
    });
  });

  test('annotates the first difference in the local files, and what is missing', async () => {
    const { cloud, workspace, testing, inTest } = await shop();
    await using _cloud = cloud;
    await using _workspace = workspace;
    const other = cloud.addEnvironment({ displayName: 'Other' });
    await workspace.write('Toys/paconn.environments.json', '{ "Other": {} }');
    cloud.edit(inTest.id, { apiDefinition: petStore({ title: 'Pets (Test)' }) });
    const { exitCode, stdout } = await runInProcess(workspace, 'diff', '--all', '--exit-code', '--format', 'github');
    expect(exitCode).toBe(1);
    const line =
      (await workspace.read(`Pets/${definition}`)).split('\n').findIndex((text) => text.includes('"host"')) + 1;
    expect(stdout.trimEnd().split('\n')).toEqual([
      expect.stringMatching(
        new RegExp(
          `^::warning file=Pets/${definition},line=${line},title=Different in Contoso Test::1 difference`,
          'u',
        ),
      ),
      '::warning title=Missing connector::Toys in Other: The environment has no connector with this name.',
    ]);
    const one = ['diff', 'Pets', '--environment', 'Contoso Test', '--format', 'github'];
    expect((await runInProcess(workspace, ...one)).stdout).toBe(`${stdout.split('\n')[0]}\n`);
    const missing = await runInProcess(workspace, 'diff', '--all', '-e', other.id);
    expect(linesOf(missing.stderr)).toHaveLength(2);
    expect(testing.id).not.toBe(other.id);
  });

  test('reports values that could not be compared', async () => {
    const { cloud, workspace } = await shop({ 'Contoso Test': { '/host': 'env:HOST', '/info/title': 'Pets (Test)' } });
    await using _cloud = cloud;
    await using _workspace = workspace;
    const why = "Not compared, because an environment variable isn't set or is empty: /host.";
    const { stderr } = await runInProcess(workspace, 'diff', '--all');
    expect(stderr).toContain(`Pets in Contoso Test: ${why}\nPets in Contoso Test: No differences.\n`);
    const { stdout } = await runInProcess(
      workspace,
      'diff',
      '--all',
      '-o',
      'json',
      '--query',
      'connectors[].notCompared',
    );
    expect(JSON.parse(stdout)).toEqual([[], ['/host'], []]);
    expect((await runInProcess(workspace, 'diff', '--all', '--format', 'github')).stdout).toMatch(
      /^::warning file=Pets\/apiDefinition\.swagger\.json,line=8,title=Not compared in Contoso Test::Not compared, [^\n]+\n$/u,
    );
  });

  test("an ambiguous environment or folder doesn't stop the others", async () => {
    const { cloud, workspace } = await shop({ 'No such place': {}, 'Contoso Test': {} });
    await using _cloud = cloud;
    await using _workspace = workspace;
    await workspace.write('Toys/settings.json', '{ "environment": 7, "apiDefinition": "apiDefinition.swagger.json" }');
    const { exitCode, stdout, stderr } = await runInProcess(workspace, 'diff', '--all', '-o', 'json');
    expect(exitCode).toBe(2);
    const query = JSON.parse(stdout).connectors;
    expect(query).toMatchObject([
      { folder: 'Pets', result: 'equal' },
      { folder: 'Pets', environment: { id: null, name: 'No such place' }, result: 'failed' },
      { folder: 'Pets', environment: { name: 'Contoso Test' }, result: 'missing' },
      { folder: 'Toys', environment: { id: null, name: null }, result: 'failed' },
    ]);
    expect(stderr).toContain("No environment 'No such place'");
  });

  test.each([
    ['--text', '--text'],
    ['--connector', '--connector', 'x'],
    ['--to-environment', '--to-environment', 'x'],
  ])('does not go with %s', async (option, ...argv) => {
    const { cloud, workspace } = await shop();
    await using _cloud = cloud;
    await using _workspace = workspace;
    expect(await runInProcess(workspace, 'diff', '--all', ...argv)).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining(`${option} and --all can't be used together.`),
    });
  });
});
