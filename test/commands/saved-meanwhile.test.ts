import { writeFileSync } from 'node:fs';
import { readFile, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type Downloaded, downloaded, type Scene } from '../support/downloaded.ts';
import { FakeCloud } from '../support/fake-cloud/fake-cloud.ts';
import { petIcon, petScript, petStore, petStoreProperties } from '../support/pet-store.ts';
import { runInProcess, runInProcessWith } from '../support/run-in-process.ts';
import type { ToolResult } from '../support/running-tool.ts';
import { signedIn } from '../support/signed-in.ts';

const definition = 'apiDefinition.swagger.json';

/** A connector that was downloaded, and that somebody has changed in the environment since. */
async function changedShop(): Promise<Downloaded> {
  const shop = await downloaded({ apiDefinition: petStore(), icon: petIcon(), script: petScript() });
  const { cloud, connector, workspace } = shop;
  await workspace.write('../cloud.json', JSON.stringify({ ...cloud.settings, environment: cloud.environment.id }));
  cloud.edit(connector.id, { apiDefinition: petStore({ description: 'Theirs' }), script: `${petScript()}// Theirs\n` });
  return shop;
}

const download = ['download', '-s', 'settings.json', '-d', '.', '-w'];

/** The commands that replace files, and the files that somebody saves meanwhile. */
const commands: readonly (readonly [name: string, line: readonly string[]])[] = [
  ['pull', ['pull']],
  ['pull --theirs', ['pull', '--theirs']],
  ['pull --mark', ['pull', '--mark']],
  ['download -w', download],
  ['download --all', ['download', '--all', '-s', '../cloud.json', '-d', '..']],
  ['download --all --overwrite', ['download', '--all', '-s', '../cloud.json', '-d', '..', '--overwrite']],
];

/** What is saved, and how it is seen that it is still there. */
const saved: Readonly<Record<string, readonly [text: string, mark: string]>> = {
  [definition]: [petStore({ title: 'Saved meanwhile' }), '"Saved meanwhile"'],
  'script.csx': [`// Saved meanwhile\n${petScript()}`, '// Saved meanwhile'],
};

/** The requests of a command, each of which is a moment to save at. */
async function moments(line: readonly string[]): Promise<number> {
  await using shop = await changedShop();
  await runInProcess(shop.workspace, ...line);
  return shop.cloud.requests.length;
}

async function savingAt(
  moment: number,
  { cloud, workspace }: Omit<Scene, typeof Symbol.asyncDispose>,
  [name, text]: readonly [string, string],
  line: readonly string[],
  directory = '.',
): Promise<ToolResult> {
  // The clock of files is slower than that of the program.
  await new Promise((resolve) => void setTimeout(resolve, 10));
  cloud.fault({ path: '/', skip: moment, latency: 20, meanwhile: () => writeFileSync(workspace.path(name), text) });
  return await runInProcessWith(workspace, line, { directory });
}

describe.concurrent.each(commands)('%s', (_name, line) => {
  test.each(Object.entries(saved))(
    'loses nothing that is saved while it waits for any of its requests: %s',
    { timeout: 300_000 },
    async (name, [text, mark]) => {
      const last = await moments(line);
      for (let moment = 0; moment < last; moment += 1) {
        await using shop = await changedShop();
        const { exitCode, stderr } = await savingAt(moment, shop, [name, text], line);
        const after = await shop.workspace.read(name);
        expect({ moment, isThere: after.includes(mark), exitCode, stderr }).toMatchObject({ moment, isThere: true });
        const isMerged = exitCode === 0 && after.includes('Theirs');
        const isNamed = exitCode === 4 && stderr.includes(name);
        expect({ isMergedOrNamed: isMerged || isNamed, exitCode, stderr }).toMatchObject({ isMergedOrNamed: true });
      }
    },
  );
});

/** The same, which has been updated once: there is a backup of what somebody has changed. */
async function updatedShop(): Promise<Downloaded> {
  const shop = await changedShop();
  await runInProcess(shop.workspace, ...update);
  shop.cloud.forgetRequests();
  return shop;
}

/** The ID of the only backup there is. */
async function backupOf({ workspace }: Downloaded): Promise<string> {
  const [, , id = ''] = (await workspace.listAll('../home/.paconn/kept'))[0]?.split('/') ?? [];
  return id;
}

const update = ['update', '--force', '--skip-validation'];
const deploy = ['deploy', '--force', '--skip-validation'];

/** A command that sends something, and the one that sends the files then. */
interface Sending {
  readonly begin: () => Promise<Downloaded>;
  readonly line: (shop: Downloaded) => Promise<readonly string[]> | readonly string[];
  readonly next: readonly string[];
}

const sendings: Readonly<Record<string, Sending>> = {
  deploy: { begin: changedShop, line: () => deploy, next: deploy },
  update: { begin: changedShop, line: () => update, next: update },
  create: {
    begin: changedShop,
    line: () => ['create', '-s', 'settings.json', '-w', '--skip-validation'],
    next: deploy,
  },
  'create --from-backup': {
    begin: updatedShop,
    line: async (shop) => ['create', '-s', 'settings.json', '--from-backup', await backupOf(shop)],
    next: deploy,
  },
  restore: { begin: updatedShop, line: () => ['restore', 'latest', '--yes'], next: deploy },
  'deploy --from-environment': {
    begin: async () => {
      const shop = await changedShop();
      shop.cloud.addEnvironment({ displayName: 'Contoso Test' });
      return shop;
    },
    line: () => ['deploy', '--from-environment', 'default', '--to-environment', 'Contoso Test', '--yes'],
    next: deploy,
  },
};

describe.concurrent.each(Object.entries(sendings))('%s', (_name, { begin, line, next }) => {
  test.each(Object.entries(saved))(
    'leaves what is saved while it waits for any of its requests, and the next run sends it: %s',
    { timeout: 300_000 },
    async (name, [text, mark]) => {
      let last = 1;
      for (let moment = 0; moment < last; moment += 1) {
        await using shop = await begin();
        const { cloud, workspace } = shop;
        const result = await savingAt(moment, shop, [name, text], await line(shop));
        last = cloud.requests.length;
        expect({ moment, ...result }).toMatchObject({ moment, exitCode: 0 });
        expect({ moment, text: await workspace.read(name) }).toEqual({ moment, text });
        expect({ moment, ...(await runInProcess(workspace, ...next)) }).toMatchObject({ moment, exitCode: 0 });
        const sent = cloud.connectors().map(({ apiDefinition, script }) => `${apiDefinition}${script}`);
        expect(sent.join('')).toContain(mark);
      }
    },
  );
});

/** The files of a new connector, and the settings of another one. */
const newShop = { 'new/apiDefinition.swagger.json': petStore(), 'new/apiProperties.json': petStoreProperties };

test.each([
  ['create', [], undefined],
  ['create', ['-w'], '{ "note": "before" }'],
  ['deploy', [], undefined],
])('%s %j leaves a settings file that is saved while it waits, and says which connector it made', async (...row) => {
  const [command, more, before] = row;
  const settings = '{ "note": "mine" }';
  let last = 1;
  for (let moment = 0; moment < last; moment += 1) {
    await using cloud = await FakeCloud.start();
    await using workspace = await signedIn(cloud, { settings: null, files: newShop });
    if (before !== undefined) await workspace.write('new/settings.json', before);
    const files = ['-d', definition, '-p', 'apiProperties.json', '-e', cloud.environment.id, '-u', cloud.url];
    const line = [command, ...files, ...more, '--skip-validation'];
    const result = await savingAt(moment, { cloud, workspace }, ['new/settings.json', settings], line, 'new');
    last = cloud.requests.length;
    expect(await workspace.read('new/settings.json')).toBe(settings);
    const [made, ...others] = cloud.connectors();
    expect({ moment, others }).toEqual({ moment, others: [] });
    const named = made?.id ?? /settings\.json\b.*\. Nothing was created\./u;
    expect({ moment, ...result }).toMatchObject({ moment, stderr: expect.stringMatching(named) });
    expect(made ? [0, 4] : [2, 4]).toContain(result.exitCode);
  }
});

test('a deployment that creates leaves settings that are saved while it waits, and makes one connector', async () => {
  const line = ['deploy', '--environment', 'default', '--skip-validation'];
  let last = 1;
  for (let moment = 0; moment < last; moment += 1) {
    await using cloud = await FakeCloud.start();
    await using workspace = await signedIn(cloud, { settings: { ...cloud.settings }, apiDefinition: petStore() });
    await workspace.write('apiProperties.json', petStoreProperties);
    const settings = JSON.stringify({ ...JSON.parse(await workspace.read('settings.json')), note: 'mine' });
    const result = await savingAt(moment, { cloud, workspace }, ['settings.json', settings], line);
    last = cloud.requests.length;
    const [made, ...others] = cloud.connectors();
    expect({ moment, others, result }).toMatchObject({ moment, others: [] });
    expect(JSON.parse(await workspace.read('settings.json'))).toMatchObject({ note: 'mine' });
    const isKept = (await workspace.read('settings.json')).includes(made?.id ?? 'none');
    const isNamed = result.stderr.includes(made?.id ?? 'none');
    expect({ moment, isKnown: isKept || isNamed }).toEqual({ moment, isKnown: true });
    expect(await runInProcess(workspace, ...line)).toMatchObject({ exitCode: 0 });
    expect(cloud.connectors()).toEqual([made]);
  }
});

test.each([
  ['creates', false],
  ['finds it by its name', true],
])('a deployment that %s leaves the ID of a connector that is saved meanwhile', async (_what, isThere) => {
  const line = ['deploy', '--skip-validation'];
  let last = 1;
  for (let moment = 0; moment < last; moment += 1) {
    await using cloud = await FakeCloud.start();
    if (isThere) cloud.addConnector({ apiDefinition: petStore() });
    const other = cloud.addConnector({ displayName: 'Other' });
    const environment = cloud.environment.id;
    const settings = { ...cloud.settings, environment };
    await using workspace = await signedIn(cloud, { settings, apiDefinition: petStore() });
    await workspace.write('apiProperties.json', petStoreProperties);
    const before = await workspace.readJson('settings.json');
    const settingsNow = JSON.stringify({ ...Object(before), connectorId: other.id });
    const { exitCode, stderr } = await savingAt(moment, { cloud, workspace }, ['settings.json', settingsNow], line);
    last = cloud.requests.length;
    const after = await workspace.read('settings.json');
    expect({ moment, exitCode, stderr, after }).toMatchObject({ moment, after: settingsNow });
    const made = cloud.connectors().find(({ id }) => id !== other.id);
    const named = expect.stringContaining(made?.id ?? 'no connector');
    expect({ moment, exitCode, stderr }).toMatchObject({ moment, exitCode: isThere ? 0 : 4, stderr: named });
  }
});

describe('download -w', () => {
  test('keeps a file that was created while it waited', async () => {
    await using cloud = await FakeCloud.start();
    await using workspace = await signedIn(cloud, { connector: cloud.addConnector({ script: petScript() }) });
    const result = await savingAt(1, { cloud, workspace }, ['script.csx', 'mine'], download);
    expect(result).toMatchObject({ exitCode: 4, stderr: expect.stringContaining('script.csx') });
    expect(await workspace.read('script.csx')).toBe('mine');
    expect(await workspace.list()).toEqual(['script.csx', 'settings.json']);
  });

  test('keeps a settings file that was saved while it waited, and the member for this tool in any case', async () => {
    await using shop = await changedShop();
    const { workspace } = shop;
    const settings = JSON.parse(await workspace.read('settings.json'));
    const own = { $schema: './settings.schema.json', note: ['mine'] };
    const withIgnored = JSON.stringify({ paconn: { ignore: { 'schemes-http': ['*'] } }, ...own, ...settings });
    expect(await savingAt(1, shop, ['settings.json', withIgnored], download)).toMatchObject({ exitCode: 4 });
    expect(await workspace.read('settings.json')).toBe(withIgnored);
    expect(await runInProcess(workspace, ...download)).toMatchObject({ exitCode: 0 });
    const paconn = { ignore: { 'schemes-http': ['*'] } };
    expect(JSON.parse(await workspace.read('settings.json'))).toEqual({ ...settings, ...own, paconn });
  });
});

test('what a killed run has begun to write goes after ten minutes, and a copy of what was there stays', async () => {
  await using shop = await changedShop();
  const { workspace } = shop;
  const [old, fresh, copy] = ['0', '1', '2'].map(
    (digit) => `.paconn-${digit.repeat(16)}.${digit === '2' ? 'old' : 'new'}`,
  );
  for (const name of [old, fresh, copy]) await workspace.write(name ?? '', 'left');
  const longAgo = new Date(Date.now() - 660_000);
  for (const name of [old, copy]) await utimes(workspace.path(name ?? ''), longAgo, longAgo);
  expect(await runInProcess(workspace, 'pull')).toMatchObject({ exitCode: 0 });
  const left = (await workspace.list()).filter((name) => name.startsWith('.paconn-'));
  expect(left).toEqual([fresh, copy]);
});

describe('pull --theirs', () => {
  test.each([true, false])(
    'saves a backup of the local changes that it replaces (with a base: %s)',
    async (hasBase) => {
      await using shop = await changedShop();
      const { workspace } = shop;
      await workspace.write(definition, petStore({ description: 'Ours' }));
      if (!hasBase) await workspace.write('paconn.base.json', '{"version":1,"environments":{}}');
      const { exitCode, stderr } = await runInProcess(workspace, 'pull', '--theirs');
      expect({ exitCode, stderr }).toMatchObject({ exitCode: 0 });
      expect(stderr).toMatch(/^Backup of your local files saved: \S+ \(.+\)$/mu);
      expect(await workspace.read(definition)).toContain('Theirs');
      const [, folder = ''] = /^Backup of your local files saved: \S+ \((.+)\)$/mu.exec(stderr) ?? [];
      expect(await readFile(join(folder, definition), 'utf8')).toContain('Ours');
    },
  );

  test('saves no backup if nothing is lost', async () => {
    await using shop = await changedShop();
    await shop.workspace.write('icon.png', petIcon('mine'));
    const { exitCode, stderr } = await runInProcess(shop.workspace, 'pull', '--theirs');
    expect(exitCode).toBe(0);
    expect(stderr).not.toContain('Backup');
    expect(await shop.workspace.readBytes('icon.png')).toEqual(petIcon('mine'));
  });
});

test.each([
  [
    'init',
    ['init', 'new', '--auth', 'none', '--from'],
    'apiProperties.json',
    4,
    'apiProperties.json. Nothing was written.',
  ],
  ['convert', ['convert', '-d', 'new'], 'apiDefinition.swagger.json', 1, 'apiDefinition.swagger.json already exists'],
])('%s keeps a file that came while it fetched the description', async (_name, line, file, code, words) => {
  await using cloud = await FakeCloud.start();
  await using workspace = await signedIn(cloud);
  const blob = cloud.storage.keep('swagger.json', Buffer.from(petStore()), 'application/json');
  const url = cloud.storage.addressOf(blob, cloud.url);
  await workspace.write('new/readme.md', 'Mine');
  const name = `new/${file}`;
  cloud.fault({ path: '/', meanwhile: () => writeFileSync(workspace.path(name), 'Saved meanwhile') });
  const { exitCode, stderr } = await runInProcess(workspace, ...line, url);
  expect({ exitCode, stderr }).toEqual({ exitCode: code, stderr: expect.stringContaining(words) });
  expect(await workspace.read(name)).toBe('Saved meanwhile');
  expect(await workspace.list('new')).toEqual([file, 'readme.md']);
});

test('convert keeps API properties that came while it fetched the description, and says so', async () => {
  await using cloud = await FakeCloud.start();
  await using workspace = await signedIn(cloud);
  const blob = cloud.storage.keep('swagger.json', Buffer.from(petStore()), 'application/json');
  const name = 'new/apiProperties.json';
  await workspace.write('new/readme.md', 'Mine');
  cloud.fault({ path: '/', meanwhile: () => writeFileSync(workspace.path(name), petStoreProperties) });
  const result = await runInProcess(workspace, 'convert', '-d', 'new', cloud.storage.addressOf(blob, cloud.url));
  expect(result).toMatchObject({ exitCode: 0, stderr: expect.stringContaining("apiProperties.json wasn't changed.") });
  expect(await workspace.read(name)).toBe(petStoreProperties);
});

test('validate --fix keeps files that are saved while the service checks', async () => {
  const fixable = petStore().replace('"2.0"', '"2"');
  const validate = ['validate', '--fix', ...['-s', 'settings.json']];
  await using shop = await changedShop();
  const { cloud, workspace } = shop;
  await workspace.write(definition, fixable);
  cloud.forgetRequests();
  await runInProcess(workspace, ...validate);
  expect(await workspace.read(definition)).not.toBe(fixable);
  const last = cloud.requests.length;
  for (let moment = 0; moment < last; moment += 1) {
    await workspace.write(definition, fixable);
    const text = petStore({ title: 'Saved meanwhile' });
    await savingAt(moment, shop, [definition, text], validate);
    cloud.clearFaults();
    expect(await workspace.read(definition)).toBe(text);
  }
});

test('convert --overwrite keeps an API definition that is saved while it fetches the description', async () => {
  await using cloud = await FakeCloud.start();
  await using workspace = await signedIn(cloud, { files: { [definition]: petStore() } });
  const blob = cloud.storage.keep('swagger.json', Buffer.from(petStore({ title: 'New' })), 'application/json');
  const line = ['convert', '--overwrite', cloud.storage.addressOf(blob, cloud.url)];
  const result = await savingAt(0, { cloud, workspace }, [definition, 'Saved meanwhile'], line);
  expect(result).toMatchObject({ exitCode: 4, stderr: expect.stringContaining(definition) });
  expect(await workspace.read(definition)).toBe('Saved meanwhile');
});
