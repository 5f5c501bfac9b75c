import { describe, expect, test } from 'vitest';
import { petIcon, petStore } from '../support/pet-store.ts';
import { runInProcess } from '../support/run-in-process.ts';
import { exportedSolution, guid, type SolutionConnectorFiles } from '../support/solution.ts';
import { Workspace } from '../support/workspace.ts';
import { zipOf, zipOfFiles } from '../support/zip.ts';

type Files = Record<string, string | Uint8Array>;

const orders: SolutionConnectorFiles = { name: 'new_orders', definition: petStore(), icon: petIcon(), id: guid(1) };
const connector = exportedSolution([orders]);
const flow = exportedSolution([orders], { flows: ['Feed'] });
const workflow = Object.keys(flow).find((name) => name.startsWith('Workflows/')) ?? '';

interface PackageFiles {
  readonly connector?: Files | Uint8Array;
  readonly flow?: Files | Uint8Array;
  /** In place of package.zip, or beside it. */
  readonly inner?: (files: Files) => Files;
  readonly outer?: (files: Files) => Files;
}

const toZip = (files: Files | Uint8Array): Uint8Array => (files instanceof Uint8Array ? files : zipOfFiles(files));

/** A package as Microsoft's page on submission describes it. */
function packageOf(given: PackageFiles = {}): Uint8Array {
  const { inner = (files) => files, outer = (files) => files } = given;
  const assets = {
    'PkgAssets/ConnectorSolution.zip': toZip(given.connector ?? connector),
    'PkgAssets/FlowSolution.zip': toZip(given.flow ?? flow),
  };
  return zipOfFiles(outer({ 'intro.md': '# Orders\n', 'package.zip': zipOfFiles(inner(assets)) }));
}

async function check(bytes: Uint8Array, ...args: readonly string[]) {
  await using workspace = await Workspace.create(undefined, { files: { 'P.zip': bytes } });
  const line = ['validate', 'P.zip', '--offline', '--format', 'json', ...args];
  const { exitCode, stdout, stderr } = await runInProcess(workspace, ...line);
  const { findings, summary } = JSON.parse(stdout || '{"findings":[]}');
  const ofPackage = findings.filter(({ rule }: { rule: string }) => rule.startsWith('package-'));
  return { exitCode, stderr, summary, findings, ofPackage };
}

function without(files: Files, ...names: readonly string[]): Files {
  return Object.fromEntries(Object.entries(files).filter(([name]) => !names.includes(name)));
}

function edited(files: Files, name: string, text: string | RegExp, by: string): Files {
  const content = String(files[name]);
  const changed = content.replace(text, by);
  expect(changed).not.toBe(content);
  return { ...files, [name]: changed };
}

/** A solution in which nothing is left of its connector. */
function emptied(files: Files): Files {
  const xml = String(files['customizations.xml']);
  const rest = Object.fromEntries(Object.entries(files).filter(([name]) => !name.startsWith('Connector/')));
  return { ...rest, 'customizations.xml': xml.replace(/<Connectors>[^]*<\/Connectors>/u, '<Connectors />') };
}

test('a valid package has no problems, and its connector is checked once', async () => {
  const { findings, ofPackage, summary } = await check(packageOf(), '--certification');
  expect(ofPackage).toEqual([]);
  expect(summary).toMatchObject({ connectors: 1 });
  const files = new Set(findings.map(({ file }: { file: string }) => file));
  expect([...files]).toContain(
    'P.zip!/package.zip!/PkgAssets/ConnectorSolution.zip!/Connector/new_orders_openapidefinition.json',
  );
});

const connectorZip = 'P.zip!/package.zip!/PkgAssets/ConnectorSolution.zip';
const flowZip = 'P.zip!/package.zip!/PkgAssets/FlowSolution.zip';

/** Each single problem of the table of policies: where it is found, and by which rule. */
const problems: readonly (readonly [
  what: string,
  places: readonly string[],
  code: string | undefined,
  rule: string,
  given: PackageFiles,
])[] = [
  [
    'no icon',
    [`${connectorZip}!/customizations.xml:6`],
    '5000.1.1.1',
    'icon-missing',
    { connector: without(connector, 'Connector/new_orders_iconblob.Png') },
  ],
  ['no intro', ['P.zip:1'], '5000.1.1.2', 'intro-missing', { outer: (files) => without(files, 'intro.md') }],
  [
    'no API definition',
    [`${connectorZip}!/customizations.xml:6`],
    '5000.1.1.3',
    'definition-missing',
    { connector: without(connector, 'Connector/new_orders_openapidefinition.json') },
  ],
  [
    'an API definition that is not named',
    [`${connectorZip}!/customizations.xml:6`],
    '5000.1.1.3',
    'definition-missing',
    { connector: edited(connector, 'customizations.xml', /<openapidefinition>.*<\/openapidefinition>/u, '') },
  ],
  [
    'no flow',
    ['P.zip!/package.zip:1'],
    '5000.1.1.6',
    'solution-missing',
    { inner: (files) => without(files, 'PkgAssets/FlowSolution.zip') },
  ],
  [
    'no connector',
    ['P.zip!/package.zip:1'],
    '5000.1.1.6',
    'solution-missing',
    { inner: (files) => without(files, 'PkgAssets/ConnectorSolution.zip') },
  ],
  [
    'a flow without the connector',
    [`${flowZip}!/customizations.xml:1`],
    '5000.1.1.7',
    'flow-without-connector',
    {
      flow: {
        ...edited(
          flow,
          'customizations.xml',
          `<customconnectorid><connectorid>${guid(1)}`,
          `<customconnectorid><connectorid>${guid(9)}`,
        ),
        [workflow]: '{}',
      },
    },
  ],
  [
    'a flow that only mentions the connector',
    [`${flowZip}!/customizations.xml:1`],
    '5000.1.1.7',
    'flow-without-connector',
    {
      flow: {
        ...edited(flow, 'customizations.xml', /<connectionreferences>.*<\/connectionreferences>/u, ''),
        [workflow]: JSON.stringify({
          properties: {
            connectionReferences: {},
            definition: { actions: { Send: { type: 'Http', inputs: { body: { logicalName: orders.name } } } } },
          },
        }),
      },
    },
  ],
  [
    'a connector of a flow that is no component',
    [`${flowZip}!/customizations.xml:6`],
    '5000.1.1.8',
    'connector-missing',
    { flow: edited(flow, 'solution.xml', /<RootComponent type="372"[^>]*>/u, '') },
  ],
  [
    'a connector that is no component',
    [`${connectorZip}!/customizations.xml:6`],
    '5000.1.1.8',
    'connector-missing',
    { connector: edited(connector, 'solution.xml', guid(1), guid(8)) },
  ],
  [
    'no element of the connector',
    [`${connectorZip}!/customizations.xml:1`],
    '5000.1.1.8',
    'connector-missing',
    { connector: emptied(connector) },
  ],
  ...['solution.xml', 'customizations.xml'].map(
    (name) =>
      [
        `no ${name}`,
        [`${connectorZip}:1`],
        '5000.1.1.10',
        'solution-files-missing',
        { connector: without(connector, name) },
      ] as const,
  ),
  [
    'no content types',
    [`${connectorZip}:1`],
    '5000.1.1.10',
    'solution-files-missing',
    { connector: without(connector, '[Content_Types].xml') },
  ],
  [
    'a file of the connector that is named and absent',
    [`${connectorZip}!/customizations.xml:14`],
    '5000.1.1.10',
    'solution-files-missing',
    { connector: without(connector, 'Connector/new_orders_connectionparameters.json') },
  ],
  [
    'a file that is named and absent',
    [`${flowZip}!/customizations.xml:14`],
    '5000.1.1.10',
    'solution-files-missing',
    { flow: without(flow, 'Connector/new_orders_connectionparameters.json') },
  ],
  [
    'a folder at the root',
    ['P.zip!/docs:1'],
    '5000.1.1.11',
    'root-invalid',
    { outer: (files) => ({ ...files, 'docs/a.txt': '' }) },
  ],
  [
    'a second ZIP file',
    ['P.zip!/second.zip:1'],
    '5000.1.1.11',
    'root-invalid',
    { outer: (files) => ({ ...files, 'second.zip': zipOfFiles({}) }) },
  ],
  [
    'a second intro',
    ['P.zip!/readme.md:1'],
    '5000.1.1.11',
    'root-invalid',
    { outer: (files) => ({ ...files, 'readme.md': '' }) },
  ],
  ['no package.zip', ['P.zip:1'], '5000.1.1.11', 'root-invalid', { outer: (files) => without(files, 'package.zip') }],
  [
    'a damaged package.zip',
    ['P.zip!/package.zip:1'],
    '5000.1.1.12',
    'assets-missing',
    { outer: (files) => ({ ...files, 'package.zip': 'damaged' }) },
  ],
  [
    'no folder of assets',
    ['P.zip!/package.zip:1'],
    '5000.1.1.12',
    'assets-missing',
    { inner: (files) => ({ 'a.zip': files['PkgAssets/ConnectorSolution.zip'] ?? '' }) },
  ],
  [
    'two folders of assets',
    ['P.zip!/package.zip:1'],
    '5000.1.1.12',
    'assets-missing',
    { inner: (files) => ({ ...files, 'More/a.txt': '' }) },
  ],
  [
    'a folder among the solutions',
    ['P.zip!/package.zip!/PkgAssets/deep:1'],
    '5000.1.1.13',
    'root-invalid',
    { inner: (files) => ({ ...files, 'PkgAssets/deep/a.txt': '' }) },
  ],
  [
    'no solution',
    ['P.zip!/package.zip!/PkgAssets:1'],
    '5000.1.1.13',
    'solution-zip-missing',
    { inner: () => ({ 'PkgAssets/a.txt': '' }) },
  ],
  [
    'no folder of workflows',
    [`${flowZip}!/customizations.xml:4`],
    '5000.1.1.14',
    'workflows-missing',
    { flow: without(flow, workflow) },
  ],
  [
    'a workflow that nothing names',
    [`${flowZip}!/Workflows/Other.json:1`],
    '5000.1.1.15',
    'workflow-mismatch',
    { flow: { ...flow, 'Workflows/Other.json': '{}' } },
  ],
  [
    'a workflow that is absent',
    [`${flowZip}!/customizations.xml:4`, `${flowZip}!/Workflows/Fed-${guid(50).toUpperCase()}.json:1`],
    '5000.1.1.15',
    'workflow-mismatch',
    { flow: { ...without(flow, workflow), ...{ [workflow.replace('Feed', 'Fed')]: String(flow[workflow]) } } },
  ],
  ['a damaged solution', [`${flowZip}:1`], '5000.1.1.16', 'solution-invalid', { flow: Buffer.from('damaged') }],
  [
    'an encrypted solution',
    [`${flowZip}:1`],
    '5000.1.1.16',
    'solution-invalid',
    { flow: zipOf([{ name: 'solution.xml', content: '<a/>', flags: 1 }]) },
  ],
  [
    'XML that is not well-formed',
    [`${connectorZip}!/solution.xml:29`],
    '5000.1.1.16',
    'solution-invalid',
    { connector: edited(connector, 'solution.xml', '</SolutionManifest>', '') },
  ],
  [
    'a solution in a folder',
    [`${connectorZip}:1`],
    '5000.1.1.16',
    'solution-invalid',
    { connector: Object.fromEntries(Object.entries(connector).map(([name, content]) => [`Orders/${name}`, content])) },
  ],
  [
    'another component',
    [`${connectorZip}!/solution.xml:26`],
    '5000.1.1.17',
    'connector-solution-invalid',
    {
      connector: edited(
        connector,
        'solution.xml',
        '</RootComponents>',
        '<RootComponent type="1" id="{x}" /></RootComponents>',
      ),
    },
  ],
  [
    'a second connector',
    [`${connectorZip}!/customizations.xml:18`],
    '5000.1.1.17',
    'connector-solution-invalid',
    { connector: exportedSolution([orders, { ...orders, name: 'new_more', id: guid(2) }]) },
  ],
  [
    'the files of the connector in another folder',
    [`${connectorZip}:1`],
    '5000.1.1.17',
    'connector-solution-invalid',
    {
      connector: Object.fromEntries(
        Object.entries(connector).map(([name, content]) => [name.replace('Connector/', 'Connectors/'), content]),
      ),
    },
  ],
  [
    'flows in the solution with the connector',
    [`${connectorZip}!/customizations.xml:4`],
    '5000.1.1.17',
    'connector-solution-invalid',
    {
      connector: edited(
        connector,
        'customizations.xml',
        '<Workflows></Workflows>',
        '<Workflows><Workflow Name="Own"><JsonFileName>/Workflows/Own.json</JsonFileName></Workflow></Workflows>',
      ),
    },
  ],
  [
    'everything in a folder',
    ['P.zip!/P:1'],
    '5000.1.1.11',
    'root-invalid',
    { outer: (files) => Object.fromEntries(Object.entries(files).map(([name, content]) => [`P/${name}`, content])) },
  ],
  [
    'a managed solution',
    [`${connectorZip}!/solution.xml:8`],
    undefined,
    'managed',
    { connector: exportedSolution([orders], { isManaged: true }) },
  ],
  [
    'a solution that is not marked as unmanaged',
    [`${flowZip}!/solution.xml:3`],
    undefined,
    'managed',
    { flow: edited(flow, 'solution.xml', '<Managed>0</Managed>', '') },
  ],
];

test.each(problems)('%s is refused with its place and code: %j %s', async (_what, places, code, rule, given) => {
  const { exitCode, ofPackage } = await check(packageOf(given), '--certification');
  expect(exitCode).toBe(1);
  const rules = new Set(ofPackage.map((finding: { rule: string }) => finding.rule));
  expect([...rules]).toEqual([`package-${rule}`]);
  const codes = new Set(ofPackage.map((finding: { policy?: string }) => finding.policy));
  expect([...codes]).toEqual([code]);
  expect(ofPackage.map(({ file, line }: { file: string; line: number }) => `${file}:${line}`)).toEqual(places);
});

test('an empty package is refused with its code', async () => {
  await using workspace = await Workspace.create(undefined, { files: { 'P.zip': zipOfFiles({ 'notes.txt': '' }) } });
  const { exitCode, stdout } = await runInProcess(workspace, 'package', '--check', 'P.zip', '-o', 'json');
  expect({ exitCode, findings: JSON.parse(stdout).findings }).toMatchObject({
    exitCode: 1,
    findings: [{ rule: 'package-files-missing', policy: '5000.1.1.5', level: 'error', file: 'P.zip' }],
  });
});

test('several ways to sign in ask for customProperties.json, with a warning', async () => {
  const sets = JSON.stringify({ uiDefinition: { displayName: 'Type', description: 'Type' }, values: [] });
  const withSets = exportedSolution([{ ...orders, sets }]);
  const { ofPackage } = await check(packageOf({ connector: withSets }), '--certification');
  expect(ofPackage).toMatchObject([
    { rule: 'package-custom-properties-missing', level: 'warning', policy: '5000.1.1.5', file: 'P.zip' },
  ]);
});

test.each<[string, string, string, string, PackageFiles]>([
  [
    'an empty list of policies',
    `${connectorZip}!/Connector/new_orders_policytemplateinstances.json`,
    '5000.1.1.16',
    'policy-instances-empty',
    { connector: exportedSolution([{ ...orders, policies: '[]' }]) },
  ],
  [
    'another name of the folder with the solutions',
    'P.zip!/package.zip!/Assets',
    '5000.1.1.12',
    'package-assets-name',
    {
      inner: (files) =>
        Object.fromEntries(Object.entries(files).map(([name, content]) => [name.replace('Pkg', ''), content])),
    },
  ],
])('%s is warned of with its place and code: %s %s', async (_what, file, policy, rule, given) => {
  const { findings } = await check(packageOf(given), '--certification');
  const found = findings.filter((finding: { rule: string }) => finding.rule === rule);
  expect(found).toMatchObject([{ level: 'warning', file, policy }]);
});

test.each<[string, string, Files]>([
  [
    'a flow that is no JSON',
    `${workflow.replace('Feed', 'x'.repeat(80))} isn't valid JSON.`,
    { ...without(flow, workflow), [workflow.replace('Feed', 'x'.repeat(80))]: '{' },
  ],
  [
    'a flow whose name differs by case',
    `'${workflow}' is called '${workflow.toLowerCase().replace('w', 'W')}': names are case-sensitive.`,
    { ...without(flow, workflow), [workflow.toLowerCase().replace('w', 'W')]: String(flow[workflow]) },
  ],
])('the message of %s has what is wrong, however long the names are', async (_what, message, given) => {
  const { ofPackage } = await check(packageOf({ flow: given }), '--certification');
  expect(ofPackage.map((finding: { message: string }) => finding.message)).toContain(message);
});

test.each<[string, PackageFiles]>([
  ['a damaged package.zip', { outer: (files) => ({ ...files, 'package.zip': 'damaged' }) }],
  ['a damaged solution', { flow: Buffer.from('damaged') }],
  ['XML that is not well-formed', { connector: edited(connector, 'solution.xml', '</SolutionManifest>', '') }],
])('%s is an error also without --certification', async (_what, given) => {
  const { exitCode, ofPackage } = await check(packageOf(given));
  expect({ exitCode, levels: ofPackage.map(({ level }: { level: string }) => level) }).toEqual({
    exitCode: 1,
    levels: ['error'],
  });
});

describe('a package', () => {
  test('whose names have backslashes is read, with a warning', async () => {
    const bytes = packageOf({
      inner: (files) =>
        Object.fromEntries(Object.entries(files).map(([name, content]) => [name.replace('/', '\\'), content])),
    });
    const { ofPackage } = await check(bytes, '--certification');
    expect(ofPackage).toMatchObject([
      { rule: 'package-backslash-names', level: 'warning', file: 'P.zip!/package.zip' },
    ]);
  });

  test('may have an AI plugin, other files beside its folder, and any names', async () => {
    const plugin = exportedSolution([orders], { plugin: true });
    const bytes = packageOf({
      inner: (files) => ({
        'PkgAssets/one.zip': files['PkgAssets/ConnectorSolution.zip'] ?? '',
        'PkgAssets/two.zip': files['PkgAssets/FlowSolution.zip'] ?? '',
        'PkgAssets/three.zip': zipOfFiles(plugin),
        'PkgAssets/ImportConfig.xml': '<a />',
        'Pkg.dll': 'x',
      }),
    });
    expect((await check(bytes, '--certification')).ofPackage).toEqual([]);
  });

  test('causes warnings without --certification', async () => {
    const { ofPackage } = await check(packageOf({ outer: (files) => without(files, 'intro.md') }));
    expect(ofPackage).toMatchObject([{ rule: 'package-intro-missing', level: 'warning' }]);
    expect(ofPackage[0].policy).toBeUndefined();
  });

  test('with a workflow that differs by case is warned of', async () => {
    const renamed = { ...without(flow, workflow), [workflow.replace('Feed', 'feed')]: String(flow[workflow]) };
    const { ofPackage } = await check(packageOf({ flow: renamed }), '--certification');
    expect(ofPackage).toMatchObject([{ rule: 'package-workflow-mismatch', level: 'warning' }]);
  });

  test('that unpacks to too much ends with an error', async () => {
    const zeros = { name: 'a.zip', content: '', size: 600_000_000 };
    const { exitCode, stderr } = await check(zipOf([{ name: 'intro.md' }, zeros]));
    expect({ exitCode, stderr }).toEqual({ exitCode: 1, stderr: expect.stringContaining('too large') });
  });
});

test('a code of a package is explained with its rule', async () => {
  await using workspace = await Workspace.create(undefined, {});
  const { exitCode, stdout } = await runInProcess(workspace, 'validate', '--explain', '5000.1.1.2');
  expect(exitCode).toBe(0);
  expect(stdout).toContain('package-intro-missing');
});

/** A package with the content of package.zip in a folder. */
function unpackedIn(folder: string, given: PackageFiles = {}): Files {
  return {
    'p/intro.md': '# Orders\n',
    [`p/${folder}PkgAssets/ConnectorSolution.zip`]: toZip(given.connector ?? connector),
    [`p/${folder}PkgAssets/FlowSolution.zip`]: toZip(given.flow ?? flow),
  };
}

describe.each(['', 'package/'])('a folder with an unpacked package, in %j', (folder) => {
  const findingsOf = async (files: Files) => {
    await using workspace = await Workspace.create(undefined, { files });
    const line = ['validate', 'p', '--offline', '--certification', '--format', 'json'];
    const { stdout } = await runInProcess(workspace, ...line);
    const { findings, summary } = JSON.parse(stdout);
    return { summary, ofPackage: findings.filter(({ rule }: { rule: string }) => rule.startsWith('package-')) };
  };

  test('is checked as a package, with its connector', async () => {
    const { ofPackage, summary } = await findingsOf(unpackedIn(folder));
    expect(ofPackage).toEqual([]);
    expect(summary).toMatchObject({ connectors: 1 });
  });

  test('has problems where its files are', async () => {
    const files = { ...unpackedIn(folder, { flow: Buffer.from('damaged') }), [`p/${folder}PkgAssets/deep/a.txt`]: '' };
    const { ofPackage } = await findingsOf(files);
    const places = ofPackage.map(({ rule, file }: { rule: string; file: string }) => [rule, file]);
    expect(places.toSorted()).toEqual([
      ['package-root-invalid', `p/${folder}PkgAssets/deep`],
      ['package-solution-invalid', `p/${folder}PkgAssets/FlowSolution.zip`],
    ]);
  });

  test('is checked by package --check, and is no connector to make a package of', async () => {
    await using workspace = await Workspace.create(undefined, { files: unpackedIn(folder) });
    const { stdout } = await runInProcess(workspace, 'package', '--check', 'p', '-o', 'json');
    expect(JSON.parse(stdout)).toMatchObject({ path: 'p' });
    expect(await runInProcess(workspace, 'package', 'p')).toMatchObject({
      exitCode: 1,
      stderr: expect.stringContaining('Check it with: paconn validate p --certification'),
    });
  });
});

describe('ZIP files in a folder that is named', () => {
  const zip = zipOfFiles(connector);

  test('are noted beside connectors: they are not used', async () => {
    const files = { 'all/C.zip': zip, 'all/more/F.zip': zip, 'all/pets/apiDefinition.swagger.json': petStore() };
    await using workspace = await Workspace.create(undefined, {
      files: { ...files, 'all/pets/apiProperties.json': '{ "properties": {} }' },
    });
    const note =
      "Note: ZIP files in folders aren't used: all/C.zip, all/more/F.zip. To use a solution, pass its name.\n";
    const checked = await runInProcess(workspace, 'validate', 'all', '--offline');
    expect(checked.stderr).toContain(note);
    const deployed = await runInProcess(workspace, 'deploy', 'all', '--dry-run');
    expect(deployed.stderr).toContain(note);
    const named = await runInProcess(workspace, 'validate', 'all', 'all/C.zip', '--offline');
    expect(named.stderr).toContain("Note: ZIP files in folders aren't used: all/more/F.zip.");
  });

  test('are named where there is nothing else', async () => {
    await using workspace = await Workspace.create(undefined, { files: { 'all/C.zip': zip } });
    for (const command of ['validate', 'deploy', 'convert']) {
      const args = command === 'convert' ? ['all', '--to', 'files'] : ['all'];
      expect((await runInProcess(workspace, command, ...args)).stderr).toContain(
        "Error: all doesn't contain a connector.\nZIP files in it: all/C.zip. To use a solution, pass its name.\n",
      );
    }
  });
});
