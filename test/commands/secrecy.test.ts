import { brotliDecompressSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { FakeCloud } from '../support/fake-cloud/fake-cloud.ts';
import { petIcon, petScript, petStore, petStoreProperties } from '../support/pet-store.ts';
import { runInProcess } from '../support/run-in-process.ts';
import { signedInByDeviceCode } from '../support/signed-in.ts';
import { Workspace } from '../support/workspace.ts';

const secret = 'h"ush/h+ush=';
const icon = petIcon();
const oAuthProperties = `{"properties":{"connectionParameters":{"token":{"type":"oauthSetting",
  "oAuthSettings":{"identityProvider":"oauth2","clientId":"x"}}}}}`;

/** Whatever must not be seen of a cloud: signatures, tokens and the client secret, in every form they can take. */
function hidden(cloud: FakeCloud, files: readonly string[]): string[] {
  const tokens = files.flatMap((text) => [...text.matchAll(/[\w-]{40,}/gu)].map(([token]) => token));
  const signatures = cloud.requests.flatMap(({ query }) => query['sig'] ?? []);
  return [
    secret,
    JSON.stringify(secret).slice(1, -1),
    ...tokens,
    ...signatures,
    ...signatures.map(encodeURIComponent),
  ].concat(encodeURIComponent(secret));
}

async function tokenFiles(workspace: Workspace): Promise<string[]> {
  return [await workspace.read('../home/.paconn/sign-ins.json')];
}

describe.each(['--verbose', '--debug'])('%s', (flag) => {
  test('never shows a token, the client secret or a signature', async () => {
    await using cloud = await FakeCloud.start();
    await using workspace = await Workspace.create(cloud, {
      apiDefinition: petStore(),
      apiProperties: oAuthProperties,
      icon,
      script: petScript(),
    });
    const { settings } = cloud;
    const shown: string[] = [];
    const run = async (...args: string[]): Promise<void> => {
      const { exitCode, stdout, stderr } = await workspace.paconn(...args, flag);
      expect({ args, exitCode, stderr }).toMatchObject({ exitCode: 0 });
      shown.push(stdout, stderr);
    };
    await run('login', '-a', settings.authorityUrl);
    await run('create', '-s', 'settings.json', '-w', '--skip-validation', '--secret', secret);
    const first = await tokenFiles(workspace);
    cloud.signIn.expireAccessTokens();
    await run('update', '-s', 'settings.json', '--skip-validation', '--secret', secret);
    await run('validate', '-d', 'apiDefinition.swagger.json', '-u', cloud.url);
    await run('download', '-s', 'settings.json', '-d', 'downloaded');

    const output = shown.join('\n');
    expect(output).toMatch(/PUT \S+\/icon\.png 201/u);
    expect(output.includes('  > authorization: (not shown)')).toBe(flag === '--debug');
    const secrets = hidden(cloud, [...first, ...(await tokenFiles(workspace))]);
    expect(secrets.length).toBeGreaterThan(8);
    for (const text of secrets) expect(output).not.toContain(text);
  });
});

test('each request has a line with method, URL without query, status, correlation ID, and time', async () => {
  await using cloud = await FakeCloud.start();
  const connector = cloud.addConnector();
  await using workspace = await signedInByDeviceCode(cloud, { connector });
  const { stderr } = await runInProcess(workspace, 'download', '-s', 'settings.json', '--verbose');
  const lines = stderr.split('\n').filter((line) => line.startsWith('GET'));
  expect(lines).toHaveLength(3);
  for (const line of lines)
    expect(line).toMatch(/^GET https:\/\/localhost:\d+\/[^?]+ 200, correlation ID [\da-f-]{36}, \d+ ms$/u);
});

test('--only-show-errors leaves out notes, and keeps results and errors', async () => {
  await using cloud = await FakeCloud.start();
  await using workspace = await signedInByDeviceCode(cloud, { apiDefinition: petStore() });
  const validate = ['validate', '-s', 'settings.json', '--pav', 'x'];
  expect((await runInProcess(workspace, ...validate)).stderr).toMatch(
    /^Warning: .+ ignored because settings\.json is used \(-s\)\.\n.+ succeeded\.\n.+ validated successfully\.\n$/u,
  );
  expect((await runInProcess(workspace, ...validate, '--only-show-errors')).stderr).toBe(
    'apiDefinition.swagger.json validated successfully.\n',
  );
  expect((await runInProcess(workspace, 'validate', '-s', 'none.json', '--only-show-errors')).stderr).toMatch(
    /^Error: /u,
  );
});

test('values that read like secrets are in no file of the last synced version, and changes of them are seen', async () => {
  await using cloud = await FakeCloud.start();
  const properties = (word: string): string =>
    JSON.stringify({
      properties: {
        connectionParameters: {
          token: {
            type: 'oauthSetting',
            oAuthSettings: {
              identityProvider: 'oauth2',
              clientId: 'x',
              customParameters: {
                client_secret: { value: `${word}-one` },
                password: { value: `${word}-two` },
                resourcePassword: { value: `${word}-three` },
              },
            },
          },
        },
      },
    });
  const connector = cloud.addConnector({ apiDefinition: petStore(), apiProperties: properties('hushed') });
  await using workspace = await signedInByDeviceCode(cloud, { connector });
  const stored = async (): Promise<string> => {
    const names = (await workspace.list('paconn.base')).map((name) => `paconn.base/${name}`);
    const contents = await Promise.all(
      names.map(async (name) => brotliDecompressSync(await workspace.readBytes(name))),
    );
    return Buffer.concat(contents).toString();
  };
  const pull = async () => await runInProcess(workspace, 'pull');
  await runInProcess(workspace, 'download', '-s', 'settings.json', '-d', '.', '-w');
  expect(await workspace.read('apiProperties.json')).toContain('hushed-two');
  expect(await stored()).toContain('Pet Store');
  expect(await stored()).not.toContain('hushed');
  expect((await runInProcess(workspace, 'deploy')).stderr).toContain(' is up to date.');
  cloud.edit(connector.id, { apiProperties: properties('theirs') });
  expect(await pull()).toMatchObject({ exitCode: 0 });
  expect(await workspace.read('apiProperties.json')).toContain('theirs-two');
  expect(await stored()).not.toContain('theirs-');
  cloud.edit(connector.id, { apiProperties: properties('again') });
  await workspace.write('apiProperties.json', properties('mine'));
  expect(await runInProcess(workspace, 'deploy', '--skip-validation')).toMatchObject({ exitCode: 4 });
  expect(await pull()).toMatchObject({ exitCode: 4 });
});

describe('a service that repeats secrets', () => {
  test('has the token and the client secret masked, in whatever form', async () => {
    await using cloud = await FakeCloud.start();
    const connector = cloud.addConnector({ apiProperties: oAuthProperties });
    await using workspace = await signedInByDeviceCode(cloud, { connector, apiDefinition: petStore() });
    const [cache = ''] = await tokenFiles(workspace);
    const token = /"value": ?"([^"]+)"/u.exec(cache)?.[1] ?? '';
    expect(token.length).toBeGreaterThan(100);
    const message = `Bearer ${token} and ${secret} at https://x.example/?a=1&sig=${encodeURIComponent('a/b=')}`;
    cloud.fault({ method: 'PATCH', path: connector.id, status: 400, json: { error: { code: 'Bad', message } } });

    const { exitCode, stdout, stderr } = await workspace.paconn(
      'update',
      '-s',
      'settings.json',
      '-r',
      secret,
      '--debug',
      '--skip-validation',
    );
    expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: '' });
    expect(stderr).toContain('Bearer *** and *** at https://x.example/?a=1&sig=***');
    for (const text of hidden(cloud, [cache])) expect(stderr).not.toContain(text);
  });

  test('cannot steer the terminal', async () => {
    await using cloud = await FakeCloud.start();
    const connector = cloud.addConnector();
    await using workspace = await signedInByDeviceCode(cloud, { connector });
    const message = 'no\u001B[2J\u001B]0;title\u0007\u009B31m\u202Ego\r\nnext';
    cloud.fault({ path: connector.id, status: 400, json: { error: { code: 'C\u0008', message } } });

    const { stderr } = await runInProcess(workspace, 'download', '-s', 'settings.json');
    expect(stderr).toContain(`Can't read the connector ${connector.id}: no`);
    // oxlint-disable-next-line no-control-regex
    expect(stderr).not.toMatch(/[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u202E]/u);
  });
});

describe('a message that quotes a file', () => {
  test('has no secret of a connector in it', async () => {
    await using cloud = await FakeCloud.start();
    const definition = petStore().replace(
      '"parameters": [',
      '"parameters": [{ "name": "api_key", "in": "query", "type": "string", "enum": ["a"], "default": "hushed1" },',
    );
    const properties = petStoreProperties.replace(
      '"uiDefinition": {',
      '"clientSecret": { "prod": "hushed2" }, "password": hushed3, "uiDefinition": { // api key: hushed4\n',
    );
    expect(properties).toContain('hushed3');
    await using workspace = await Workspace.create(cloud, { apiDefinition: definition, apiProperties: properties });
    for (const format of [[], ['-o', 'json'], ['--format', 'sarif'], ['--format', 'github'], ['--fix', '--dry-run']]) {
      const { exitCode, stdout, stderr } = await runInProcess(
        workspace,
        'validate',
        '.',
        '--offline',
        '--info',
        ...format,
      );
      expect({ exitCode, output: stdout + stderr }).toEqual({
        exitCode: 1,
        output: expect.not.stringContaining('hushed'),
      });
    }
  });

  test('has no secret of a description in it', async () => {
    await using cloud = await FakeCloud.start();
    await using workspace = await Workspace.create(cloud);
    await workspace.write(
      'openapi.yaml',
      `openapi: 3.0.1
info: { title: Pets, version: "1" }
servers:
  - { url: "https://user:hushed1@pets.example/{password}?api_key=hushed2", variables: { password: { default: hushed3 } } }
  - { url: "https://user:hushed4@other.example/?client_secret=hushed5" }
paths:
  /a:
    servers: [{ url: "https://user:hushed6@third.example" }]
    get:
      operationId: a
      parameters: [{ name: password, in: query, schema: { const: hushed7 } }]
      responses: { "200": { description: OK } }
`,
    );
    await workspace.write('alias.yaml', 'openapi: 3.0.1\nclient_secret: *hushed8\n');
    for (const [source, ...format] of [['openapi.yaml'], ['openapi.yaml', '-o', 'json'], ['alias.yaml']]) {
      const { stdout, stderr } = await runInProcess(
        workspace,
        'convert',
        String(source),
        '-d',
        'out',
        '--overwrite',
        '--info',
        ...format,
      );
      expect(stdout + stderr).toMatch(/yaml/u);
      expect(stdout + stderr).not.toContain('hushed');
    }
  });
});
