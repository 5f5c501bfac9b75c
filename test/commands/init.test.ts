import { describe, expect, test } from 'vitest';
import { placeholderColor, placeholderIcon } from '../../src/connector/placeholder-icon.ts';
import { readPng } from '../../src/validation/engine/png.ts';
import { FakeCloud } from '../support/fake-cloud/fake-cloud.ts';
import { petScript, petStore } from '../support/pet-store.ts';
import { runInProcess } from '../support/run-in-process.ts';
import { signedIn } from '../support/signed-in.ts';
import { Workspace } from '../support/workspace.ts';

const host = ['--host', 'https://orders.fabrikam.net/v1/'];

const oAuth2 = [
  ...['--auth', 'oauth2', '--client-id', '3f1c', '--scopes', 'orders.read, orders.write'],
  ...['--authorization-url', 'https://login.fabrikam.net/authorize', '--token-url', 'https://login.fabrikam.net/token'],
];

const ways: readonly (readonly [name: string, args: readonly string[]])[] = [
  ['none', ['--auth', 'none']],
  ['api-key', ['--auth', 'api-key', '--api-key-header', 'Fabrikam-Key']],
  ['basic', ['--auth', 'basic']],
  ['oauth2', oAuth2],
  ['entra-id', ['--auth', 'entra-id', '--client-id', '3f1c', '--resource-uri', 'api://orders']],
];

describe.each(ways)('a new connector with sign-in of the kind %s', (_name, args) => {
  test.each([[[]], [['--with-script']]])('has files that pass validate, with %j', async (more) => {
    await using workspace = await Workspace.create();
    expect(await runInProcess(workspace, 'init', 'orders', ...host, ...args, ...more)).toEqual({
      exitCode: 0,
      stdout: '',
      stderr: `The files of Orders are in ${workspace.path('orders')}.\nNext:\n  paconn validate orders\n  paconn deploy orders\n`,
    });
    const script = more.length > 0 ? ['script.csx'] : [];
    const files = ['apiDefinition.swagger.json', 'apiProperties.json', 'icon.png', ...script, 'settings.json'];
    expect(await workspace.list('orders')).toEqual(files);
    const validated = await runInProcess(workspace, 'validate', 'orders', '--offline', '--max-warnings', '0');
    expect(validated).toMatchObject({ exitCode: 0, stdout: '' });
  });

  test('can be created unchanged', async () => {
    await using cloud = await FakeCloud.start();
    await using workspace = await signedIn(cloud);
    await runInProcess(workspace, 'init', 'orders', ...host, ...args, '--with-script');
    const target = ['-e', cloud.environment.id, '-u', cloud.url];
    const secret = args.some((word) => ['oauth2', 'entra-id'].includes(word)) ? ['--secret', 'hush'] : [];
    const files = ['apiDefinition.swagger.json', 'apiProperties.json', 'icon.png', 'script.csx'];
    const flags = ['-d', '-p', '-i', '-x'].flatMap((flag, index) => [flag, `orders/${files[index]}`]);
    const { exitCode, stderr } = await runInProcess(workspace, 'create', ...target, ...flags, ...secret, '-w');
    expect({ exitCode, stderr }).toMatchObject({ exitCode: 0 });
    expect(cloud.connectors().map(({ displayName }) => displayName)).toEqual(['Orders']);
  });
});

describe('from the URL of an MCP server', () => {
  const url = 'https://mcp.fabrikam.net/v1/mcp';
  const noQuery = '--mcp: Use a URL without query, fragment, user name, and password.';

  test.each(ways)(
    'with sign-in of the kind %s, lacks for certification only what nobody but you knows',
    async (_name, args) => {
      await using workspace = await Workspace.create();
      const { exitCode } = await runInProcess(workspace, 'init', 'orders', '--mcp', url, ...args);
      expect(exitCode).toBe(0);
      const plain = await runInProcess(workspace, 'validate', 'orders', '--offline', '--info', '--max-warnings', '0');
      expect(plain).toMatchObject({ exitCode: 0 });
      const certified = ['validate', 'orders', '--offline', '--certification', '--format', 'json'];
      const { findings } = JSON.parse((await runInProcess(workspace, ...certified)).stdout);
      expect(findings.map(({ rule }: { rule: string }) => rule)).toEqual([
        'metadata-missing',
        'contact-missing',
        'publisher-missing',
        'stack-owner-missing',
      ]);
    },
  );

  test.each(['independent', 'verified'])('for a publisher who is %s, lacks no more', async (publisher) => {
    await using workspace = await Workspace.create();
    const chosen = ['--publisher', publisher];
    const { stderr } = await runInProcess(workspace, 'init', 'orders', '--mcp', url, '--auth', 'none', ...chosen);
    expect(stderr).toContain(
      `Next:\n  paconn validate orders --certification ${chosen.join(' ')}\n  paconn deploy orders\n`,
    );
    const certified = ['validate', 'orders', '--offline', '--info', '--certification', ...chosen, '--format', 'json'];
    const result = await runInProcess(workspace, ...certified);
    const { findings } = JSON.parse(result.stdout);
    expect(findings.map(({ rule }: { rule: string }) => rule)).toEqual([
      'metadata-missing',
      'contact-missing',
      'publisher-missing',
      'stack-owner-missing',
    ]);
    expect(await workspace.exists('orders/icon.png')).toBe(publisher === 'verified');
    expect((await workspace.read('orders/settings.json')).includes('"icon"')).toBe(publisher === 'verified');
  });

  test('the introduction has the sections for certification, unless there is a readme', async () => {
    await using workspace = await Workspace.create(undefined, { files: { 'old/ReadMe.md': '# Mine\n' } });
    const init = ['--mcp', url, '--auth', 'none', '--title', 'Orders'];
    await runInProcess(workspace, 'init', 'orders', ...init);
    expect(await workspace.read('orders/intro.md')).toMatch(/^# Orders\n/u);
    const args = ['--offline', '--info', '--certification', '--publisher', 'independent', '--format', 'json'];
    const { stdout } = await runInProcess(workspace, 'validate', 'orders', ...args);
    expect(stdout).not.toContain('readme-');
    await runInProcess(workspace, 'init', 'old', ...init);
    expect(await workspace.exists('old/intro.md')).toBe(false);
    expect(await workspace.read('old/ReadMe.md')).toBe('# Mine\n');
  });

  test.each([
    ['https://mcp.fabrikam.net/sse', true],
    ['https://mcp.fabrikam.net/v1/SSE/', true],
    ['https://mcp.fabrikam.net/mcp', false],
    ['https://sse.fabrikam.net/usse', false],
  ])('%s: server-sent events are said to be no longer supported: %s', async (address, isSaid) => {
    await using workspace = await Workspace.create();
    const { exitCode, stderr } = await runInProcess(workspace, 'init', 'a', '--mcp', address, '--auth', 'none');
    expect({ exitCode, isSaid: stderr.includes('server-sent events') }).toEqual({ exitCode: 0, isSaid });
  });

  test('the connector calls that URL with the MCP marker', async () => {
    await using workspace = await Workspace.create();
    await runInProcess(workspace, 'init', 'orders', '--mcp', url, '--auth', 'none', '--title', 'Orders');
    expect(await definitionOf(workspace)).toMatchObject({
      info: { title: 'Orders' },
      host: 'mcp.fabrikam.net',
      basePath: '/',
      schemes: ['https'],
      paths: { '/v1/mcp': { post: { 'x-ms-agentic-protocol': 'mcp-streamable-1.0' } } },
    });
  });

  test.each([
    [['http://mcp.fabrikam.net/mcp'], '--mcp: Use a URL that starts with https://.'],
    [['mcp.fabrikam.net'], '--mcp: Use a URL that starts with https://.'],
    [[`${url}?code=1`], noQuery],
    [[`${url}?`], noQuery],
    [[`${url}#tools`], noQuery],
    [[`${url}#`], noQuery],
    [['https://me:secret@mcp.fabrikam.net/'], noQuery],
    [[url, '--from', 'a.json'], "--mcp and --from can't be used together."],
    [[url, '--host', 'a.net'], "--mcp and --host can't be used together."],
  ])('%j is wrong usage', async (args, message) => {
    await using workspace = await Workspace.create(undefined, { files: { 'a.json': petStore() } });
    const { exitCode, stderr } = await runInProcess(workspace, 'init', 'orders', '--auth', 'none', '--mcp', ...args);
    expect(exitCode).toBe(2);
    expect(stderr).toContain(`Error: ${message}\n`);
    expect(stderr).not.toContain('secret');
  });
});

async function definitionOf(workspace: Workspace, name = 'orders'): Promise<unknown> {
  return await workspace.readJson(`${name}/apiDefinition.swagger.json`);
}

test('values of options are in the files', async () => {
  await using workspace = await Workspace.create();
  const said = ['--title', 'Fabrikam Orders', '--description', 'Reads orders.'];
  await runInProcess(workspace, 'init', 'orders', ...host, ...said, ...oAuth2);
  expect(await definitionOf(workspace)).toMatchObject({
    info: { title: 'Fabrikam Orders', description: 'Reads orders.' },
    host: 'orders.fabrikam.net',
    basePath: '/v1',
    schemes: ['https'],
  });
  expect(await workspace.readJson('orders/apiProperties.json')).toMatchObject({
    properties: {
      iconBrandColor: placeholderColor,
      connectionParameters: {
        token: {
          type: 'oauthSetting',
          oAuthSettings: {
            identityProvider: 'oauth2',
            clientId: '3f1c',
            scopes: ['orders.read', 'orders.write'],
            customParameters: {
              authorizationUrl: { value: 'https://login.fabrikam.net/authorize' },
              tokenUrl: { value: 'https://login.fabrikam.net/token' },
              refreshUrl: { value: 'https://login.fabrikam.net/token' },
            },
          },
        },
      },
    },
  });
  expect(await workspace.read('orders/settings.json')).toBe(
    '{\n  "apiDefinition": "apiDefinition.swagger.json",\n  "apiProperties": "apiProperties.json",\n  "icon": "icon.png"\n}\n',
  );
});

test('an unknown client ID has a placeholder', async () => {
  await using workspace = await Workspace.create();
  const { stderr } = await runInProcess(workspace, 'init', ...host, '--auth', 'entra-id', '--resource-uri', 'api://x');
  expect(stderr).toContain('Replace YOUR-CLIENT-ID in apiProperties.json with the client ID of your application.');
  const { stdout } = await runInProcess(workspace, 'validate', '--offline', '--info');
  expect(stdout).toContain('oauth-client-id-placeholder');
});

describe('the script', () => {
  test('can be a file', async () => {
    await using workspace = await Workspace.create(undefined, { files: { 'mine.csx': petScript() } });
    await runInProcess(workspace, 'init', 'orders', ...host, '--auth', 'none', '--script', 'mine.csx');
    expect(await workspace.read('orders/script.csx')).toBe(petScript());
    expect(await workspace.readJson('orders/settings.json')).toMatchObject({ script: 'script.csx' });
  });

  test('is refused before anything is written if it is not a script', async () => {
    await using workspace = await Workspace.create(undefined, { files: { 'mine.csx': 'class Other {}' } });
    const result = await runInProcess(workspace, 'init', 'orders', ...host, '--auth', 'none', '-x', 'mine.csx');
    expect(result).toMatchObject({
      exitCode: 1,
      stderr: expect.stringContaining("Error: mine.csx can't be the script of a connector. "),
    });
    expect(await workspace.list()).toEqual(['mine.csx']);
  });
});

describe('the icon', () => {
  test('is accepted by certification, in the color of the connector', () => {
    expect(readPng(placeholderIcon)).toEqual({
      width: 230,
      height: 230,
      firstPixel: { red: 0x1f, green: 0x6f, blue: 0x8b, alpha: 255 },
      hasTransparentEdge: false,
    });
  });

  test('of an independent publisher is the shared one', async () => {
    await using workspace = await Workspace.create(undefined, { icon: placeholderIcon });
    const args = ['--publisher', 'independent', '--icon', 'icon.png'];
    expect(await runInProcess(workspace, 'init', 'orders', ...host, '--auth', 'none', ...args)).toMatchObject({
      exitCode: 2,
      stderr: expect.stringMatching(/^Error: --icon and '--publisher independent' can't be used together\./u),
    });
    expect(await workspace.list()).toEqual(['icon.png']);
  });

  test('can be a file', async () => {
    await using workspace = await Workspace.create(undefined, {
      icon: Buffer.concat([placeholderIcon, Buffer.from('mine')]),
    });
    await runInProcess(workspace, 'init', 'orders', ...host, '--auth', 'none', '--icon', 'icon.png');
    expect(await workspace.readBytes('orders/icon.png')).toEqual(await workspace.readBytes('icon.png'));
  });

  test('is refused before anything is written if it is not a PNG', async () => {
    await using workspace = await Workspace.create(undefined, { files: { 'icon.svg': '<svg/>' } });
    expect(await runInProcess(workspace, 'init', 'orders', ...host, '--auth', 'none', '-i', 'icon.svg')).toEqual({
      exitCode: 1,
      stdout: '',
      stderr: "Error: icon.svg can't be the icon of a connector. The icon must be a PNG file.\n",
    });
    expect(await workspace.list()).toEqual(['icon.svg']);
  });
});

describe('nothing is overwritten', () => {
  test.each(['apiDefinition.swagger.json', 'apiProperties.json', 'icon.png', 'script.csx', 'settings.json'])(
    'with a %s in the folder it stops',
    async (name) => {
      await using workspace = await Workspace.create(undefined, { files: { [`orders/${name}`]: 'mine' } });
      expect(await runInProcess(workspace, 'init', 'orders', ...host, '--auth', 'none')).toEqual({
        exitCode: 1,
        stdout: '',
        stderr: `Error: ${name} already exists in ${workspace.path('orders')}. Nothing was created.\nChoose another folder:\n  paconn init <folder>\n`,
      });
      expect(await workspace.list('orders')).toEqual([name]);
      expect(await workspace.read(`orders/${name}`)).toBe('mine');
    },
  );
});

test('the URLs of a sign-in can come from environment variables', async () => {
  await using workspace = await Workspace.create();
  const urls = ['--authorization-url', '@environmentVariables("cr_L")', '--token-url', "@environmentVariables('cr_T')"];
  const args = ['orders', ...host, '--auth', 'oauth2', '--client-id', '3f1c', ...urls];
  expect(await runInProcess(workspace, 'init', ...args)).toMatchObject({ exitCode: 0 });
  expect(await workspace.read('orders/apiProperties.json')).toContain(JSON.stringify('@environmentVariables("cr_L")'));
  const validated = await runInProcess(workspace, 'validate', 'orders', '--offline', '--max-warnings', '0');
  expect(validated).toMatchObject({ exitCode: 0, stdout: '' });
});

describe('without a terminal', () => {
  test.each([
    [['--auth', 'none'], 'Host or URL of the API must be specified.\nPass --host <host>.'],
    [host, 'The authentication of the API must be specified.\nPass --auth none|api-key|basic|oauth2|entra-id.'],
    [[...host, '--auth', 'oauth2'], 'URL where users sign in must be specified.\nPass --authorization-url <url>.'],
    [[...host, '--auth', 'entra-id'], 'Application ID URI of the API must be specified.\nPass --resource-uri <uri>.'],
    [['--host', 'a b', '--auth', 'none'], '--host: Use a host, such as api.contoso.com, or a URL.'],
    [[...host, '--auth', 'api-key', '--api-key-header', 'a b'], '--api-key-header: Use the name of a header.'],
    [
      [...host, '--auth', 'oauth2', '--authorization-url', 'http://x.example'],
      '--authorization-url: Use a URL that starts with https://.',
    ],
    [
      [...host, '--auth', 'oauth2', '--authorization-url', '@environmentVariables(cr_L)'],
      '--authorization-url: Use a URL that starts with https://.',
    ],
    [[...host, '--auth', 'none', '--title', ' '], '--title: Enter a value.'],
  ])('%j is wrong usage', async (args, message) => {
    await using workspace = await Workspace.create();
    expect(await runInProcess(workspace, 'init', 'orders', ...args)).toEqual({
      exitCode: 2,
      stdout: '',
      stderr: `Error: ${message}\n`,
    });
    expect(await workspace.list()).toEqual([]);
  });
});
