import { describe, expect, test } from 'vitest';
import { FakeCloud } from '../support/fake-cloud/fake-cloud.ts';
import { petStore } from '../support/pet-store.ts';
import { signedIn } from '../support/signed-in.ts';
import { keys, TerminalSession } from '../support/terminal-session.ts';
import type { Workspace } from '../support/workspace.ts';

/** A workspace with a settings file that names nothing but the cloud. */
async function workspaceAt(cloud: FakeCloud, more: Readonly<Record<string, unknown>> = {}): Promise<Workspace> {
  const { powerAppsUrl, flowUrl } = cloud.settings;
  return await signedIn(cloud, {
    settings: { environment: null, powerAppsUrl, flowUrl, ...more },
    apiDefinition: petStore(),
  });
}

const download = ['download', '-s', 'settings.json', '-d', 'out'];
const prompt = /Please enter a choice \[Default choice\((\d+)\)\]: /u;
/** As the Python tool asks, whatever the terminal can do. */
const variables = { PACONN_PROMPT: 'line' };

/** Answers one question after the other, each when it is asked, and gives what was on the screen in the end. */
async function answering(
  workspace: Workspace,
  args: readonly string[],
  ...answers: readonly string[]
): Promise<string> {
  await using session = TerminalSession.start(workspace, args, { variables });
  for (const answer of answers) {
    await session.waitFor(prompt);
    session.type(`${answer}${keys.enter}`);
  }
  const { exitCode, output } = await session.end();
  expect({ exitCode, output }).toMatchObject({ exitCode: 0 });
  return output;
}

describe.runIf(TerminalSession.isSupported)('the choice of environment and connector', () => {
  test('is made from numbered lists, and the choice is shown', async () => {
    await using cloud = await FakeCloud.start();
    const { id: environment } = cloud.addEnvironment({ displayName: 'Test' });
    cloud.addConnector({ environment, displayName: 'Orders' });
    const { id } = cloud.addConnector({ environment, displayName: 'Pets', createdBy: null });
    await using workspace = await workspaceAt(cloud);
    expect(await answering(workspace, download, '2', '2')).toBe(
      [
        'Please select an environment:',
        ' [1] Contoso (default)',
        ' [2] Test',
        'Please enter a choice [Default choice(1)]: 2',
        'Environment selected: Test',
        'Please select a connector:',
        ' [1] Orders - Adele Vance',
        ' [2] Pets',
        'Please enter a choice [Default choice(1)]: 2',
        'Connector selected: Pets',
        `The connector is downloaded to ${workspace.path('out')}.`,
        'Next:',
        '  cd out',
        '  paconn validate',
        '',
      ].join('\n'),
    );
    expect(await workspace.readJson('out/settings.json')).toMatchObject({ environment, connectorId: id });
  });

  test('is the first one with Enter alone', async () => {
    await using cloud = await FakeCloud.start();
    cloud.addEnvironment({ displayName: 'Test' });
    const { id } = cloud.addConnector({ displayName: 'Orders' });
    cloud.addConnector({ displayName: 'Pets' });
    await using workspace = await workspaceAt(cloud);
    await answering(workspace, download, '', '  ');
    expect(await workspace.readJson('out/settings.json')).toMatchObject({
      environment: cloud.environment.id,
      connectorId: id,
    });
  });

  test('is made by a part of a name that only one entry has, case-insensitively', async () => {
    await using cloud = await FakeCloud.start();
    const { id: environment } = cloud.addEnvironment({ displayName: 'Süd-Ost' });
    const { id } = cloud.addConnector({ environment, displayName: 'Orders' });
    cloud.addConnector({ environment, displayName: 'Pets' });
    await using workspace = await workspaceAt(cloud);
    await answering(workspace, download, 'SÜD', ' orde ');
    expect(await workspace.readJson('out/settings.json')).toMatchObject({ environment, connectorId: id });
  });

  test('is narrowed by text that several names contain; Enter then selects the first of them', async () => {
    await using cloud = await FakeCloud.start();
    for (const displayName of ['Production', 'Test A', 'Test B']) cloud.addEnvironment({ displayName });
    await using workspace = await workspaceAt(cloud, { connectorId: 'shared_x' });
    await using session = TerminalSession.start(workspace, download, { variables });
    const asked: (string | undefined)[] = [];
    for (const answer of ['nowhere', 'tEST ', 'test or so', '0', '9', '']) {
      asked.push((await session.waitFor(prompt))[1]);
      session.type(`${answer}${keys.enter}`);
    }
    const { output } = await session.end();
    expect(asked).toEqual(['1', '1', '3', '3', '3', '3']);
    expect(output).toContain("]: nowhere\nNo match for 'nowhere'.\nPlease enter a choice");
    expect(output).toContain('Environment selected: Test A\n');
  });

  test('shows only matching entries, and accepts only their numbers', async () => {
    await using cloud = await FakeCloud.start();
    for (const displayName of ['Alpha test', 'Production', 'Beta test']) cloud.addEnvironment({ displayName });
    await using workspace = await workspaceAt(cloud, { connectorId: 'shared_x' });
    await using session = TerminalSession.start(workspace, download, { variables });
    for (const answer of ['test', '4', '4']) {
      await session.waitFor(prompt);
      session.type(`${answer}${keys.enter}`);
    }
    const { output } = await session.end();
    expect(output).toContain(
      [
        "]: test\n2 names match 'test':\n [2] Alpha test\n [3] Beta test",
        'Please enter a choice [Default choice(2)]: 4',
        "1 name matches '4':\n [4] Production",
        'Please enter a choice [Default choice(4)]: 4',
        'Environment selected: Production\n',
      ].join('\n'),
    );
  });

  test('between two of the same name shows their IDs', async () => {
    await using cloud = await FakeCloud.start();
    const first = cloud.addEnvironment({ displayName: 'Twin' });
    const second = cloud.addEnvironment({ displayName: 'Twin' });
    const pets = [1, 2].map(() => cloud.addConnector({ environment: second.id, displayName: 'Pets' }));
    await using workspace = await workspaceAt(cloud);
    const output = await answering(workspace, download, second.id, '2');
    expect(output).toContain(` [2] Twin (${first.id})\n [3] Twin (${second.id})\n`);
    expect(output).toContain(`Environment selected: Twin (${second.id})\n`);
    expect(output).toContain(` [1] Pets - Adele Vance (${pets[0]?.id})\n [2] Pets - Adele Vance (${pets[1]?.id})\n`);
    expect(await workspace.readJson('out/settings.json')).toMatchObject({ connectorId: pets[1]?.id });
  });

  test('works with 500 environments on many pages', async () => {
    await using cloud = await FakeCloud.start();
    cloud.pageSize = 120;
    const added = Array.from({ length: 500 }, (_, index) => cloud.addEnvironment({ displayName: `Team ${index} dev` }));
    const environment = added[321]?.id;
    cloud.addConnector({ environment: environment ?? '', displayName: 'Pets' });
    await using workspace = await workspaceAt(cloud);
    const output = await answering(workspace, download, 'team 32', '323', '1');
    const listed = output
      .slice(0, output.indexOf('Please enter'))
      .split('\n')
      .filter((line) => line.startsWith(' ['));
    expect(listed).toHaveLength(20);
    expect(output).toContain('\n and 481 more. Type part of a name.\n');
    expect(output).toContain("11 names match 'team 32':\n [34] Team 32 dev\n [322] Team 320 dev\n");
    expect(await workspace.readJson('out/settings.json')).toMatchObject({ environment });
    expect(cloud.requests.filter(({ path }) => path.endsWith('/environments'))).toHaveLength(5);
  });

  test('fits a narrow terminal', async () => {
    await using cloud = await FakeCloud.start();
    cloud.addConnector({ displayName: 'Pets' });
    await using workspace = await workspaceAt(cloud);
    await using session = TerminalSession.start(workspace, download, { columns: 20, rows: 5 });
    for (const answer of ['contoso', 'pets']) {
      await session.waitFor(/choice\(1\)\]: /u);
      session.type(`${answer}${keys.enter}`);
    }
    expect(await session.end()).toMatchObject({
      exitCode: 0,
      output: expect.stringContaining('Connector selected: Pets - Adele Vance\n'),
    });
  });

  test('is asked for by create and update as well', async () => {
    await using cloud = await FakeCloud.start();
    const { id: environment } = cloud.addEnvironment({ displayName: 'Test' });
    const { id } = cloud.addConnector({ environment, displayName: 'Old' });
    await using workspace = await workspaceAt(cloud);
    await answering(workspace, ['update', '-s', 'settings.json'], 'test', 'old');
    await answering(workspace, ['create', '-s', 'settings.json', '-w'], 'test');
    const [updated, created] = cloud.connectors(environment);
    expect(updated?.lastBody).toContain('Sells pets.');
    expect(await workspace.readJson('settings.json')).toMatchObject({ environment, connectorId: created?.id });
    expect(created?.id).not.toBe(id);
  });

  test('is asked for on stderr when stdout is a pipe', async () => {
    await using cloud = await FakeCloud.start();
    const { id } = cloud.addConnector();
    await using workspace = await workspaceAt(cloud, { environment: cloud.environment.id });
    const line = workspace
      .command(...download)
      .map((word) => `'${word}'`)
      .join(' ');
    await using session = TerminalSession.start(workspace, [], {
      command: ['/bin/sh', '-c', `${line} | sed s/^/piped:/`],
    });
    await session.waitFor(prompt);
    session.type(keys.enter);
    const { output } = await session.end();
    expect(output).toMatch(/^Please select a connector:\n/u);
    expect(output).toContain('piped:Connector selected: Pet Store - Adele Vance\n');
    expect(await workspace.readJson('out/settings.json')).toMatchObject({ connectorId: id });
  });

  test('asks Power Apps for both lists', async () => {
    await using cloud = await FakeCloud.start();
    cloud.addConnector();
    await using workspace = await workspaceAt(cloud);
    await answering(workspace, download, '1', '1');
    const [environments, connectors] = cloud.requests;
    expect(environments).toMatchObject({
      method: 'GET',
      path: '/providers/Microsoft.PowerApps/environments',
      query: { 'api-version': '2017-08-01' },
    });
    expect(environments?.headers).not.toHaveProperty('x-ms-origin');
    expect(connectors).toMatchObject({
      method: 'GET',
      path: '/providers/Microsoft.PowerApps/apis',
      query: {
        'api-version': '2016-11-01',
        $filter: `environment eq '${cloud.environment.id}' and IsCustomApi eq 'True'`,
      },
      headers: { 'x-ms-origin': 'paconn-cli' },
    });
  });

  test('asks Flow for environments where Power Apps refuses, as the Python tool does', async () => {
    await using cloud = await FakeCloud.start();
    cloud.addConnector();
    cloud.fault({ path: '/providers/Microsoft.PowerApps/environments', status: 403 });
    await using workspace = await workspaceAt(cloud, { flowApiVersion: '2017-05-01' });
    await answering(workspace, download, '1', '1');
    expect(cloud.requests[1]).toMatchObject({
      method: 'GET',
      path: '/providers/Microsoft.ProcessSimple/environments',
      query: { 'api-version': '2017-05-01' },
    });
    expect(cloud.requests[1]?.headers).not.toHaveProperty('x-ms-origin');
  });

  test('shows names without control characters', async () => {
    await using cloud = await FakeCloud.start();
    cloud.addConnector({ displayName: 'Pe\u0007ts\u001B[2J\n[9] Fake\u202E' });
    await using workspace = await workspaceAt(cloud);
    await using session = TerminalSession.start(workspace, [...download, '--only-show-errors'], { variables });
    for (const answer of ['1', '1']) {
      await session.waitFor(prompt);
      session.type(`${answer}${keys.enter}`);
    }
    await session.end();
    expect(session.output).toContain(' [1] Pets [9] Fake - Adele Vance\n');
    // oxlint-disable-next-line no-control-regex
    expect(session.rawOutput).not.toMatch(/\u001B\[2J|\u0007|\u202E/u);
  });

  test('uses answers that were typed ahead', async () => {
    await using cloud = await FakeCloud.start();
    cloud.addEnvironment({ displayName: 'Test' });
    const { id } = cloud.addConnector({ displayName: 'Pets' });
    cloud.addConnector({ displayName: 'Orders' });
    await using workspace = await workspaceAt(cloud);
    await using session = TerminalSession.start(workspace, download, { variables });
    await session.waitFor(prompt);
    session.type(`1${keys.enter}pets${keys.enter}`);
    expect(await session.end()).toMatchObject({ exitCode: 0 });
    expect(await workspace.readJson('out/settings.json')).toMatchObject({ connectorId: id });
  });
});
