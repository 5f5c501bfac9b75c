import { describe, expect, test } from 'vitest';
import { FakeCloud } from '../support/fake-cloud/fake-cloud.ts';
import { petStoreProperties } from '../support/pet-store.ts';
import { runInProcess } from '../support/run-in-process.ts';
import { signedIn } from '../support/signed-in.ts';
import { keys, TerminalSession } from '../support/terminal-session.ts';
import type { Workspace } from '../support/workspace.ts';

function definition(...operationIds: readonly string[]): string {
  const responses = { 200: { description: 'OK' } };
  const paths = operationIds.map((operationId) => [`/${operationId}`, { get: { operationId, responses } }]);
  const info = { title: 'Pet Store', description: 'Sells pets.', version: '1.0' };
  return JSON.stringify({
    swagger: '2.0',
    info,
    host: 'pets.contoso.example',
    schemes: ['https'],
    paths: Object.fromEntries(paths),
  });
}

/** Files that are without an operation that the connector has. */
async function workspaceAt(cloud: FakeCloud): Promise<Workspace> {
  const connector = cloud.addConnector({ apiDefinition: definition('ListPets', 'DeletePet') });
  return await signedIn(cloud, { connector, apiDefinition: definition('ListPets', 'GetPet') });
}

const patches = (cloud: FakeCloud): number => cloud.requests.filter(({ method }) => method === 'PATCH').length;
const options = ['-s', 'settings.json', '--skip-validation'];

describe.concurrent('breaking changes', () => {
  test.each(['update', 'deploy'])('are marked before %s sends them, and warned of', async (command) => {
    await using cloud = await FakeCloud.start();
    await using workspace = await workspaceAt(cloud);
    const { exitCode, stderr } = await runInProcess(workspace, command, ...options);
    expect({ exitCode, patches: patches(cloud) }).toEqual({ exitCode: 0, patches: 1 });
    expect(stderr).toMatch(/^Pet Store(?: → \S+)?: 2 changes, 1 breaking\n/mu);
    expect(stderr).toMatch(/^! - Operation DeletePet .* breaking\n {6}Flows and apps that use it stop working\.$/mu);
    expect(stderr).toContain('Warning: 1 breaking change.');
  });

  test.each(['update', 'deploy'])('stop %s with --fail-on-breaking, in a dry run, too', async (command) => {
    await using cloud = await FakeCloud.start();
    await using workspace = await workspaceAt(cloud);
    for (const more of [[], ['--dry-run']]) {
      const { exitCode, stderr } = await runInProcess(workspace, command, ...options, '--fail-on-breaking', ...more);
      expect({ exitCode, patches: patches(cloud) }).toEqual({ exitCode: 4, patches: 0 });
      expect(stderr).toContain('Error: 1 breaking change. Nothing was updated.\n');
    }
  });

  test.each(['update', 'deploy'])('are marked in a dry run of %s, which begins with its summary', async (command) => {
    await using cloud = await FakeCloud.start();
    await using workspace = await workspaceAt(cloud);
    const { exitCode, stdout } = await runInProcess(workspace, command, ...options, '--dry-run');
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/^Would update Pet Store in \S+: 2 changes, 1 breaking\n\n/u);
    expect(stdout).toMatch(/^! - Operation DeletePet .* breaking\n {6}Flows and apps that use it stop working\.$/mu);
    expect(stdout).toMatch(/\n\nDry run: nothing was sent\.\n$/u);
    expect(stdout).not.toContain('PATCH');
    expect((await runInProcess(workspace, command, ...options, '--dry-run', '--verbose')).stdout).toContain('\nPATCH ');
    const { stdout: json } = await runInProcess(workspace, command, ...options, '--dry-run', '-o', 'json');
    expect(JSON.parse(json)).toMatchObject({ breakingCount: 1, requests: [{ method: 'PATCH' }] });
    expect(patches(cloud)).toBe(0);
  });
});

describe.runIf(TerminalSession.isSupported)('at a terminal', () => {
  test('deploy asks about breaking changes, and answering no changes nothing', async () => {
    await using cloud = await FakeCloud.start();
    await using workspace = await workspaceAt(cloud);
    for (const answer of ['n', '']) {
      await using session = TerminalSession.start(workspace, ['deploy', ...options]);
      await session.waitFor(/^1 breaking change\. Deploy anyway\? \(y\/N\/d\): /mu);
      session.type(`${answer}${keys.enter}`);
      const { exitCode, output } = await session.end();
      expect({ exitCode, patches: patches(cloud) }).toEqual({ exitCode: 1, patches: 0 });
      expect(output).toMatch(/\nCanceled\. Nothing was changed\.\n$/u);
    }
    await using session = TerminalSession.start(workspace, ['deploy', ...options]);
    await session.waitFor(/^Pet Store → Contoso \(default\): 2 changes, 1 breaking\n[^]+\(y\/N\/d\): /mu);
    session.type(`d${keys.enter}`);
    const [shown] = await session.waitFor(/[^]+\(y\/N\/d\): /u);
    expect(shown).toMatch(/^--- a\/apiDefinition\.swagger\.json\n[^]+^-.+"DeletePet"/mu);
    expect(shown).not.toContain('2 changes');
    session.type(`y${keys.enter}`);
    expect(await session.end()).toMatchObject({ exitCode: 0 });
    expect(patches(cloud)).toBe(1);
  });

  test.each([
    ['update', []],
    ['deploy', ['--yes']],
  ])('%s %j does not ask', async (command, more) => {
    await using cloud = await FakeCloud.start();
    await using workspace = await workspaceAt(cloud);
    await using session = TerminalSession.start(workspace, [command, ...options, ...more]);
    const { exitCode, output } = await session.end();
    expect({ exitCode, patches: patches(cloud) }).toEqual({ exitCode: 0, patches: 1 });
    expect(output).toMatch(/! - Operation DeletePet[^]+\+ Operation GetPet/u);
  });

  test('deploy of many connectors skips the one with breaking changes until it is deployed alone', async () => {
    await using cloud = await FakeCloud.start();
    const [breaking, harmless] = [definition('ListPets', 'GetPet'), definition('ListPets', 'DeletePet', 'GetPet')];
    const folder = (name: string, apiDefinition: string): Readonly<Record<string, string>> => {
      const { id } = cloud.addConnector({ apiDefinition: definition('ListPets', 'DeletePet') });
      const names = { apiDefinition: 'd.json', apiProperties: 'p.json' };
      const settings = { connectorId: id, environment: cloud.environment.id, ...names, ...cloud.settings };
      const files = {
        'settings.json': JSON.stringify(settings),
        'd.json': apiDefinition,
        'p.json': petStoreProperties,
      };
      return Object.fromEntries(Object.entries(files).map(([file, content]) => [`all/${name}/${file}`, content]));
    };
    const files = { ...folder('cats', breaking), ...folder('dogs', harmless) };
    await using workspace = await signedIn(cloud, { settings: null, files });
    const line = ['deploy', 'all', '--skip-validation'];
    await using declined = TerminalSession.start(workspace, [...line, '-e', 'default']);
    await declined.waitFor(/Deploy 2 connectors to default\? \(y\/N\): /u);
    declined.type(`n${keys.enter}`);
    const { exitCode: end, output: last } = await declined.end();
    expect({ end, patches: patches(cloud) }).toEqual({ end: 1, patches: 0 });
    expect(last).toMatch(/\nCanceled\. Nothing was changed\.\n$/u);
    await using session = TerminalSession.start(workspace, line);
    await session.waitFor(new RegExp(`Deploy 2 connectors to ${cloud.environment.id}\\?`, 'u'));
    session.type(`y${keys.enter}`);
    const { exitCode, output } = await session.end();
    expect({ exitCode, patches: patches(cloud) }).toEqual({ exitCode: 4, patches: 1 });
    expect(output).toMatch(/all\/cats: breaking\n.+2 changes, 1 breaking\n[^]+- Operation DeletePet/u);
    expect(output).toContain('2 connectors: 1 breaking, 1 updated.');
    expect(output).toMatch(
      /deploy it alone\. To deploy all without a prompt, add --yes\.\n+ +paconn deploy --skip-validation all\/cats/u,
    );
    const agreed = await runInProcess(workspace, ...line, '--yes', '-o', 'json', '--query', 'connectors[].result');
    expect(JSON.parse(agreed.stdout)).toEqual(['updated', 'unchanged']);
  });
});
