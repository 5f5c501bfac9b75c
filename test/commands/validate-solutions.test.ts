import { describe, expect, test } from 'vitest';
import { FakeCloud } from '../support/fake-cloud/fake-cloud.ts';
import { petIcon, petScript, petStore } from '../support/pet-store.ts';
import { runInProcess } from '../support/run-in-process.ts';
import { signedIn } from '../support/signed-in.ts';
import { exportedSolution, guid, type SolutionConnectorFiles, unpackedSolution } from '../support/solution.ts';
import { Workspace, type WorkspaceFiles } from '../support/workspace.ts';
import { zipOfFiles } from '../support/zip.ts';

type Files = NonNullable<WorkspaceFiles['files']>;

/** Runs validate without the service; where its findings are. */
async function found(files: Files, ...args: readonly string[]) {
  await using workspace = await Workspace.create(undefined, { files });
  const { exitCode, stdout, stderr } = await runInProcess(
    workspace,
    'validate',
    '--offline',
    '--format',
    'json',
    ...args,
  );
  const { findings, summary } = stdout === '' ? { findings: [], summary: undefined } : JSON.parse(stdout);
  const places: string[] = findings.map(
    ({ file, line, column, pointer, rule }: Record<string, string | number>) =>
      `${file}:${line}:${column} ${pointer} ${rule}`,
  );
  return { exitCode, stderr, places, summary };
}

function below(folder: string, files: Readonly<Record<string, string | Uint8Array>>): Files {
  return Object.fromEntries(Object.entries(files).map(([name, content]) => [`${folder}/${name}`, content]));
}

const parameters = JSON.stringify(
  { api_key: { type: 'securestring', uiDefinition: { displayName: 'API key', constraints: { required: 'true' } } } },
  undefined,
  2,
);
const orders: SolutionConnectorFiles = { name: 'new_orders', definition: petStore(), parameters, id: guid(1) };
const shops: SolutionConnectorFiles = { ...orders, name: 'new_shops', id: guid(2) };
const scripted: SolutionConnectorFiles = {
  ...orders,
  script: petScript(),
  scriptOperations: '["GetPet"]',
  icon: petIcon(),
};

/** The same in each form: how it is named, and how a file of it is. */
const forms = [
  ['unpacked', unpackedSolution, 'src', (file: string) => `src/Connectors/${file}`],
  ['extracted', exportedSolution, 'src', (file: string) => `src/Connector/${file}`],
  ['exported', exportedSolution, 'Orders.zip', (file: string) => `Orders.zip!/Connector/${file}`],
] as const;

function inForm(form: string, files: Readonly<Record<string, string | Uint8Array>>): Files {
  return form === 'exported' ? { 'Orders.zip': zipOfFiles(files) } : below('src', files);
}

describe.each(forms)('a solution that is %s', (form, make, path, file) => {
  test('is checked, connector by connector', async () => {
    expect(await found(inForm(form, make([scripted, shops])), path)).toMatchObject({
      exitCode: 0,
      places: [],
      stderr: '2 connectors validated successfully.\n',
    });
  });

  test('has findings in its own files, at their own lines', async () => {
    const faulty = {
      ...scripted,
      definition: petStore().replace('"2.0"', '"2"'),
      parameters: parameters.replace('"securestring"', '"text"'),
      policies: '[\n  { "templateId": "nonsense" }\n]',
      script: 'class',
      scriptOperations: '["Nope"]',
      color: '#white',
    };
    const { exitCode, places } = await found(inForm(form, make([shops, faulty])), path);
    expect(exitCode).toBe(1);
    const lines = places.map((place) => place.replace(/^(.*?):(\d+):\d+ (\S*) /u, '$1:$2 $3 '));
    expect(lines).toContain(`${file('new_orders_openapidefinition.json')}:2 /swagger swagger-version`);
    expect(lines).toContain(
      `${file('new_orders_connectionparameters.json')}:3 /api_key/type connection-parameter-type-unknown`,
    );
    expect(lines.filter((line) => line.includes('_policytemplateinstances.json:2 /0'))).not.toEqual([]);
    expect(lines.filter((line) => line.includes('customcodeblobcontent.csx:1'))).not.toEqual([]);
    const xml =
      form === 'unpacked' ? 'src/Connectors/new_orders.xml' : file('customizations.xml').replace('Connector/', '');
    expect(lines.filter((line) => line.startsWith(xml)).map((line) => line.replace(/^.* /u, ''))).toEqual(
      expect.arrayContaining(['brand-color-invalid', 'script-operation-unknown']),
    );
  });

  test("has no problems with parts that a solution can't contain, also for certification", async () => {
    const { places } = await found(inForm(form, make([scripted])), path, '--certification', '--info');
    const rules = places.map((place) => place.replace(/^.* /u, ''));
    for (const rule of ['publisher-missing', 'stack-owner-missing', 'readme-missing', 'file-name', 'file-missing'])
      expect(rules).not.toContain(rule);
  });

  test('has its broken JSON reported once, in the file', async () => {
    const broken = { ...orders, parameters: '{\n  "api_key": { "type": "securestring" ' };
    const { exitCode, places } = await found(inForm(form, make([broken])), path);
    expect(exitCode).toBe(1);
    expect(places.every((place) => place.includes('json-syntax') || place.includes('_connectionparameters.json'))).toBe(
      true,
    );
  });

  test('has a duplicate key reported once', async () => {
    const twice = { ...orders, parameters: parameters.replace('{', '{ "api_key": { "type": "securestring" },') };
    const { places } = await found(inForm(form, make([twice])), path);
    expect(places.filter((place) => place.includes('duplicate'))).toEqual([
      `${file('new_orders_connectionparameters.json')}:2:3 /api_key json-duplicate-key`,
    ]);
  });

  test('without a color warns at the connector', async () => {
    const { exitCode, places } = await found(inForm(form, make([{ ...orders, color: '' }])), path, '--certification');
    expect(exitCode).toBe(1);
    const missing = places.filter((place) => place.endsWith('brand-color-missing'));
    expect(missing).toHaveLength(1);
  });

  test('with an empty color warns at its element', async () => {
    const empty = Object.entries(make([{ ...orders, color: '#da3b01' }])).map(([name, content]) => [
      name,
      typeof content === 'string' ? content.replace('>#da3b01<', '>\n<') : content,
    ]);
    const files: Readonly<Record<string, string | Uint8Array>> = Object.fromEntries(empty);
    const { places } = await found(inForm(form, files), path);
    const place = places.find((one) => one.endsWith('brand-color-missing')) ?? '';
    const [, name = '', line = ''] = /^(?:.*[!/])?([^:]+):(\d+):/u.exec(place) ?? [];
    const text = Object.entries(files).find(([one]) => one.endsWith(name))?.[1];
    expect(String(text).split('\n')[Number(line) - 1]).toContain('<iconbrandcolor>');
  });
});

describe('a folder', () => {
  test('with the files of connectors alone is checked', async () => {
    const files = unpackedSolution([orders, shops]);
    const alone = Object.fromEntries(Object.entries(files).filter(([name]) => name.endsWith('.json')));
    expect(await found(alone, 'Connectors')).toMatchObject({ exitCode: 0, summary: { connectors: 2, errors: 0 } });
    expect(await found(alone, '.')).toMatchObject({ exitCode: 0, summary: { connectors: 2, errors: 0 } });
  });

  test('with the XML of connectors next to their files is checked with it', async () => {
    const { 'Connectors/new_orders.xml': xml = '', ...files } = unpackedSolution([
      { ...scripted, scriptOperations: '["Nope"]', color: 'red' },
    ]);
    const alone = Object.entries({ ...files, 'Connectors/new_orders.xml': xml }).flatMap(([name, content]) =>
      name.startsWith('Connectors/') ? [[name.replace('Connectors/', ''), content] as const] : [],
    );
    const { places } = await found(Object.fromEntries(alone), '.');
    expect(places.map((place) => place.replace(/:.* /u, ' '))).toEqual([
      'new_orders.xml brand-color-invalid',
      'new_orders.xml script-operation-unknown',
    ]);
  });

  test.each([
    ['solution.xml', '</Publisher>', ''],
    ['customizations.xml', '</Connectors>', ''],
    ['customizations.xml', /^.*$/su, ''],
    ['customizations.xml', '<Connectors>', '<Connectors>&own;'],
    ['[Content_Types].xml', /^.*$/su, 'text'],
  ])('with %s that is not well-formed fails at the line: %s', async (name, text, by) => {
    const files = exportedSolution([orders]);
    const broken = { ...files, [name]: String(files[name]).replace(text, by) };
    const { exitCode, places } = await found({ 'S.zip': zipOfFiles(broken) }, 'S.zip');
    expect({ exitCode, places: places.filter((place) => place.includes('solution-')) }).toEqual({
      exitCode: 1,
      places: [expect.stringMatching(/^S\.zip!\/\S+\.xml:\d+:\d+ {2}solution-xml-invalid$/u)],
    });
  });

  test('without policies has null or an empty list', async () => {
    for (const policies of ['null', '[]', ' [ ] ']) {
      const files = below('src', unpackedSolution([{ ...orders, policies }]));
      expect(await found(files, 'src')).toMatchObject({ exitCode: 0, places: [] });
    }
  });

  test('is not a solution if it has its own API definition', async () => {
    const files = {
      ...unpackedSolution([orders]),
      'apiDefinition.swagger.json': petStore(),
      'apiProperties.json': '{}',
    };
    expect((await found(files, '.')).stderr).toContain('apiProperties.json has errors');
  });

  test('can be the current one', async () => {
    expect(await found(unpackedSolution([orders]))).toMatchObject({ exitCode: 0, summary: { connectors: 1 } });
  });

  test('with a solution without connectors is reported', async () => {
    expect(await found(below('src', unpackedSolution([])), 'src')).toMatchObject({
      exitCode: 1,
      stderr: expect.stringContaining("src doesn't contain a connector"),
    });
  });
});

test('a ZIP file of the folder with a solution is told from one without', async () => {
  const inFolder = Object.fromEntries(
    Object.entries(exportedSolution([orders])).map(([n, c]) => [`src/Orders/${n}`, c]),
  );
  await using workspace = await Workspace.create(undefined, {
    settings: null,
    files: { 'S.zip': zipOfFiles(inFolder) },
  });
  expect(await runInProcess(workspace, 'validate', 'S.zip', '--offline')).toMatchObject({
    exitCode: 1,
    stderr:
      "Error: S.zip doesn't contain a connector.\nIts solution is in the folder 'src/Orders'. Zip the files in that folder.\n",
  });
});

test('an empty list of policies is found by the rules of certification', async () => {
  const zip = zipOfFiles(exportedSolution([{ ...orders, policies: '[]' }]));
  const { places } = await found({ 'S.zip': zip }, 'S.zip', '--certification');
  expect(places).toContainEqual(
    expect.stringMatching(/^\S+_policytemplateinstances.json:1:1  policy-instances-empty$/u),
  );
});

test('--fix changes the API definition of an unpacked solution, and nothing in a ZIP file', async () => {
  const faulty = { ...orders, definition: petStore().replace('"2.0"', '"2"') };
  const zip = zipOfFiles(exportedSolution([faulty]));
  const files = { ...below('src', unpackedSolution([faulty])), 'Orders.zip': zip };
  await using workspace = await Workspace.create(undefined, { files });
  expect(await runInProcess(workspace, 'validate', '--offline', '--fix', 'src')).toMatchObject({ exitCode: 0 });
  expect(await workspace.readJson('src/Connectors/new_orders_openapidefinition.json')).toMatchObject({
    swagger: '2.0',
  });
  expect(await runInProcess(workspace, 'validate', '--offline', '--fix', 'Orders.zip')).toMatchObject({ exitCode: 1 });
  expect(await workspace.readBytes('Orders.zip')).toEqual(zip);
});

test('the service is asked about the connectors of a solution, and its findings have their lines', async () => {
  await using cloud = await FakeCloud.start();
  cloud.validator = () => ({ status: 200, body: '"Error : info/title : Bad."' });
  await using workspace = await signedIn(cloud, { files: { 'Orders.zip': zipOfFiles(exportedSolution([orders])) } });
  const { exitCode, stdout } = await runInProcess(workspace, 'validate', 'Orders.zip', '--pau', cloud.url);
  expect(exitCode).toBe(1);
  expect(stdout).toMatch(/^Orders\.zip!\/Connector\/new_orders_openapidefinition\.json\n {2}4:14 {2}error {2}Bad\./u);
});
