import { rm, symlink } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { certifiableFiles } from '../support/certifiable.ts';
import { FakeCloud } from '../support/fake-cloud/fake-cloud.ts';
import { petIcon, petScript, petStore, petStoreProperties } from '../support/pet-store.ts';
import { runInProcess, runInProcessWith } from '../support/run-in-process.ts';
import { signedIn } from '../support/signed-in.ts';
import { Workspace } from '../support/workspace.ts';

const apiDefinition = petStore();

/** What no connector has in it, and nobody means to send. */
const key = '-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1rZXktdjEAAAAABG5vbmU\n';

describe('a sign-in host that a settings file names', () => {
  test.each([[], ['--browser'], ['--force']])('is not asked by login -s %s', async (...flags) => {
    await using workspace = await Workspace.create(undefined, {
      settings: { authorityUrl: 'https://login.evil.example/' },
    });
    expect(await runInProcess(workspace, 'login', '-s', 'settings.json', ...flags)).toEqual({
      exitCode: 2,
      stdout: '',
      stderr:
        "Error: settings.json names login.evil.example as the sign-in host, which isn't one of Microsoft's.\n" +
        'If you trust it, set PACONN_TRUSTED_HOSTS=login.evil.example.\n',
    });
  });

  test.each(['javascript:alert(1)', 'file:///etc/passwd'])(
    'must have a host, which %s has not',
    async (authorityUrl) => {
      await using workspace = await Workspace.create(undefined, { settings: { authorityUrl } });
      expect(await runInProcess(workspace, 'login', '-s', 'settings.json')).toEqual({
        exitCode: 2,
        stdout: '',
        stderr: "Error: settings.json: 'authorityUrl' must be a URL such as https://example.com.\n",
      });
    },
  );

  test('is asked when the user trusts it, or when it is this computer', async () => {
    await using workspace = await Workspace.create(undefined, {
      settings: { authorityUrl: 'https://login.evil.invalid/' },
    });
    const variables = { PACONN_TRUSTED_HOSTS: '*.evil.invalid' };
    const { stderr } = await runInProcessWith(workspace, ['login', '-s', 'settings.json'], { variables });
    expect(stderr).not.toContain('PACONN_TRUSTED_HOSTS');
    await using cloud = await FakeCloud.start();
    await using near = await Workspace.create(cloud);
    expect((await runInProcess(near, 'login', '-s', 'settings.json')).exitCode).toBe(0);
  });

  test('does not choose where the token goes from then on', async () => {
    await using cloud = await FakeCloud.start();
    await using workspace = await Workspace.create(cloud, { settings: { powerAppsUrl: 'http://localhost:9' } });
    const { exitCode, stderr } = await runInProcess(workspace, 'login', '-s', 'settings.json');
    expect({ exitCode, stderr }).toEqual({
      exitCode: 2,
      stderr: expect.stringContaining('http://localhost:9 uses http'),
    });
  });
});

test('the prompt for a code names the host that is signed in at', async () => {
  await using cloud = await FakeCloud.start();
  await using workspace = await Workspace.create(cloud);
  const { stdout } = await runInProcess(workspace, 'login', ...cloud.loginFlags);
  expect(stdout).toMatch(/ to authenticate\.\nYou sign in at localhost:\d+\.\n$/u);
});

describe('a token over http to this computer', () => {
  test('does not go where a settings file says', async () => {
    await using cloud = await FakeCloud.start();
    await using workspace = await signedIn(cloud, { settings: { powerAppsUrl: 'http://localhost:9' } });
    const { exitCode, stderr } = await runInProcess(workspace, 'list', '-s', 'settings.json');
    expect({ exitCode, stderr }).toEqual({
      exitCode: 2,
      stderr:
        'Error: http://localhost:9 uses http. paconn sends access tokens only over https.\n' +
        'To trust the host, set PACONN_TRUSTED_HOSTS=localhost:9.\n',
    });
  });

  test.each([
    ['a URL of the command line', ['--pau', 'http://localhost:9', '-e', 'x'], {}],
    ['a file with a host that the user trusts', ['-s', 'settings.json'], { PACONN_TRUSTED_HOSTS: 'localhost:9' }],
  ])('goes by %s', async (_by, flags, variables) => {
    await using cloud = await FakeCloud.start();
    await using workspace = await signedIn(cloud, { settings: { powerAppsUrl: 'http://localhost:9' } });
    const { stderr } = await runInProcessWith(workspace, ['list', ...flags], { variables });
    expect(stderr).toContain('localhost:9');
    expect(stderr).not.toContain('is not asked');
  });
});

describe('a file of another kind in another folder, of which nothing is shown', () => {
  const passwords = 'root:MYSECRET:0:0\nMYSECRET2\n';
  const sessions = '{ "auths": { "MYSECRET": { "auth": "MYSECRET2" } }, "swaggr": "MYSECRET" }';
  const lines = [
    ['validate', '--offline'],
    ['validate', '--offline', '-o', 'json'],
    ['validate', '--offline', '--format', 'sarif'],
    ['validate', '--offline', '-s', 'settings.json'],
    ['validate', '--offline', '.'],
    ['diff'],
    ['diff', 'base', 'local'],
    ['pull', '--dry-run'],
    ['deploy', '--dry-run'],
    ['update', '-s', 'settings.json', '--skip-validation'],
  ];

  /** What each command shows of it, and how it ends. */
  async function shownOf(prepare: (workspace: Workspace) => Promise<unknown>) {
    await using cloud = await FakeCloud.start();
    const connector = cloud.addConnector({ script: petScript() });
    const files = { '../passwords': passwords, '../sessions.json': sessions };
    await using workspace = await signedIn(cloud, { connector, apiDefinition, script: petScript(), files });
    await runInProcess(workspace, 'download', '-s', 'settings.json', '-d', '.', '-w');
    await prepare(workspace);
    const shown: Record<string, unknown> = {};
    for (const line of lines) {
      const { exitCode, stdout, stderr } = await runInProcess(workspace, ...line);
      const output = `${stdout}${stderr}`;
      if (exitCode === 0 || output.includes('MYSECRET')) shown[line.join(' ')] = { exitCode, output };
    }
    return shown;
  }

  const settingsWith = (named: Readonly<Record<string, string>>) => async (workspace: Workspace) => {
    const settings: unknown = JSON.parse(await workspace.read('settings.json'));
    await workspace.write('settings.json', JSON.stringify(Object.assign({}, settings, named)));
  };
  const link = (to: string, name: string) => async (workspace: Workspace) => {
    await rm(workspace.path(name));
    await symlink(to, workspace.path(name));
  };

  test.each<[what: string, prepare: (workspace: Workspace) => Promise<unknown>]>([
    ['a definition that settings name', settingsWith({ apiDefinition: '../passwords' })],
    ['JSON as a definition', settingsWith({ apiDefinition: '../sessions.json' })],
    ['API properties', settingsWith({ apiProperties: '../sessions.json' })],
    ['a script', settingsWith({ script: '../passwords' })],
    ['a link in the place of the definition', link('../passwords', 'apiDefinition.swagger.json')],
    ['a link in the place of the properties', link('../sessions.json', 'apiProperties.json')],
    ['a link in the place of the script', link('../passwords', 'script.csx')],
  ])('%s', async (_what, prepare) => {
    expect(await shownOf(prepare)).toEqual({});
  });

  test.each([
    ['settings.json', '../sessions.json'],
    ['settings.json', '../passwords'],
    ['paconn.environments.json', '../sessions.json'],
  ])('a link called %s to %s', async (name, to) => {
    await using workspace = await Workspace.create(undefined, {
      apiDefinition,
      files: { '../passwords': passwords, '../sessions.json': sessions },
    });
    await rm(workspace.path(name), { force: true });
    await symlink(to, workspace.path(name));
    for (const line of [
      ['validate', '--offline'],
      ['validate', '--offline', '.'],
      ['deploy', '-e', 'x', '-c', 'y'],
    ]) {
      const { exitCode, stdout, stderr } = await runInProcess(workspace, ...line);
      expect({ line, shown: /MYSECRET/u.exec(`${stdout}${stderr}`) }).toEqual({ line, shown: null });
      expect(exitCode).not.toBe(0);
    }
  });

  test.each([
    ['deploy', ['deploy', '-e', 'x', '-c', 'y']],
    ['diff', ['diff']],
    ['update', ['update', '-s', 'settings.json']],
  ])('the keys of a file that settings.json is a link to: %s', async (_command, line) => {
    await using cloud = await FakeCloud.start();
    const files = { '../keys.json': '{ "MYSECRET": 1, "apiDefinition": "apiDefinition.swagger.json" }' };
    await using workspace = await signedIn(cloud, { apiDefinition, files });
    await rm(workspace.path('settings.json'));
    await symlink('../keys.json', workspace.path('settings.json'));
    const { stdout, stderr } = await runInProcess(workspace, ...line);
    expect(`${stdout}${stderr}`).not.toContain('MYSECRET');
    expect(stderr).toContain('Warning: settings.json is a link to another folder. Unknown keys in it are ignored.\n');
  });

  test.each(['intro.md', 'readme.md', 'README.md'])(
    'a link in the place of %s, of which nothing is packed',
    async (name) => {
      for (const line of [
        ['package', 'orders', '--flow', 'Flow.zip', '--prefix', 'new', '--publisher-name', 'Contoso'],
        ['package', 'orders', '--independent', '--out', 'submitted'],
      ]) {
        const { 'orders/readme.md': _readme, ...files } = certifiableFiles;
        await using workspace = await Workspace.create(undefined, { files: { ...files, '../passwords': passwords } });
        await symlink('../../passwords', workspace.path(`orders/${name}`));
        const before = await workspace.list('.');
        expect(await runInProcess(workspace, ...line)).toMatchObject({
          exitCode: 1,
          stderr: expect.stringContaining(`Error: orders/${name} leads to another folder, so it isn't read.\n`),
        });
        expect(await workspace.list('.')).toEqual(before);
      }
    },
  );

  test.each([
    ['readme.md', ['--certification'], 'readme-missing'],
    ['paconn.environments.json', [], 'file-missing'],
  ])('a link in the place of %s that leads nowhere: the rest is checked', async (name, options, expected) => {
    const { 'orders/readme.md': readme, ...files } = certifiableFiles;
    const apiProperties = files['orders/apiProperties.json'].replace('iconBrandColor', 'iconBrandColour');
    await using workspace = await Workspace.create(undefined, {
      settings: null,
      files: {
        ...files,
        ...(name !== 'readme.md' && { 'orders/readme.md': readme }),
        'orders/apiProperties.json': apiProperties,
      },
    });
    await symlink('nowhere', workspace.path(`orders/${name}`));
    const { stdout } = await runInProcess(workspace, 'validate', 'orders', '--offline', '-o', 'json', ...options);
    const rules = JSON.parse(stdout).findings.map(({ rule }: { rule: string }) => rule);
    expect(rules).toEqual(expect.arrayContaining([expected, 'props-unknown-property']));
  });

  test('a link in an unpacked solution', async () => {
    await using workspace = await Workspace.create(undefined, {
      settings: null,
      files: {
        '../passwords': passwords,
        'solution/solution.xml': '<ImportExportXml/>',
        'solution/Connector/keep.txt': '',
      },
    });
    await symlink('../../../passwords', workspace.path('solution/Connector/new_pets_openapidefinition.json'));
    const { exitCode, stderr } = await runInProcess(workspace, 'validate', '--offline', 'solution');
    expect({ exitCode, stderr }).toEqual({
      exitCode: 1,
      stderr: expect.stringContaining("leads to another folder, so it isn't read."),
    });
  });

  test('is one thing, and a shared file of the connector another', async () => {
    const files = { '../shared/api.json': apiDefinition.replace('"2.0"', '"2.1"') };
    await using workspace = await Workspace.create(undefined, {
      apiProperties: petStoreProperties,
      settings: { apiDefinition: '../shared/api.json', apiProperties: 'apiProperties.json' },
      files,
    });
    const { exitCode, stdout } = await runInProcess(workspace, 'validate', '--offline');
    expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: expect.stringContaining(' | ') });
  });
});

describe('what is sent', () => {
  /** A connector of which one file is another, and what becomes of it. */
  async function sending(settings: Readonly<Record<string, string>>, ...flags: readonly string[]) {
    const cloud = await FakeCloud.start();
    const connector = cloud.addConnector();
    const files = { '../outside.txt': key, '../outside.json': '{ "auths": {} }', 'inside.txt': key };
    const workspace = await signedIn(cloud, { connector, apiDefinition, settings, files });
    await symlink('../outside.txt', workspace.path('link.csx'));
    const before = connector.changedTime;
    const result = await runInProcess(workspace, 'update', '-s', 'settings.json', ...flags);
    const isChanged = connector.changedTime !== before || cloud.requests.some(({ method }) => method === 'PUT');
    await workspace[Symbol.asyncDispose]();
    await cloud[Symbol.asyncDispose]();
    return { ...result, isChanged };
  }

  test.each([
    [{ script: '../outside.txt' }, "a complete script with 'class Script : ScriptBase'"],
    [{ script: 'link.csx' }, "a complete script with 'class Script : ScriptBase'"],
    [{ icon: '../outside.txt' }, 'a complete picture'],
    [{ icon: 'link.csx' }, 'a complete picture'],
    [{ apiProperties: '../outside.json' }, "API properties (a JSON object with 'properties')"],
    [{ apiDefinition: '../outside.json' }, 'an OpenAPI 2.0 definition'],
  ])('is no file from elsewhere of another kind, whatever is skipped: %j', async (settings, words) => {
    const [name] = Object.values(settings);
    expect(await sending(settings, '--skip-validation')).toEqual({
      exitCode: 1,
      stdout: '',
      stderr: expect.stringContaining(
        `Error: ${name} isn't ${words}. It leads to another folder, so nothing of it is shown or uploaded.\n` +
          'Check that the file belongs to the connector.\n',
      ),
      isChanged: false,
    });
    expect(await sending(settings)).toMatchObject({ exitCode: 1, isChanged: false });
  });

  test.each([
    [{ script: 'inside.txt' }, 'script-class-missing'],
    [{ icon: 'inside.txt' }, 'icon-not-image'],
  ])('is no file of another kind, whatever rules the settings ignore: %j', async (settings, rule) => {
    const ignoring = { ...settings, paconn: { ignore: { [rule]: ['*'] } } };
    await using cloud = await FakeCloud.start();
    const connector = cloud.addConnector();
    await using workspace = await signedIn(cloud, {
      connector,
      apiDefinition,
      settings: ignoring,
      files: { 'inside.txt': key },
    });
    const { exitCode, stderr } = await runInProcess(workspace, 'update', '-s', 'settings.json');
    expect({ exitCode, stderr }).toEqual({
      exitCode: 1,
      stderr: expect.stringMatching(/^(?:.*\n)*Error: inside\.txt isn't .*\nFix the file, or pass --skip-validation/u),
    });
  });

  test('are API properties that have properties', async () => {
    await using cloud = await FakeCloud.start();
    const connector = cloud.addConnector();
    await using workspace = await signedIn(cloud, { connector, apiDefinition, apiProperties: '{ "auths": {} }' });
    const { exitCode, stderr } = await runInProcess(workspace, 'update', '-s', 'settings.json');
    expect({ exitCode, stderr }).toEqual({
      exitCode: 1,
      stderr: expect.stringContaining("Error: apiProperties.json isn't API properties"),
    });
  });

  test.each([
    { script: '../outside/notes.txt' },
    { icon: '../outside/notes.txt' },
    { script: 'link.csx' },
    { script: 'linked/notes.txt' },
    { icon: 'connectors/outside/notes.txt' },
    { script: 'connectors/pets/link.csx' },
  ])(
    'is no file of another kind from above the folder of the settings file, whatever is skipped: %j',
    async (named) => {
      await using cloud = await FakeCloud.start();
      const connector = cloud.addConnector();
      const inFolder = Object.values(named).every((path) => !path.startsWith('connectors/'));
      const folder = inFolder ? '' : 'connectors/pets/';
      const { environment, id: connectorId } = connector;
      const parts = { apiDefinition: `${folder}d.json`, apiProperties: `${folder}p.json` };
      await using workspace = await signedIn(cloud, {
        settings: null,
        files: {
          'connectors/pets/d.json': apiDefinition,
          'connectors/pets/p.json': petStoreProperties,
          'connectors/pets/settings.json': JSON.stringify({
            environment,
            connectorId,
            ...cloud.settings,
            ...parts,
            ...named,
          }),
          'connectors/outside/notes.txt': key,
        },
      });
      await symlink('../outside/notes.txt', workspace.path('connectors/pets/link.csx'));
      await symlink('../outside', workspace.path('connectors/pets/linked'));
      const before = connector.changedTime;
      for (const command of ['update', 'deploy']) {
        const line = [command, '-s', 'connectors/pets/settings.json', '--force', '--skip-validation'];
        expect(await runInProcess(workspace, ...line)).toMatchObject({
          exitCode: 1,
          stderr: expect.stringContaining('It leads to another folder, so nothing of it is shown or uploaded.'),
        });
      }
      expect(connector.changedTime).toBe(before);
      expect(cloud.requests.filter(({ method }) => method === 'PUT')).toEqual([]);
    },
  );

  test('is whatever the user wants of the own folder when the validation is skipped', async () => {
    expect(await sending({ script: 'inside.txt' }, '--skip-validation')).toMatchObject({
      exitCode: 0,
      isChanged: true,
    });
  });

  test('can be a picture, a script and documents from elsewhere, as with the Python tool', async () => {
    await using cloud = await FakeCloud.start();
    const connector = cloud.addConnector();
    const icon = Buffer.from(petIcon());
    await using workspace = await signedIn(cloud, {
      connector,
      apiDefinition,
      settings: {
        icon: '../icons/icon.png',
        script: '../icons/s.csx',
        apiProperties: '../icons/p.json',
        apiDefinition: '../icons/d.json',
      },
      files: {
        '../icons/icon.png': icon,
        '../icons/s.csx': petScript(),
        '../icons/p.json': petStoreProperties,
        '../icons/d.json': apiDefinition,
      },
    });
    for (const flags of [[], ['--skip-validation']]) {
      const { exitCode } = await runInProcess(workspace, 'update', '-s', 'settings.json', ...flags);
      expect(exitCode).toBe(0);
    }
    expect(connector.icon).toEqual(icon);
  });

  test.runIf(process.platform === 'linux').each([
    ['/proc/self/environ', 'script'],
    ['/proc/self/environ', 'icon'],
    ['/sys/kernel/notes', 'icon'],
    ['/dev/zero', 'icon'],
    ['/dev/zero', 'apiDefinition'],
  ])('is never %s as %s', async (path, part) => {
    for (const flags of [[], ['--skip-validation']]) {
      expect(await sending({ [part]: path }, ...flags)).toMatchObject({
        exitCode: 1,
        stderr: expect.stringContaining(
          `Error: ${path} is a device or a file of the system, which no connector has.\n`,
        ),
        isChanged: false,
      });
    }
  });

  test.runIf(process.platform === 'linux')('is never a link to a device', async () => {
    await using cloud = await FakeCloud.start();
    const connector = cloud.addConnector();
    await using workspace = await signedIn(cloud, { connector, apiDefinition, settings: { icon: 'icon.png' } });
    await symlink('/dev/zero', workspace.path('icon.png'));
    const { exitCode, stderr } = await runInProcess(workspace, 'update', '-s', 'settings.json', '--skip-validation');
    expect({ exitCode, stderr }).toMatchObject({
      exitCode: 1,
      stderr: expect.stringContaining('icon.png is a device'),
    });
  });
});

describe('what is written', () => {
  async function downloading(settings: Readonly<Record<string, string>>, files: Readonly<Record<string, string>> = {}) {
    await using cloud = await FakeCloud.start();
    const connector = cloud.addConnector({ script: petScript(), icon: petIcon() });
    await using workspace = await signedIn(cloud, { connector, settings, files });
    const before = await workspace.listAll();
    const { exitCode, stderr } = await runInProcess(workspace, 'download', '-s', 'settings.json', '-d', '.', '-w');
    return { exitCode, stderr, isWritten: (await workspace.listAll()).length > before.length };
  }

  test.each([
    '.git/config',
    '.git/hooks/pre-commit',
    '.npmrc',
    'node_modules/x/index.js',
    'x/Node_Modules/y.js',
    '.vscode/tasks.json',
    'GIT~1/config',
    '.g\u200cit/config',
    '\u200c.git/config',
    './.github/workflows/x.yml',
  ])('is not %j', async (script) => {
    expect(await downloading({ script })).toEqual({
      exitCode: 2,
      stderr: expect.stringContaining(' belongs to other programs. Nothing was written.\n'),
      isWritten: false,
    });
  });

  test.each([
    [{ script: 'Makefile' }, { Makefile: 'all:\n' }],
    [{ script: 'Program.cs' }, { 'Program.cs': 'class Program {}\n' }],
    [{ icon: 'config' }, { config: '[core]\n' }],
    [{ apiDefinition: 'package.json' }, { 'package.json': '{ "name": "x" }' }],
    [{ apiDefinition: 'tsconfig.json' }, { 'tsconfig.json': '{ // x\n "compilerOptions": { "paths": {} } }' }],
    [{ apiProperties: 'package.json' }, { 'package.json': '{ "name": "x" }' }],
  ])('is nothing over what is no file of a connector: %j', async (settings, files) => {
    expect(await downloading(settings, files)).toEqual({
      exitCode: 2,
      stderr: expect.stringContaining(", so it isn't overwritten.\n"),
      isWritten: false,
    });
  });

  test.each([
    [{ script: 'Script.cs' }, { 'Script.cs': petScript('other') }],
    [{ script: 'old.csx' }, { 'old.csx': '// nothing yet' }],
    [{ icon: 'logo.jpg' }, { 'logo.jpg': '' }],
    [{ apiDefinition: 'swagger.json' }, { 'swagger.json': '{ "swagger": "2.0" }' }],
    [{ apiDefinition: 'swagger.json' }, { 'swagger.json': '<<<<<<< ours\n{ "swagger": "2.0" ]]' }],
    [{ apiDefinition: 'x/apiDefinition.swagger.json' }, { 'x/apiDefinition.swagger.json': '[]' }],
    [{ apiProperties: 'p.json' }, { 'p.json': '{ "properties": {} }' }],
    [{ apiProperties: 'p.json' }, { 'p.json': '' }],
    [{ apiProperties: 'p.json' }, { 'p.json': '<<<<<<< ours\n{ "iconBrandColor": ]]' }],
  ])('may be over what is one: %j', async (settings, files) => {
    expect(await downloading(settings, files)).toMatchObject({ exitCode: 0 });
  });

  test.each([
    { script: 'conftest.py' },
    { script: 'sub/package.json' },
    { script: 'Makefile' },
    { script: 'Directory.Build.props' },
    { icon: 'index.js' },
    { apiDefinition: 'azure-pipelines.yml' },
    { apiProperties: 'paconn.environments.json' },
  ])('is no new file with the name of something else: %j', async (settings) => {
    expect(await downloading(settings)).toEqual({
      exitCode: 2,
      stderr: expect.stringMatching(
        / isn't a file name for the (?:API|icon|script).*\. Nothing was written\.\nUse a name such as /u,
      ),
      isWritten: false,
    });
  });

  test('by pull is nothing over what is no file of a connector', async () => {
    await using cloud = await FakeCloud.start();
    const connector = cloud.addConnector({ script: petScript() });
    await using workspace = await signedIn(cloud, {
      connector,
      apiDefinition,
      settings: { script: 'Makefile' },
      files: { Makefile: 'all:\n' },
    });
    const { exitCode, stderr } = await runInProcess(workspace, 'pull', '--theirs');
    expect({ exitCode, stderr }).toEqual({
      exitCode: 2,
      stderr: expect.stringContaining(
        "Makefile isn't a complete script with 'class Script : ScriptBase', so it isn't overwritten.",
      ),
    });
    expect(await workspace.read('Makefile')).toBe('all:\n');
  });
});

describe('--fix', () => {
  const fixable = '{ "properties": { "iconBrandColor": "#007EE5", "capabilities": ["Actions"] } }';

  async function fixing(apiProperties: string) {
    const workspace = await Workspace.create(undefined, {
      settings: { apiDefinition: 'd.json', apiProperties },
      files: { 'd.json': apiDefinition, 'p.json': fixable, '../p.json': fixable },
    });
    await symlink('../p.json', workspace.path('link.json'));
    const { stderr } = await runInProcess(workspace, 'validate', '--offline', '-s', 'settings.json', '--fix');
    const after = await workspace.read(apiProperties);
    await workspace[Symbol.asyncDispose]();
    return { stderr, isFixed: after !== fixable };
  }

  test('changes what a settings file names in its folder', async () => {
    expect(await fixing('p.json')).toMatchObject({ isFixed: true });
  });

  test.each(['../p.json', 'link.json'])('does not change what it names elsewhere: %s', async (name) => {
    expect(await fixing(name)).toEqual({
      stderr: expect.stringContaining(
        `Warning: ${name} is in another folder, so --fix doesn't change it or the files next to it.\n`,
      ),
      isFixed: false,
    });
  });

  test.each<[file: string, line: readonly string[], settings: object | null]>([
    ['../p.json', ['pets'], { apiDefinition: 'd.json', apiProperties: '../p.json' }],
    ['link.json', ['pets'], { apiDefinition: 'd.json', apiProperties: 'link.json' }],
    ['link.json', ['-s', 'pets/settings.json'], { apiDefinition: 'd.json', apiProperties: 'link.json' }],
    ['apiProperties.json', ['pets'], null],
    ['apiProperties.json', ['-d', 'pets/d.json', '-p', 'pets/apiProperties.json'], null],
  ])('does not change a file above the folder of the connector: %s, %j', async (file, line, settings) => {
    const files = {
      'p.json': fixable,
      'pets/d.json': apiDefinition,
      ...(settings && { 'pets/settings.json': JSON.stringify(settings) }),
    };
    await using workspace = await Workspace.create(undefined, { settings: null, files });
    if (!file.startsWith('..')) await symlink('../p.json', workspace.path(`pets/${file}`));
    const { stderr } = await runInProcess(workspace, 'validate', '--offline', '--fix', ...line);
    expect(stderr).toMatch(/^Warning: .* is in another folder, so --fix doesn't change it/mu);
    expect(await workspace.read('p.json')).toBe(fixable);
  });
});
