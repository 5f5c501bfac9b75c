import { readdir, rm } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { type Downloaded, downloaded } from '../support/downloaded.ts';
import type { Connector } from '../support/fake-cloud/connector.ts';
import type { FakeCloud } from '../support/fake-cloud/fake-cloud.ts';
import { oAuthProperties } from '../support/oauth-properties.ts';
import { petIcon, petScript, petStore } from '../support/pet-store.ts';
import type { Workspace } from '../support/workspace.ts';

async function petShop(overrides: Record<string, string | undefined> = {}): Promise<Downloaded> {
  return await downloaded({ icon: petIcon(), script: petScript(), apiProperties: oAuthProperties(), overrides });
}

const details = { method: 'GET', path: '/apis/shared_', status: 200 } as const;

interface Details {
  readonly name: string;
  readonly properties: Readonly<Record<string, string>>;
}

type Answer = (connector: Connector) => Details;

const answers: readonly (readonly [what: string, answer: Answer, words: string])[] = [
  [
    'an older change',
    ({ id }) => ({ name: id, properties: { changedTime: '2020-01-01T00:00:00Z' } }),
    'outdated version',
  ],
  [
    'the form of the list',
    ({ id, displayName, changedTime }) => ({ name: id, properties: { displayName, changedTime } }),
    'incomplete version',
  ],
  ['no properties', ({ id }) => ({ name: id, properties: {} }), 'incomplete version'],
];

const commands: readonly (readonly [name: string, line: readonly string[]])[] = [
  ['pull', ['pull', '-s', 'settings.json']],
  ['diff', ['diff', '-s', 'settings.json']],
  ['download -w', ['download', '-s', 'settings.json', '-d', '.', '-w']],
  ['delete --yes', ['delete', '-s', 'settings.json', '--yes']],
  ['deploy --force', ['deploy', '-s', 'settings.json', '--skip-validation', '--force']],
  ['update', ['update', '-s', 'settings.json', '--skip-validation']],
];

async function contents({ directory }: Workspace): Promise<readonly string[]> {
  return (await readdir(directory, { recursive: true })).toSorted((one, other) => (one < other ? -1 : 1));
}

function changing({ requests }: FakeCloud): number {
  return requests.filter(({ method }) => ['PATCH', 'DELETE'].includes(method)).length;
}

describe.concurrent.each(commands)('%s', (name, line) => {
  test.each(answers)("stops at an answer that can't be true: %s", { timeout: 60_000 }, async (_what, answer, words) => {
    await using shop = await petShop();
    const { cloud, connector, workspace, run } = shop;
    const before = await contents(workspace);
    cloud.fault({ ...details, times: 99, json: answer(connector) });
    const { exitCode, stderr } = await run(...line);
    expect({ exitCode, stderr }).toMatchObject({ exitCode: 1 });
    expect(stderr).toContain(`Error: The service returned an ${words} of ${connector.id}`);
    expect(changing(cloud)).toBe(0);
    expect(await contents(workspace)).toEqual(before);
  });

  test('asks again, and goes on', async () => {
    await using shop = await petShop();
    const { cloud, connector, run } = shop;
    const older = { name: connector.id, properties: { changedTime: '2020-01-01T00:00:00Z' } };
    const fault = cloud.fault({ ...details, json: older });
    expect(await run(...line)).toMatchObject({ exitCode: 0 });
    expect(fault.hits).toBe(1);
  });

  test('asks no more than once where the answer can be true', async () => {
    await using shop = await petShop();
    const { cloud, run } = shop;
    await run(...line);
    const isDetails = ({ method, path }: { readonly method: string; readonly path: string }): boolean =>
      method === 'GET' && path.includes('/apis/shared_');
    const after = cloud.requests.findIndex(({ method }) => ['PATCH', 'DELETE'].includes(method));
    const asked = (after < 0 ? cloud.requests : cloud.requests.slice(0, after)).filter(isDetails);
    expect(asked).toHaveLength(name === 'deploy --force' ? 2 : 1);
  });
});

describe.concurrent("a file that can't be the connector's", () => {
  const foreign = { method: 'GET', path: '/script.csx', status: 200, text: petScript('of another connector') } as const;

  test('replaces none', { timeout: 60_000 }, async () => {
    await using shop = await petShop();
    const { cloud, run, workspace } = shop;
    cloud.fault({ ...foreign, times: 99 });
    const { exitCode, stderr } = await run('pull', '-s', 'settings.json');
    expect({ exitCode, stderr }).toMatchObject({ exitCode: 1 });
    expect(stderr).toContain("Error: Can't download the script: the response differs from your last synced version");
    expect(await workspace.read('script.csx')).toBe(petScript());
  });

  test('is no backup', { timeout: 60_000 }, async () => {
    await using shop = await petShop();
    const { cloud, connector, run } = shop;
    cloud.fault({ ...foreign, times: 99 });
    const { exitCode, stderr } = await run('delete', '-s', 'settings.json', '--yes');
    expect({ exitCode, stderr }).toMatchObject({ exitCode: 4 });
    expect(stderr).toContain(`Error: Can't back up the script of ${connector.id}. Nothing was deleted.`);
    expect(changing(cloud)).toBe(0);
  });

  test('is asked for again', async () => {
    await using shop = await petShop();
    const { cloud, run, workspace } = shop;
    const fault = cloud.fault(foreign);
    expect(await run('pull', '-s', 'settings.json')).toMatchObject({ exitCode: 0 });
    expect(fault.hits).toBe(1);
    expect(await workspace.read('script.csx')).toBe(petScript());
  });
});

test('a connector without an API definition is deleted with --without-backup only', async () => {
  await using shop = await petShop();
  const { cloud, connector, run } = shop;
  const reduced = { name: connector.id, properties: { displayName: 'Pets', changedTime: '2030-01-01T00:00:00Z' } };
  cloud.fault({ ...details, times: 99, json: reduced });
  const { exitCode, stderr } = await run('delete', '-e', connector.environment, '-c', connector.id, '--yes');
  expect({ exitCode, stderr }).toMatchObject({ exitCode: 4 });
  expect(stderr).toContain(`Error: Can't back up the API definition of ${connector.id}. Nothing was deleted.`);
  expect(changing(cloud)).toBe(0);
});

describe.concurrent('an update after which a part is absent', () => {
  test.each([
    ['apiDefinitions', 'API definition'],
    ['connectionParameters', 'API properties (connectionParameters'],
    ['scriptDefinitionUrl', 'script'],
  ])('ends with 1, and is sent again: %s', { timeout: 60_000 }, async (member, words) => {
    const overrides: Record<string, string | undefined> = {};
    await using shop = await petShop(overrides);
    const { cloud, run, workspace } = shop;
    const deploy = ['deploy', '-s', 'settings.json', '--skip-validation'];
    await workspace.write('apiDefinition.swagger.json', petStore({ description: 'Other' }));
    cloud.fault({ method: 'PATCH', path: '/apis/', meanwhile: () => void (overrides[member] = undefined) });
    const { exitCode, stderr } = await run(...deploy);
    expect({ exitCode, stderr }).toMatchObject({ exitCode: 1 });
    expect(stderr).toContain(`doesn't have everything that was sent. Not updated: ${words}`);
    const again = await run(...deploy);
    expect(again).toMatchObject({ exitCode: 1 });
    expect(changing(cloud)).toBe(2);
  });
});

test.each([true, false])(
  'a deployment that finds everything as it should be saves the last synced version: by its ID: %s',
  async (isNamed) => {
    await using shop = await petShop();
    const { cloud, connector, run, workspace } = shop;
    await rm(workspace.path('paconn.base.json'));
    await rm(workspace.path('paconn.base'), { recursive: true });
    if (!isNamed) {
      const text = await workspace.read('settings.json');
      await workspace.write('settings.json', text.replace(connector.id, ''));
    }
    const deploy = ['deploy', '-s', 'settings.json', '--skip-validation'];
    const dry = await run(...deploy, '--dry-run');
    expect({ ...dry, files: await contents(workspace) }).toMatchObject({
      exitCode: 0,
      files: expect.not.arrayContaining(['paconn.base.json']),
    });
    const { exitCode, stderr } = await run(...deploy);
    expect({ exitCode, stderr }).toMatchObject({ exitCode: 0, stderr: expect.stringContaining('up to date') });
    cloud.edit(connector.id, { script: petScript('theirs') });
    await workspace.write('apiDefinition.swagger.json', petStore({ description: 'Other' }));
    expect(await run(...deploy)).toMatchObject({ exitCode: 4 });
    expect(connector.script).toBe(petScript('theirs'));
  },
);
