import { failureIn } from '../support/failure.ts';
import { chmod, utimes } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { isReadable } from '../../src/solution/connector-package.ts';
import { readZipTree } from '../../src/solution/read-zip.ts';
import {
  certifiableConnector as orders,
  certifiableDefinition as definition,
  certifiableFiles as files,
  certifiableFlow as flow,
  certifiableProperties as properties,
} from '../support/certifiable.ts';
import { runInProcess } from '../support/run-in-process.ts';
import { exportedSolution, guid } from '../support/solution.ts';
import { Workspace, type WorkspaceFiles } from '../support/workspace.ts';
import { zipOf, zipOfFiles } from '../support/zip.ts';

const publisher = ['--prefix', 'new', '--publisher-name', 'Contoso'];
const line = ['package', 'orders', '--flow', 'Flow.zip', ...publisher];

async function workspaceWith(more: NonNullable<WorkspaceFiles['files']> = {}): Promise<Workspace> {
  return await Workspace.create(undefined, { files: { ...files, ...more } });
}

describe('package', () => {
  test('writes nested ZIP files from copies: the same input has the same bytes', async () => {
    await using workspace = await workspaceWith();
    const before = await workspace.list('.');
    const created = await runInProcess(workspace, ...line);
    expect(created).toMatchObject({ exitCode: 0, stdout: 'orders/ConnectorPackage.zip\n' });
    expect(created.stderr).toContain('Note: Not in a solution: publisher, stackOwner.\n');
    expect(created.stderr).toContain('PkgAssets/FlowSolution.zip');
    expect(created.stderr).toMatch(/Not checked here: .*5000\.1\.1\.4/u);
    expect(await workspace.list('.')).toEqual([...before, 'orders/ConnectorPackage.zip'].toSorted());
    const bytes = await workspace.readBytes('orders/ConnectorPackage.zip');
    const outer = await readZipTree(bytes, 'P.zip');
    expect([...outer.files.keys()]).toEqual(['intro.md', 'package.zip']);
    expect(Buffer.from(outer.files.get('intro.md') ?? []).toString()).toBe(files['orders/readme.md']);
    const inner = outer.nested.get('package.zip');
    if (!isReadable(inner)) throw new Error('package.zip is damaged');
    expect([...inner.files.keys()]).toEqual(['PkgAssets/ConnectorSolution.zip', 'PkgAssets/FlowSolution.zip']);
    expect(Buffer.from(inner.files.get('PkgAssets/FlowSolution.zip') ?? [])).toEqual(flow);
    expect(await runInProcess(workspace, ...line)).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining('Overwrite it with --overwrite'),
    });
    expect(await runInProcess(workspace, ...line, '--overwrite', '-o', 'json')).toMatchObject({ exitCode: 0 });
    expect(await workspace.readBytes('orders/ConnectorPackage.zip')).toEqual(bytes);
    expect(await runInProcess(workspace, 'package', '--check', 'orders/ConnectorPackage.zip')).toMatchObject({
      exitCode: 0,
      stderr: expect.stringContaining('orders/ConnectorPackage.zip validated successfully.'),
    });
  });

  test('uses solutions, an introduction, and custom properties from options', async () => {
    const connector = zipOfFiles(exportedSolution([orders]));
    const plugin = zipOfFiles(exportedSolution([orders], { plugin: true }));
    await using workspace = await workspaceWith({
      'C.zip': connector,
      'P.zip': plugin,
      'own.md': '# Own\n\n## Known issues\n',
      'custom.json': '{}',
    });
    const given = ['--connector-solution', 'C.zip', '--plugin', 'P.zip', '--intro', 'own.md'];
    const custom = ['--custom-properties', 'custom.json', '--out', 'out/P.zip', '-o', 'json'];
    const { exitCode, stdout } = await runInProcess(
      workspace,
      'package',
      'orders',
      '--flow',
      'Flow.zip',
      ...given,
      ...custom,
    );
    expect(exitCode).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      result: 'created',
      path: 'out/P.zip',
      sha256: expect.stringMatching(/^[\da-f]{64}$/u),
      entries: [
        { path: 'intro.md', size: 23 },
        { path: 'customProperties.json', size: 2 },
        { path: 'PkgAssets/ConnectorSolution.zip', size: connector.length },
        { path: 'PkgAssets/FlowSolution.zip', size: flow.length },
        { path: 'PkgAssets/PluginSolution.zip', size: plugin.length },
      ],
    });
  });

  test.each<[string, NonNullable<WorkspaceFiles['files']>, readonly string[], RegExp]>([
    ['without a flow', {}, ['package', 'orders', ...publisher], /5000\.1\.1\.6/u],
    [
      'with an error in the files',
      { 'orders/apiDefinition.swagger.json': definition.replace('"2.0"', '"3.0"') },
      line,
      /swagger-version {2}5000\.2\.6\.3/u,
    ],
    ['with a damaged flow', { 'Flow.zip': 'damaged' }, line, /package-solution-invalid {2}5000\.1\.1\.16/u],
    [
      'with a flow that has an encrypted file',
      { 'Flow.zip': zipOf([{ name: 'solution.xml', flags: 1 }]) },
      line,
      /^Flow\.zip\n.*Flow\.zip: solution\.xml is encrypted\. +package-solution-invalid/mu,
    ],
    [
      'with a broken file in the flow',
      {
        'Flow.zip': zipOfFiles({
          ...exportedSolution([orders], { flows: ['Feed'] }),
          'customizations.xml': '<ImportExportXml>',
        }),
      },
      line,
      /^Flow\.zip!\/customizations\.xml\n {2}1:18 /mu,
    ],
    ['with a flow as plugin', {}, [...line, '--plugin', 'Flow.zip'], /package-solution-extra/u],
    [
      'with a managed flow',
      { 'Flow.zip': zipOfFiles(exportedSolution([orders], { flows: ['Feed'], isManaged: true })) },
      line,
      /package-managed/u,
    ],
    [
      'with a client secret',
      {
        'orders/apiProperties.json': properties.replace(
          '"type": "securestring"',
          '"type": "oauthSetting", "oAuthSettings": { "clientSecret": "s3cret" }',
        ),
      },
      line,
      /client secret/u,
    ],
    [
      'with another version in the flow',
      {
        'Flow.zip': zipOfFiles(
          exportedSolution([{ ...orders, definition: definition.replace('Get an order', 'Fetch an order') }], {
            flows: ['Feed'],
          }),
        ),
      },
      line,
      /package-out-of-date/u,
    ],
  ])('is refused %s, and nothing is written', async (_what, more, args, message) => {
    await using workspace = await workspaceWith(more);
    const { exitCode, stderr } = await runInProcess(workspace, ...args);
    expect({ exitCode, stderr }).toEqual({ exitCode: 1, stderr: expect.stringMatching(message) });
    expect(await workspace.list('.')).not.toContain('orders/ConnectorPackage.zip');
  });

  test.each([
    ['Flow.zip', line],
    ['orders/apiDefinition.swagger.json', line],
    ['orders/readme.md', line],
    ['own.md', [...line, '--intro', 'own.md']],
    ['orders', ['package', 'orders', '--independent', '--intro', 'own.md']],
  ])('never replaces a file that it reads: %s', async (out, args) => {
    await using workspace = await workspaceWith({ 'own.md': '# Own\n\n## Known issues\n' });
    const before = await Promise.all((await workspace.list('.')).map(async (name) => await workspace.read(name)));
    expect(await runInProcess(workspace, ...args, '--overwrite', '--out', out)).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining('is a file that this command uses.\nChoose another one with --out.\n'),
    });
    expect(await Promise.all((await workspace.list('.')).map(async (name) => await workspace.read(name)))).toEqual(
      before,
    );
  });

  test.each([
    [['--check', 'P.zip', '--flow', 'Flow.zip', '--force'], '--flow, --force'],
    [['--check', 'P.zip', '--independent'], '--independent'],
    [['orders', '--independent', '--prefix', 'new'], '--prefix'],
    [['orders', '--flow', 'Flow.zip', '--connector-solution', 'C.zip', '--connector-id', guid(1)], '--connector-id'],
  ])('refuses options that mean nothing: %j', async (args, options) => {
    await using workspace = await workspaceWith();
    const { exitCode, stderr } = await runInProcess(workspace, 'package', ...args);
    expect({ exitCode, stderr }).toEqual({ exitCode: 2, stderr: expect.stringContaining(`Error: ${options} can't`) });
  });

  test('is refused without the icon that the settings name', async () => {
    const { 'orders/icon.png': _icon, ...rest } = files;
    const settings = { apiDefinition: 'apiDefinition.swagger.json', apiProperties: 'apiProperties.json' };
    await using workspace = await Workspace.create(undefined, {
      files: { ...rest, 'orders/settings.json': JSON.stringify({ ...settings, icon: 'icon.png' }) },
    });
    expect(await runInProcess(workspace, ...line)).toMatchObject({
      exitCode: 1,
      stderr: expect.stringContaining(
        "Error: The package needs an icon (5000.1.1.1), and orders/icon.png doesn't exist.\n",
      ),
    });
  });

  test('has the connector with the ID and name in the flow', async () => {
    const own = { ...orders, name: 'own_orders2', id: guid(9) };
    const other = { ...orders, name: 'own_other', title: 'Other', id: guid(8) };
    const flowOf = (...all: readonly (typeof own)[]): Buffer => zipOfFiles(exportedSolution(all, { flows: ['Feed'] }));
    await using workspace = await workspaceWith({
      'Flow.zip': flowOf(own),
      'Two.zip': flowOf(own, other),
      'Unclear.zip': flowOf(own, { ...own, name: 'own_orders3', id: guid(7) }),
    });
    const outcome = async (flowFile: string, ...more: readonly string[]) => {
      const args = ['package', 'orders', ...publisher, '--flow', flowFile, '--overwrite', ...more];
      const { exitCode, stderr } = await runInProcess(workspace, ...args);
      const outer = await readZipTree(await workspace.readBytes('orders/ConnectorPackage.zip'), 'P.zip');
      const inner = outer.nested.get('package.zip');
      const solution = isReadable(inner) ? inner.nested.get('PkgAssets/ConnectorSolution.zip') : undefined;
      const xml = isReadable(solution) ? Buffer.from(solution.files.get('customizations.xml') ?? []).toString() : '';
      const [id] = /(?<=<connectorid>)[^<]*/u.exec(xml) ?? [];
      const [name] = /(?<=<name>)[^<]*/u.exec(xml) ?? [];
      return { exitCode, id, name, warning: /^Warning: .*$/mu.exec(stderr)?.[0] };
    };
    const same = { exitCode: 0, id: guid(9), name: 'own_orders2', warning: undefined };
    expect(await outcome('Flow.zip')).toEqual(same);
    expect(await outcome('Two.zip')).toEqual(same);
    expect(await outcome('Flow.zip', '--connector-id', guid(5))).toMatchObject({
      id: guid(5),
      warning: `Warning: Flow.zip has the connector with another ID, so importing both creates two. Use the same one with --connector-id ${guid(9)}.`,
    });
    expect(await outcome('Unclear.zip', '--force')).toMatchObject({
      warning: expect.stringMatching(/^Warning: Unclear\.zip doesn't show which connector this is/u),
    });
  });

  test('with a solution without a flow in its place has one problem', async () => {
    await using workspace = await workspaceWith({ 'Flow.zip': zipOfFiles(exportedSolution([orders])) });
    const { exitCode, stdout } = await runInProcess(workspace, ...line, '-o', 'json');
    expect(exitCode).toBe(1);
    expect(JSON.parse(stdout).findings.map(({ rule }: { rule: string }) => rule)).toEqual(['package-solution-missing']);
  });

  test('is refused without an introduction', async () => {
    const { 'orders/readme.md': _readme, ...rest } = files;
    await using workspace = await Workspace.create(undefined, { files: rest });
    const { exitCode, stderr } = await runInProcess(workspace, ...line);
    expect({ exitCode, stderr }).toEqual({ exitCode: 1, stderr: expect.stringContaining('5000.1.1.2') });
  });

  test('is written with another version in the flow, but not in a dry run', async () => {
    const older = { ...orders, definition: definition.replace('Get an order', 'Fetch an order') };
    await using workspace = await workspaceWith({
      'Flow.zip': zipOfFiles(exportedSolution([older], { flows: ['Feed'] })),
    });
    expect(await runInProcess(workspace, ...line, '--force', '--dry-run')).toMatchObject({ exitCode: 0, stdout: '' });
    expect(await workspace.list('.')).not.toContain('orders/ConnectorPackage.zip');
    expect(await runInProcess(workspace, ...line, '--force')).toMatchObject({
      exitCode: 0,
      stderr: expect.stringMatching(/warning {2}.*has another version of the connector.*package-out-of-date/u),
    });
  });

  test('has the same bytes in any time zone, with any file permissions and times', async () => {
    await using workspace = await workspaceWith();
    const run = async (out: string, umask: string, zone: string): Promise<Buffer> => {
      const command = workspace.command(...line, '--out', out);
      const script = ['sh', '-c', `umask ${umask}; exec "$@"`, 'sh', ...command];
      const { exitCode, stderr } = await workspace.launch(script, { variables: { TZ: zone } }).finished;
      expect({ exitCode, stderr }).toMatchObject({ exitCode: 0 });
      return await workspace.readBytes(out);
    };
    const first = await run('a.zip', '022', 'Pacific/Auckland');
    for (const name of await workspace.list('orders')) {
      await utimes(workspace.path('orders', name), new Date(0), new Date(86_400_000));
      await chmod(workspace.path('orders', name), 0o700);
    }
    expect(await run('b.zip', '077', 'America/St_Johns')).toEqual(first);
    const { files: entries } = await readZipTree(first, 'a.zip');
    expect(first.includes(Buffer.from([0, 0, 0x21, 0]))).toBe(true);
    expect([...entries.keys()]).toEqual(['intro.md', 'package.zip']);
  });

  test('--out - writes the package to stdout, and nothing else', async () => {
    await using workspace = await workspaceWith();
    expect(await runInProcess(workspace, ...line)).toMatchObject({ exitCode: 0 });
    const script = ['sh', '-c', '"$@" > piped.zip', 'sh', ...workspace.command(...line, '--out', '-')];
    expect(await workspace.launch(script).finished).toMatchObject({ exitCode: 0, stdout: '' });
    expect(await workspace.readBytes('piped.zip')).toEqual(await workspace.readBytes('orders/ConnectorPackage.zip'));
    expect(await workspace.list('.')).not.toContain('-');
    for (const args of [
      ['-o', 'json'],
      ['--query', 'path'],
    ]) {
      expect(await runInProcess(workspace, ...line, '--out', '-', ...args)).toMatchObject({ exitCode: 2, stdout: '' });
    }
    expect(await runInProcess(workspace, ...line, '--out', '-', '--dry-run')).toMatchObject({
      exitCode: 0,
      stdout: '',
    });
  });

  test('is compared with the files next to it', async () => {
    await using workspace = await workspaceWith();
    expect(await runInProcess(workspace, ...line)).toMatchObject({ exitCode: 0 });
    const check = ['validate', 'orders/ConnectorPackage.zip', '--offline', '--certification'];
    expect((await runInProcess(workspace, ...check)).stdout).not.toContain('package-out-of-date');
    await workspace.write('orders/apiDefinition.swagger.json', definition.replace('Get an order', 'Fetch an order'));
    const { stdout } = await runInProcess(workspace, ...check);
    expect(stdout).toMatch(
      /ConnectorSolution\.zip!\/customizations\.xml\n.*warning {2}.*another version.*\/paths\/~1orders~1\{id\}\/get\/summary.*package-out-of-date/u,
    );
    expect(stdout).toMatch(/FlowSolution\.zip!\/customizations\.xml\n.*package-out-of-date/u);
    // Elsewhere there is nothing to compare it with.
    await workspace.write('P.zip', await workspace.readBytes('orders/ConnectorPackage.zip'));
    expect((await runInProcess(workspace, 'validate', 'P.zip', '--offline', '--certification')).stdout).not.toContain(
      'package-out-of-date',
    );
  });

  test('is checked when it is unpacked', async () => {
    await using workspace = await workspaceWith();
    expect(await runInProcess(workspace, ...line)).toMatchObject({ exitCode: 0 });
    const { files: entries } = await readZipTree(await workspace.readBytes('orders/ConnectorPackage.zip'), 'P.zip');
    for (const [name, bytes] of entries) await workspace.write(`sub/${name}`, bytes);
    expect(await runInProcess(workspace, 'package', '--check', 'sub')).toMatchObject({ exitCode: 0 });
    await workspace.write('sub/second.md', '');
    await workspace.write('sub/docs/a.txt', '');
    const { exitCode, stdout } = await runInProcess(workspace, 'package', '--check', 'sub');
    expect(exitCode).toBe(1);
    expect(stdout).toMatch(/sub\/docs\n.*package-root-invalid {2}5000\.1\.1\.11/u);
    expect(stdout).toMatch(/sub\/second\.md\n.*package-root-invalid {2}5000\.1\.1\.11/u);
  });

  test('--check refuses a package with a problem', async () => {
    await using workspace = await workspaceWith({ 'P.zip': zipOfFiles({ 'intro.md': '#', 'package.zip': 'damaged' }) });
    expect(await runInProcess(workspace, 'package', '--check', 'P.zip')).toEqual({
      exitCode: 1,
      stdout: expect.stringMatching(/package-assets-missing {2}5000\.1\.1\.12/u),
      stderr: 'Error: Certification would reject P.zip: 1 error.\n',
    });
    const { exitCode, stdout, stderr } = await runInProcess(workspace, 'package', '--check', 'P.zip', '-o', 'json');
    expect(exitCode).toBe(1);
    expect(failureIn(stderr).message).toBe('Certification would reject P.zip: 1 error.');
    expect(JSON.parse(stdout)).toMatchObject({
      result: 'invalid',
      findings: [{ rule: 'package-assets-missing', level: 'error', policy: '5000.1.1.12' }],
    });
  });

  test.each([
    ['a solution', 'Flow.zip', 'Error: Flow.zip is a solution, not a package for certification.\n'],
    ['a folder without a package', 'orders', "Error: orders doesn't contain ConnectorPackage.zip.\n"],
  ])('--check refuses %s', async (_what, source, message) => {
    await using workspace = await workspaceWith();
    expect(await runInProcess(workspace, 'package', '--check', source)).toMatchObject({
      exitCode: 1,
      stderr: expect.stringContaining(message),
    });
  });

  test('--check looks at the package in the folder of a connector', async () => {
    await using workspace = await workspaceWith({ 'orders/ConnectorPackage.zip': zipOfFiles({ 'intro.md': '#' }) });
    expect(await runInProcess(workspace, 'package', '--check', 'orders')).toMatchObject({
      exitCode: 1,
      stdout: expect.stringMatching(/^orders\/ConnectorPackage\.zip\n.*package-root-invalid/mu),
    });
  });

  test('a refused package is also data', async () => {
    await using workspace = await workspaceWith({ 'Flow.zip': 'damaged' });
    const { exitCode, stdout, stderr } = await runInProcess(workspace, ...line, '-o', 'json');
    expect({ exitCode, stderr }).toEqual({
      exitCode: 1,
      stderr: expect.not.stringContaining('package-solution-invalid'),
    });
    expect(JSON.parse(stdout)).toMatchObject({
      result: 'refused',
      path: 'orders/ConnectorPackage.zip',
      sha256: null,
      findings: [{ file: 'Flow.zip', rule: 'package-solution-invalid' }],
    });
  });

  test('--check refuses a package that is empty', async () => {
    await using workspace = await workspaceWith({ 'P.zip': zipOfFiles({ 'notes.txt': '' }) });
    const { exitCode, stdout } = await runInProcess(workspace, 'package', '--check', 'P.zip');
    expect({ exitCode, stdout }).toEqual({
      exitCode: 1,
      stdout: expect.stringMatching(/package-files-missing {2}5000\.1\.1\.5/u),
    });
  });

  test('--independent checks and copies the files of a pull request', async () => {
    const own = properties.replace('#1f6f8b', '#da3b01');
    const all = { ...files, 'orders/apiProperties.json': own };
    await using workspace = await Workspace.create(undefined, { files: all });
    const checked = await runInProcess(workspace, 'package', 'orders', '--independent');
    expect(checked).toMatchObject({
      exitCode: 0,
      stderr: expect.stringContaining('Files to submit: apiDefinition.swagger.json, apiProperties.json, readme.md.\n'),
    });
    expect(await runInProcess(workspace, 'package', 'orders', '--independent', '--out', 'sub')).toMatchObject({
      exitCode: 0,
    });
    expect((await workspace.list('.')).filter((name) => name.startsWith('sub/'))).toEqual([
      'sub/apiDefinition.swagger.json',
      'sub/apiProperties.json',
      'sub/readme.md',
    ]);
    expect(await runInProcess(workspace, 'package', 'orders', '--independent', '--out', 'sub')).toMatchObject({
      exitCode: 2,
    });
  });
});
