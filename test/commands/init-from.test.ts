import { mkdir, symlink } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { FakeCloud } from '../support/fake-cloud/fake-cloud.ts';
import { petStore } from '../support/pet-store.ts';
import { runInProcess } from '../support/run-in-process.ts';
import { jsonText, sharedConnectors } from '../support/shared-connectors.ts';
import { Workspace } from '../support/workspace.ts';

const host = ['--host', 'https://orders.fabrikam.net/v1/'];

describe('init from an API definition', () => {
  test('in a file is used unchanged, and determines the authentication', async () => {
    await using workspace = await Workspace.create(undefined, { files: { 'pets.json': `\ufeff${petStore()}` } });
    const { exitCode, stderr } = await runInProcess(workspace, 'init', 'pets', '--from', 'pets.json');
    expect({ exitCode, stderr }).toMatchObject({ exitCode: 0 });
    expect(await workspace.read('pets/apiDefinition.swagger.json')).toBe(petStore());
    expect(await workspace.readJson('pets/apiProperties.json')).toMatchObject({
      properties: { connectionParameters: { api_key: { type: 'securestring' } } },
    });
  });

  test('missing values are added, options have precedence, and other text stays unchanged', async () => {
    const sparse = '{"swagger":"2.0","info":{"title":"Old","version":"7"},"paths":{"10":{},"9":{}},"x-n":1.0}';
    await using workspace = await Workspace.create(undefined, { files: { 'old.json': sparse } });
    await runInProcess(workspace, 'init', 'new', '--from', 'old.json', '--title', 'New', ...host, '--auth', 'basic');
    const text = await workspace.read('new/apiDefinition.swagger.json');
    expect(text).toMatch(/^\{\n  "swagger": "2\.0",\n  "info": \{\n    "title": "New",\n    "version": "7",/u);
    expect(text).toMatch(/"10": \{\},\s+"9": \{\}\s+\},\s+"x-n": 1\.0,/u);
    expect(JSON.parse(text)).toMatchObject({
      host: 'orders.fabrikam.net',
      basePath: '/v1',
      schemes: ['https'],
      securityDefinitions: { basic: { type: 'basic' } },
      security: [{ basic: [] }],
    });
  });

  const signIn = (scheme: object | undefined): string => {
    const definition: Readonly<Record<string, unknown>> = JSON.parse(petStore());
    const { securityDefinitions: _definitions, security: _security, ...rest } = definition;
    return JSON.stringify(scheme ? { ...rest, securityDefinitions: { sso: scheme } } : rest);
  };
  const authorizationUrl = 'http://login.fabrikam.net/a';
  test.each<readonly [string, object | undefined, readonly string[]]>([
    [
      'an implicit flow',
      { type: 'oauth2', flow: 'implicit', authorizationUrl },
      ['oauth-custom-parameter-missing', 'oauth-flow-implicit', 'oauth-url-not-https'],
    ],
    [
      'a flow without a person',
      { type: 'oauth2', flow: 'application', tokenUrl: 'https://login.fabrikam.net/t' },
      ['oauth-custom-parameter-missing'],
    ],
    ['no URLs', { type: 'oauth2', flow: 'accessCode' }, ['oauth-custom-parameter-missing']],
    ['no sign-in', undefined, []],
  ])('with %s creates files, in which validate reports the necessary changes', async (_what, scheme, rules) => {
    await using workspace = await Workspace.create(undefined, { files: { 'pets.json': signIn(scheme) } });
    const made = await runInProcess(workspace, 'init', 'pets', '--from', 'pets.json');
    expect(made).toMatchObject({ exitCode: 0 });
    const { stdout } = await runInProcess(workspace, 'validate', 'pets', '--offline', '--info');
    for (const rule of rules) expect(stdout).toContain(rule);
    expect(await workspace.readJson('pets/apiProperties.json')).toMatchObject({
      properties: { connectionParameters: scheme ? { token: {} } : {} },
    });
  });

  test('its OAuth URLs and scopes are used', async () => {
    const definition: unknown = {
      ...JSON.parse(petStore()),
      securityDefinitions: {
        sso: {
          type: 'oauth2',
          flow: 'accessCode',
          authorizationUrl: 'https://login.fabrikam.net/a',
          tokenUrl: 'https://login.fabrikam.net/t',
          scopes: { 'pets.read': 'Read' },
        },
      },
    };
    await using workspace = await Workspace.create(undefined, { files: { 'pets.json': JSON.stringify(definition) } });
    await runInProcess(workspace, 'init', 'pets', '--from', 'pets.json');
    expect(await workspace.read('pets/apiProperties.json')).toMatch(
      /"scopes": \[\s+"pets\.read"\s+\].+"authorizationUrl": \{\s+"value": "https:\/\/login\.fabrikam\.net\/a"/su,
    );
  });

  test('what makes it invalid is repaired, and other text stays unchanged', async () => {
    const faulty = petStore()
      .replace('"type": "object"', '"type": "object", "nullable": true')
      .replace('"responses": {', '"deprecated": "no",\n        "responses": {');
    await using workspace = await Workspace.create(undefined, { files: { 'pets.json': faulty } });
    const { exitCode, stderr } = await runInProcess(workspace, 'init', 'pets', '--from', 'pets.json');
    expect(exitCode).toBe(0);
    expect(stderr).toContain(
      '0 things were narrowed and 1 dropped. For the list:\n  paconn convert --dry-run pets.json',
    );
    expect(stderr).not.toContain('The API definition has');
    expect(await workspace.read('pets/apiDefinition.swagger.json')).toBe(
      petStore().replace('"type": "object"', '"type": "object",\n      "x-nullable": true'),
    );
    expect(await runInProcess(workspace, 'validate', 'pets', '--offline')).toMatchObject({ exitCode: 0 });
  });

  test('with errors is used, and the errors are reported', async () => {
    await using workspace = await Workspace.create(undefined, {
      files: {
        'odd.json': '{"swagger":"2.0","info":{"title":"Odd","version":"1"},"host":"x.fabrikam.net","paths":[]}',
      },
    });
    const { exitCode, stderr } = await runInProcess(workspace, 'init', 'odd', '--from', 'odd.json', '--auth', 'none');
    expect(exitCode).toBe(0);
    expect(stderr).toMatch(/^The API definition has \d errors?\.$/mu);
    expect(stderr).not.toContain('The API properties');
  });

  test('with a sign-in that lacks URLs, the errors are counted where they are', async () => {
    const ofUsers = { type: 'oauth2', flow: 'implicit', authorizationUrl: '', scopes: {} };
    const api = { ...JSON.parse(petStore()), securityDefinitions: { a: ofUsers }, security: [{ a: [] }] };
    await using workspace = await Workspace.create(undefined, { files: { 'odd.json': JSON.stringify(api) } });
    const { exitCode, stderr } = await runInProcess(workspace, 'init', 'odd', '--from', 'odd.json');
    const { stdout } = await runInProcess(workspace, 'validate', 'odd', '--offline', '-o', 'json');
    const { findings } = JSON.parse(stdout);
    const count = (file: string): number =>
      findings.filter((one: { level: string; file: string }) => one.level === 'error' && one.file === `odd/${file}`)
        .length;
    expect(exitCode).toBe(0);
    expect(count('apiProperties.json')).toBeGreaterThan(1);
    expect(stderr).toContain(`The API definition has ${count('apiDefinition.swagger.json')} error`);
    expect(stderr).toContain(`The API properties have ${count('apiProperties.json')} errors.`);
  });

  const missing = "definition isn't an API description: 'openapi', 'swagger', or a Postman 'info' is missing.";
  test.each([
    ['{}', missing],
    ['[]', "definition isn't an API description: expected an object, found an array."],
    ['"text"', "definition isn't an API description: expected an object, found a string."],
    ['asyncapi: 2.6.0', "definition is an AsyncAPI document. It can't be converted."],
    ['<html></html>', 'definition is XML or a web page, not an API description.'],
  ])('%j is refused', async (content, message) => {
    await using workspace = await Workspace.create(undefined, { files: { definition: content } });
    expect(await runInProcess(workspace, 'init', 'x', '--from', 'definition', '--auth', 'none')).toEqual({
      exitCode: 1,
      stdout: '',
      stderr: `Error: ${message}\n`,
    });
    expect(await workspace.list()).toEqual(['definition']);
  });

  test('of real connectors, the files have no more errors than the definition had', async () => {
    const some = sharedConnectors().filter((_connector, index) => index % 40 === 7);
    for (const { apiDefinition, name } of some) {
      if (jsonText(apiDefinition) === undefined) continue;
      await using workspace = await Workspace.create();
      await mkdir(workspace.path('before'));
      await symlink(apiDefinition, workspace.path('before/apiDefinition.swagger.json'));
      const { exitCode, stderr } = await runInProcess(
        workspace,
        ...['init', 'after', '--from', 'before/apiDefinition.swagger.json', '--auth', 'none', '--title', 'T', ...host],
      );
      expect({ name, exitCode, stderr }).toMatchObject({ exitCode: 0 });
      const errors = async (folder: string): Promise<number> => {
        const { stdout } = await runInProcess(workspace, 'validate', folder, '--offline', '--format', 'json');
        return stdout.split('"level": "error"').length;
      };
      expect(await errors('after')).toBeLessThanOrEqual(await errors('before'));
    }
  });

  test('at a URL is fetched, and its host is the default', async () => {
    await using cloud = await FakeCloud.start();
    await using workspace = await Workspace.create();
    const text = '{"swagger":"2.0","info":{"title":"Pets","version":"1"},"paths":{}}';
    const blob = cloud.storage.keep('swagger.json', Buffer.from(text), 'application/json');
    const url = cloud.storage.addressOf(blob, cloud.url);
    const { exitCode, stderr } = await runInProcess(workspace, 'init', 'pets', '--from', url, '--auth', 'none');
    expect({ exitCode, stderr }).toMatchObject({ exitCode: 0 });
    expect(await workspace.readJson('pets/apiDefinition.swagger.json')).toMatchObject({
      info: { title: 'Pets' },
      host: new URL(cloud.url).host,
    });
  });

  test('an error status of a URL is an error, without the query', async () => {
    await using cloud = await FakeCloud.start();
    await using workspace = await Workspace.create();
    expect(await runInProcess(workspace, 'init', 'x', '--from', `${cloud.url}/nothing?sig=secret`)).toEqual({
      exitCode: 1,
      stdout: '',
      stderr: `Error: ${cloud.url}/nothing responded with status 404.\n`,
    });
  });

  test('a URL without https is not fetched', async () => {
    await using workspace = await Workspace.create();
    expect(await runInProcess(workspace, 'init', 'x', '--from', 'http://fabrikam.net/swagger.json')).toEqual({
      exitCode: 2,
      stdout: '',
      stderr: "Error: http://fabrikam.net/swagger.json isn't fetched because its URL doesn't start with https://.\n",
    });
  });

  test('its sign-in over http stays, and validate reports it', async () => {
    const definition = {
      swagger: '2.0',
      info: { title: 'Pets', version: '1', description: 'Pets.' },
      host: 'pets.example',
      paths: {},
      securityDefinitions: {
        login: {
          type: 'oauth2',
          flow: 'accessCode',
          authorizationUrl: 'http://pets.example/a',
          tokenUrl: 'http://pets.example/t',
          scopes: {},
        },
      },
    };
    await using workspace = await Workspace.create(undefined, { files: { 'pets.json': JSON.stringify(definition) } });
    const { exitCode, stderr } = await runInProcess(
      workspace,
      'init',
      'here',
      '--from',
      'pets.json',
      '--title',
      'Pets',
    );
    expect({ exitCode, stderr }).toMatchObject({ exitCode: 0 });
    expect(stderr).not.toContain('--authorization-url');
  });

  test('of OpenAPI 3 in YAML, it is converted with its sign-in', async () => {
    const yaml = `openapi: 3.0.3
info: { title: Pets, version: '1', description: Pets. }
servers: [{ url: 'https://pets.example/v1' }]
security: [{ key: [] }]
paths:
  /pets: { get: { operationId: list, summary: List, tags: [a], parameters: [{ name: sid, in: cookie, schema: {} }], responses: { '200': { description: Fine } } } }
  /other: { get: { operationId: other, summary: Other, responses: { '200': { description: Fine } } } }
components: { securitySchemes: { key: { type: apiKey, in: header, name: X-Key } } }
`;
    await using workspace = await Workspace.create(undefined, { files: { 'pets.yaml': yaml } });
    const args = ['init', 'pets', '--from', 'pets.yaml', '--tag', 'a', '--title', 'My pets'];
    const { exitCode, stderr } = await runInProcess(workspace, ...args);
    expect({ exitCode, stderr }).toMatchObject({ exitCode: 0 });
    expect(stderr).toContain(
      '0 things were narrowed and 1 dropped. For the list:\n  paconn convert --dry-run pets.yaml',
    );
    expect(await workspace.readJson('pets/apiDefinition.swagger.json')).toMatchObject({
      info: { title: 'My pets' },
      host: 'pets.example',
      paths: { '/pets': {} },
      security: [{ key: [] }],
    });
    expect(await workspace.readJson('pets/apiProperties.json')).toMatchObject({
      properties: { connectionParameters: { api_key: { type: 'securestring' } } },
    });
    expect(await runInProcess(workspace, 'validate', 'pets', '--offline')).toMatchObject({ exitCode: 0 });
  });
});
