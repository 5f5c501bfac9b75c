import { describe, expect, test } from 'vitest';
import { InterruptedError } from '../../../src/errors.ts';
import { FakeCloud } from '../../support/fake-cloud/fake-cloud.ts';
import { get, openHttp, post } from '../../support/http-client.ts';

const path = '/common/v2.0/.well-known/openid-configuration';

/** When requests arrived, after the answer that asked for a pause. */
function laterArrivals({ requests }: FakeCloud): number[] {
  const throttled = requests.find(({ status }) => status === 429 || status === 503)?.endedAt ?? Infinity;
  return requests.map(({ startedAt }) => startedAt - throttled).filter((milliseconds) => milliseconds > 0);
}

describe.concurrent('a pause that a server asks one request for', () => {
  test.each([429, 503])('is kept by all requests to it (%i)', async (status) => {
    await using cloud = await FakeCloud.start();
    cloud.fault({ path, status, headers: { 'retry-after': '1' } });
    const http = openHttp();
    const refused = http.send(get(cloud.url + path));
    await expect.poll(() => cloud.requests[0]?.endedAt).toBeDefined();
    // Enough for the answer to arrive, far less than the pause.
    await new Promise((resolve) => void setTimeout(resolve, 100));
    const others = Array.from({ length: 5 }, () => http.send(get(cloud.url + path)));
    const answers = await Promise.all([refused, ...others]);
    expect(answers.map((answer) => answer.status)).toEqual([200, 200, 200, 200, 200, 200]);
    expect(cloud.requests).toHaveLength(7);
    expect(laterArrivals(cloud).filter((milliseconds) => milliseconds < 990)).toEqual([]);
  });

  test('is kept where the request itself must not be repeated, too', async () => {
    await using cloud = await FakeCloud.start();
    cloud.fault({ path, status: 429, headers: { 'retry-after': '1' } });
    const http = openHttp();
    expect((await http.send(post(cloud.url + path))).status).toBe(429);
    expect((await http.send(get(cloud.url + path))).status).toBe(200);
    const [arrival = 0] = laterArrivals(cloud);
    expect(arrival).toBeGreaterThanOrEqual(990);
  });

  test('is a short one where it does not say for how long', async () => {
    await using cloud = await FakeCloud.start();
    cloud.fault({ path, status: 429 });
    const http = openHttp();
    await http.send(post(cloud.url + path));
    await http.send(get(cloud.url + path));
    const [arrival = 0] = laterArrivals(cloud);
    expect(arrival).toBeGreaterThanOrEqual(490);
  });

  test.each([
    ['30', ['HOST is busy. Trying again in 30 s…']],
    ['1', []],
  ])('is said once when it is long (%s s)', async (seconds, said) => {
    await using cloud = await FakeCloud.start();
    cloud.fault({ path, times: 9, status: 429, headers: { 'retry-after': seconds } });
    const announced: string[] = [];
    const http = openHttp({ announce: (words) => void announced.push(words) });
    await Promise.all([1, 2, 3].map(async () => await http.send(post(cloud.url + path))));
    expect(announced.map((words) => words.replace(/localhost:\d+/u, 'HOST'))).toEqual(said);
  });

  test('is said once when many short ones take long together', { timeout: 60_000 }, async () => {
    await using cloud = await FakeCloud.start();
    cloud.fault({ path, times: 4, status: 429, headers: { 'retry-after': '2' } });
    const announced: string[] = [];
    const http = openHttp({ announce: (words) => void announced.push(`${cloud.requests.length}: ${words}`) });
    expect((await http.send(get(cloud.url + path))).status).toBe(200);
    expect(announced.map((words) => words.replace(/localhost:\d+/u, 'HOST'))).toEqual([
      '3: HOST is busy. This takes longer than usual…',
    ]);
  });

  test('does not affect another server', async () => {
    await using cloud = await FakeCloud.start({ http: true });
    cloud.fault({ path, status: 429, headers: { 'retry-after': '30' } });
    const http = openHttp();
    await http.send(post(cloud.url + path));
    expect((await http.send(get(cloud.httpUrl + path))).status).toBe(200);
    expect(laterArrivals(cloud).filter((milliseconds) => milliseconds > 20_000)).toEqual([]);
  });

  test('ends when the run is canceled', async () => {
    await using cloud = await FakeCloud.start();
    cloud.fault({ path, status: 429, headers: { 'retry-after': '50' } });
    const interruption = new AbortController();
    const http = openHttp({ signal: interruption.signal });
    await http.send(post(cloud.url + path));
    const waiting = http.send(get(cloud.url + path));
    interruption.abort();
    await expect(waiting).rejects.toThrow(InterruptedError);
    expect(cloud.requests).toHaveLength(1);
  });

  test('does not use up the tries of a request: many wait for a busy server together', async () => {
    await using cloud = await FakeCloud.start();
    cloud.fault({ path, times: 4, status: 429, headers: { 'retry-after': '0' } });
    expect((await openHttp().send(get(cloud.url + path))).status).toBe(200);
    expect(cloud.requests).toHaveLength(5);
  });
});

test('requests side by side share as many connections as there are at a time, without a warning of Node', async () => {
  await using cloud = await FakeCloud.start();
  const warnings: Error[] = [];
  const take = (warning: Error): void => void warnings.push(warning);
  process.on('warning', take);
  const http = openHttp();
  for (let round = 0; round < 5; round += 1) {
    await Promise.all(Array.from({ length: 20 }, () => http.send(get(cloud.url + path))));
  }
  process.off('warning', take);
  expect(cloud.requests).toHaveLength(100);
  expect(cloud.connections).toBe(20);
  expect(warnings).toEqual([]);
});
