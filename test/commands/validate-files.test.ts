import { mkdir, symlink } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { FakeCloud } from '../support/fake-cloud/fake-cloud.ts';
import { withFailureAsText } from '../support/failure.ts';
import { petIcon, petScript, petStore, petStoreProperties } from '../support/pet-store.ts';
import { runInProcess } from '../support/run-in-process.ts';
import { signedIn } from '../support/signed-in.ts';
import { slashed } from '../support/system.ts';
import { Workspace, type WorkspaceFiles } from '../support/workspace.ts';

const definition = 'apiDefinition.swagger.json';
const faulty = petStore().replace('"2.0"', '"2"');

/** Runs validate without the service; what it says, and the files and rules of its findings. */
async function found(files: WorkspaceFiles['files'], ...args: readonly string[]) {
  await using workspace = await Workspace.create(undefined, { files: files ?? {} });
  const { exitCode, stdout, stderr } = await runInProcess(
    workspace,
    'validate',
    '--offline',
    '--format',
    'json',
    ...args,
  );
  const { findings, summary } = stdout === '' ? { findings: [], summary: undefined } : JSON.parse(stdout);
  const places = findings.map(({ file, rule }: { file: string; rule: string }) => `${slashed(file)} ${rule}`);
  return { exitCode, stderr: slashed(withFailureAsText(stderr)), places, summary };
}

const connector = (folder: string, text = petStore()): Record<string, string> => ({
  [`${folder}/${definition}`]: text,
  [`${folder}/apiProperties.json`]: petStoreProperties,
});

describe('a folder', () => {
  test('is the current one by default', async () => {
    expect(await found(connector('.', faulty))).toMatchObject({
      exitCode: 1,
      places: [`${definition} swagger-version`],
    });
  });

  test.each(['a', './a', 'a/'])('is named as %s, and its files are below it', async (folder) => {
    expect(await found(connector('a', faulty), folder)).toMatchObject({
      exitCode: 1,
      stderr: `1 error in 1 file. Fix 1 with: paconn validate ${folder} --offline --fix\nError: a/${definition} has errors.\n`,
      places: [`a/${definition} swagger-version`],
    });
  });

  test('without problems is reported as valid', async () => {
    expect(await found(connector('a'), 'a')).toMatchObject({
      exitCode: 0,
      stderr: `a/${definition} validated successfully.\n`,
      summary: { connectors: 1, files: 2, errors: 0 },
    });
  });

  test('that is invalid is reported, and the others are checked', async () => {
    const files = { ...connector('a'), ...connector('b', faulty), ...connector('c', '{') };
    expect(await found(files, 'a', 'b', 'c')).toMatchObject({
      exitCode: 1,
      stderr:
        '2 errors in 2 files. Fix 1 with: paconn validate a b c --offline --fix\nError: 2 of 3 connectors have errors.\n',
      places: [`b/${definition} swagger-version`, `c/${definition} json-syntax`],
      summary: { connectors: 3, files: 6 },
    });
    expect((await found({ ...connector('a'), ...connector('b') }, 'a', 'b')).stderr).toBe(
      '2 connectors validated successfully.\n',
    );
  });

  test.skipIf(process.platform === 'win32').each([
    ['in it', ['.']],
    ['beside it', ['a', 'link', 'settings']],
  ])('that can not be read hides nothing of those %s', async (_where, paths) => {
    await using workspace = await Workspace.create(undefined, {
      settings: null,
      files: { ...connector('a', faulty), ...connector('settings') },
    });
    await mkdir(workspace.path('link'));
    await symlink('nowhere', workspace.path(`link/${definition}`));
    await symlink('nowhere', workspace.path('settings/settings.json'));
    const { exitCode, stdout, stderr } = await runInProcess(workspace, 'validate', '--offline', ...paths);
    expect(exitCode).toBe(1);
    expect(stdout).toContain('swagger-version');
    expect(stderr).toContain("Error: 2 files or folders can't be checked.\n");
    expect(stderr).toContain(`  link/${definition} is a link that leads nowhere.\n`);
    expect(stderr).toContain('  settings/settings.json is a link that leads nowhere.\n');
  });

  test.skipIf(process.platform === 'win32')('that lead nowhere or are none hide nothing of the others', async () => {
    await using workspace = await Workspace.create(undefined, {
      settings: null,
      files: { ...connector('a', faulty), [`none/${definition}/notes.txt`]: '', 'empty/notes.txt': '' },
    });
    await symlink('nowhere', workspace.path('link'));
    await mkdir(workspace.path('settings'));
    await symlink('nowhere', workspace.path('settings/settings.json'));
    const named = await runInProcess(workspace, 'validate', '--offline', 'a', 'none', 'link', 'empty');
    expect(named.exitCode).toBe(1);
    expect(named.stdout).toContain('swagger-version');
    expect(named.stderr).toContain("Error: 3 files or folders can't be checked.\n");
    for (const words of ['link is a link that leads nowhere.', "none doesn't contain", "empty doesn't contain"])
      expect(named.stderr).toContain(`  ${words}`);
    const all = await runInProcess(workspace, 'validate', '--offline', '*');
    expect(all.stdout).toContain('swagger-version');
    expect(all.stderr).toContain('Error: settings/settings.json is a link that leads nowhere.\n');
  });

  test.skipIf(process.platform === 'win32')('that can not be read, alone, is said', async () => {
    await using workspace = await Workspace.create(undefined, { settings: null, files: {} });
    await mkdir(workspace.path('link'));
    await symlink('nowhere', workspace.path(`link/${definition}`));
    const stderr = `Error: link/${definition} is a link that leads nowhere.\n`;
    for (const paths of [[], ['link'], ['.']])
      expect(await runInProcess(workspace, 'validate', '--offline', ...paths)).toEqual({
        exitCode: 1,
        stdout: '',
        stderr,
      });
  });

  test('of folders means the connectors in them', async () => {
    const files = { ...connector('x/a', faulty), ...connector('x/deep/b', faulty), ...connector('x/.git/c', faulty) };
    expect((await found(files, 'x')).places).toEqual([
      `x/a/${definition} swagger-version`,
      `x/deep/b/${definition} swagger-version`,
    ]);
  });

  test('can have other file names: files are recognized by content', async () => {
    const files = {
      'a/De-Lijn-Zoek.swagger.json': faulty,
      'a/props.json': petStoreProperties,
      'b/ApiDefinition.Swagger.JSON': faulty,
      'b/apiproperties.json': petStoreProperties,
      'c/one.json': faulty,
      'c/two.json': petStoreProperties,
      'c/package.json': '{ "name": "x" }',
    };
    expect((await found(files, 'a', 'b', 'c')).places).toEqual([
      'a/De-Lijn-Zoek.swagger.json swagger-version',
      'b/ApiDefinition.Swagger.JSON swagger-version',
      'c/one.json swagger-version',
    ]);
  });

  test.each([
    ['package.json', '{ "name": "x", "version": "1.0.0" }'],
    ['tsconfig.json', '{ "compilerOptions": { "strict": true } }'],
    ['settings.json', '{ "environment": "x" }'],
  ])('is no folder with only %s', async (name, content) => {
    expect(await found({ [`a/${name}`]: content }, 'a')).toMatchObject({
      exitCode: 1,
      stderr: expect.stringMatching(/^Error: a doesn't contain a connector\.\n/u),
    });
    // Among others it is passed over.
    const files = { [`all/tool/${name}`]: content, ...connector('all/pets', faulty) };
    expect((await found(files, 'all')).places).toEqual([`all/pets/${definition} swagger-version`]);
  });

  test('with several files that can be a part of it is an error', async () => {
    const files = { 'a/one.json': petStore(), 'a/two.json': faulty, 'a/p.json': petStoreProperties };
    expect(await found(files, 'a')).toMatchObject({ exitCode: 1, places: ['a/one.json file-ambiguous'] });
    expect(await found({ ...files, [`a/${definition}`]: petStore() }, 'a')).toMatchObject({ exitCode: 0, places: [] });
  });

  test.each([
    [{ paconn: { cloud: 'gccx' } }, 'settings-value-invalid'],
    [{ paconn: { relativeTo: 'setings' } }, 'settings-value-invalid'],
    [{ powerAppsUrl: 'api.powerapps.com' }, 'settings-url-invalid'],
  ])('with settings at which every command stops is an error: %j', async (settings, rule) => {
    const files = {
      [`a/${definition}`]: petStore(),
      'a/apiProperties.json': petStoreProperties,
      'a/settings.json': JSON.stringify(settings),
    };
    expect(await found(files, 'a')).toMatchObject({ exitCode: 1, places: [`a/settings.json ${rule}`] });
  });

  test('without API properties lacks a file', async () => {
    expect(await found({ [`a/${definition}`]: petStore() }, 'a')).toMatchObject({
      exitCode: 1,
      places: ['a/apiProperties.json file-missing'],
    });
  });

  test.each(['', 'pets/'])('with an OpenAPI 3 document above connectors has those only: %s', async (below) => {
    const openApi = '{ "openapi": "3.0.0", "info": {}, "paths": {} }';
    const files = { 'pets/x/apiProperties.json': '{ "properties": {} }', 'openapi.json': openApi };
    const { places } = await found({ ...files, [`${below}api.json`]: openApi });
    expect(places).toContain('pets/x/apiDefinition.swagger.json file-missing');
    expect(places).not.toContainEqual(expect.stringContaining('openapi3-unsupported'));
    expect((await found({ 'openapi.json': openApi })).places).toContain('openapi.json openapi3-unsupported');
  });

  test('without a connector is an error, and so is a name without a file', async () => {
    expect((await found({ 'a/readme.txt': '' }, 'a')).stderr).toMatch(/^Error: a doesn't contain a connector\.\n/u);
    expect((await found({}, 'none')).stderr).toMatch(/^Error: File does not exist: none\nSearched in .+\.\n$/u);
  });

  test.each([
    ['api.yaml', 'host: a.example\nswagger: "2.0"\n', 'api.yaml is YAML. Convert it with:\n  paconn convert api.yaml'],
    [
      'my orders.json',
      '{ "item": [], "info": { "_postman_id": "1" } }',
      'my orders.json is a Postman collection. Convert it with:\n  paconn convert "my orders.json"',
    ],
    ['api.json', '{ "info": {}, "paths": {} }', 'api.json has no version of OpenAPI. Add: "swagger": "2.0"'],
  ])('without a connector names what one can be made of: %s', async (name, content, words) => {
    const files = { [name]: content, 'package.json': '{ "name": "x" }', 'build.yml': 'jobs: {}\n' };
    const hint = (await found(files)).stderr;
    expect(hint).toBe(`Error: API Definition must be specified.\n${words}\n`);
    const below = Object.fromEntries(Object.entries(files).map(([file, text]) => [`a/${file}`, text]));
    expect(await found(below, 'a')).toMatchObject({
      exitCode: 1,
      stderr: `Error: a doesn't contain a connector.\n${words.replace(name, `a/${name}`).replace(/convert ("?)(.+)/u, 'convert $1a/$2 --output-dir a')}\n`,
    });
  });

  test.each([
    ['sw.yaml', 'host: a.example\nswagger: "2.0"\n', 'a/sw.yaml yaml-unsupported'],
    ['orders.json', '{ "info": { "_postman_id": "1" } }', 'a/orders.json postman-unsupported'],
    ['build.yaml', 'jobs: {}\n', `a/${definition} file-missing`],
  ])('with API properties, and %s in place of the API definition', async (name, content, place) => {
    const files = { 'a/apiProperties.json': petStoreProperties, [`a/${name}`]: content };
    expect((await found(files, 'a')).places).toEqual([place]);
  });

  test('of another tool is not a connector folder, regardless of its file names', async () => {
    const files = {
      'a/package.json': '{ "openapi": "3.0.1", "swagger": "2.0" }',
      'a/orders.schema.json': petStore(),
      'a/openapi-definition.json': '{ "info": {}, "paths": {}, "host": "" }',
    };
    expect((await found(files, 'a')).stderr).toMatch(/^Error: a doesn't contain a connector\.\n/u);
  });

  test('with a large definition is recognized, also if its version comes last', async () => {
    const { swagger, ...rest } = JSON.parse(petStore());
    const long = { 'x-note': 'x'.repeat(70_000) };
    const text = JSON.stringify({ info: rest.info, paths: rest.paths, ...rest, ...long, swagger: '2' });
    expect(swagger).toBe('2.0');
    const { places } = await found({ 'a/orders.json': text, 'a/apiProperties.json': petStoreProperties }, 'a');
    expect(places).toContain('a/orders.json swagger-version');
  });

  test.each([
    ['{ "apiDefinition": "x/def.json"', 'settings.json json-syntax'],
    ['{', 'settings.json json-syntax'],
  ])('with broken settings is told, one fault, and once: %s', async (settings, place) => {
    const own = { 'settings.json': settings };
    expect((await found(own)).places).toEqual([place]);
    expect((await found(own, '.')).places).toEqual([place]);
    // What else would be said of the same folder follows from it.
    expect((await found({ ...own, 'orders.json': petStore() })).places).toEqual([place]);
  });

  test('with broken settings and folders below it: both are reported', async () => {
    const files = {
      ...connector('a', faulty),
      'editor/settings.json': '{ "editor": 1',
      'settings.json': '{ "editor": ',
      'b/settings.json': '{ "connectorId": ',
    };
    expect((await found(files)).places).toEqual(['b/settings.json json-syntax', `a/${definition} swagger-version`]);
  });

  test('has the files that its settings name', async () => {
    const settings = JSON.stringify({ apiDefinition: 'old.json', script: 'code.csx', icon: 'none.png' });
    const files = { ...connector('a'), 'a/old.json': faulty, 'a/code.csx': 'class', 'a/settings.json': settings };
    const { places } = await found(files, 'a');
    expect(places).toContain('a/old.json swagger-version');
    expect(places).toContain('a/code.csx script-class-missing');
    expect(places).toContain('a/settings.json settings-file-missing');
  });
});

describe('files', () => {
  test('of one folder are one connector, and are checked together', async () => {
    const properties = petStoreProperties.replace('"capabilities"', '"scriptOperations": ["Nope"], "capabilities"');
    const files = { ...connector('a'), 'a/apiProperties.json': properties, 'a/s.csx': petScript() };
    const paths = [`a/${definition}`, 'a/apiProperties.json', 'a/s.csx'];
    expect((await found(files, ...paths)).places).toEqual(['a/apiProperties.json script-operation-unknown']);
  });

  test('of two folders, or two of a kind, are several', async () => {
    const files = { 'a/one.json': faulty, 'a/two.json': faulty, 'b/one.json': faulty };
    const { places, summary } = await found(files, 'a/one.json', 'a/two.json', 'b/one.json');
    expect(places).toHaveLength(3);
    expect(summary).toMatchObject({ connectors: 3 });
  });

  test.each([
    ['--api-prop', 'p.json', '{}', 'required-property'],
    ['--icon', 'i.png', 'no picture', 'icon-not-image'],
    ['--script', 's.csx', 'no script', 'script-class-missing'],
  ])('can be named by %s alone', async (flag, name, content, rule) => {
    const { exitCode, places } = await found({ [name]: content }, flag, name);
    expect(exitCode).toBe(1);
    expect(places).toContain(`${name} ${rule}`);
  });

  test('by all options together', async () => {
    const files = { 'd.json': petStore(), 'p.json': petStoreProperties };
    const { exitCode, summary } = await found(files, '-d', 'd.json', '-p', 'p.json');
    expect({ exitCode, files: summary.files }).toEqual({ exitCode: 0, files: 2 });
  });

  test('that are named twice or are not part of a connector are usage errors', async () => {
    const files = { 'd.json': petStore(), 'notes.txt': '' };
    expect(await found(files, 'd.json', '-d', 'd.json')).toMatchObject({
      exitCode: 2,
      stderr: "Error: d.json and the options that name files can't be used together.\n",
    });
    expect(await found(files, 'notes.txt')).toMatchObject({ exitCode: 2 });
  });

  test("an option without a value doesn't use the folder after it as its value", async () => {
    await using workspace = await Workspace.create(undefined, { files: connector('a') });
    for (const args of [
      ['--offline', 'a'],
      ['--info', 'false', '--offline', 'a'],
      ['a', '--offline', 'true'],
      ['--offline', '--', 'a'],
    ]) {
      const { exitCode, stderr } = await runInProcess(workspace, 'validate', ...args);
      expect({ args, exitCode, stderr: slashed(stderr) }).toEqual({
        args,
        exitCode: 0,
        stderr: `a/${definition} validated successfully.\n`,
      });
    }
  });

  test('a huge icon is read partly and reported as too large', async () => {
    const { places } = await found({ 'i.png': Buffer.concat([petIcon(), Buffer.alloc(20_000_000)]) }, 'i.png');
    expect(places).toEqual(['i.png icon-too-large']);
  });
});

test('all named connectors are sent to the service, each with its problems', async () => {
  await using cloud = await FakeCloud.start();
  cloud.validator = (text) => ({ status: 200, body: text.includes('Faulty') ? '"Error : info/title : Bad."' : '""' });
  const files = { ...connector('a'), ...connector('b', petStore({ title: 'Faulty' })) };
  await using workspace = await signedIn(cloud, { files });
  const { exitCode, stdout, stderr } = await workspace.paconn('validate', 'a', 'b', '--pau', cloud.url);
  expect({ exitCode, stderr }).toEqual({ exitCode: 1, stderr: 'Error: 1 of 2 connectors has errors.\n' });
  expect(slashed(stdout)).toMatch(/^b\/apiDefinition\.swagger\.json\n {2}4:14 {2}error {2}Bad\. {2}service\n/u);
  expect(cloud.requests).toHaveLength(2);
});

describe('the service that is asked', () => {
  const valid = petStore();

  test('is that of the settings of the folder, or of the folder of a file', async () => {
    await using cloud = await FakeCloud.start();
    const settings = JSON.stringify({ powerAppsUrl: cloud.url });
    const files = { ...connector('a', valid), 'a/settings.json': settings };
    await using workspace = await signedIn(cloud, { files });
    for (const path of ['a', 'a/apiDefinition.swagger.json']) {
      expect(await workspace.paconn('validate', path)).toMatchObject({ exitCode: 0, stdout: '' });
    }
    expect(await workspace.run(['validate'], { directory: 'a' })).toMatchObject({ exitCode: 0, stdout: '' });
    expect(cloud.requests).toHaveLength(3);
  });

  test('is another for another folder, and an option counts more than all of them', async () => {
    await using cloud = await FakeCloud.start();
    await using other = await FakeCloud.start();
    const files = {
      ...connector('a', valid),
      'a/settings.json': JSON.stringify({ powerAppsUrl: cloud.url }),
      ...connector('b', valid),
      'b/settings.json': JSON.stringify({ powerAppsUrl: other.url }),
      ...connector('c', valid),
      'c/settings.json': JSON.stringify({ powerAppsUrl: cloud.url }),
    };
    await using workspace = await signedIn(cloud, { files });
    await workspace.paconn('validate', '.', '--online');
    expect([cloud.requests.length, other.requests.length]).toEqual([2, 1]);
    await workspace.paconn('validate', 'b', '--pau', cloud.url);
    expect([cloud.requests.length, other.requests.length]).toEqual([3, 1]);
  });

  test("is not asked if the settings can't be read", async () => {
    await using cloud = await FakeCloud.start();
    const files = { ...connector('a', valid), 'a/settings.json': '{ "powerAppsUrl": 1 }' };
    await using workspace = await signedIn(cloud, { files });
    const { exitCode, stderr } = await workspace.paconn('validate', 'a');
    expect({ exitCode, stderr }).toEqual({ exitCode: 1, stderr: expect.stringContaining('powerAppsUrl') });
  });
});
