import { describe, expect, test } from 'vitest';
import { readXml } from '../../src/solution/read-xml.ts';
import { readZip } from '../../src/solution/read-zip.ts';
import type { XmlElement } from '../../src/solution/xml.ts';
import { petIcon, petScript, petStore, petStoreProperties } from '../support/pet-store.ts';
import { runInProcess } from '../support/run-in-process.ts';
import { exportedSolution, guid, unpackedSolution } from '../support/solution.ts';
import { Workspace, type WorkspaceFiles } from '../support/workspace.ts';
import { zipOfFiles } from '../support/zip.ts';

async function workspaceWith(files: NonNullable<WorkspaceFiles['files']>): Promise<Workspace> {
  return await Workspace.create(undefined, { files });
}

const pets = {
  'pets/apiDefinition.swagger.json': petStore(),
  'pets/apiProperties.json': petStoreProperties,
  'pets/icon.png': petIcon(),
  'pets/script.csx': petScript(),
};
const publisher = ['--prefix', 'new', '--publisher-name', 'Contoso'];

const orders = { name: 'new_orders', definition: petStore({ title: 'Orders' }), id: guid(1) };
const texts = {
  displayName: 'Pets & mehr',
  description: 'Für "alle"\n<Haustiere>',
  publisherDisplayName: 'Contoso & Söhne',
  publisherDescription: 'Ein Haus.',
  email: 'a@b.io',
  website: 'https://contoso.example/?a=1&b=2',
  optionValuePrefix: 12_345,
  language: 1031,
};

describe('convert --to solution', () => {
  test('writes a ZIP file that convert --to files converts back to the same files', async () => {
    await using workspace = await workspaceWith(pets);
    const converted = await runInProcess(workspace, 'convert', 'pets', '--to', 'solution', ...publisher, '-o', 'json');
    expect(converted).toMatchObject({
      exitCode: 0,
      stderr: `Note: An import doesn't compile the script. After the import, upload the script with paconn update --script <file>.
Solution new_pet20storeConnector: new_pet20storeConnector.zip
`,
    });
    expect(JSON.parse(converted.stdout)).toMatchObject({
      result: 'converted',
      path: 'new_pet20storeConnector.zip',
      solution: { version: '1.0.0.0', connector: { name: 'new_pet-20store' } },
    });
    const back = await runInProcess(
      workspace,
      'convert',
      'new_pet20storeConnector.zip',
      '--to',
      'files',
      '--out',
      'back',
    );
    expect(back).toMatchObject({ exitCode: 0, stderr: 'Pet Store: back\n' });
    for (const name of ['apiDefinition.swagger.json', 'icon.png', 'script.csx']) {
      expect(await workspace.readBytes(`back/${name}`)).toEqual(await workspace.readBytes(`pets/${name}`));
    }
    expect(await workspace.readJson('back/settings.json')).toMatchObject({ script: 'script.csx', icon: 'icon.png' });
    expect(await runInProcess(workspace, 'validate', 'back', '--offline')).toMatchObject({ exitCode: 0 });
    expect(await runInProcess(workspace, 'validate', 'new_pet20storeConnector.zip', '--offline')).toMatchObject({
      exitCode: 0,
    });
  });

  test('writes an unpacked solution into a folder, by the settings file', async () => {
    const solution = {
      prefix: 'con',
      publisherName: 'Contoso',
      name: 'Pets',
      version: '1.2.3.4',
      connectorId: guid(7),
    };
    const settings = { apiDefinition: 'apiDefinition.swagger.json', apiProperties: 'apiProperties.json' };
    await using workspace = await workspaceWith({
      ...pets,
      'pets/settings.json': JSON.stringify({ ...settings, paconn: { solution } }),
    });
    expect(await runInProcess(workspace, 'convert', 'pets', '--to', 'solution', '--out', 'out/pets')).toMatchObject({
      exitCode: 0,
    });
    const manifest = await workspace.read('out/pets/Other/Solution.xml');
    for (const text of ['<UniqueName>Pets</UniqueName>', '<Version>1.2.3.4</Version>', `id="{${guid(7)}}"`])
      expect(manifest).toContain(text);
    expect(await runInProcess(workspace, 'validate', 'out/pets', '--offline')).toMatchObject({ exitCode: 0 });
  });

  test('reports omitted parts, and values that an import refuses', async () => {
    await using workspace = await workspaceWith({
      ...pets,
      'pets/apiDefinition.swagger.json': petStore().replace('"description": "', `"description": "${'x'.repeat(1000)}`),
      'pets/apiProperties.json': petStoreProperties
        .replace('{', '{ "$schema": "x", "own": 1,')
        .replace('"capabilities": []', '"capabilities": ["blob"]'),
      'pets/settings.json': JSON.stringify({
        apiDefinition: 'apiDefinition.swagger.json',
        apiProperties: 'apiProperties.json',
        icon: 'icon.png',
        paconn: { solution: { publisherName: 'Contoso', publisherDisplayName: 'x'.repeat(257) } },
      }),
    });
    const { exitCode, stderr } = await runInProcess(workspace, 'convert', 'pets', '--to', 'solution', ...publisher);
    expect(exitCode).toBe(0);
    expect(stderr).toMatch(/^Note: Not in a solution: \$schema, own, capabilities\.$/mu);
    expect(stderr).toMatch(/^Warning: 'description' has 1,\d+ characters\. An import allows 1,000\.$/mu);
    expect(stderr).toContain("Warning: 'LocalizedNames of the publisher' has 257 characters. An import allows 256.\n");
    expect(stderr).toContain("Note: pets/script.csx isn't used because settings.json names other files.\n");
    const { files } = await readZip(await workspace.readBytes('new_pet20storeConnector.zip'), 'a.zip');
    expect([...files.keys()].filter((name) => name.endsWith('.csx'))).toEqual([]);
  });

  test.each([
    [['pets', '--to', 'solution', '--tag', 'a', '--strict'], '--tag, --strict'],
    [['pets', '--to', 'solution', '--output-dir', 'x'], '--output-dir'],
    [['S.zip', '--to', 'files', '--prefix', 'new'], '--prefix'],
    [['S.zip', '--to', 'files', '--output-file', 'x'], '--output-file'],
    [['S.zip', '--to', 'files', '--out', '-'], '--out -'],
    [['pets/apiDefinition.swagger.json', '--out', 'x'], '--out'],
  ])('refuses options of another conversion: %j', async (args, option) => {
    await using workspace = await workspaceWith(pets);
    const { exitCode, stderr } = await runInProcess(workspace, 'convert', ...args);
    expect({ exitCode, stderr }).toEqual({ exitCode: 2, stderr: expect.stringContaining(`Error: ${option} `) });
    expect(await workspace.list('.')).toEqual(Object.keys(pets).toSorted());
  });

  test.each([
    ['pets/apiProperties.json', ['pets', '--to', 'solution', ...publisher]],
    ['made.zip', ['pets', '--to', 'solution', ...publisher, '--out', 'made.zip']],
    ['made/Other/Solution.xml', ['pets', '--to', 'solution', ...publisher, '--out', 'made']],
    ['S.zip', ['S.zip', '--to', 'files', '--out', 'x']],
    ['unpacked/Other/Solution.xml', ['unpacked', '--to', 'files', '--out', 'x']],
    ['x/settings.json', ['S.zip', '--to', 'files', '--out', 'x']],
  ])('does not print the result into %s, which %j reads or writes', async (file, args) => {
    const one = { name: 'new_pets', definition: petStore() };
    await using workspace = await workspaceWith({
      ...pets,
      'S.zip': zipOfFiles(exportedSolution([one])),
      ...Object.fromEntries(
        Object.entries(unpackedSolution([one])).map(([name, content]) => [`unpacked/${name}`, content]),
      ),
    });
    const before = await workspace.list('.');
    const result = await runInProcess(workspace, 'convert', ...args, '-o', 'json', '--output-file', file);
    expect(result).toMatchObject({ exitCode: 2, stdout: '' });
    expect(result.stderr).toContain(`${file} is a file that this command uses.`);
    expect(await workspace.list('.')).toEqual(before);
  });

  test('reports missing values in a pipeline without a prompt', async () => {
    await using workspace = await workspaceWith(pets);
    const { exitCode, stderr } = await runInProcess(workspace, 'convert', 'pets', '--to', 'solution');
    expect(exitCode).toBe(2);
    expect(stderr).toMatch(/--prefix and --publisher-name/u);
  });

  test.each([
    ['--prefix', '1a', /must have 2 to 8 letters/u],
    ['--prefix', 'mscrmx', /must have 2 to 8 letters/u],
    ['--publisher-name', 'a b', /must have letters/u],
    ['--solution-name', '1a', /must have letters/u],
    ['--solution-version', 'x', /must be a version/u],
    ['--connector-id', 'x', /must be a GUID/u],
  ])('refuses %s %s', async (option, value, message) => {
    await using workspace = await workspaceWith(pets);
    const options = [...publisher, option, value];
    const { exitCode, stderr } = await runInProcess(workspace, 'convert', 'pets', '--to', 'solution', ...options);
    expect({ exitCode, stderr }).toEqual({ exitCode: 2, stderr: expect.stringMatching(message) });
  });

  test('overwrites only with --overwrite', async () => {
    await using workspace = await workspaceWith({ ...pets, 'a.zip': 'mine' });
    const line = ['convert', 'pets', '--to', 'solution', ...publisher, '--out', 'a.zip'];
    expect(await runInProcess(workspace, ...line)).toMatchObject({
      exitCode: 2,
      stderr: 'Error: a.zip already exists.\nOverwrite it with --overwrite.\n',
    });
    expect(await workspace.read('a.zip')).toBe('mine');
    expect(await runInProcess(workspace, ...line, '--overwrite')).toMatchObject({ exitCode: 0 });
  });
});

test.each([
  ['a ZIP file', ['pets', '--to', 'solution', '--out', 'a.zip']],
  ['a folder', ['pets', '--to', 'solution', '--out', 'a']],
  ['the files of a connector', ['S.zip', '--to', 'files', '--out', 'a']],
])('convert --dry-run does not write %s', async (_what, args) => {
  const solution = zipOfFiles(exportedSolution([{ name: 'new_orders', definition: petStore(), id: guid(1) }]));
  await using workspace = await workspaceWith({ ...pets, 'S.zip': solution });
  const before = await workspace.list('.');
  const forSolution = args.includes('solution') ? publisher : [];
  const { exitCode, stderr } = await runInProcess(workspace, 'convert', ...args, ...forSolution, '--dry-run');
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: expect.stringMatching(/would be written to a/u) });
  expect(await workspace.list('.')).toEqual(before);
});

test('convert --to solution says that a ZIP file is no folder, and how to go on', async () => {
  await using workspace = await workspaceWith({ 'S.zip': zipOfFiles(exportedSolution([orders])) });
  expect(await runInProcess(workspace, 'convert', 'S.zip', '--to', 'solution')).toMatchObject({
    exitCode: 2,
    stderr:
      "Error: S.zip is a ZIP file, not the folder of a connector.\nIf it's a solution, write its files with: paconn convert S.zip --to files\n",
  });
});

describe('convert --to files', () => {
  const shops = { name: 'new_shops', definition: petStore({ title: 'Shops' }), id: guid(2) };
  const ofSeveral = 'Note: Not in the files: the name and version of the solution, which has other connectors.\n';

  test.each([
    ['a ZIP file', 'S.zip', { 'S.zip': zipOfFiles(exportedSolution([orders, shops])) }],
    ['an unpacked solution', '.', unpackedSolution([orders, shops])],
  ])('makes a folder for each connector of %s', async (_what, source, files) => {
    await using workspace = await workspaceWith(files);
    expect(await runInProcess(workspace, 'convert', source, '--to', 'files', '--out', 'out')).toMatchObject({
      exitCode: 0,
      stderr: `Orders: out/Orders\nShops: out/Shops\n${ofSeveral}`,
    });
    expect(await workspace.read('out/Orders/apiDefinition.swagger.json')).toBe(orders.definition);
    expect(await runInProcess(workspace, 'validate', 'out', '--offline')).toMatchObject({ exitCode: 0 });
  });

  test('names the folders of connectors with one title by their names in the solution', async () => {
    const zip = zipOfFiles(exportedSolution([orders, { ...orders, name: 'new_orders2', id: guid(3) }, shops]));
    await using workspace = await workspaceWith({ 'S.zip': zip });
    expect(await runInProcess(workspace, 'convert', 'S.zip', '--to', 'files')).toMatchObject({
      exitCode: 0,
      stderr: `Orders: new_orders\nOrders: new_orders2\nShops: Shops\n${ofSeveral}`,
    });
  });

  test.each([
    ['convert', 'S.zip', '--to', 'files'],
    ['init', 'x', '--from', 'S.zip'],
    ['diff', 'S.zip', 'pets'],
    ['show', 'S.zip'],
  ])('loses nothing of a solution with broken XML: paconn %s', async (...args) => {
    const files = exportedSolution([orders]);
    const xml = String(files['customizations.xml']).replace('</Connectors>', '');
    const zip = zipOfFiles({ ...files, 'customizations.xml': xml });
    await using workspace = await workspaceWith({ 'S.zip': zip, ...pets });
    const before = await workspace.list('.');
    expect(await runInProcess(workspace, ...args)).toMatchObject({
      exitCode: 1,
      stderr: expect.stringMatching(/^Error: S\.zip!\/customizations\.xml:\d+:\d+ isn't well-formed XML\.$/mu),
    });
    expect(await workspace.list('.')).toEqual(before);
  });

  test('writes nothing where two connectors have one name', async () => {
    const twins = exportedSolution([orders, { ...orders, definition: petStore({ title: 'Bills' }), id: guid(2) }]);
    const unpacked = Object.entries(unpackedSolution([orders]));
    const several = ['a', 'b'].flatMap((folder) => unpacked.map(([name, file]) => [`several/${folder}/${name}`, file]));
    await using workspace = await workspaceWith({ 'Twins.zip': zipOfFiles(twins), ...Object.fromEntries(several) });
    for (const source of ['Twins.zip', 'several']) {
      const before = await workspace.list();
      const result = await runInProcess(workspace, 'convert', source, '--to', 'files', '--out', 'out');
      expect(result).toMatchObject({ exitCode: 2, stderr: expect.stringContaining(' would both be written to ') });
      expect(await workspace.list()).toEqual(before);
    }
  });

  test('overwrites only with --overwrite, and refuses files that are not a solution', async () => {
    const zip = zipOfFiles(exportedSolution([orders]));
    await using workspace = await workspaceWith({
      'S.zip': zip,
      'Orders/settings.json': 'mine',
      ...pets,
      'E.zip': zipOfFiles({ 'a.txt': '' }),
    });
    expect(await runInProcess(workspace, 'convert', 'S.zip', '--to', 'files')).toMatchObject({
      exitCode: 2,
      stderr: 'Error: Orders/settings.json already exists.\nOverwrite it with --overwrite.\n',
    });
    expect(await workspace.read('Orders/settings.json')).toBe('mine');
    expect(await workspace.list('Orders')).toEqual(['settings.json']);
    expect(await runInProcess(workspace, 'convert', 'pets', '--to', 'files')).toMatchObject({ exitCode: 2 });
    expect(await runInProcess(workspace, 'convert', 'E.zip', '--to', 'files')).toMatchObject({ exitCode: 1 });
    expect(await runInProcess(workspace, 'convert', 'S.zip')).toMatchObject({ exitCode: 2 });
  });

  test.each([
    [
      'unpacked',
      'src',
      Object.fromEntries(Object.entries(unpackedSolution([orders])).map(([n, c]) => [`src/${n}`, c])),
    ],
    ['exported', 'S.zip', { 'S.zip': zipOfFiles(exportedSolution([orders])) }],
  ])('a solution that is %s becomes the same solution again', async (_form, source, files) => {
    await using workspace = await workspaceWith(files);
    expect(await runInProcess(workspace, 'convert', source, '--to', 'files', '--out', 'orders')).toMatchObject({
      exitCode: 0,
    });
    expect(await workspace.readJson('orders/settings.json')).toMatchObject({
      paconn: {
        solution: { name: 'Orders', version: '1.0.0.1', prefix: 'new', publisherName: 'contoso', connectorId: guid(1) },
      },
    });
    const again = await runInProcess(workspace, 'convert', 'orders', '--to', 'solution', '--out', 'again');
    expect({ exitCode: again.exitCode, stderr: again.stderr }).toMatchObject({ exitCode: 0 });
    expect((await workspace.list('again')).toSorted()).toEqual(Object.keys(unpackedSolution([orders])).toSorted());
    expect(await workspace.read('again/Connectors/new_orders_openapidefinition.json')).toBe(orders.definition);
    expect(await workspace.read('again/Connectors/new_orders.xml')).toContain(`<connectorid>${guid(1)}</connectorid>`);
    const manifest = await workspace.read('again/Other/Solution.xml');
    for (const text of ['<UniqueName>Orders<', '<Version>1.0.0.1<', '<UniqueName>contoso<', 'Prefix>new<'])
      expect(manifest).toContain(text);
  });

  test('an exact title or name wins over one in other letters', async () => {
    const titled = { ...shops, definition: petStore({ title: 'NEW_ORDERS' }) };
    await using workspace = await workspaceWith({ 'S.zip': zipOfFiles(exportedSolution([orders, titled])) });
    const show = ['show', 'S.zip', '-o', 'json', '--solution-connector'];
    const exact = await runInProcess(workspace, ...show, 'NEW_ORDERS');
    expect({ ...exact, name: JSON.parse(exact.stdout || '{}').name }).toMatchObject({
      exitCode: 0,
      name: 'NEW_ORDERS',
    });
    const titledAs = { ...shops, definition: petStore({ title: 'Contoso  Shops' }) };
    await workspace.write('T.zip', zipOfFiles(exportedSolution([orders, titledAs])));
    const cased = await runInProcess(workspace, 'show', 'T.zip', '-o', 'json', '--solution-connector', 'contoso shops');
    expect({ ...cased, name: JSON.parse(cased.stdout || '{}').name }).toMatchObject({ name: 'Contoso  Shops' });
    const other = await runInProcess(workspace, ...show, 'New_Orders');
    expect({ ...other, name: JSON.parse(other.stdout || '{}').name }).toMatchObject({ exitCode: 0, name: 'Orders' });
  });

  test('keeps a name that does not follow from the title, and each ID of several connectors', async () => {
    const renamed = { ...orders, name: 'new_older-20name' };
    await using workspace = await workspaceWith({ 'S.zip': zipOfFiles(exportedSolution([renamed, shops])) });
    expect(await runInProcess(workspace, 'convert', 'S.zip', '--to', 'files')).toMatchObject({ exitCode: 0 });
    expect(await workspace.readJson('Orders/settings.json')).toMatchObject({
      paconn: { solution: { connectorName: 'new_older-20name', connectorId: guid(1) } },
    });
    expect(JSON.stringify(await workspace.readJson('Shops/settings.json'))).not.toMatch(/connectorName|"name"/u);
    const again = await runInProcess(workspace, 'convert', 'Orders', '--to', 'solution', '-o', 'json');
    expect(JSON.parse(again.stdout)).toMatchObject({
      solution: { connector: { name: 'new_older-20name', id: guid(1) } },
    });
  });
});

/** The values in solution.xml, each on a line. */
async function manifestOf(zip: Uint8Array): Promise<string[]> {
  const { files } = await readZip(zip, 'S.zip');
  const { root } = readXml('solution.xml', files.get('solution.xml') ?? new Uint8Array());
  const linesOf = ({ name, text, attributes, children }: XmlElement): string[] => [
    `${name} ${text} ${attributes['description'] ?? ''} ${attributes['languagecode'] ?? ''}`,
    ...children.flatMap(linesOf),
  ];
  return root ? linesOf(root) : [];
}

/** Without what a solution of ours doesn't write: empty addresses. */
function withoutAddresses(lines: readonly string[]): readonly string[] {
  return lines.filter((line) => !/^(?:Address|City|FreightTermsCode)/u.test(line));
}

test('a solution keeps its name and publisher after a conversion to files', async () => {
  const zip = zipOfFiles(exportedSolution([orders], { texts }));
  await using workspace = await workspaceWith({ 'S.zip': zip });
  expect(await runInProcess(workspace, 'convert', 'S.zip', '--to', 'files', '--out', 'a')).toMatchObject({
    exitCode: 0,
    stderr: 'Orders: a\n',
  });
  expect(await workspace.readJson('a/settings.json')).toMatchObject({ paconn: { solution: texts } });
  const back = ['convert', 'a', '--to', 'solution', '--out'];
  expect(await runInProcess(workspace, ...back, 'b.zip')).toMatchObject({ exitCode: 0 });
  expect(withoutAddresses(await manifestOf(await workspace.readBytes('b.zip')))).toEqual(
    withoutAddresses(await manifestOf(zip)),
  );
  // What another publisher and another solution are called is not what these are.
  const others = ['--publisher-name', 'fabrikam', '--solution-name', 'Own'];
  expect(await runInProcess(workspace, ...back, 'c.zip', ...others)).toMatchObject({ exitCode: 0 });
  const lines = (await manifestOf(await workspace.readBytes('c.zip'))).join('\n');
  expect(lines).not.toMatch(/Contoso|Pets|alle|Haus|b\.io|12345/u);
});

test('a publisher without a name in the language of the solution keeps the one in another', async () => {
  const files = exportedSolution([orders], { texts: { publisherDisplayName: 'Contoso & Sons', language: 1033 } });
  const manifest = String(files['solution.xml'])
    .replace('languagecode="1033" generatedBy', 'languagecode="1031" generatedBy')
    .replace('10000<', '<');
  await using workspace = await workspaceWith({ 'S.zip': zipOfFiles({ ...files, 'solution.xml': manifest }) });
  const { stderr } = await runInProcess(workspace, 'convert', 'S.zip', '--to', 'files', '--out', 'a');
  expect(stderr).toContain('Note: Not in the files: texts in other languages, the option value prefix.\n');
  expect(await workspace.readJson('a/settings.json')).toMatchObject({
    paconn: { solution: { publisherDisplayName: 'Contoso & Sons', language: 1031 } },
  });
});

test.each(['convert', 'init'])('%s names what of a solution is not in the files', async (command) => {
  const files = exportedSolution([{ ...orders, title: 'Orders of Contoso' }], { texts: { city: 'Köln' } });
  const zip = zipOfFiles({
    ...files,
    'solution.xml': String(files['solution.xml'])
      .replace('<Managed>0', '<Managed>1')
      .replace('<LocalizedName ', '<LocalizedName description="Aufträge" languagecode="1031" /><LocalizedName ')
      .replace('<RootComponent ', '<RootComponent type="1" schemaName="new_pet" behavior="0" /><RootComponent ')
      .replace('<MissingDependencies />', '<MissingDependencies><MissingDependency /></MissingDependencies>'),
    'customizations.xml': String(files['customizations.xml']).replace(
      '<connectortype>1<',
      '<introducedversion>1.0</introducedversion><connectortype>2<',
    ),
  });
  await using workspace = await workspaceWith({ 'S.zip': zip });
  const args = command === 'init' ? ['x', '--from', 'S.zip'] : ['S.zip', '--to', 'files'];
  const { exitCode, stderr } = await runInProcess(workspace, command, ...args);
  expect({ exitCode, stderr }).toEqual({
    exitCode: 0,
    stderr: expect.stringContaining(
      "Note: Not in the files: the display name 'Orders of Contoso', connectortype, introducedversion, another component, " +
        'texts in other languages, contact details of the publisher, that the solution is managed, missing dependencies.\n',
    ),
  });
});

test.each([
  ['optionValuePrefix', 9_999, "'paconn.solution.optionValuePrefix' must be at least 10000"],
  ['language', 'de', "'paconn.solution.language' must be a number"],
  ['email', 5, "'paconn.solution.email'"],
  [
    'displayName',
    'Or\u0000ders',
    String.raw`A solution can't contain the character U+0000, which is in "Or\u0000ders".`,
  ],
  ['email', 'a\uD800b', String.raw`A solution can't contain the character U+D800, which is in "a\ud800b".`],
])('refuses %s: %j in the settings of a solution', async (name, value, message) => {
  const solution = { prefix: 'new', publisherName: 'Contoso', [name]: value };
  const settings = JSON.stringify({ apiDefinition: 'apiDefinition.swagger.json', paconn: { solution } });
  await using workspace = await workspaceWith({ ...pets, 'pets/settings.json': settings });
  const { exitCode, stderr } = await runInProcess(workspace, 'convert', 'pets', '--to', 'solution');
  expect({ exitCode, stderr }).toEqual({ exitCode: 1, stderr: expect.stringContaining(message) });
});
