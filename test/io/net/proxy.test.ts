import { describe, expect, test } from 'vitest';
import { UsageError } from '../../../src/errors.ts';
import { proxyFor } from '../../../src/io/net/proxy.ts';
import { createCertificate, provideCertificate } from '../../support/certificate.ts';
import { FakeCloud } from '../../support/fake-cloud/fake-cloud.ts';
import { listen } from '../../support/fake-cloud/listener.ts';
import { ForwardProxy } from '../../support/forward-proxy.ts';
import { get, openHttp, post } from '../../support/http-client.ts';
import { RawServer } from '../../support/raw-server.ts';
import { Workspace } from '../../support/workspace.ts';

const path = '/common/v2.0/.well-known/openid-configuration';
const credentials = { user: 'proxy user', password: 'p@ss:wörd%' };

describe('the proxy for a URL', () => {
  const proxy = 'http://proxy.example:8080/';

  test.each<[what: string, variables: Record<string, string>, expected: string | undefined]>([
    ['is none unless one is named', {}, undefined],
    ['is that of HTTPS_PROXY', { HTTPS_PROXY: proxy }, proxy],
    ['is that of https_proxy', { https_proxy: proxy }, proxy],
    ['is that of https_proxy before HTTPS_PROXY', { https_proxy: proxy, HTTPS_PROXY: 'http://other.example' }, proxy],
    ['is that of ALL_PROXY when there is no other', { ALL_PROXY: proxy }, proxy],
    ['is that of HTTPS_PROXY before all_proxy', { HTTPS_PROXY: proxy, all_proxy: 'http://other.example' }, proxy],
    ['is not that of HTTP_PROXY', { HTTP_PROXY: proxy }, undefined],
    ['is none when the variable is empty', { HTTPS_PROXY: '' }, undefined],
    ['is asked by http when nothing else is said', { HTTPS_PROXY: 'proxy.example:8080' }, proxy],
    ['may be asked by https', { HTTPS_PROXY: 'https://proxy.example' }, 'https://proxy.example/'],
  ])('%s', (_what, variables, expected) => {
    expect(proxyFor(new URL('https://api.powerapps.com/x'), variables)?.href).toBe(expected);
  });

  test.each<[noProxy: string, url: string, isExempt: boolean]>([
    ['api.powerapps.com', 'https://api.powerapps.com', true],
    ['powerapps.com', 'https://api.powerapps.com', true],
    ['.powerapps.com', 'https://api.powerapps.com', true],
    ['*.powerapps.com', 'https://api.powerapps.com', true],
    ['apps.com', 'https://api.powerapps.com', false],
    ['powerapps.co', 'https://api.powerapps.com', false],
    ['POWERAPPS.com', 'https://api.powerapps.com', true],
    ['other.example, powerapps.com', 'https://api.powerapps.com', true],
    ['other.example powerapps.com', 'https://api.powerapps.com', true],
    ['*', 'https://api.powerapps.com', true],
    ['localhost,,', 'https://api.powerapps.com', false],
    ['api.powerapps.com:443', 'https://api.powerapps.com', true],
    ['api.powerapps.com:8443', 'https://api.powerapps.com', false],
    ['localhost:8443', 'https://localhost:8443', true],
    ['localhost', 'https://localhost:8443', true],
    ['127.0.0.1', 'https://127.0.0.1:8443', true],
    ['::1', 'https://[::1]:8443', true],
    ['[::1]:8443', 'https://[::1]:8443', true],
  ])('NO_PROXY=%s: %s goes without it: %s', (noProxy, url, isExempt) => {
    for (const name of ['NO_PROXY', 'no_proxy']) {
      expect(proxyFor(new URL(url), { HTTPS_PROXY: proxy, [name]: noProxy })).toEqual(
        isExempt ? undefined : new URL(proxy),
      );
    }
  });

  test('is none for http', () => {
    expect(proxyFor(new URL('http://127.0.0.1:8080'), { HTTP_PROXY: proxy, ALL_PROXY: proxy })).toBeUndefined();
  });

  test.each(['socks5://hush@proxy.example', 'http://', 'http://hush@[proxy', '://'])(
    'cannot be %s, which may hold a password and is not shown',
    (value) => {
      const naming = (): unknown => proxyFor(new URL('https://api.powerapps.com'), { HTTPS_PROXY: value });
      expect(naming).toThrow(UsageError);
      expect(naming).not.toThrow(/hush/u);
    },
  );
});

describe('through a proxy', () => {
  test('requests go by one tunnel, opened with the credentials', async () => {
    await using cloud = await FakeCloud.start();
    await using proxy = await ForwardProxy.start({ credentials });
    const http = openHttp({ variables: { HTTPS_PROXY: proxy.url } });
    for (let count = 0; count < 3; count += 1) {
      expect((await http.send(get(cloud.url + path))).status).toBe(200);
    }
    expect(proxy.tunnels).toEqual([new URL(cloud.url).host]);
    expect(cloud.requests).toHaveLength(3);
    expect(cloud.requests[0]?.headers).not.toHaveProperty('proxy-authorization');
  });

  test('that is itself reached by TLS they go as well', async () => {
    await using cloud = await FakeCloud.start();
    await using proxy = await ForwardProxy.start({ credentials, certificate: await provideCertificate() });
    const http = openHttp({ variables: { HTTPS_PROXY: proxy.url } });
    expect((await http.send(get(cloud.url + path))).status).toBe(200);
    expect(proxy.tunnels).toHaveLength(1);
  });

  test('that NO_PROXY exempts the host from they do not go', async () => {
    await using cloud = await FakeCloud.start();
    await using proxy = await ForwardProxy.start();
    const http = openHttp({ variables: { HTTPS_PROXY: proxy.url, NO_PROXY: 'localhost' } });
    expect((await http.send(get(cloud.url + path))).status).toBe(200);
    expect(proxy.tunnels).toEqual([]);
  });

  test('unencrypted requests are not sent through it', async () => {
    await using cloud = await FakeCloud.start({ http: true });
    await using proxy = await ForwardProxy.start();
    const variables = { HTTP_PROXY: proxy.url, HTTPS_PROXY: proxy.url, ALL_PROXY: proxy.url };
    expect((await openHttp({ variables }).send(get(cloud.httpUrl + path))).status).toBe(200);
    expect(proxy.forwarded).toEqual([]);
  });

  test('a request that breaks is tried again where that is safe', async () => {
    await using cloud = await FakeCloud.start();
    await using proxy = await ForwardProxy.start();
    const http = openHttp({ variables: { HTTPS_PROXY: proxy.url } });
    cloud.fault({ path, times: 2, action: 'reset' });
    expect((await http.send(get(cloud.url + path))).status).toBe(200);
    cloud.fault({ path, action: 'reset' });
    await expect(http.send(post(cloud.url + path))).rejects.toMatchObject({ mayHaveArrived: true });
    expect(cloud.requests).toHaveLength(4);
  });

  test('a server without a trusted certificate is not used', async () => {
    const server = await listen(async (_message, response) => void response.end(), await createCertificate());
    await using proxy = await ForwardProxy.start();
    const sending = openHttp({ variables: { HTTPS_PROXY: proxy.url } }).send(get(server.origin));
    await expect(sending).rejects.toMatchObject({ hint: expect.stringMatching(/set NODE_EXTRA_CA_CERTS to/u) });
    expect(proxy.tunnels).toHaveLength(1);
    await server.close();
  });
});

describe.concurrent('a proxy that cannot be used is named, its credentials are not, and nothing has arrived', () => {
  async function failureThrough(url: string, timeout = 30_000): Promise<unknown> {
    const target = post('https://api.powerapps.example/x?secret');
    return await openHttp({ timeout, variables: { HTTPS_PROXY: url } })
      .send(target)
      .catch((error: unknown) => error);
  }

  const beginning = 'POST https://api.powerapps.example/x failed through the proxy';

  test('because it requires credentials', async () => {
    await using proxy = await ForwardProxy.start({ credentials });
    const { host } = new URL(proxy.url);
    expect(await failureThrough(proxy.urlWithoutCredentials)).toMatchObject({
      message: `${beginning} ${host}: the proxy refused with status 407 Refused (Basic).`,
      hint: 'Set HTTPS_PROXY with your user name and password: http://<user>:<password>@<host>:<port>',
      mayHaveArrived: false,
    });
    expect(proxy.refusals).toBe(1);
  });

  test('because it requires other credentials', async () => {
    await using proxy = await ForwardProxy.start({ credentials });
    const { host } = new URL(proxy.url);
    expect(await failureThrough(`http://someone:hush%40@${host}`)).toMatchObject({
      message: expect.not.stringMatching(/hush|someone/u),
      mayHaveArrived: false,
    });
  });

  test.each([403, 502])('because it refuses with status %i', async (refuseWith) => {
    await using proxy = await ForwardProxy.start({ refuseWith });
    expect(await failureThrough(proxy.url)).toMatchObject({
      message: `${beginning} ${new URL(proxy.url).host}: the proxy refused with status ${refuseWith} Refused (Basic).`,
      mayHaveArrived: false,
    });
  });

  test("because it doesn't exist", async () => {
    const proxy = await ForwardProxy.start({ credentials });
    const { url } = proxy;
    await proxy.close();
    expect(await failureThrough(url)).toMatchObject({
      message: `${beginning} ${new URL(url).host}: the connection was refused.`,
      mayHaveArrived: false,
    });
  });

  test('if it is not a proxy', async () => {
    await using server = await RawServer.start((socket) => socket.once('data', () => socket.end('SSH-2.0-x\r\n')));
    expect(await failureThrough(`http://localhost:${server.port}`)).toMatchObject({
      message: expect.stringMatching(/ through the proxy localhost:\d+: Parse Error: Expected HTTP\/[^\n]*\.$/u),
    });
  });

  test('because it never answers', async () => {
    await using server = await RawServer.start(() => undefined);
    expect(await failureThrough(`http://localhost:${server.port}`, 300)).toMatchObject({
      message: expect.stringMatching(/ through the proxy localhost:\d+: the response took too long; [^\n]+\.$/u),
    });
  });
});

test.each(['http', 'https'])('a command ends when its %s proxy never answers', { timeout: 30_000 }, async (scheme) => {
  await using server = await RawServer.start(() => undefined);
  await using workspace = await Workspace.create();
  const { exitCode, stderr } = await workspace.run(['login'], {
    variables: { HTTPS_PROXY: `${scheme}://u:hush@localhost:${server.port}`, PACONN_HTTP_TIMEOUT: '1' },
  });
  expect(exitCode).toBe(1);
  expect(stderr).toMatch(
    /^Error: POST https:\/\/login\.microsoftonline\.com\/\S+ failed through the proxy localhost:/u,
  );
});
