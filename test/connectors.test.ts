import { readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { expect, test } from 'vitest';
import * as z from 'zod';
import { downloadedProperties } from '../src/connector/api-properties.ts';
import { FakeCloud } from './support/fake-cloud/fake-cloud.ts';
import { adele } from './support/fake-cloud/users.ts';
import { petIcon, petScript } from './support/pet-store.ts';
import { runInProcess } from './support/run-in-process.ts';
import { jsonText, type SharedConnector, sharedConnectors } from './support/shared-connectors.ts';
import { Workspace } from './support/workspace.ts';

const settingsSchema = z.object({ connectorId: z.string(), environment: z.string(), powerAppsUrl: z.string() });

const parsable = sharedConnectors().filter(
  ({ apiDefinition, apiProperties }) => jsonText(apiDefinition) !== undefined && jsonText(apiProperties) !== undefined,
);

test('an unusual connector is uploaded and downloaded unchanged, twice', async () => {
  await using odd = await Workspace.create(undefined, {
    files: { 'a.json': oddDefinition, 'p.json': oddProperties, 'i.png': oddIcon, 's.csx': oddScript },
  });
  const files = { apiDefinition: 'a.json', apiProperties: 'p.json', icon: 'i.png', script: 's.csx' };
  const paths = Object.entries(files).map(([part, name]) => [part, odd.path(name)]);
  await expectRoundTrip({ name: 'odd', directory: odd.directory, ...files, ...Object.fromEntries(paths) });
});

// The published connectors are no part of the project: where they are not there, the one above has to do.
for (const connector of parsable) {
  test(`${connector.name} goes to the service and comes back as it was, twice`, async () => {
    await expectRoundTrip(connector);
  });
}

async function expectRoundTrip(connector: SharedConnector): Promise<void> {
  await using cloud = await FakeCloud.start();
  // So that all that changes on the way is ours.
  cloud.habits.rewrites = false;
  await using workspace = await Workspace.create(cloud);
  const { text, expiresAt } = cloud.accessToken();
  await writeFile(
    await workspace.write('../home/.paconn/accessTokens.json', ''),
    JSON.stringify({ access_token: text, token_type: 'Bearer', expires_on: expiresAt / 1000, oid: adele.objectId }),
  );
  const { icon, script } = connector;
  const settings = { ...cloud.settings, environment: cloud.environment.id, ...(await copied(connector, workspace)) };
  await workspace.write('given.json', JSON.stringify(settings));

  const created = await runInProcess(
    workspace,
    'create',
    '-s',
    'given.json',
    '-w',
    '--skip-validation',
    '--client-secret',
    'S3cret=value',
  );
  expect(created.stderr).toContain('created successfully.');
  await expectDownload(workspace, 'first', connector);

  const { connectorId } = settingsSchema.parse(await workspace.readJson('settings.json'));
  const target = ['--connector', connectorId, '--environment', cloud.environment.id, '--power-apps-url', cloud.url];
  const files = [
    '--api-definition',
    'first/apiDefinition.swagger.json',
    '--api-properties',
    'first/apiProperties.json',
  ];
  const scriptFlags = script === undefined ? [] : ['--script', 'first/script.csx'];
  const iconFlags = icon === undefined ? [] : ['--icon', 'first/icon.png'];
  const updated = await runInProcess(
    workspace,
    'update',
    ...target,
    ...files,
    ...scriptFlags,
    ...iconFlags,
    '--skip-validation',
  );
  expect(updated).toMatchObject({ exitCode: 0 });
  await expectDownload(workspace, 'second', connector);
}

/** The files in a folder of their own: what the tool leaves beside files must not come into those of others. */
async function copied(
  { apiDefinition, apiProperties, icon, script }: SharedConnector,
  workspace: Workspace,
): Promise<Readonly<Record<string, string>>> {
  const parts = Object.entries({ apiDefinition, apiProperties, icon, script });
  const copies = parts.map(async ([part, path]) => {
    if (path === undefined) return [];
    const name = `given/${basename(path)}`;
    await workspace.write(name, readFileSync(path));
    return [[part, name] as const];
  });
  return Object.fromEntries((await Promise.all(copies)).flat());
}

async function expectDownload(workspace: Workspace, destination: string, connector: SharedConnector): Promise<void> {
  const saved = settingsSchema.parse(await workspace.readJson('settings.json'));
  const target = ['-e', saved.environment, '-c', saved.connectorId, '-u', saved.powerAppsUrl, '-d', destination];
  expect(await runInProcess(workspace, 'download', ...target)).toMatchObject({ exitCode: 0 });

  const definition = await workspace.read(`${destination}/apiDefinition.swagger.json`);
  // Stringified, so that the order of keys counts.
  expect(JSON.stringify(JSON.parse(definition))).toBe(
    JSON.stringify(JSON.parse(jsonText(connector.apiDefinition) ?? '')),
  );
  expect(numbersIn(definition)).toEqual(numbersIn(jsonText(connector.apiDefinition) ?? ''));
  const properties = await workspace.read(`${destination}/apiProperties.json`);
  expect(JSON.stringify(JSON.parse(properties))).toBe(JSON.stringify(keptOf(jsonText(connector.apiProperties) ?? '')));
  for (const [name, path] of [
    ['icon.png', connector.icon],
    ['script.csx', connector.script],
  ] as const) {
    if (path !== undefined)
      expect(Buffer.from(await workspace.readBytes(`${destination}/${name}`))).toEqual(readFileSync(path));
  }
}

function keptOf(text: string): unknown {
  const { properties } = JSON.parse(text);
  const kept = downloadedProperties.flatMap((name) =>
    name in properties ? [[name, withoutSecrets(properties[name])]] : [],
  );
  return { properties: Object.fromEntries(kept) };
}

/** As they are written, which JSON.parse does not tell: `1.0`, `1e3`, integers of more than 53 bits. */
function numbersIn(json: string): string[] {
  const withoutStrings = json.replaceAll(/"(?:[^"\\]|\\.)*"/gu, '""');
  return [...withoutStrings.matchAll(/-?\d[\d.eE+-]*/gu)].map(([number]) => number);
}

/** The service never gives a client secret back. */
function withoutSecrets(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value, (name, inner: unknown) => (name === 'clientSecret' ? undefined : inner)));
}

const oddBytes = Uint8Array.from({ length: 512 }, (_value, index) => index % 256);
const oddIcon = Buffer.concat([petIcon(), oddBytes]);
const oddScript = `\uFEFF${petScript('Ödd ☃ 𝒳 \t\u0001')}\r\n// the end`;

const oddDefinition = `\uFEFF{"swagger":"2.0","info":{"title":"Ödd ☃ 𝒳","version":"1","description":"\\u00e9\\t\\"\\/"},\r
\t"host":"API.contoso.example:8443","basePath":"v2/x","schemes":["https"],
"paths":{"/a":{"get":{"operationId":"A","summary":"s","responses":{"default":{"description":"d"},"200":{"description":"ok"}}}}},
"x-odd":{"10":1,"9":[1.0,1e3,-0,12345678901234567890,9007199254740993],"empty":{},"none":[ ],"":null}}`;

const oddProperties = `{"$schema":"x","properties":{
  "iconBrandColor":"#123456","unknown":{"kept":false},
  "connectionParameterSets":{"uiDefinition":{},"values":[{"name":"oauth","parameters":{"token":{"type":"oauthSetting",
    "oAuthSettings":{"identityProvider":"oauth2","clientId":"c"}}}},{"name":"none"}]},
  "connectionParameters":null,"capabilities":[],"policyTemplateInstances":[{"parameters":{"2":2.50,"1":18446744073709551615}}],
  "publisher":"P\u00fcblisher"}}`;
