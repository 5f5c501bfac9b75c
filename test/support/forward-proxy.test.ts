import axios from 'axios';
import { expect, test } from 'vitest';
import { FakeCloud } from './fake-cloud/fake-cloud.ts';
import { ForwardProxy } from './forward-proxy.ts';

const credentials = { user: 'proxy user', password: 'p@ss:word' };
const path = '/common/v2.0/.well-known/openid-configuration';

function get(url: string, proxyUrl: string) {
  const { hostname, port, username, password } = new URL(proxyUrl);
  const auth = username && { auth: { username: decodeURIComponent(username), password: decodeURIComponent(password) } };
  return axios.get(url, {
    proxy: { protocol: 'http', host: hostname, port: Number(port), ...auth },
    validateStatus: null,
  });
}

test('the proxy tunnels https and forwards http, with credentials', async () => {
  await using cloud = await FakeCloud.start({ http: true });
  await using proxy = await ForwardProxy.start({ credentials });

  expect((await get(cloud.url + path, proxy.url)).status).toBe(200);
  expect((await get(cloud.httpUrl + path, proxy.url)).status).toBe(200);
  expect(proxy.tunnels).toEqual([new URL(cloud.url).host]);
  expect(proxy.forwarded).toEqual([cloud.httpUrl + path]);

  expect((await get(cloud.url + path, proxy.urlWithoutCredentials)).status).toBe(407);
  expect((await get(cloud.httpUrl + path, proxy.urlWithoutCredentials)).status).toBe(407);
  expect(proxy.refusals).toBe(2);
});

test('the proxy refuses', async () => {
  await using cloud = await FakeCloud.start();
  await using proxy = await ForwardProxy.start({ refuseWith: 403 });
  expect((await get(cloud.url + path, proxy.url)).status).toBe(403);
  expect(proxy.refusals).toBe(1);
  expect(cloud.requests).toEqual([]);
});
