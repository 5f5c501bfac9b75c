import { rm } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { FakeCloud } from '../support/fake-cloud/fake-cloud.ts';
import { petIcon, petScript, petStore } from '../support/pet-store.ts';
import type { ToolResult } from '../support/running-tool.ts';
import { runInProcess } from '../support/run-in-process.ts';
import { definitionFor, propertiesFor, type SignInKind, signInKinds } from '../support/sign-in-kinds.ts';
import { signedIn } from '../support/signed-in.ts';
import type { Workspace, WorkspaceFiles } from '../support/workspace.ts';

const definition = 'apiDefinition.swagger.json';

function said(stderr: string): ToolResult {
  return { exitCode: 0, stdout: '', stderr };
}

/** What is said of the connector in this environment, below what was done with it. */
function about(environment: string): string {
  return `Pet Store · ${environment}\n`;
}

function redirectLines({ hasSecret, oAuthSets }: SignInKind, id: string): string {
  const of = oAuthSets?.map((set) => ` of ${set}`) ?? (hasSecret ? [''] : []);
  const url = `https://global.consent.azure-apim.net/redirect/${id.replace('shared_', '')}`;
  return of.map((words) => `Redirect URL${words}: ${url}\n`).join('');
}

async function forgetBase(workspace: Workspace): Promise<void> {
  await rm(workspace.path('paconn.base.json'));
  await rm(workspace.path('paconn.base'), { recursive: true });
}

interface Life {
  readonly kind: SignInKind;
  readonly parts?: Pick<WorkspaceFiles, 'icon' | 'script'>;
}

/** Goes through the life of a connector, and expects that nothing is ever found that the service has written itself. */
async function expectLife({ kind, parts = {} }: Life): Promise<void> {
  await using cloud = await FakeCloud.start();
  const apiProperties = propertiesFor(kind);
  await using workspace = await signedIn(cloud, { apiDefinition: definitionFor(kind), apiProperties, ...parts });
  const run = async (...args: readonly string[]): Promise<ToolResult> => await runInProcess(workspace, ...args);
  const files = async (): Promise<readonly string[]> =>
    await Promise.all((await workspace.list()).map(async (name) => `${name}: ${await workspace.read(name)}`));
  const secret = kind.hasSecret ? ['--secret', 'S3cret=value'] : [];
  const expectNothingToDo = async (id: string): Promise<void> => {
    const before = await files();
    expect(await run('deploy')).toEqual(said(`${id} is up to date.\n${about(cloud.environment.id)}`));
    const difference = await run('diff', '--exit-code');
    expect({ ...difference, stderr: difference.stderr.split('\n').slice(1) }).toEqual({
      ...said(''),
      stderr: ['No differences.', ''],
    });
    expect(await run('pull')).toEqual(said('Already up to date.\n'));
    expect(await files()).toEqual(before);
    cloud.forgetRequests();
  };

  const created = await run('deploy', ...secret);
  const id = cloud.connectors()[0]?.id ?? '';
  expect(created).toEqual(
    said(`${id} created successfully.\n${about(cloud.environment.id)}${redirectLines(kind, id)}`),
  );
  // So that there is something to be found.
  const written = kind.hasSecret
    ? /"GlobalPerConnector"[^]*redirect\/pet-20store[^]*"publisher":"Adele/u
    : /"publisher":"Adele/u;
  expect(cloud.connector(id).apiProperties).toMatch(written);
  await expectNothingToDo(id);
  await forgetBase(workspace);
  expect(await run('deploy')).toEqual(said(`${id} is up to date.\n${about(cloud.environment.id)}`));
  await expectNothingToDo(id);

  const { id: second } = cloud.addEnvironment({ displayName: 'Production' });
  const first = await run('deploy', '--env', second, ...secret);
  const other = cloud.connectors(second)[0]?.id ?? '';
  expect(first).toEqual(said(`${other} created successfully.\n${about(second)}${redirectLines(kind, other)}`));
  expect(await run('deploy', '--env', second)).toEqual(said(`${other} is up to date.\n${about(second)}`));
  await forgetBase(workspace);
  expect(await run('deploy', '--env', second)).toEqual(said(`${other} is up to date.\n${about(second)}`));
  expect((await run('diff', '--to-env', second, '--exit-code')).exitCode).toBe(0);

  await run('pull');
  await workspace.write(definition, definitionFor(kind, 'Sells cats.'));
  const updated = await run('deploy');
  const lines = updated.stderr.slice(updated.stderr.indexOf(id)).replace(/^Backup saved: .+\n/mu, '');
  expect({ ...updated, stderr: lines }).toEqual(
    said(`${id} updated successfully.\nPet Store · ${cloud.environment.id} · 1 change\n${redirectLines(kind, id)}`),
  );
  expect(updated.stderr).toMatch(/^Backup saved: \S+ \(undo: paconn restore \S+\)$/mu);
  expect(updated.stderr).toContain('→ "Sells cats."');
  await expectNothingToDo(id);

  // What somebody else changes is found all the same, and nothing beside it.
  cloud.edit(id, { apiDefinition: definitionFor(kind, 'Sells dogs.') });
  const { exitCode, stdout } = await run('diff', '--exit-code', '--format', 'json');
  expect(exitCode).toBe(1);
  expect(JSON.parse(stdout).changes).toMatchObject([{ part: 'apiDefinition', pointer: '/info/description' }]);
  expect((await run('pull')).exitCode).toBe(0);
  expect(await workspace.read(definition)).toBe(definitionFor(kind, 'Sells dogs.'));
  await expectNothingToDo(id);
}

describe.concurrent('the life of a connector with', () => {
  test.each(signInKinds)('$name', async (kind) => {
    await expectLife({ kind });
  });

  test('sets, an icon, and a script with the line ends of Windows', async () => {
    const kind = signInKinds.find(({ name }) => name === 'sets with OAuth 2.0 and Entra ID');
    const parts = { icon: petIcon(), script: petScript().replaceAll('\n', '\r\n') };
    if (kind) await expectLife({ kind, parts });
    expect(kind).toBeDefined();
  });
});

describe('values that the service drops', () => {
  test.each<[what: string, properties: object, emptiesPublishers: boolean, members: string]>([
    ['capabilities', { capabilities: ['actions'] }, false, 'capabilities'],
    ['publisher and stack owner', { publisher: 'Contoso', stackOwner: 'Fabrikam' }, true, 'publisher, stackOwner'],
  ])('are reported once, and not sent again: %s', async (_what, properties, emptiesPublishers, members) => {
    await using cloud = await FakeCloud.start();
    cloud.habits.emptiesPublishers = emptiesPublishers;
    const apiProperties = JSON.stringify({ properties: { connectionParameters: {}, ...properties } });
    await using workspace = await signedIn(cloud, { apiDefinition: petStore(), apiProperties });
    const deploy = ['deploy', '--skip-validation'];
    const created = await runInProcess(workspace, ...deploy);
    const id = cloud.connectors()[0]?.id ?? '';
    const lost = `Warning: The connector in the environment differs from what was sent: API properties (${members}).\n`;
    expect(created).toEqual(said(`${lost}${id} created successfully.\n${about(cloud.environment.id)}`));
    const upToDate = said(`${id} is up to date.\n${about(cloud.environment.id)}`);
    expect(await runInProcess(workspace, ...deploy)).toEqual(upToDate);
    await forgetBase(workspace);
    expect(await runInProcess(workspace, ...deploy)).toEqual(upToDate);
    expect((await runInProcess(workspace, 'diff', '--exit-code')).exitCode).toBe(0);
    expect((await runInProcess(workspace, 'pull')).stderr).toBe('Already up to date.\n');
  });

  test.each<[what: string, before: object, after: object, changes: readonly string[]]>([
    ['capability', { capabilities: [] }, { capabilities: ['blob'] }, ['+ capabilities, "blob"']],
    [
      'capability beside one that it drops',
      { capabilities: ['actions'] },
      { capabilities: ['actions', 'blob'] },
      ['+ capabilities, "actions"', '+ capabilities, "blob"'],
    ],
    ['publisher', { publisher: '' }, { publisher: 'Contoso' }, ['~ publisher "" → "Contoso"']],
  ])('can be a new %s, which is sent', async (_what, before, after, changes) => {
    await using cloud = await FakeCloud.start();
    cloud.habits.capabilities.add('blob');
    cloud.habits.emptiesPublishers = true;
    const properties = (added: object): string =>
      JSON.stringify({ properties: { connectionParameters: {}, ...added } });
    await using workspace = await signedIn(cloud, { apiDefinition: petStore(), apiProperties: properties(before) });
    const deploy = ['deploy', '--skip-validation'];
    await runInProcess(workspace, ...deploy);
    const id = cloud.connectors()[0]?.id ?? '';
    expect((await runInProcess(workspace, 'diff', '--exit-code')).exitCode).toBe(0);
    await workspace.write('apiProperties.json', properties(after));
    expect((await runInProcess(workspace, 'diff', '--exit-code')).exitCode).toBe(1);
    const count = changes.length === 1 ? '1 change' : `${changes.length} changes`;
    const listed = `API properties\n${changes.map((change) => `  ${change}\n`).join('')}\n`;
    const requests = cloud.requests.length;
    expect((await runInProcess(workspace, ...deploy, '--dry-run')).stdout).toBe(
      `Would update Pet Store in ${cloud.environment.id}: ${count}\n\n${listed}Dry run: nothing was sent.\n`,
    );
    expect(cloud.requests.slice(requests).filter(({ method }) => method === 'PATCH')).toEqual([]);
    const { stderr } = await runInProcess(workspace, ...deploy);
    expect(stderr.slice(0, stderr.indexOf(listed) + listed.length)).toBe(
      `Pet Store → ${cloud.environment.id}: ${count}\n\n${listed}`,
    );
    expect(stderr).toContain(`${id} updated successfully.\n`);
    expect(cloud.requests.findLast(({ method }) => method === 'PATCH')?.body).toContain(
      Object.values(after).flat().at(-1),
    );
    expect(await runInProcess(workspace, ...deploy)).toEqual(
      said(`${id} is up to date.\n${about(cloud.environment.id)}`),
    );
    expect((await runInProcess(workspace, 'diff', '--exit-code')).exitCode).toBe(0);
  });

  test('is not a member that someone removed', async () => {
    await using cloud = await FakeCloud.start();
    const withGateway = '{"properties":{"connectionParameters":{},"capabilities":["gateway"]}}';
    await using workspace = await signedIn(cloud, { apiDefinition: petStore(), apiProperties: withGateway });
    await runInProcess(workspace, 'deploy', '--skip-validation');
    cloud.edit(cloud.connectors()[0]?.id ?? '', { apiProperties: withGateway.replace('"gateway"', '') });
    expect((await runInProcess(workspace, 'diff', '--exit-code')).exitCode).toBe(1);
  });
});

describe('a connector made without an icon', () => {
  async function made(): Promise<{ cloud: FakeCloud; workspace: Workspace; id: string }> {
    const cloud = await FakeCloud.start();
    const workspace = await signedIn(cloud, { apiDefinition: petStore() });
    expect((await runInProcess(workspace, 'create', '-s', 'settings.json', '-w')).exitCode).toBe(0);
    return { cloud, workspace, id: cloud.connectors()[0]?.id ?? '' };
  }

  test('has no icon to lose', async () => {
    const { cloud, workspace } = await made();
    await using _cloud = cloud;
    await using _workspace = workspace;
    expect((await runInProcess(workspace, 'diff', '--exit-code')).exitCode).toBe(0);
    await forgetBase(workspace);
    expect((await runInProcess(workspace, 'diff', '--exit-code')).exitCode).toBe(0);
    await runInProcess(workspace, 'pull');
    expect(await workspace.exists('icon.png')).toBe(false);
  });

  test('gets an icon from the files without a conflict', async () => {
    const { cloud, workspace, id } = await made();
    await using _cloud = cloud;
    await using _workspace = workspace;
    cloud.edit(id, { description: 'Changes when it was changed.' });
    await workspace.write('icon.png', petIcon());
    const settings = z.looseObject({}).parse(await workspace.readJson('settings.json'));
    await workspace.write('settings.json', JSON.stringify({ ...settings, icon: 'icon.png' }));
    const deployed = await runInProcess(workspace, 'deploy');
    const place = cloud.environment.id;
    const heading = `Pet Store → ${place}: 1 change\n\n  + Icon (74 bytes)\n`;
    expect({ ...deployed, stderr: deployed.stderr.replace(/^Backup saved: .+\n/mu, '') }).toEqual(
      said(`${heading}\n${id} updated successfully.\nPet Store · ${place} · 1 change\n`),
    );
    expect(cloud.connector(id).icon).toEqual(petIcon());
  });

  test('gets the icon that someone added in the environment', async () => {
    const { cloud, workspace, id } = await made();
    await using _cloud = cloud;
    await using _workspace = workspace;
    cloud.edit(id, { icon: petIcon() });
    expect((await runInProcess(workspace, 'diff', '--exit-code')).exitCode).toBe(1);
    expect((await runInProcess(workspace, 'pull')).exitCode).toBe(0);
    expect(await workspace.readBytes('icon.png')).toEqual(petIcon());
    expect((await runInProcess(workspace, 'diff', '--exit-code')).exitCode).toBe(0);
  });
});
