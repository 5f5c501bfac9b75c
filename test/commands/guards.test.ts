import { describe, expect, test } from 'vitest';
import type { Connector } from '../support/fake-cloud/connector.ts';
import { FakeCloud } from '../support/fake-cloud/fake-cloud.ts';
import { oAuthProperties } from '../support/oauth-properties.ts';
import { petStore } from '../support/pet-store.ts';
import { runInProcess } from '../support/run-in-process.ts';
import { signedIn } from '../support/signed-in.ts';
import { keys, TerminalSession } from '../support/terminal-session.ts';
import type { Workspace } from '../support/workspace.ts';

const definition = 'apiDefinition.swagger.json';

describe.concurrent('a placeholder instead of a client ID', () => {
  const live = '8b9c1a70-52fd-4a0a-9a6e-1d1d3a1a7b31';
  const withClientId = (clientId: string | undefined, sets: readonly string[] = []): string =>
    oAuthProperties({ sets }).replaceAll(
      '"clientId": "client"',
      clientId === undefined ? '"other": 1' : `"clientId": ${JSON.stringify(clientId)}`,
    );

  async function files(cloud: FakeCloud, ours: string, theirs: string): Promise<readonly [Workspace, Connector]> {
    const connector = cloud.addConnector({ apiProperties: theirs });
    return [await signedIn(cloud, { connector, apiDefinition: petStore(), apiProperties: ours }), connector];
  }

  test.each([
    ['<<Enter your client ID>>', "the placeholder '<<Enter your client ID>>' as client ID"],
    ['YOUR-CLIENT-ID', "the placeholder 'YOUR-CLIENT-ID' as client ID"],
    ['', 'no client ID'],
    [undefined, 'no client ID'],
  ])('replaces no live one: %s', async (clientId, words) => {
    await using cloud = await FakeCloud.start();
    const [created, connector] = await files(cloud, withClientId(clientId), withClientId(live));
    await using workspace = created;
    for (const command of ['update', 'deploy']) {
      expect(await runInProcess(workspace, command, '-s', 'settings.json')).toEqual({
        exitCode: 1,
        stdout: '',
        stderr:
          expect.stringContaining(`Error: apiProperties.json has ${words}, but ${connector.id} has the client ID '${live}'. Nothing was updated.
Write the client ID into apiProperties.json. To replace it anyway:
  paconn ${command} -s settings.json --force
`),
      });
    }
    expect(connector.apiProperties).toContain(live);
    expect(await runInProcess(workspace, 'update', '-s', 'settings.json', '--dry-run')).toMatchObject({ exitCode: 1 });
    expect(await runInProcess(workspace, 'update', '-s', 'settings.json', '--force')).toMatchObject({ exitCode: 0 });
    expect(connector.apiProperties).not.toContain(live);
  });

  test.each(['contoso-enterprise', 'test', '<<none>>'])(
    'replaces no client ID of an environment: %s',
    async (theirs) => {
      await using cloud = await FakeCloud.start();
      const [created, connector] = await files(cloud, withClientId('YOUR-CLIENT-ID'), withClientId(theirs));
      await using workspace = created;
      expect(await runInProcess(workspace, 'update', '-s', 'settings.json')).toMatchObject({
        exitCode: 1,
        stderr: expect.stringContaining(`has the client ID '${theirs}'. Nothing was updated.`),
      });
      expect(connector.apiProperties).toContain(theirs);
    },
  );

  test('is no client ID that has a part of one', async () => {
    await using cloud = await FakeCloud.start();
    const [created, connector] = await files(cloud, withClientId('bikes-test'), withClientId(live));
    await using workspace = created;
    expect(await runInProcess(workspace, 'update', '-s', 'settings.json')).toMatchObject({
      exitCode: 0,
      stderr: expect.not.stringContaining('placeholder'),
    });
    expect(connector.apiProperties).toContain('bikes-test');
  });

  test('in a connection parameter set is compared with the set of the same name', async () => {
    await using cloud = await FakeCloud.start();
    const ours = withClientId('YOUR-CLIENT-ID', ['home', 'work']);
    const theirs = withClientId('YOUR-CLIENT-ID', ['work', 'home']);
    const liveAtWork = theirs.replace('YOUR-CLIENT-ID', live);
    const [created] = await files(cloud, ours, liveAtWork);
    await using workspace = created;
    expect(await runInProcess(workspace, 'update', '-s', 'settings.json')).toMatchObject({ exitCode: 1 });
    await workspace.write('apiProperties.json', withClientId(live, ['work']));
    expect(await runInProcess(workspace, 'update', '-s', 'settings.json')).toMatchObject({ exitCode: 0 });
  });

  test('is replaced by any other client ID, also by an expression', async () => {
    await using cloud = await FakeCloud.start();
    const expression = '@environmentVariables("your_client_id")';
    const [created, connector] = await files(cloud, withClientId(expression), withClientId('YOUR-CLIENT-ID'));
    await using workspace = created;
    const result = await runInProcess(workspace, 'update', '-s', 'settings.json');
    expect(result).toMatchObject({ exitCode: 0, stderr: expect.not.stringMatching(/client ID|client-id/iu) });
    await workspace.write('apiProperties.json', withClientId('YOUR-CLIENT-ID'));
    expect(await runInProcess(workspace, 'update', '-s', 'settings.json')).toMatchObject({ exitCode: 1 });
    expect(connector.apiProperties).toContain('your_client_id');
  });

  test('causes a warning when a connector is created or updated', async () => {
    await using cloud = await FakeCloud.start();
    const [created] = await files(cloud, withClientId('YOUR-CLIENT-ID'), withClientId('YOUR-CLIENT-ID'));
    await using workspace = created;
    const warning =
      "Warning: apiProperties.json has the placeholder 'YOUR-CLIENT-ID' as client ID. Users can't sign in until you replace it.\n";
    const create = ['create', '-s', 'settings.json', '-w', '-r', 'secretsecret'];
    for (const command of [[...create, '--dry-run'], create, ['update', '-s', 'settings.json']]) {
      const { exitCode, stderr } = await runInProcess(workspace, ...command);
      expect(exitCode).toBe(0);
      expect(stderr.split(warning)).toHaveLength(2);
    }
    await workspace.write('apiProperties.json', withClientId(''));
    const { stderr } = await runInProcess(workspace, ...create);
    expect(stderr).toContain('Warning: apiProperties.json has an empty client ID.');
  });
});

describe.concurrent('a placeholder for a client ID that deploy would send', () => {
  const properties = oAuthProperties().replace('"clientId": "client"', '"clientId": "YOUR-CLIENT-ID"');
  const problem =
    "Error: apiProperties.json has the placeholder 'YOUR-CLIENT-ID' as client ID, so users can't sign in. Nothing was sent.\nWrite the client ID of your application into apiProperties.json. To send it anyway:\n  paconn deploy";

  test.each([[[]], [['--dry-run']]])('makes no new connector: %j', async (options) => {
    await using cloud = await FakeCloud.start();
    await using workspace = await signedIn(cloud, { apiDefinition: petStore(), apiProperties: properties });
    const line = ['deploy', '-s', 'settings.json', '--client-secret', 'hunter2hunter2', ...options];
    const { exitCode, stderr } = await runInProcess(workspace, ...line);
    expect({ exitCode, stderr }).toEqual({ exitCode: 1, stderr: expect.stringContaining(problem) });
    expect(stderr).toMatch(/ --client-secret <secret> .*--force\n/u);
    expect(stderr).not.toContain('hunter2');
    expect(cloud.connectors()).toEqual([]);
    expect(await runInProcess(workspace, ...line, '--force')).toMatchObject({ exitCode: 0 });
  });

  test('the command that sends it anyway names the environment as it was typed', async () => {
    await using cloud = await FakeCloud.start();
    const { id } = cloud.addEnvironment({ displayName: 'Fabrikam' });
    const connector = cloud.addConnector();
    await using workspace = await signedIn(cloud, { connector, apiDefinition: petStore(), apiProperties: properties });
    const line = ['deploy', '-e', 'Fabrikam', '--client-secret', 'hunter2hunter2'];
    const { stderr } = await runInProcess(workspace, ...line);
    expect(stderr).toMatch(/\n {2}paconn deploy --client-secret <secret> --environment Fabrikam --force\n$/u);
    expect(stderr).not.toContain(id);
  });

  test('is sent where the environment has it, too', async () => {
    await using cloud = await FakeCloud.start();
    const connector = cloud.addConnector({ apiProperties: properties });
    await using workspace = await signedIn(cloud, { connector, apiDefinition: petStore(), apiProperties: properties });
    await workspace.write(definition, petStore({ description: 'Edited' }));
    expect(await runInProcess(workspace, 'deploy', '-s', 'settings.json', '--force')).toMatchObject({ exitCode: 0 });
    expect(await runInProcess(workspace, 'deploy', '-s', 'settings.json')).toMatchObject({ exitCode: 0 });
  });

  test('does not take the place of nothing', async () => {
    await using cloud = await FakeCloud.start();
    const connector = cloud.addConnector();
    await using workspace = await signedIn(cloud, { connector, apiDefinition: petStore(), apiProperties: properties });
    const { exitCode, stderr } = await runInProcess(workspace, 'deploy', '-s', 'settings.json', '-r', 'hunter2hunter2');
    expect({ exitCode, stderr }).toEqual({ exitCode: 1, stderr: expect.stringContaining(problem) });
  });
});

describe.concurrent('files of another connector', () => {
  const weather = petStore()
    .replace('"Pet Store"', '"Weather"')
    .replace(/"host": "[^"]*"/u, '"host": "weather.example.com"')
    .replaceAll(/"operationId": "(\w+)"/gu, '"operationId": "Weather$1"');
  const problem = "These files describe 'Weather', but you're updating 'Pet Store'.";

  async function downloaded(cloud: FakeCloud): Promise<readonly [Workspace, Connector]> {
    const connector = cloud.addConnector();
    const workspace = await signedIn(cloud, { connector });
    const download = ['download', '-s', 'settings.json', '-d', '.', '--overwrite'];
    expect(await runInProcess(workspace, ...download)).toMatchObject({ exitCode: 0 });
    return [workspace, connector];
  }

  test.each([[['update', '-s', 'settings.json']], [['deploy', '-s', 'settings.json']]])(
    'do not replace the one that was synced without a terminal: %s',
    async (command) => {
      await using cloud = await FakeCloud.start();
      const [created, connector] = await downloaded(cloud);
      await using workspace = created;
      await workspace.write(definition, weather);
      const [name = '', ...others] = command;
      for (const options of [[], ['--dry-run']]) {
        const again = [name, ...options, ...others].join(' ');
        expect(await runInProcess(workspace, ...command, ...options)).toEqual({
          exitCode: 4,
          stdout: '',
          stderr: `Error: ${problem} Nothing was changed.\nTo replace it anyway:\n  paconn ${again} --force\n`,
        });
      }
      expect(connector.apiDefinition).not.toContain('Weather');
      expect(await runInProcess(workspace, ...command, '--force')).toMatchObject({ exitCode: 0 });
      expect(connector.apiDefinition).toContain('Weather');
    },
  );

  test.each([
    ['n', 1, false],
    ['y', 0, true],
  ])('are asked about at a terminal: %s', async (answer, exitCode, isReplaced) => {
    await using cloud = await FakeCloud.start();
    const [created, connector] = await downloaded(cloud);
    await using workspace = created;
    await workspace.write(definition, weather);
    await using session = TerminalSession.start(workspace, ['update', '-s', 'settings.json']);
    await session.waitFor(/These files describe 'Weather', but you're updating 'Pet Store'\. Continue\?/u);
    session.type(`${answer}${keys.enter}`);
    expect((await session.end()).exitCode).toBe(exitCode);
    expect((connector.apiDefinition ?? '').includes('Weather')).toBe(isReplaced);
  });

  test.each([
    ['title', weather.replace('"Weather"', '"Pet Store"')],
    ['host', weather.replace('weather.example.com', /"host": "([^"]*)"/u.exec(petStore())?.[1] ?? '')],
    ['an operation', weather.replace('"WeatherGetPet"', '"GetPet"')],
  ])('are the same connector by its %s', async (_same, apiDefinition) => {
    await using cloud = await FakeCloud.start();
    const [created, connector] = await downloaded(cloud);
    await using workspace = created;
    await workspace.write(definition, apiDefinition);
    expect(await runInProcess(workspace, 'update', '-s', 'settings.json')).toMatchObject({ exitCode: 0 });
    expect(connector.apiDefinition).toBe(apiDefinition.trimEnd());
  });

  test('are uploaded if no base knows the connector, as with the Python tool', async () => {
    await using cloud = await FakeCloud.start();
    const connector = cloud.addConnector();
    await using workspace = await signedIn(cloud, { connector, apiDefinition: weather });
    expect(await runInProcess(workspace, 'update', '-s', 'settings.json')).toMatchObject({ exitCode: 0 });
  });

  test('are not replaced by restore without a prompt', async () => {
    await using cloud = await FakeCloud.start();
    const [created, connector] = await downloaded(cloud);
    await using workspace = created;
    await workspace.write(definition, weather);
    expect(await runInProcess(workspace, 'update', '-s', 'settings.json', '--force')).toMatchObject({ exitCode: 0 });
    const restore = ['restore', '-s', 'settings.json', 'latest'];
    expect(await runInProcess(workspace, ...restore)).toMatchObject({
      exitCode: 4,
      stderr: expect.stringContaining("Error: This backup describes 'Pet Store', but it would replace 'Weather'."),
    });
    expect(connector.apiDefinition).toContain('Weather');
    expect(await runInProcess(workspace, ...restore, '--force')).toMatchObject({ exitCode: 0 });
    expect(connector.apiDefinition).not.toContain('Weather');
  });
});
