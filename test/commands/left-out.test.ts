import { describe, expect, test } from 'vitest';
import { FakeCloud } from '../support/fake-cloud/fake-cloud.ts';
import { petIcon, petStore } from '../support/pet-store.ts';
import { runInProcess } from '../support/run-in-process.ts';
import { signedIn } from '../support/signed-in.ts';
import type { Workspace } from '../support/workspace.ts';

const all = {
  connectionParameters: { api_key: { type: 'securestring' } },
  connectionParameterSets: { uiDefinition: { displayName: 'Sign in', description: 'How.' }, values: [{ name: 'a' }] },
  iconBrandColor: '#2a7f62',
  scriptOperations: ['GetPet'],
  capabilities: ['gateway'],
  policyTemplateInstances: [{ templateId: 'setheader', title: 'Header', parameters: {} }],
  stackOwner: 'Contoso',
};

type Name = keyof typeof all;

function propertiesWithout(...names: readonly Name[]): string {
  const left = Object.entries(all).filter(([name]) => !names.some((one) => one === name));
  return JSON.stringify({ properties: Object.fromEntries(left) });
}

interface Shop {
  readonly cloud: FakeCloud;
  readonly workspace: Workspace;
  readonly names: () => readonly string[];
}

/** A connector with all properties that was deployed from files. */
async function deployed(): Promise<Shop> {
  const cloud = await FakeCloud.start();
  const apiProperties = propertiesWithout();
  const connector = cloud.addConnector({ displayName: 'Pet Store', apiDefinition: petStore(), apiProperties });
  const workspace = await signedIn(cloud, { connector, apiDefinition: petStore(), apiProperties });
  const { exitCode, stderr } = await runInProcess(workspace, 'deploy', '--force', '--yes', '--skip-validation');
  if (exitCode !== 0) throw new Error(stderr);
  const names = (): string[] =>
    [...connector.properties].flatMap(([name, text]) => (/^(\[\]|\{\})$/u.test(text) ? [] : [name]));
  return { cloud, workspace, names };
}

const deploy = ['deploy', '--yes', '--skip-validation'];

describe.concurrent('API properties that files leave out', () => {
  test.each(['connectionParameters', 'scriptOperations', 'capabilities', 'policyTemplateInstances'] as const)(
    'are removed by deploy where they can be empty: %s',
    async (name) => {
      const { cloud, workspace, names } = await deployed();
      await using _cloud = cloud;
      await using _workspace = workspace;
      await workspace.write('apiProperties.json', propertiesWithout(name));
      const dryRun = await runInProcess(workspace, ...deploy, '--dry-run');
      expect(dryRun.stdout).toContain(': 1 change');
      expect(names()).toContain(name);
      expect((await runInProcess(workspace, ...deploy)).stderr).toMatch(/ updated successfully\.\nPet Store · /u);
      expect(names()).not.toContain(name);
      expect((await runInProcess(workspace, ...deploy)).stderr).toMatch(/ is up to date\.\nPet Store · \S+\n$/u);
      expect((await runInProcess(workspace, 'diff')).stderr).toContain('No differences.');
      expect((await runInProcess(workspace, 'restore', 'latest', '--yes')).exitCode).toBe(0);
      expect(names()).toContain(name);
    },
  );

  test.each([
    [
      'connectionParameterSets',
      { connectionParameterSets: { ...all.connectionParameterSets, values: [{ name: 'b' }] } },
    ],
    ['iconBrandColor', { iconBrandColor: '#000000' }],
    ['stackOwner', { stackOwner: 'Fabrikam' }],
  ] as const)(
    'stay where they cannot be empty, and are no difference until someone else changes them: %s',
    async (name, changed) => {
      const { cloud, workspace, names } = await deployed();
      await using _cloud = cloud;
      await using _workspace = workspace;
      await workspace.write('apiProperties.json', propertiesWithout(name));
      const kept = `Warning: apiProperties.json doesn't contain ${name}, so the connector keeps its own. An update can replace it, but not remove it.\n`;
      for (const options of [['--dry-run'], []]) {
        const { exitCode, stderr } = await runInProcess(workspace, ...deploy, ...options);
        expect({ exitCode, stderr }).toEqual({
          exitCode: 0,
          stderr: expect.stringMatching(/ is unchanged\.\nPet Store · \S+\n$/u),
        });
        expect(stderr).toContain(kept);
      }
      await workspace.write('apiDefinition.swagger.json', petStore({ description: 'Changed.' }));
      const { stderr } = await runInProcess(workspace, ...deploy);
      expect(stderr).toContain(kept);
      expect(stderr).toContain(`Pet Store → ${cloud.environment.id}: 1 change\n`);
      expect(names()).toContain(name);
      expect(await runInProcess(workspace, 'diff', '--exit-code')).toEqual({
        exitCode: 0,
        stdout: '',
        stderr: expect.stringContaining(
          `Note: Not compared, because the files leave it out and an update can't remove it: ${name}.\n`,
        ),
      });
      expect((await runInProcess(workspace, 'pull')).stderr).toBe('Already up to date.\n');
      // What someone else has changed since is new to the files.
      const [connector] = cloud.connectors();
      const theirs = JSON.stringify({ properties: { ...all, ...changed } });
      cloud.edit(connector?.id ?? '', { apiProperties: theirs });
      const differences = await runInProcess(workspace, 'diff', '--exit-code');
      expect(differences).toMatchObject({ exitCode: 1, stdout: expect.stringContaining(name) });
      expect(differences.stderr).not.toContain('Not compared');
    },
  );

  test('stay unchanged in an update, as in the Python tool, with a note', async () => {
    const { cloud, workspace, names } = await deployed();
    await using _cloud = cloud;
    await using _workspace = workspace;
    await workspace.write('apiProperties.json', propertiesWithout('policyTemplateInstances'));
    const { stderr } = await runInProcess(workspace, 'update', '-s', 'settings.json', '--skip-validation');
    expect(stderr).toContain(
      "Warning: apiProperties.json doesn't contain policyTemplateInstances, so the connector keeps its own. To remove it, use 'paconn deploy'.\n",
    );
    expect(names()).toContain('policyTemplateInstances');
  });

  test('that the service keeps anyway are reported', async () => {
    const { cloud, workspace } = await deployed();
    await using _cloud = cloud;
    await using _workspace = workspace;
    await workspace.write('apiProperties.json', propertiesWithout('policyTemplateInstances'));
    cloud.habits.empties = false;
    expect((await runInProcess(workspace, ...deploy)).stderr).toContain('(policyTemplateInstances)');
  });
});

test.concurrent('an icon and a name that stay are also reported', async () => {
  await using cloud = await FakeCloud.start();
  const content = { displayName: 'Pet Store', apiDefinition: petStore(), apiProperties: propertiesWithout() };
  const connector = cloud.addConnector({ ...content, icon: petIcon() });
  const apiDefinition = petStore({ title: 'Other name' });
  await using workspace = await signedIn(cloud, { connector, apiDefinition, apiProperties: propertiesWithout() });
  expect((await runInProcess(workspace, ...deploy)).exitCode).toBe(0);
  expect((await runInProcess(workspace, ...deploy)).stderr).toBe(
    [
      'Note: The files have no icon, so the connector keeps its own. An update can replace it, but not remove it.',
      "Warning: The connector's name is 'Pet Store', but the title in the API definition is 'Other name'. To rename the connector, pass --rename.",
      `${connector.id} is unchanged.`,
      `Pet Store · ${cloud.environment.id}`,
      '',
    ].join('\n'),
  );
});
