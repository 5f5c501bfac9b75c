import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { assert, constantFrom, oneof, property, string } from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { HttpOptions } from '../../../src/io/net/http.ts';
import { routeTo } from '../../../src/io/net/route.ts';
import { readRegistry, readScutil } from '../../../src/io/net/system-proxy.ts';
import { proxiedHost } from '../../support/certificate.ts';
import { FakeCloud } from '../../support/fake-cloud/fake-cloud.ts';
import { ForwardProxy } from '../../support/forward-proxy.ts';
import { get, openHttp } from '../../support/http-client.ts';
import { hasModes } from '../../support/system.ts';
import { Workspace } from '../../support/workspace.ts';

const path = '/common/v2.0/.well-known/openid-configuration';

function registry(values: Readonly<Record<string, string>>): string {
  const lines = Object.entries(values).map(([name, value]) => `    ${name}    ${typeOf(name)}    ${value}`);
  const key = String.raw`HKEY_CURRENT_USER\Software\Microsoft\Windows\CurrentVersion\Internet Settings`;
  return ['', key, '    User Agent    REG_SZ    Mozilla/4.0', ...lines, ''].join('\r\n');
}

function typeOf(name: string): string {
  return name === 'ProxyEnable' ? 'REG_DWORD' : 'REG_SZ';
}

function scutil(values: Readonly<Record<string, string>>, exceptions: readonly string[] = []): string {
  const list = exceptions.map((exception, index) => `    ${index} : ${exception}`);
  const lines = Object.entries(values).map(([name, value]) => `  ${name} : ${value}`);
  return ['<dictionary> {', '  ExceptionsList : <array> {', ...list, '  }', ...lines, '}', ''].join('\n');
}

const openOptions = { signal: new AbortController().signal };

type Answer = readonly [system: 'win32' | 'darwin', answer: string];

/** Systems that use one proxy, except for hosts. */
function setUp(server: string, exceptions: readonly string[] = []): readonly Answer[] {
  const { hostname, port } = new URL(server);
  return [
    ['win32', registry({ ProxyEnable: '0x1', ProxyServer: server, ProxyOverride: exceptions.join(';') })],
    ['darwin', scutil({ HTTPSEnable: '1', HTTPSProxy: hostname, HTTPSPort: port }, exceptions)],
  ];
}

interface SystemProgram extends Pick<HttpOptions, 'system' | 'variables'> {
  /** How often it was asked. */
  readonly asked: () => Promise<number>;
}

/** The program by which a system tells its settings: it writes down that it was called, and gives an answer. */
async function installed({ directory }: Workspace, [system, answer]: Answer): Promise<SystemProgram> {
  const bin = join(directory, system);
  const calls = join(bin, 'calls');
  const program = join(bin, system === 'win32' ? 'reg' : 'scutil');
  await mkdir(bin);
  await writeFile(calls, '');
  await writeFile(join(bin, 'answer'), answer);
  await writeFile(program, `#!/bin/sh\necho "$*" >>'${calls}'\ncat '${join(bin, 'answer')}'\n`);
  await chmod(program, 0o755);
  const variables = { PATH: [bin, '/usr/bin', '/bin'].join(delimiter) };
  return { system, variables, asked: async () => (await readFile(calls, 'utf8')).split('\n').length - 1 };
}

describe('the proxy of Windows', () => {
  test.each([
    ['0x1', 'proxy.contoso.example:8080', 'http://proxy.contoso.example:8080/'],
    ['0x1', 'http://proxy.contoso.example:8080', 'http://proxy.contoso.example:8080/'],
    ['0x1', 'http=a:1;https=b:2;ftp=c:3', 'http://b:2/'],
    ['0x1', 'http=a:1', undefined],
    ['0x1', 'socks=a:1', undefined],
    ['0x1', ':', undefined],
    ['0x0', 'proxy.contoso.example:8080', undefined],
  ])('enabled %s, %s is %s', (ProxyEnable, ProxyServer, expected) => {
    expect(readRegistry(registry({ ProxyEnable, ProxyServer })).proxy?.href).toBe(expected);
  });

  test('is none without registry values', () => {
    const nothing = { proxy: undefined, exceptions: [], exceptsSimpleNames: false, hasScript: false };
    expect(readRegistry('')).toEqual(nothing);
    expect(readScutil('')).toEqual(nothing);
  });

  test('has exceptions, one of which is for names without a dot', () => {
    expect(readRegistry(registry({ ProxyOverride: '*.contoso.example; <local>;<-loopback>' }))).toMatchObject({
      exceptions: ['*.contoso.example'],
      exceptsSimpleNames: true,
    });
  });
});

describe('the proxy of macOS', () => {
  test('is the one for https, if it is enabled', () => {
    const values = { HTTPEnable: '0', HTTPSProxy: 'proxy.example', HTTPSPort: '3128' };
    expect(readScutil(scutil({ ...values, HTTPSEnable: '1' })).proxy?.href).toBe('http://proxy.example:3128/');
    expect(readScutil(scutil({ ...values, HTTPSEnable: '0' })).proxy).toBeUndefined();
  });

  test('has exceptions', () => {
    expect(readScutil(scutil({ ExcludeSimpleHostnames: '1' }, ['*.local', '169.254/16']))).toMatchObject({
      exceptions: ['*.local', '169.254/16'],
      exceptsSimpleNames: true,
    });
  });
});

test('any system response is read, and only http proxies are used', () => {
  const word = oneof(string(), constantFrom('*', '((', ';;', '<', '0x1', 'http://', '1/99', '\r\n', '{', '}'));
  assert(
    property(word, word, word, (server, exception, enabled) => {
      const values = { ProxyServer: server, ProxyOverride: exception, ProxyEnable: enabled };
      for (const { proxy } of [
        readRegistry(registry(values)),
        readScutil(scutil({ HTTPSEnable: '1', HTTPSProxy: server, HTTPSPort: enabled }, [exception])),
      ]) {
        expect(proxy?.protocol ?? 'http:').toMatch(/^https?:$/u);
      }
    }),
  );
});

// On Windows, its own `reg` answers.
describe.skipIf(!hasModes).each(['win32', 'darwin'] as const)('where %s has a proxy', (system) => {
  function among(answers: readonly Answer[]): Answer {
    const answer = answers.find(([name]) => name === system);
    if (!answer) throw new Error(`There is none for ${system}.`);
    return answer;
  }

  test('requests go through it, and the system is asked once', async () => {
    await using workspace = await Workspace.create();
    await using cloud = await FakeCloud.start();
    await using proxy = await ForwardProxy.start({ leadsTo: cloud.url });
    const { asked, ...options } = await installed(workspace, among(setUp(proxy.url)));
    const url = `https://${proxiedHost}${path}`;
    const answers = await Promise.all([1, 2, 3].map(async () => await openHttp(options).send(get(url))));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect(proxy.tunnels).toEqual([1, 2, 3].map(() => `${proxiedHost}:443`));
    expect(await asked()).toBe(1);
  });

  test('a variable has precedence, without a system query', async () => {
    await using workspace = await Workspace.create();
    const { asked, ...options } = await installed(workspace, among(setUp('http://system.example:8080')));
    const route = async (url: string, variables: Readonly<Record<string, string>>): Promise<string | undefined> =>
      (await routeTo(new URL(url), { ...openOptions, ...options, variables: { ...options.variables, ...variables } }))
        .proxy?.href;
    const url = 'https://api.powerapps.com/';
    expect(await route(url, { HTTPS_PROXY: 'http://own.example' })).toBe('http://own.example/');
    expect(await route(url, { NO_PROXY: 'powerapps.com' })).toBeUndefined();
    expect(await route(url, { HTTPS_PROXY: 'http://own.example', NO_PROXY: '*' })).toBeUndefined();
    expect(await route('http://api.powerapps.com', {})).toBeUndefined();
    for (const host of ['localhost:8443', '127.0.0.1', '[::1]:8443', 'app.localhost']) {
      expect(await route(`https://${host}`, {})).toBeUndefined();
    }
    expect(await asked()).toBe(0);
    expect(await route(url, {})).toBe('http://system.example:8080/');
  });

  test.each([
    ['api.powerapps.com', 'https://api.powerapps.com', true],
    ['API.powerapps.com:443', 'https://api.powerapps.com', true],
    ['https://api.powerapps.com', 'https://api.powerapps.com', true],
    ['*.powerapps.com', 'https://api.powerapps.com', true],
    ['powerapps.com', 'https://api.powerapps.com', false],
    ['*apps.com*', 'https://api.powerapps.com', true],
    ['a.i.powerapps.com', 'https://api.powerapps.com', false],
    ['169.254/16', 'https://169.254.7.1', true],
    ['169.254/16', 'https://169.255.7.1', false],
    ['10.*', 'https://10.1.2.3', true],
    ['2001/16', 'https://[2001:db8::1]', false],
  ])('except for %s: %s goes without it: %s', async (exception, url, isExcepted) => {
    await using workspace = await Workspace.create();
    const options = await installed(
      workspace,
      among(setUp('http://system.example:8080', ['other.example', exception])),
    );
    const { proxy } = await routeTo(new URL(url), { ...openOptions, ...options });
    expect(proxy?.href).toBe(isExcepted ? undefined : 'http://system.example:8080/');
  });

  test('an error names the source of the proxy', async () => {
    await using workspace = await Workspace.create();
    await using proxy = await ForwardProxy.start({ refuseWith: 502 });
    const options = await installed(workspace, among(setUp(proxy.url)));
    await expect(openHttp(options).send(get(`https://${proxiedHost}/`))).rejects.toMatchObject({
      message: expect.stringContaining(`failed through the proxy ${new URL(proxy.url).host}: the proxy refused`),
      hint: `This proxy is the one in the settings of your system. To connect without it, set NO_PROXY=${proxiedHost}`,
    });
  });

  test('a proxy script is reported as an error', async () => {
    await using workspace = await Workspace.create();
    const script = 'http://wpad.example/proxy.pac';
    const options = await installed(
      workspace,
      among([
        ['win32', registry({ ProxyEnable: '0x0', AutoConfigURL: script })],
        ['darwin', scutil({ ProxyAutoConfigEnable: '1', ProxyAutoConfigURLString: script })],
      ]),
    );
    await expect(openHttp(options).send(get('https://nowhere.invalid/'))).rejects.toMatchObject({
      hint: expect.stringMatching(/^Your system finds its proxy with a script \(PAC\), which paconn can't run\./u),
    });
  });

  test('without a response there is none', async () => {
    await using workspace = await Workspace.create();
    const variables = { PATH: workspace.directory };
    expect(await routeTo(new URL('https://api.powerapps.com'), { ...openOptions, system, variables })).toEqual({});
  });
});

test('other systems have only the variables', async () => {
  const url = new URL('https://api.powerapps.com');
  expect(await routeTo(url, { ...openOptions, variables: {}, system: 'linux' })).toEqual({});
});
