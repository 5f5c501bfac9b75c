import { describe, expect, test } from 'vitest';
import { FakeCloud } from '../support/fake-cloud/fake-cloud.ts';
import { petStore } from '../support/pet-store.ts';
import { runInProcess } from '../support/run-in-process.ts';
import { signedIn } from '../support/signed-in.ts';
import { keys, TerminalSession } from '../support/terminal-session.ts';
import { Workspace } from '../support/workspace.ts';

/** As wide as a terminal usually is. */
const size = { columns: 80, rows: 40 };

/** Milliseconds, on a computer with much else to do. */
const patience = 30_000;

/** What a screen shows, without what is different in each run. */
function settled(screen: readonly string[], cloud: FakeCloud): string {
  return screen
    .map((line) => line.trimEnd())
    .join('\n')
    .replaceAll(new URL(cloud.url).host, 'localhost')
    .replaceAll(/code [\dA-F]{9}\b/gu, 'code A1B2C3D4E')
    .replaceAll(/\b\d{8}-\d{6}-\d{3}\b/gu, '<backup>')
    .replaceAll(/[A-Z][a-z]{2} \d{1,2}, \d{4}, \d\d:\d\d UTC/gu, '<time>');
}

interface Named {
  readonly operationId: string;
  readonly summary?: string;
}

function definition(operations: Readonly<Record<string, Readonly<Record<string, Named>>>>): string {
  const responses = { 200: { description: 'OK' } };
  const paths = Object.entries(operations).map(([path, methods]) => [
    path,
    Object.fromEntries(Object.entries(methods).map(([method, named]) => [method, { ...named, responses }])),
  ]);
  return JSON.stringify({ ...JSON.parse(petStore()), paths: Object.fromEntries(paths) }, undefined, 2);
}

const owners = { '/owners': { get: { operationId: 'ListOwners', summary: 'List owners' } } };
const visits = { '/visits': { get: { operationId: 'ListVisits', summary: 'List visits' } } };
const pets = (summary: string): { '/pets': { get: Named } } => ({
  '/pets': { get: { operationId: 'ListPets', summary } },
});
const deletion = { '/pets/all': { delete: { operationId: 'DeletePets', summary: 'Delete pets' } } };

/** A connector that was downloaded from Contoso Test. */
async function downloaded(apiDefinition: string) {
  const cloud = await FakeCloud.start();
  const environment = cloud.addEnvironment({ displayName: 'Contoso Test', id: 'b5a3c1d2-0000-4000-8000-000000000001' });
  const content = { displayName: 'Pet Store', apiDefinition };
  const connector = cloud.addConnector({ id: 'shared_pet-20store', environment: environment.id, ...content });
  const workspace = await signedIn(cloud, { settings: null });
  const target = ['-u', cloud.url, '-e', 'Contoso Test', '-c', connector.id];
  const { exitCode, stderr } = await runInProcess(workspace, 'download', '.', ...target);
  if (exitCode !== 0) throw new Error(stderr);
  return { cloud, connector, workspace };
}

describe.runIf(TerminalSession.isSupported)('a screen of 80 columns', () => {
  test('of a sign-in', async () => {
    await using cloud = await FakeCloud.start();
    await using workspace = await Workspace.create(cloud);
    await using session = TerminalSession.start(workspace, ['login', ...cloud.loginFlags], size);
    expect((await session.end(patience)).exitCode).toBe(0);
    expect(settled(await session.screen(), cloud))
      .toBe(`To sign in, use a web browser to open the page https://localhost/device an
d enter the code A1B2C3D4E to authenticate.
You sign in at localhost.
Login successful.
adele@contoso.example · Contoso (contoso.example) · custom cloud
Warning: The sign-in is stored unencrypted in ~/.paconn/sign-ins.json, which onl
y you can read.`);
  });

  test('of a choice among 40 environments', async () => {
    await using cloud = await FakeCloud.start();
    const named = ['Development', 'Integration', 'Production EMEA', 'Production US', 'Test'];
    for (const name of named) cloud.addEnvironment({ displayName: `Contoso ${name}`, sku: 'Sandbox' });
    for (let index = 1; index < 35; index += 1) cloud.addEnvironment({ displayName: `Team ${index}`, sku: 'Sandbox' });
    await using workspace = await signedIn(cloud, { settings: null });
    await using session = TerminalSession.start(workspace, ['list', '-u', cloud.url], size);
    await session.waitForScreen(/40 entries/u, patience);
    session.type('con');
    expect(settled(await session.waitForScreen(/: con[^]+6 of 40/u), cloud)).toBe(`Please select an environment:
Please enter a choice [Default choice(1)]: con
›  1  Contoso (default)        Default
   2  Contoso Development      Sandbox
   3  Contoso Integration      Sandbox
   4  Contoso Production EMEA  Sandbox
   5  Contoso Production US    Sandbox
   6  Contoso Test             Sandbox
6 of 40 · ↑↓ move · type to filter · Enter select · Esc clear`);
  });

  test('of a list', async () => {
    await using cloud = await FakeCloud.start();
    const environment = cloud.addEnvironment({ displayName: 'Contoso Test' }).id;
    for (const [id, displayName, day] of [
      ['shared_contoso-20billing-5f1c2d3e4f5a6b9b13', 'Contoso Billing', 27],
      ['shared_pet-20store-5f1111111111222222', 'Pet Store', 28],
      ['shared_weather-20for-20field-5f77777777770d41', 'Weather for Field Teams and Their Managers', 24],
    ] as const) {
      const overrides = { changedTime: `"2026-11-${day}T09:12:00Z"` };
      cloud.addConnector({ id, environment, displayName, overrides });
    }
    const { powerAppsUrl, flowUrl } = cloud.settings;
    await using workspace = await signedIn(cloud, { settings: { powerAppsUrl, flowUrl } });
    await using session = TerminalSession.start(workspace, ['list', '-e', 'Contoso Test'], size);
    expect((await session.end(patience)).exitCode).toBe(0);
    expect(settled(await session.screen(), cloud))
      .toBe(`Name                                Changed     ID                   Created by
Contoso Billing                     2026-11-27  shared_conto…6b9b13  Adele Vance
Pet Store                           2026-11-28  shared_pet-2…222222  Adele Vance
Weather for Field Teams and Their…  2026-11-24  shared_weath…770d41  Adele Vance

3 connectors in Contoso Test.
For details: paconn show -e "Contoso Test" -c <connector>`);
  });

  test('of a deployment with breaking changes', async () => {
    const { cloud, workspace } = await downloaded(definition({ ...pets('List pets'), ...deletion }));
    await using _cloud = cloud;
    await using _workspace = workspace;
    await workspace.write('apiDefinition.swagger.json', definition({ ...pets('List all pets'), ...visits }));
    await using session = TerminalSession.start(workspace, ['deploy', '--skip-validation'], size);
    await session.waitFor(/Deploy anyway/u, patience);
    session.type(`y${keys.enter}`);
    expect((await session.end(patience)).exitCode).toBe(0);
    expect(settled(await session.screen(), cloud)).toBe(`Pet Store → Contoso Test: 3 changes, 1 breaking

  ~ Operation ListPets: summary "List pets" → "List all pets"
! - Operation DeletePets (DELETE /pets/all)                             breaking
      Flows and apps that use it stop working.
  + Operation ListVisits (GET /visits)

1 breaking change. Deploy anyway? (y/N/d): y

shared_pet-20store updated successfully.
Pet Store · Contoso Test · 3 changes, 1 breaking
Backup saved: <backup> (undo: paconn restore <backup>)`);
  });

  test('of a conflict', async () => {
    const { cloud, connector, workspace } = await downloaded(definition(pets('List pets')));
    await using _cloud = cloud;
    await using _workspace = workspace;
    cloud.edit(connector.id, { apiDefinition: definition({ ...pets('List the pets'), ...owners }) });
    await workspace.write('apiDefinition.swagger.json', definition(pets('List all pets')));
    await using session = TerminalSession.start(workspace, ['deploy', '--skip-validation'], size);
    expect(settled(await session.waitForScreen(/Esc cancel/u, patience), cloud))
      .toBe(`! Pet Store was changed in Contoso Test after your last download.
  API definition · Diego Siciliani · <time>

  ~ Operation ListPets: summary "List pets" → "List the pets"
  + Operation ListOwners (GET /owners)

  Your changes touch 1 of these places: operation ListPets, summary.

What do you want to do?
› Cancel
  Show all differences
  Merge their changes into your files (paconn pull)
  Overwrite their changes (a backup is saved)
↑↓ move · Enter select · Esc cancel`);
  });

  test('of a validation', async () => {
    await using workspace = await Workspace.create(undefined, {
      apiDefinition: definition(pets('')).replace('"swagger": "2.0"', '"swagger": "2"'),
    });
    await using session = TerminalSession.start(workspace, ['validate'], size);
    expect((await session.end(patience)).exitCode).toBe(1);
    expect((await session.screen()).join('\n')).toBe(`apiDefinition.swagger.json
  2:14  error  'swagger' must be the string "2.0".  swagger-version
    2 |   "swagger": "2",
      |              ^^^
        Change it to "2.0".

1 error in 1 file. Fix 1 with: paconn validate --fix
Note: Not checked by the service because you aren't signed in.
Error: apiDefinition.swagger.json has errors.`);
  });
});
