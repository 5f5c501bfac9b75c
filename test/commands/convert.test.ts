import { mkdir, symlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { FakeCloud } from '../support/fake-cloud/fake-cloud.ts';
import { runInProcess, runInProcessWith } from '../support/run-in-process.ts';
import { signedIn } from '../support/signed-in.ts';
import { Workspace } from '../support/workspace.ts';

const yaml = `openapi: 3.1.0
info: { title: Pets, version: '1', description: Pets. }
servers: [{ url: 'https://pets.example/v1' }]
security: [{ key: [] }]
paths:
  /pets:
    get:
      operationId: listPets
      summary: List pets
      tags: [pets]
      parameters:
        - { name: sid, in: cookie, schema: { type: string } }
      responses: { '200': { description: Fine, content: { application/json: { schema: { $ref: '#/components/schemas/Pet' } } } } }
  /toys:
    get: { operationId: listToys, summary: List toys, tags: [toys], responses: { '200': { description: Fine } } }
components:
  schemas: { Pet: { type: object, properties: { name: { type: [string, 'null'] } } } }
  securitySchemes: { key: { type: apiKey, in: header, name: X-Key } }
`;

const definition = 'apiDefinition.swagger.json';
const files = ['apiDefinition.swagger.json', 'apiProperties.json', 'icon.png', 'settings.json'];

async function withSource(text = yaml, name = 'openapi.yaml'): Promise<Workspace> {
  return await Workspace.create(undefined, { files: { [name]: text } });
}

test('creates files that pass validate, and reports losses', async () => {
  await using workspace = await withSource();
  const { exitCode, stdout, stderr } = await runInProcess(workspace, 'convert', 'openapi.yaml', '--dest', 'pets');
  expect({ exitCode, stdout, stderr }).toEqual({
    exitCode: 0,
    stdout: `Dropped (1)
  parameter-cookie
    openapi.yaml:12:11  Cookie 'sid' isn't converted.

2 of 2 operations converted; 1 thing was dropped.
`,
    stderr: 'Next:\n  paconn validate pets\n  paconn deploy pets\n',
  });
  expect(await workspace.list('pets')).toEqual(files);
  expect(await runInProcess(workspace, 'validate', 'pets', '--offline')).toMatchObject({ exitCode: 0, stdout: '' });
});

test('the result can be deployed, and the environment then has the same', async () => {
  await using cloud = await FakeCloud.start();
  await using workspace = await signedIn(cloud);
  await workspace.write('openapi.yaml', yaml);
  expect(await runInProcess(workspace, 'convert', 'openapi.yaml', '-d', 'pets')).toMatchObject({ exitCode: 0 });
  const names = { apiDefinition: files[0], apiProperties: files[1], icon: files[2] };
  const settings = { ...names, ...cloud.settings, environment: cloud.environment.id };
  await workspace.write('pets/settings.json', JSON.stringify(settings));
  expect(await runInProcess(workspace, 'deploy', 'pets')).toMatchObject({ exitCode: 0 });
  expect(await runInProcess(workspace, 'diff', 'pets', '--exit-code')).toMatchObject({ exitCode: 0 });
});

describe('the report', () => {
  test('as JSON has places in the source and in the result', async () => {
    await using workspace = await withSource();
    const { stdout } = await runInProcess(workspace, 'convert', 'openapi.yaml', '--dry-run', '--format', 'json');
    expect(JSON.parse(stdout)).toMatchObject({
      version: 2,
      result: 'converted',
      source: { file: 'openapi.yaml', kind: 'openapi-3.1', operations: 2 },
      target: { folder: '.', files: files.map((path) => ({ path })), operations: 2, definitions: 1 },
      summary: { dropped: 1, narrowed: 0, refused: 0 },
    });
    expect(JSON.parse(stdout)).toHaveProperty('entries.0', {
      rule: 'parameter-cookie',
      class: 'dropped',
      message: "Cookie 'sid' isn't converted.",
      hint: null,
      file: 'openapi.yaml',
      line: 12,
      column: 11,
      endLine: 12,
      endColumn: 62,
      pointer: '/paths/~1pets/get/parameters/0',
      operation: 'listPets',
      target: { file: 'apiDefinition.swagger.json', pointer: '/paths/~1pets/get/parameters' },
    });
    expect(await workspace.list()).toEqual(['openapi.yaml']);
  });

  test('as SARIF has levels and classes, and can go into a file', async () => {
    await using workspace = await withSource();
    const args = ['convert', 'openapi.yaml', '--dry-run', '--format', 'sarif', '--output-file', 'report.sarif'];
    expect(await runInProcess(workspace, ...args)).toEqual({
      exitCode: 0,
      stdout: '',
      stderr: '2 of 2 operations converted; 1 thing was dropped.\n',
    });
    expect(await workspace.readJson('report.sarif')).toMatchObject({
      runs: [
        {
          columnKind: 'utf16CodeUnits',
          results: expect.arrayContaining([
            expect.objectContaining({
              ruleId: 'parameter-cookie',
              level: 'warning',
              properties: { class: 'dropped', pointer: '/paths/~1pets/get/parameters/0' },
            }),
          ]) as unknown,
        },
      ],
    });
  });

  test('as annotations, and with a query', async () => {
    await using workspace = await withSource();
    const annotated = await runInProcess(workspace, 'convert', 'openapi.yaml', '--dry-run', '--format', 'github');
    expect(annotated.stdout).toBe(
      "::warning file=openapi.yaml,line=12,endLine=12,col=11,endColumn=62,title=parameter-cookie::Cookie 'sid' isn't converted.\n",
    );
    const asked = await runInProcess(workspace, 'convert', 'openapi.yaml', '--dry-run', '--query', 'summary.dropped');
    expect(asked).toMatchObject({ exitCode: 0, stdout: '1\n' });
  });

  test('lists faults of the source that stay in the result', async () => {
    const text = yaml
      .replace('{ operationId: listToys', '{ operationId: listToys, x-ms-visibility: loud')
      .replaceAll(/ +- .*in: cookie.*\n/gu, '')
      .replace('      parameters:\n', '');
    await using workspace = await withSource(text);
    const args = ['convert', 'openapi.yaml', '--dry-run'];
    const { exitCode, stdout, stderr } = await runInProcess(workspace, ...args);
    expect({ exitCode, stdout, stderr }).toEqual({
      exitCode: 0,
      stdout: `Invalid (1)
  result-invalid
    openapi.yaml:13:35  'loud' isn't a visibility. (visibility-invalid)

2 of 2 operations converted; 1 thing was invalid.
`,
      stderr: '',
    });
    const json = JSON.parse((await runInProcess(workspace, ...args, '--format', 'json')).stdout) as unknown;
    expect(json).toMatchObject({
      entries: expect.arrayContaining([
        expect.objectContaining({
          rule: 'result-invalid',
          class: 'invalid',
          pointer: '/paths/~1toys/get/x-ms-visibility',
        }),
      ]) as unknown,
      summary: { invalid: 1, dropped: 0 },
    });
    const sarif = JSON.parse((await runInProcess(workspace, ...args, '--format', 'sarif')).stdout) as unknown;
    expect(sarif).toHaveProperty(
      'runs.0.results',
      expect.arrayContaining([expect.objectContaining({ ruleId: 'result-invalid', level: 'error' })]),
    );
    expect(await runInProcess(workspace, ...args, '--strict')).toMatchObject({ exitCode: 1 });
  });

  test('decides the exit code with --strict, and the files are there', async () => {
    await using workspace = await withSource();
    expect(await runInProcess(workspace, 'convert', 'openapi.yaml', '-d', 'a', '--strict')).toMatchObject({
      exitCode: 1,
    });
    expect(await workspace.list('a')).toEqual(files);
    const toys = ['convert', 'openapi.yaml', '-d', 'b', '--strict', '--tag', 'toys'];
    expect(await runInProcess(workspace, ...toys)).toMatchObject({ exitCode: 0 });
  });
});

describe('the source', () => {
  test('can come from stdin, with the same result', async () => {
    await using workspace = await withSource();
    await runInProcess(workspace, 'convert', 'openapi.yaml', '-d', 'a');
    expect(await runInProcessWith(workspace, ['convert', '-', '-d', 'b'], { stdin: yaml })).toMatchObject({
      exitCode: 0,
    });
    expect(await workspace.read('b/apiDefinition.swagger.json')).toEqual(
      await workspace.read('a/apiDefinition.swagger.json'),
    );
  });

  test('can come from a URL, whose host is that of the API', async () => {
    await using cloud = await FakeCloud.start();
    await using workspace = await Workspace.create();
    const text = yaml.replace("servers: [{ url: 'https://pets.example/v1' }]", 'servers: [{ url: /v3 }]');
    const blob = cloud.storage.keep('openapi.yaml', Buffer.from(text), 'text/yaml');
    const url = cloud.storage.addressOf(blob, cloud.url);
    const { exitCode, stdout, stderr } = await runInProcess(workspace, 'convert', url, '-d', 'pets');
    expect({ exitCode, stderr }).toMatchObject({ exitCode: 0 });
    expect(stdout).not.toContain('sig=');
    expect(await workspace.readJson('pets/apiDefinition.swagger.json')).toMatchObject({
      host: new URL(cloud.url).host,
      basePath: '/v3',
    });
  });

  test('may be named as the Python tool does, but only once', async () => {
    await using workspace = await withSource();
    expect(await runInProcess(workspace, 'convert', '--openapi', 'openapi.yaml', '--dry-run')).toMatchObject({
      exitCode: 0,
    });
    expect(await runInProcess(workspace, 'convert', 'a.yaml', '--openapi', 'openapi.yaml')).toMatchObject({
      exitCode: 2,
    });
    expect(await runInProcess(workspace, 'convert')).toMatchObject({ exitCode: 2 });
  });

  test.each([
    ['[1, 2', 1, ''],
    ['hello: world', 1, "isn't an API description"],
    ['a: 1\na: 2', 1, 'openapi.yaml:2:1: this name is already used in the same object.'],
    ['openapi: 3.0.0\n---\nopenapi: 3.0.0', 1, 'several documents'],
    ['asyncapi: 2.0.0', 1, 'is an AsyncAPI document'],
    ['{"_postman_variable_scope":"environment"}', 1, 'is a Postman environment, not a collection'],
    ['<?xml version="1.0"?>', 1, 'is XML or a web page'],
    ['openapi: 3.0.0\npaths: { /a: { get: { responses: {} } } }', 2, 'Pass --host'],
    ['openapi: 3.0.0\nservers: [{ url: https://a.example }]\npaths: {}', 1, 'has no operation'],
  ])('%j ends with %i', async (text, exitCode, words) => {
    await using workspace = await withSource(text);
    const result = await runInProcess(workspace, 'convert', 'openapi.yaml', '-d', 'x');
    expect(result).toMatchObject({ exitCode });
    expect(result.stderr).toContain(words);
    expect(await workspace.list()).toEqual(['openapi.yaml']);
  });
});

test.each([
  ['openapi.yaml', []],
  ['apiDefinition.swagger.json', []],
  ['openapi.yaml', ['--format', 'json']],
  ['openapi.yaml', ['-o', 'yaml', '--dry-run']],
  ['settings.json', ['--query', 'summary']],
])('the report does not replace %s, with the options %j', async (file, options) => {
  await using workspace = await withSource();
  const before = await workspace.read('openapi.yaml');
  const { exitCode } = await runInProcess(workspace, 'convert', 'openapi.yaml', '--output-file', file, ...options);
  expect(exitCode).toBe(2);
  expect(await workspace.list('.')).not.toContain('apiDefinition.swagger.json');
  expect(await workspace.read('openapi.yaml')).toBe(before);
});

describe('a source that the result would replace', () => {
  const openApi3 = yaml.replace("$ref: '#/components/schemas/Pet'", '$ref: pet.yaml');

  test.each([
    ['the source', yaml, {}],
    ['a file that it refers to', openApi3.replace('pet.yaml', definition), { [definition]: 'type: object' }],
  ])('stays, also with --overwrite: %s', async (_, text, others) => {
    const source = Object.keys(others).length === 0 ? definition : 'openapi.yaml';
    const all = { ...others, [source]: text };
    await using workspace = await Workspace.create(undefined, { files: all });
    for (const options of [['--overwrite'], ['--overwrite', '--dry-run']]) {
      expect(await runInProcess(workspace, 'convert', source, ...options)).toMatchObject({
        exitCode: 2,
        stderr: expect.stringContaining(
          `${definition} is a file that this command uses.\nChoose another folder with --output-dir.\n`,
        ),
      });
    }
    for (const [name, content] of Object.entries(all)) expect(await workspace.read(name)).toBe(content);
  });

  test('is converted by the command that validate names', async () => {
    await using workspace = await Workspace.create(undefined, { files: { [definition]: yaml } });
    const { stdout } = await runInProcess(workspace, 'validate', '--offline');
    const [, command = ''] = /Convert it with: paconn (.+)$/mu.exec(stdout) ?? [];
    expect(await runInProcess(workspace, ...command.split(' '))).toMatchObject({ exitCode: 0 });
    expect(await workspace.read(definition)).toBe(yaml);
    expect(await workspace.readJson(`converted/${definition}`)).toMatchObject({ swagger: '2.0' });
  });
});

test('existing files stay, and --overwrite replaces only the API definition', async () => {
  await using workspace = await withSource();
  await runInProcess(workspace, 'convert', 'openapi.yaml', '-d', 'pets');
  await workspace.write('pets/apiProperties.json', '{ "properties": { "mine": true } }');
  expect(await runInProcess(workspace, 'convert', 'openapi.yaml', '-d', 'pets')).toMatchObject({ exitCode: 1 });
  const args = ['convert', 'openapi.yaml', '-d', 'pets', '--overwrite', '--title', 'New'];
  const { exitCode, stderr } = await runInProcess(workspace, ...args);
  expect({ exitCode, stderr }).toMatchObject({ exitCode: 0 });
  expect(stderr).toContain('The source would make it different in: connectionParameters.');
  expect(await workspace.readJson('pets/apiDefinition.swagger.json')).toMatchObject({ info: { title: 'New' } });
  expect(await workspace.readJson('pets/apiProperties.json')).toEqual({ properties: { mine: true } });
});

describe('the command that other commands name', () => {
  const properties = '{ "properties": { "mine": true } }';
  test.each([
    ['c/openapi.yaml', 'c', ['deploy', 'c', '--dry-run']],
    ['c/openapi.yaml', 'c', ['validate', 'c', '--offline']],
    ['c/openapi.yaml', 'c', ['validate', '-d', 'c/openapi.yaml', '--offline']],
    [`c/${definition}`, 'c/converted', ['deploy', 'c', '--dry-run']],
    [`c/${definition}`, 'c/converted', ['validate', 'c', '--offline']],
    [`c/${definition}`, 'c/converted', ['deploy', '.', '--dry-run']],
    ['openapi.yaml', '.', ['deploy', '--dry-run']],
    ['openapi.yaml', '.', ['validate', '-d', 'openapi.yaml', '--offline']],
  ])('writes %s into %s: %j', async (source, folder, words) => {
    const kept = join(dirname(source), 'apiProperties.json');
    await using workspace = await Workspace.create(undefined, {
      settings: null,
      files: { [source]: yaml, [kept]: properties },
    });
    const { stdout, stderr } = await runInProcess(workspace, ...words);
    const [, command = ''] = /Convert it with:\s+paconn (convert .+)$/mu.exec(stdout + stderr) ?? [];
    expect(await runInProcess(workspace, ...command.split(' '))).toMatchObject({ exitCode: 0 });
    expect(await workspace.readJson(join(folder, definition))).toMatchObject({ swagger: '2.0' });
    expect(await workspace.read(kept)).toBe(properties);
  });
});

test('settings that name the source stay, and that is said', async () => {
  await using workspace = await withSource();
  await workspace.write('settings.json', '{ "apiDefinition": "openapi.yaml" }');
  const { exitCode, stderr } = await runInProcess(workspace, 'convert', 'openapi.yaml');
  expect(exitCode).toBe(0);
  expect(stderr).toContain(
    "settings.json wasn't changed. To use the result, set its apiDefinition to apiDefinition.swagger.json.",
  );
  expect(await workspace.readJson('settings.json')).toEqual({ apiDefinition: 'openapi.yaml' });
});

describe('nothing is written where', () => {
  const args = ['convert', 'openapi.yaml', '-d', 'pets', '--overwrite'];

  test.each(files)('%s is a folder', async (name) => {
    await using workspace = await withSource();
    await workspace.write(`pets/${name}/notes.txt`, '');
    const { exitCode, stderr } = await runInProcess(workspace, ...args);
    expect({ exitCode, stderr }).toMatchObject({ exitCode: 1 });
    expect(stderr).toContain(join('pets', name));
    expect(await workspace.list('pets')).toEqual([`${name}/notes.txt`]);
  });

  const links = ['apiProperties.json', 'settings.json', 'icon.png'];
  test.skipIf(process.platform === 'win32').each(links)('%s is a link that leads nowhere', async (name) => {
    await using workspace = await withSource();
    await mkdir(workspace.path('pets'));
    await symlink('nowhere', workspace.path(`pets/${name}`));
    const { exitCode, stderr } = await runInProcess(workspace, ...args);
    expect({ exitCode, stderr }).toMatchObject({ exitCode: 1 });
    expect(stderr).toContain(join('pets', name));
    expect(await workspace.list('pets')).toEqual([name]);
  });

  test('a folder has the place of the report', async () => {
    await using workspace = await withSource();
    await workspace.write('reports/a.txt', '');
    expect(await runInProcess(workspace, ...args, '--output-file', 'reports')).toMatchObject({
      exitCode: 1,
      stderr: "Error: reports can't be written: it's a folder.\n",
    });
    expect(await workspace.list('.')).not.toContain('pets');
  });

  test('the settings name another API definition', async () => {
    await using workspace = await withSource();
    await workspace.write('pets/settings.json', '{ "apiDefinition": "my.json" }');
    await workspace.write('pets/my.json', '{}');
    expect(await runInProcess(workspace, ...args)).toMatchObject({
      exitCode: 1,
      stderr: `Error: ${join('pets', 'settings.json')} names another API definition: my.json.
Pass another folder with --output-dir <folder>, or set its apiDefinition to apiDefinition.swagger.json.
`,
    });
    expect(await workspace.list('pets')).toEqual(['my.json', 'settings.json']);
  });
});

test('parts that the settings have in other files stay there', async () => {
  await using workspace = await withSource();
  const settings = { apiDefinition: definition, apiProperties: 'mine.json', icon: 'logo.png' };
  await workspace.write('settings.json', JSON.stringify(settings));
  await workspace.write('mine.json', '{ "properties": {} }');
  const { exitCode, stderr } = await runInProcess(workspace, 'convert', 'openapi.yaml');
  expect(exitCode).toBe(0);
  expect(stderr).toContain("mine.json wasn't changed. The source would make it different in: connectionParameters.");
  expect(stderr).toContain("settings.json wasn't changed. To use the result, set its icon to icon.png.");
  expect(await workspace.list('.')).toEqual([definition, 'icon.png', 'mine.json', 'openapi.yaml', 'settings.json']);
});

test('settings that name parts that are nowhere, or are no JSON, are noted', async () => {
  await using workspace = await withSource();
  await workspace.write('a/settings.json', '{ "apiDefinition": "my.json", "apiProperties": "p.json" }');
  const { stderr } = await runInProcess(workspace, 'convert', 'openapi.yaml', '-d', 'a');
  expect(stderr).toContain(
    'To use the result, set its apiDefinition to apiDefinition.swagger.json, and its apiProperties to apiProperties.json.',
  );
  expect(stderr).not.toContain('Next:');
  await workspace.write('b/settings.json', '{broken');
  const broken = await runInProcess(workspace, 'convert', 'openapi.yaml', '-d', 'b');
  expect(broken.stderr).toContain("settings.json wasn't changed, and it isn't valid JSON.");
});

describe('references', () => {
  const source = (reference: string): string =>
    yaml.replace("$ref: '#/components/schemas/Pet'", `$ref: '${reference}'`);

  test('reach files below the folder of the source', async () => {
    await using workspace = await withSource(source('schemas/pet.yaml#/Pet'));
    await mkdir(workspace.path('schemas'));
    await workspace.write('schemas/pet.yaml', 'Pet: { type: object, properties: { owner: { $ref: owner.yaml } } }');
    await workspace.write('schemas/owner.yaml', 'type: object\nproperties: { name: { type: string } }');
    expect(await runInProcess(workspace, 'convert', 'openapi.yaml', '-d', 'pets')).toMatchObject({ exitCode: 0 });
    expect(await workspace.readJson('pets/apiDefinition.swagger.json')).toMatchObject({
      definitions: { Pet_2: { properties: { owner: { $ref: '#/definitions/owner' } } }, owner: { type: 'object' } },
    });
  });

  test('count all files together', async () => {
    await using workspace = await withSource(source('large.yaml#/Pet'));
    await workspace.write('large.yaml', `Pet: {}\nx: [${'1,'.repeat(279_990)}]`);
    const { stdout } = await runInProcess(workspace, 'convert', 'openapi.yaml', '--dry-run');
    expect(stdout).toContain(
      "'large.yaml#/Pet' can't be read: large.yaml and the files before it have more than 280,000 values",
    );
  });

  test.each([
    ['../secret.yaml#/Pet', 'ref-outside'],
    ['link.yaml#/Pet', 'ref-outside'],
    ['https://127.0.0.1/pet.yaml', 'ref-not-fetched'],
    ['https://169.254.169.254/latest/meta-data', 'ref-not-fetched'],
    ['https://localhost/pet.yaml', 'ref-not-fetched'],
    ['http://api.example/pet.yaml', 'ref-not-fetched'],
    ['nothing.yaml', 'ref-unreadable'],
    ['%2e%2e%2fsecret.yaml', 'ref-unreadable'],
    ['secret%zz.yaml', 'ref-unreadable'],
    ['#/components/schemas/Nothing', 'ref-missing'],
  ])('to %s is %s, and what needs it is left out', async (reference, rule) => {
    await using workspace = await Workspace.create(undefined, { files: { 'secret.yaml': 'Pet: {}' } });
    await mkdir(workspace.path('api'));
    await workspace.write('api/openapi.yaml', source(reference));
    await symlink(workspace.path('secret.yaml'), workspace.path('api/link.yaml'));
    const hosts = ['--ref-hosts', '127.0.0.1,169.254.169.254,localhost'];
    const args = ['convert', 'api/openapi.yaml', '--dry-run', '--format', 'json', ...hosts];
    const { exitCode, stdout } = await runInProcess(workspace, ...args);
    expect(exitCode).toBe(0);
    const report: unknown = JSON.parse(stdout);
    expect(report).toMatchObject({ target: { operations: 1 }, summary: { refused: 2 } });
    expect(stdout).toContain(`"rule": "${rule}"`);
  });
});

test('an empty title is a usage error', async () => {
  await using workspace = await withSource();
  const { exitCode, stderr } = await runInProcess(workspace, 'convert', 'openapi.yaml', '--title', ' ');
  expect({ exitCode, stderr }).toEqual({
    exitCode: 2,
    stderr: expect.stringContaining('--title is empty. Pass a title, or leave it out.'),
  });
});

test.each([
  ['none.yaml', 'none.yaml'],
  ['list.json', 'list.json'],
])("a source's fault comes before the files in its way: %s", async (source, subject) => {
  const inTheWay = { 'list.json': '[]', 'apiDefinition.swagger.json': '{}' };
  await using workspace = await Workspace.create(undefined, { settings: null, files: inTheWay });
  const { exitCode, stderr } = await runInProcess(workspace, 'convert', source);
  expect(exitCode).not.toBe(0);
  expect(stderr.split('\n')[0]).toContain(subject);
  expect(stderr).not.toContain('already exists');
});
