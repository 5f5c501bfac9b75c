import { readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type Downloaded, downloaded } from '../support/downloaded.ts';
import type { FaultOrder } from '../support/fake-cloud/faults.ts';
import { savedBackup } from '../support/notes.ts';
import { oAuthProperties } from '../support/oauth-properties.ts';
import { petIcon, petScript, petStore } from '../support/pet-store.ts';
import { runInProcess, runInProcessWith } from '../support/run-in-process.ts';
import type { Workspace } from '../support/workspace.ts';

const update = ['update', '-s', 'settings.json', '--skip-validation'];
const deploy = ['deploy', '-s', 'settings.json', '--skip-validation'];
const definition = 'apiDefinition.swagger.json';
const patch = { method: 'PATCH', path: '/apis/' };
const get = { method: 'GET', path: '/apis/shared_' };

interface Shop extends Downloaded {
  readonly describe: (description: string) => Promise<void>;
}

/** A connector that somebody has downloaded, whose sign-in makes the service write a good part of it. */
async function petShop(): Promise<Shop> {
  const content = { script: petScript(), icon: petIcon(), apiProperties: oAuthProperties() };
  const shop = await downloaded(content, { PACONN_HTTP_TIMEOUT: '2' });
  const describeAs = async (description: string): Promise<void> =>
    void (await shop.workspace.write(definition, petStore({ description })));
  return { ...shop, describe: describeAs };
}

/** What the config directory remembers of what was sent. */
async function remembered(workspace: Workspace): Promise<string[]> {
  const directory = join(workspace.configDirectory, 'sent');
  const names = await readdir(directory).catch(() => []);
  return await Promise.all(names.map(async (name) => await readFile(join(directory, name), 'utf8')));
}

/** Whether an error quotes a response, which has an ID in its headers. */
function isAnswer(stderr: string): boolean {
  return /\(HTTP \d{3}\)/u.test(stderr);
}

function hasCorrelationId(stderr: string): boolean {
  return /^Correlation ID: \S+$/mu.test(stderr);
}

const lost: readonly (readonly [what: string, fault: FaultOrder])[] = [
  ['comes too late', { ...patch, times: 9, answerLatency: 3000 }],
  ['breaks off', { ...patch, times: 9, action: 'resetAfter' }],
  ['is the 502 of a gateway', { ...patch, times: 9, status: 502, html: '<html></html>', hasEffect: true }],
  ['is the 504 of a gateway', { ...patch, times: 9, status: 504, hasEffect: true }],
  ['is the 500 of the service', { ...patch, times: 9, status: 500, hasEffect: true }],
  ['is a page of somebody else', { ...patch, times: 9, status: 200, html: '<html></html>', hasEffect: true }],
];

describe.concurrent('a completed update whose response', () => {
  test.each(lost)('%s, is said to be made: the service is asked', async (_what, fault) => {
    await using shop = await petShop();
    const { cloud, connector, workspace, run } = shop;
    await shop.describe('First');
    cloud.fault(fault);
    const { exitCode, stderr } = await run(...update);
    expect({ exitCode, stderr }).toMatchObject({ exitCode: 0 });
    expect(stderr).toMatch(
      new RegExp(`The update of ${connector.id} completed anyway\\.\n${connector.id} updated successfully\\.\n$`, 'u'),
    );
    cloud.clearFaults();
    expect(await remembered(workspace)).toEqual([]);
    await shop.describe('Second');
    expect(await run(...update)).toMatchObject({ exitCode: 0, stderr: `${connector.id} updated successfully.\n` });
    expect(connector.description).toBe('Second');
  });

  test.each(lost)(
    "%s, may have been made where the service can't be asked, and is no conflict later",
    async (_what, fault) => {
      await using shop = await petShop();
      const { cloud, connector, run } = shop;
      await shop.describe('First');
      cloud.fault(fault);
      cloud.fault({ ...get, after: 'PATCH', times: 9, status: 403 });
      const { exitCode, stderr } = await run(...update);
      expect(exitCode).toBe(1);
      expect(stderr).toMatch(
        / The connector \S+ may have changed anyway\.\n(?:Correlation ID: \S+\n)?Check with:\n  paconn diff -s settings\.json\n$/u,
      );
      expect(hasCorrelationId(stderr)).toBe(isAnswer(stderr));
      cloud.clearFaults();
      expect(connector.description).toBe('First');
      await shop.describe('Second');
      expect(await run(...update)).toMatchObject({ exitCode: 0, stderr: `${connector.id} updated successfully.\n` });
      expect(connector.description).toBe('Second');
    },
  );

  test.each<[what: string, edit: (workspace: Workspace, word: string) => Promise<unknown>, flags: readonly string[]]>([
    ['an icon', async (workspace, word) => await workspace.write('icon.png', petIcon(word)), []],
    ['a script', async (workspace, word) => await workspace.write('script.csx', petScript(word)), []],
    [
      'API properties',
      async (workspace, word) => {
        const text = await workspace.read('apiProperties.json');
        const colour = `"iconBrandColor": "#${word === 'one' ? '111111' : '222222'}"`;
        await workspace.write('apiProperties.json', text.replace(/"iconBrandColor": "[^"]+"/u, colour));
      },
      [],
    ],
    ['a name', async (workspace, title) => await workspace.write(definition, petStore({ title })), ['--rename']],
  ])('has %s alone, is no conflict later, for deploy and pull either', async (_what, edit, flags) => {
    await using shop = await petShop();
    const { cloud, workspace, run } = shop;
    await edit(workspace, 'one');
    cloud.fault({ ...patch, times: 9, answerLatency: 3000 });
    cloud.fault({ ...get, after: 'PATCH', times: 9, status: 403 });
    expect((await run(...update, ...flags)).exitCode).toBe(1);
    cloud.clearFaults();
    await edit(workspace, 'two');
    expect(await run(...update, '--dry-run', ...flags)).toMatchObject({ exitCode: 0 });
    const pulled = await run('pull', '-s', 'settings.json');
    expect(pulled).toMatchObject({ exitCode: 0 });
    expect(await run(...deploy, ...flags)).toMatchObject({ exitCode: 0 });
    expect(await run('diff', '-s', 'settings.json', '--exit-code')).toMatchObject({ exitCode: 0 });
  });
});

describe.concurrent('an update without a response', () => {
  test.each<[what: string, fault: FaultOrder]>([
    ['time-out', { ...patch, times: 9, action: 'hang' }],
    ['504', { ...patch, times: 9, status: 504 }],
    ['broken connection', { ...patch, times: 9, action: 'reset' }],
  ])("because of %s reports that it wasn't made", async (_what, fault) => {
    await using shop = await petShop();
    const { cloud, connector, run } = shop;
    await shop.describe('First');
    cloud.fault(fault);
    const { exitCode, stderr } = await run(...update);
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(
      / The connector \S+ hasn't changed\.\n(?:Correlation ID: \S+\n)?The service may still be working on it\. Check with:\n/u,
    );
    expect(hasCorrelationId(stderr)).toBe(isAnswer(stderr));
    cloud.clearFaults();
    await shop.describe('Second');
    expect((await run(...update)).exitCode).toBe(0);
    expect(connector.description).toBe('Second');
  });

  test('is not sent again after a gateway timeout, and is sent again after a requested pause', async () => {
    await using shop = await petShop();
    const { cloud, run } = shop;
    await shop.describe('First');
    cloud.fault({ ...patch, status: 429, headers: { 'retry-after': '0' } });
    cloud.fault({ ...patch, status: 504, hasEffect: true });
    expect((await run(...update)).exitCode).toBe(0);
    expect(cloud.requests.filter(({ method }) => method === 'PATCH').map(({ status }) => status)).toEqual([429, 504]);
  });

  test("reports another user's change, and does not overwrite it", async () => {
    await using shop = await petShop();
    const { cloud, connector, run } = shop;
    await shop.describe('First');
    const theirs = petStore({ description: 'Theirs' });
    cloud.fault({ ...patch, status: 504, meanwhile: () => void cloud.edit(connector.id, { apiDefinition: theirs }) });
    const { exitCode, stderr } = await run(...update);
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(/ has changed, but differs from what was sent\. Someone else may have changed it\.\n/u);
    expect((await run(...update)).exitCode).toBe(4);
    expect(connector.apiDefinition).toBe(theirs);
  });
});

describe.concurrent('an upload without confirmation', () => {
  /** An update that was made, of which nobody knows. */
  async function unconfirmed(shop: Shop, more: readonly string[] = []): Promise<void> {
    shop.cloud.fault({ ...patch, times: 9, status: 504, hasEffect: true });
    shop.cloud.fault({ ...get, after: 'PATCH', times: 9, status: 403 });
    expect((await shop.run(...update, ...more)).exitCode).toBe(1);
    shop.cloud.clearFaults();
  }

  test('is a conflict once someone changes a part of it', async () => {
    await using shop = await petShop();
    const { cloud, connector, run } = shop;
    await shop.describe('First');
    await unconfirmed(shop);
    cloud.edit(connector.id, { script: petScript('theirs') });
    await shop.describe('Second');
    expect((await run(...update)).exitCode).toBe(4);
    expect(connector.script).toBe(petScript('theirs'));
  });

  test('can be several updates, any of which may have completed', async () => {
    await using shop = await petShop();
    const { cloud, connector, run } = shop;
    await shop.describe('First');
    await unconfirmed(shop);
    await shop.describe('Second');
    // This one does not arrive.
    cloud.fault({ ...patch, times: 9, status: 504 });
    expect((await run(...update)).exitCode).toBe(1);
    cloud.clearFaults();
    await shop.describe('Third');
    expect((await run(...update)).exitCode).toBe(0);
    expect(connector.description).toBe('Third');
  });

  test('contains no client secret, and is readable only by the user', async () => {
    await using shop = await petShop();
    await shop.describe('First');
    await unconfirmed(shop, ['--secret', 'hush-hush-hush']);
    const [text, ...others] = await remembered(shop.workspace);
    expect(others).toEqual([]);
    expect(text).toContain('connectionParameters');
    expect(text).not.toContain('hush');
  });

  test('belongs to its folder: in another one it is a conflict', async () => {
    await using shop = await petShop();
    const { connector, workspace, run } = shop;
    const names = ['settings.json', definition, 'apiProperties.json', 'icon.png', 'script.csx'];
    await workspace.write('other/settings.json', await workspace.read('settings.json'));
    expect(
      (await runInProcessWith(workspace, ['download', '-s', 'settings.json', '-d', '.', '-w'], { directory: 'other' }))
        .exitCode,
    ).toBe(0);
    expect(await workspace.list('other')).toEqual(names.toSorted());
    await shop.describe('First');
    await unconfirmed(shop);
    await workspace.write(`other/${definition}`, petStore({ description: 'Other' }));
    expect((await runInProcessWith(workspace, update, { directory: 'other' })).exitCode).toBe(4);
    expect(connector.description).toBe('First');
    expect((await run(...update)).exitCode).toBe(0);
  });

  test('is ignored if the files have another base, as on another branch', async () => {
    await using shop = await petShop();
    const { cloud, connector, workspace, run } = shop;
    const before = connector.apiDefinition ?? '';
    // The other branch was in step at another time.
    const [base, old] = [await workspace.read('paconn.base.json'), await workspace.read(definition)];
    cloud.edit(connector.id, { apiDefinition: petStore({ description: 'Newer' }) });
    expect((await run('pull', '-s', 'settings.json')).exitCode).toBe(0);
    await shop.describe('First');
    await unconfirmed(shop);
    await workspace.write('paconn.base.json', base);
    await workspace.write(definition, old.replace('Sells pets.', 'Of the other branch'));
    expect((await run(...update)).exitCode).toBe(4);
    expect([connector.description, before]).toEqual(['First', petStore()]);
  });

  test("is recorded if the base can't be written, as in a read-only checkout", async () => {
    await using shop = await petShop();
    const { cloud, connector, workspace, run } = shop;
    await rm(workspace.path('paconn.base'), { recursive: true });
    await workspace.write('paconn.base', 'in the way');
    for (const description of ['First', 'Second', 'Third', 'Fourth', 'Fifth', 'Sixth']) {
      await shop.describe(description);
      const { exitCode, stderr } = await run(...update);
      expect({ exitCode, stderr }).toMatchObject({ exitCode: 0 });
      expect(stderr).toMatch(
        /^Warning: The connector was updated, but the last synced version couldn't be saved\. .+ can't be written: /u,
      );
      expect(connector.description).toBe(description);
    }
    expect(JSON.parse((await remembered(workspace))[0] ?? '')).toMatchObject({ sent: { length: 4 } });
    cloud.edit(connector.id, { script: petScript('theirs') });
    expect((await run(...update)).exitCode).toBe(4);
  });

  test('is ignored if its record is damaged', async () => {
    await using shop = await petShop();
    const { workspace, run } = shop;
    await shop.describe('First');
    await unconfirmed(shop);
    const [name = ''] = await readdir(join(workspace.configDirectory, 'sent'));
    await workspace.write(join('..', 'home', '.paconn', 'sent', name), '{"version":1,');
    await shop.describe('Second');
    expect((await run(...update)).exitCode).toBe(4);
  });
});

describe.concurrent('an update that cannot be read back', () => {
  test.each<[what: string, fault: FaultOrder]>([
    ['is refused', { ...get, after: 'PATCH', times: 9, status: 403 }],
    ['breaks', { ...get, after: 'PATCH', times: 9, action: 'reset' }],
    ['never ends', { ...get, after: 'PATCH', times: 9, action: 'hang' }],
    ['fails in the storage', { path: /apiDefinition\.swagger\.json$/u, times: 9, status: 403 }],
  ])('because that %s, succeeds without a later conflict', async (_what, fault) => {
    await using shop = await petShop();
    const { cloud, connector, run } = shop;
    await shop.describe('First');
    cloud.fault(fault);
    const first = await run(...update);
    expect(first.exitCode).toBe(0);
    expect(first.stderr).toMatch(
      /^Warning: The connector was updated, but the last synced version couldn't be saved\. /u,
    );
    cloud.clearFaults();
    await shop.describe('Second');
    expect(await run(...update)).toMatchObject({ exitCode: 0, stderr: `${connector.id} updated successfully.\n` });
    expect(connector.description).toBe('Second');
  });
});

describe('an update that is killed', () => {
  test.each<[when: string, fault: FaultOrder]>([
    ['before its request arrives', { ...patch, action: 'hang' }],
    ['before the answer comes', { ...patch, answerLatency: 60_000 }],
    ['while it is read back', { ...get, after: 'PATCH', action: 'hang' }],
    ['while the definition is read back', { path: /apiDefinition\.swagger\.json$/u, action: 'hang' }],
  ])('%s is followed by another one without a conflict', async (_when, fault) => {
    await using shop = await petShop();
    const { cloud, connector, workspace, run } = shop;
    await shop.describe('First');
    const reached = cloud.fault(fault);
    const tool = workspace.start(update);
    await expect.poll(() => reached.hits).toBe(1);
    tool.signal('SIGKILL');
    await tool.finished;
    await shop.describe('Second');
    expect(await run(...update)).toMatchObject({ exitCode: 0, stderr: `${connector.id} updated successfully.\n` });
    expect(connector.description).toBe('Second');
  });

  test('at any moment after its request leaves no conflict', async () => {
    await using shop = await petShop();
    const { cloud, connector, workspace, run } = shop;
    for (let round = 0; round < 8; round += 1) {
      await shop.describe(`Killed ${round}`);
      const sent = cloud.fault({ ...patch, answerLatency: 1 });
      const tool = workspace.start(update);
      await expect.poll(() => sent.hits, { interval: 1 }).toBe(1);
      // The rest of a run takes about this long.
      await new Promise((resolve) => setTimeout(resolve, round * 12));
      tool.signal('SIGKILL');
      await tool.finished;
      cloud.clearFaults();
    }
    await shop.describe('Last');
    expect(await run(...update)).toMatchObject({ exitCode: 0, stderr: `${connector.id} updated successfully.\n` });
    expect(connector.description).toBe('Last');
  });
});

test('an update that is interrupted during its verification reports that it was sent', async () => {
  await using shop = await petShop();
  const { cloud, connector, workspace, run } = shop;
  await shop.describe('First');
  const reading = cloud.fault({ ...get, after: 'PATCH', action: 'hang' });
  const tool = workspace.start(update);
  await expect.poll(() => reading.hits).toBe(1);
  tool.signal('SIGINT');
  const { exitCode, stderr } = await tool.finished;
  expect({ exitCode, stderr: stderr.replace(savedBackup, 'Backup.\n') }).toEqual({
    exitCode: 130,
    stderr: `Backup.\nError: Interrupted. ${connector.id} was uploaded, but not read back.\nYour next update, deploy, or pull continues from there.\n`,
  });
  await shop.describe('Second');
  expect((await run(...update)).exitCode).toBe(0);
});

describe.concurrent('a restore', () => {
  const restore = ['restore', '-s', 'settings.json'];

  test.each<[what: string, faults: readonly FaultOrder[], exitCode: number]>([
    [
      'whose answer is lost',
      [
        { ...patch, times: 9, status: 504, hasEffect: true },
        { ...get, after: 'PATCH', times: 9, status: 403 },
      ],
      1,
    ],
    ['that cannot be read back', [{ ...get, after: 'PATCH', times: 9, status: 403 }], 0],
  ])('%s is followed by another one without a conflict', async (_what, faults, exitCode) => {
    await using shop = await petShop();
    const { cloud, connector, run } = shop;
    await shop.describe('First');
    expect((await run(...update)).exitCode).toBe(0);
    await shop.describe('Second');
    expect((await run(...update)).exitCode).toBe(0);
    for (const fault of faults) cloud.fault(fault);
    const [newest = '', oldest = ''] = (
      await run('restore', '--list', '--query', 'backups[].backupId', '-o', 'tsv')
    ).stdout.split('\n');
    expect((await run(...restore, oldest)).exitCode).toBe(exitCode);
    cloud.clearFaults();
    expect(connector.description).toBe('Sells pets.');
    expect(await run(...restore, newest)).toMatchObject({ exitCode: 0 });
    expect(connector.description).toBe('First');
  });

  test('without a response reports what is known', async () => {
    await using shop = await petShop();
    const { cloud, connector, run } = shop;
    await shop.describe('First');
    expect((await run(...update)).exitCode).toBe(0);
    cloud.fault({ ...patch, times: 9, status: 504, hasEffect: true });
    const { exitCode, stderr } = await run(...restore, 'latest');
    expect(exitCode).toBe(0);
    expect(stderr).toContain(`The update of ${connector.id} completed anyway.\n`);
    expect(connector.description).toBe('Sells pets.');
  });

  test('follows an update with an unknown result', async () => {
    await using shop = await petShop();
    const { cloud, connector, run } = shop;
    await shop.describe('First');
    cloud.fault({ ...patch, times: 9, status: 504, hasEffect: true });
    cloud.fault({ ...get, after: 'PATCH', times: 9, status: 403 });
    expect((await run(...update)).exitCode).toBe(1);
    cloud.clearFaults();
    expect(await run(...restore, 'latest')).toMatchObject({ exitCode: 0 });
    expect(connector.description).toBe('Sells pets.');
  });
});

describe.concurrent("an update that the service accepts but doesn't make", () => {
  test('fails, and the next one is sent', async () => {
    await using shop = await petShop();
    const { cloud, connector, workspace, run } = shop;
    await shop.describe('First');
    await workspace.write('script.csx', petScript('new'));
    cloud.fault({ ...patch, status: 204 });
    expect(await run(...deploy)).toEqual({
      exitCode: 1,
      stdout: '',
      stderr: expect.stringContaining(
        `\nError: The service accepted the update, but the connector ${connector.id} hasn't changed. Not updated: API definition, script.\nRun the same command again.\n`,
      ),
    });
    const { exitCode, stderr } = await run(...deploy);
    expect({ exitCode, stderr }).toMatchObject({ exitCode: 0 });
    expect(stderr).toMatch(/^\S+ updated successfully\.$/mu);
    expect(connector.description).toBe('First');
  });

  test('fails for an unchanged part, even if the connector has changed', async () => {
    await using shop = await petShop();
    const { cloud, connector, workspace, run } = shop;
    await workspace.write('script.csx', petScript('new'));
    const meanwhile = (): void => void cloud.edit(connector.id, { description: 'Theirs' });
    cloud.fault({ ...patch, status: 204, meanwhile });
    const { exitCode, stderr } = await run(...deploy, '--force');
    expect({ exitCode, stderr }).toEqual({
      exitCode: 1,
      stderr: expect.stringContaining(
        `\nError: The service accepted the update, but the connector ${connector.id} doesn't have everything that was sent. Not updated: script.\n`,
      ),
    });
    // Nothing is remembered as sent.
    expect((await run(...deploy, '--force')).exitCode).toBe(0);
    expect(connector.script).toBe(petScript('new'));
  });

  test.each([
    ['script', { script: null }],
    ['icon', { icon: null }],
  ])('fails for a part that is gone, and the next one sends it: %s', async (part, gone) => {
    await using shop = await petShop();
    const { cloud, connector, workspace, run } = shop;
    await workspace.write('script.csx', petScript('new'));
    await workspace.write('icon.png', petIcon('new'));
    const meanwhile = (): void =>
      void cloud.edit(connector.id, { script: petScript('new'), icon: petIcon('new'), ...gone });
    cloud.fault({ ...patch, status: 204, meanwhile });
    const { exitCode, stderr } = await run(...deploy);
    expect({ exitCode, stderr }).toEqual({
      exitCode: 1,
      stderr: expect.stringContaining(` doesn't have everything that was sent. Not updated: ${part}.\nRun the same`),
    });
    expect(await run(...deploy)).toMatchObject({
      exitCode: 0,
      stderr: expect.stringContaining('updated successfully'),
    });
    expect(connector.script).toBe(petScript('new'));
    expect(Buffer.from(connector.icon)).toEqual(Buffer.from(petIcon('new')));
  });

  test('succeeds if the service is only slow to show it', async () => {
    await using shop = await petShop();
    const { cloud, connector, run } = shop;
    await shop.describe('First');
    cloud.fault({ ...patch, status: 204 });
    cloud.fault({
      ...get,
      skip: 2,
      meanwhile: () => void cloud.edit(connector.id, { apiDefinition: petStore({ description: 'First' }) }),
    });
    expect(await runInProcess(shop.workspace, ...update)).toMatchObject({
      exitCode: 0,
      stderr: `${connector.id} updated successfully.\n`,
    });
    expect((await run(...deploy)).stderr).toContain(`${connector.id} is up to date.\n`);
  });
});
