import { describe, expect, test } from 'vitest';
import { FakeCloud } from '../support/fake-cloud/fake-cloud.ts';
import { noBaseNote } from '../support/notes.ts';
import { oAuthProperties } from '../support/oauth-properties.ts';
import { petStore } from '../support/pet-store.ts';
import { signedIn } from '../support/signed-in.ts';
import { keys, TerminalSession } from '../support/terminal-session.ts';
import type { Workspace } from '../support/workspace.ts';

const secret = 'a=b c"d$é';
const question = /\(y\/n\): /u;
const download = ['download', '-s', 'settings.json', '-d', 'out'];
const create = ['create', '-s', 'other.json', '--skip-validation'];

async function workspaceToDownload(cloud: FakeCloud): Promise<Workspace> {
  const files = { 'out/icon.png': 'mine', 'out/apiProperties.json': 'mine' };
  return await signedIn(cloud, { connector: cloud.addConnector(), files });
}

/** With a settings.json that create would overwrite, and one of another name to create from. */
async function workspaceToCreate(cloud: FakeCloud, apiProperties = '{"properties":{}}'): Promise<Workspace> {
  const workspace = await signedIn(cloud, { apiDefinition: petStore(), apiProperties });
  await workspace.write('other.json', await workspace.read('settings.json'));
  return workspace;
}

describe.runIf(TerminalSession.isSupported)('whether to overwrite', () => {
  test.each(['y', 'Y', 'yes', ' YES '])('%j overwrites the files of a download', async (answer) => {
    await using cloud = await FakeCloud.start();
    await using workspace = await workspaceToDownload(cloud);
    await using session = TerminalSession.start(workspace, download);
    await session.waitFor(question);
    session.type(`${answer}${keys.enter}`);
    const { exitCode, output } = await session.end();
    const [asked, backup, ...rest] = output.split('\n');
    expect(exitCode).toBe(0);
    expect(asked).toContain(`apiProperties.json, icon.png file(s) exist. Do you want to overwrite? (y/n): ${answer}`);
    expect(backup).toMatch(/^Backup of your local files saved: \d{8}-\d{6}-\d{3} \(.+\)$/u);
    expect(rest).toEqual([
      `The connector is downloaded to ${workspace.path('out')}.`,
      'Next:',
      '  cd out',
      '  paconn validate',
      '',
    ]);
    expect(await workspace.read('out/icon.png')).not.toBe('mine');
  });

  test.each(['n', 'No'])('%j is an error, and nothing is written', async (answer) => {
    await using cloud = await FakeCloud.start();
    await using workspace = await workspaceToDownload(cloud);
    await using session = TerminalSession.start(workspace, download);
    await session.waitFor(question);
    session.type(`${answer}${keys.enter}`);
    expect(await session.end()).toMatchObject({
      exitCode: 1,
      output: expect.stringMatching(/\nCanceled\. Nothing was changed\.\n$/u),
    });
    expect(await workspace.list('out')).toEqual(['apiProperties.json', 'icon.png']);
    expect(await workspace.read('out/icon.png')).toBe('mine');
  });

  test('is asked again after any other answer, also Enter alone', async () => {
    await using cloud = await FakeCloud.start();
    await using workspace = await workspaceToDownload(cloud);
    await using session = TerminalSession.start(workspace, download);
    for (const answer of ['maybe', '', 'yess', 'n']) {
      await session.waitFor(question);
      session.type(`${answer}${keys.enter}`);
    }
    const { exitCode, output } = await session.end();
    expect(exitCode).toBe(1);
    expect(output.match(/^Enter y or n\.$/gmu)).toHaveLength(3);
  });

  test('is canceled with Escape', async () => {
    await using cloud = await FakeCloud.start();
    await using workspace = await workspaceToDownload(cloud);
    await using session = TerminalSession.start(workspace, download);
    await session.waitFor(question);
    session.type(`y${keys.escape}`);
    expect(await session.end()).toMatchObject({
      exitCode: 130,
      output: expect.stringMatching(/\nCanceled\. Nothing was changed\.\n$/u),
    });
    expect(await workspace.read('out/icon.png')).toBe('mine');
  });

  test('is not asked with --overwrite, and asked with --overwrite false', async () => {
    await using cloud = await FakeCloud.start();
    await using workspace = await workspaceToDownload(cloud);
    await using asked = TerminalSession.start(workspace, [...download, '--overwrite', 'false']);
    await asked.waitFor(question);
    asked.type(`n${keys.enter}`);
    expect((await asked.end()).exitCode).toBe(1);
    await using notAsked = TerminalSession.start(workspace, [...download, '-w']);
    expect((await notAsked.end()).exitCode).toBe(0);
  });

  test('settings.json is asked before a connector is created', async () => {
    await using cloud = await FakeCloud.start();
    await using workspace = await workspaceToCreate(cloud);
    const before = await workspace.read('settings.json');
    await using session = TerminalSession.start(workspace, create);
    await session.waitFor(/^settings\.json file\(s\) exist\. Do you want to overwrite\? \(y\/n\): /u);
    session.type(`n${keys.enter}`);
    expect(await session.end()).toMatchObject({
      exitCode: 1,
      output: expect.stringMatching(/\nCanceled\. Nothing was changed\.\n$/u),
    });
    expect(cloud.requests).toEqual([]);
    expect(await workspace.read('settings.json')).toBe(before);
  });

  test('settings.json with yes creates the connector and writes its ID', async () => {
    await using cloud = await FakeCloud.start();
    await using workspace = await workspaceToCreate(cloud);
    await using session = TerminalSession.start(workspace, create);
    await session.waitFor(question);
    session.type(`y${keys.enter}`);
    expect((await session.end()).exitCode).toBe(0);
    expect(await workspace.readJson('settings.json')).toMatchObject({ connectorId: cloud.connectors()[0]?.id });
  });
});

describe.runIf(TerminalSession.isSupported)('a client secret that create needs', () => {
  test('is asked for and not shown', async () => {
    await using cloud = await FakeCloud.start();
    await using workspace = await workspaceToCreate(cloud, oAuthProperties());
    await using session = TerminalSession.start(workspace, [...create, '-w']);
    await session.waitFor(/OAuth2 client secret: /u);
    session.type(`${secret}x\u007F${keys.enter}`);
    const { exitCode, output } = await session.end();
    expect({ exitCode, lines: output.split('\n') }).toEqual({
      exitCode: 0,
      lines: [
        'OAuth2 client secret: ',
        expect.stringContaining(`${cloud.connectors()[0]?.id} created successfully.`),
        'Pet Store · Contoso (default)',
        expect.stringMatching(/^Redirect URL: https:\S+$/u),
        'Next, after you change the files:',
        '  paconn deploy',
        '',
      ],
    });
    expect(cloud.connectors()[0]?.clientSecrets).toEqual({ 'connectionParameters/token': secret });
  });

  test('is asked for each set that has none, by its name', async () => {
    await using cloud = await FakeCloud.start();
    await using workspace = await workspaceToCreate(cloud, oAuthProperties({ sets: ['work', 'home', 'third'] }));
    await using session = TerminalSession.start(workspace, [...create, '-w', '--secret', 'home=given']);
    for (const set of ['work', 'third']) {
      await session.waitFor(new RegExp(`OAuth2 client secret of the set '${set}': `, 'u'));
      session.type(`secret of ${set}${keys.enter}`);
    }
    const { exitCode, output } = await session.end();
    expect(exitCode).toBe(0);
    expect(output).not.toContain('secret of work');
    expect(Object.values(cloud.connectors()[0]?.clientSecrets ?? {})).toEqual([
      'secret of work',
      'given',
      'secret of third',
    ]);
  });

  test('and is missing stops create before any request', async () => {
    await using cloud = await FakeCloud.start();
    await using workspace = await workspaceToCreate(cloud, oAuthProperties());
    await using session = TerminalSession.start(workspace, [...create, '-w']);
    // Enter alone can be a mistake, once.
    for (let asked = 0; asked < 2; asked += 1) {
      await session.waitFor(/OAuth2 client secret: /u);
      session.type(keys.enter);
    }
    expect(await session.end()).toEqual({
      exitCode: 130,
      output: 'OAuth2 client secret: \nOAuth2 client secret: \nCanceled. Nothing was changed.\n',
    });
    expect(cloud.requests).toEqual([]);
  });

  test('is not asked for by update', async () => {
    await using cloud = await FakeCloud.start();
    const connector = cloud.addConnector({ apiProperties: oAuthProperties() });
    await using workspace = await signedIn(cloud, { connector, apiDefinition: petStore() });
    await using session = TerminalSession.start(workspace, ['update', '-s', 'settings.json', '--skip-validation']);
    const { exitCode, output } = await session.end();
    expect(exitCode).toBe(0);
    expect(output).toContain(
      `${noBaseNote}${connector.id} updated successfully.\nPet Store · Contoso (default) · no changes\n`,
    );
    expect(output).not.toContain('secret');
  });
});

describe.runIf(TerminalSession.isSupported).each([
  ['Ctrl+C', keys.interrupt],
  ['Ctrl+D', keys.endOfInput],
])('%s', (_name, key) => {
  test.each<[what: string, args: readonly string[], asked: RegExp]>([
    ['whether to overwrite', download, question],
    ['which environment', ['download', '-s', 'cloud.json'], /Default choice\(1\)\]: /u],
    ['which connector', ['download', '-s', 'environment.json'], /Default choice\(1\)\]: /u],
    ['for the secret', ['create', '-s', 'secret.json', '-w', '--skip-validation'], /OAuth2 client secret: /u],
    ['whether to overwrite settings.json', ['create', '-s', 'secret.json', '--skip-validation'], question],
  ])('when asked %s ends the run, with nothing changed or left over', async (_what, args, asked) => {
    await using cloud = await FakeCloud.start();
    await using workspace = await workspaceToDownload(cloud);
    const { powerAppsUrl, flowUrl } = cloud.settings;
    const environment = cloud.environment.id;
    await workspace.write('cloud.json', JSON.stringify({ powerAppsUrl, flowUrl }));
    await workspace.write('environment.json', JSON.stringify({ powerAppsUrl, flowUrl, environment }));
    const files = { apiDefinition: 'd.json', apiProperties: 'p.json' };
    await workspace.write('secret.json', JSON.stringify({ powerAppsUrl, environment, ...files }));
    await workspace.write('d.json', petStore());
    await workspace.write('p.json', oAuthProperties());
    const before = await workspace.list();

    const variables = { PACONN_PROMPT: 'line' };
    await using session = TerminalSession.start(workspace, args, { variables });
    const [prompt] = await session.waitFor(asked);
    session.type(key);
    const { exitCode, output } = await session.end();
    expect(exitCode).toBe(130);
    expect(output.endsWith(`${prompt}\nCanceled. Nothing was changed.\n`)).toBe(true);
    expect(await workspace.list()).toEqual(before);
    expect(await workspace.read('out/icon.png')).toBe('mine');
    expect(cloud.connectors()).toHaveLength(1);
  });
});
