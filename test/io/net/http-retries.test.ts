import { describe, expect, test } from 'vitest';
import { InterruptedError, NetworkError } from '../../../src/errors.ts';
import { FakeCloud } from '../../support/fake-cloud/fake-cloud.ts';
import type { FaultAction } from '../../support/fake-cloud/faults.ts';
import { get, openHttp, post } from '../../support/http-client.ts';

const path = '/common/v2.0/.well-known/openid-configuration';
const always = 99;

function times({ requests }: FakeCloud): number[] {
  return requests.map(({ startedAt }) => startedAt);
}

describe.concurrent('a request that may be repeated', () => {
  test.each([408, 429, 500, 502, 503, 504])('is sent again after an answer with status %i', async (status) => {
    await using cloud = await FakeCloud.start();
    cloud.fault({ path, status });
    expect((await openHttp().send(get(cloud.url + path))).status).toBe(200);
    expect(cloud.requests).toHaveLength(2);
  });

  test.each([502, 504])(
    'and that the service may work on for minutes, is not after %i: a gateway has given it up',
    async (status) => {
      await using cloud = await FakeCloud.start();
      cloud.fault({ path, status });
      expect((await openHttp().send(get(cloud.url + path, { slow: true }))).status).toBe(status);
      expect(cloud.requests).toHaveLength(1);
    },
  );

  test.each<FaultAction>(['reset', 'resetAfter', 'truncate'])('is sent again after a %s', async (action) => {
    await using cloud = await FakeCloud.start();
    cloud.fault({ path, action });
    const { status, body } = await openHttp().send(get(cloud.url + path));
    expect(status).toBe(200);
    expect(JSON.parse(body.toString())).toHaveProperty('token_endpoint');
    expect(cloud.requests).toHaveLength(2);
  });

  test.each([400, 401, 403, 404, 409, 412])('is not sent again after an answer with status %i', async (status) => {
    await using cloud = await FakeCloud.start();
    cloud.fault({ path, status, text: 'no' });
    expect(await openHttp().send(get(cloud.url + path))).toMatchObject({ status, body: Buffer.from('no') });
    expect(cloud.requests).toHaveLength(1);
  });

  test('is sent four times at most; the last answer counts', async () => {
    await using cloud = await FakeCloud.start();
    cloud.fault({ path, times: 3, status: 500 });
    cloud.fault({ path, times: always, status: 503, text: 'still busy' });
    expect(await openHttp().send(get(cloud.url + path))).toMatchObject({
      status: 503,
      body: Buffer.from('still busy'),
    });
    expect(cloud.requests).toHaveLength(4);
  });

  test('is sent four times at most when no answer comes, each time after a longer pause', async () => {
    await using cloud = await FakeCloud.start();
    cloud.fault({ path, times: always, action: 'reset' });
    await expect(openHttp().send(get(cloud.url + path))).rejects.toThrow(NetworkError);
    const [first = 0, second = 0, third = 0, fourth = 0] = times(cloud);
    expect(cloud.requests).toHaveLength(4);
    expect(second - first).toBeGreaterThanOrEqual(375);
    expect(third - second).toBeGreaterThanOrEqual(750);
    expect(fourth - third).toBeGreaterThanOrEqual(1500);
  });
});

describe.concurrent('a request that must not be repeated is sent exactly once', () => {
  test.each([408, 429, 500, 503])('after an answer with status %i', async (status) => {
    await using cloud = await FakeCloud.start();
    cloud.fault({ path, status, headers: { 'retry-after': '0' } });
    expect((await openHttp().send(post(cloud.url + path))).status).toBe(status);
    expect(cloud.requests).toHaveLength(1);
  });

  test.each<FaultAction>(['reset', 'resetAfter', 'truncate'])('after a %s, and may have arrived', async (action) => {
    await using cloud = await FakeCloud.start();
    cloud.fault({ path, action });
    await expect(openHttp().send(post(cloud.url + path))).rejects.toMatchObject({
      message: `POST ${cloud.url}${path} failed: the connection broke.`,
      mayHaveArrived: true,
    });
    expect(cloud.requests).toHaveLength(1);
  });

  test('also on a kept connection that the server closes', async () => {
    await using cloud = await FakeCloud.start();
    const http = openHttp();
    await http.send(get(cloud.url + path));
    cloud.fault({ method: 'POST', path, action: 'reset' });
    await expect(http.send(post(cloud.url + path))).rejects.toThrow(NetworkError);
    expect(cloud.requests).toHaveLength(2);
  });
});

describe.concurrent('a service that names a pause with Retry-After', () => {
  test('in seconds gets it', async () => {
    await using cloud = await FakeCloud.start();
    cloud.fault({ path, status: 429, headers: { 'retry-after': '2' } });
    expect((await openHttp().send(get(cloud.url + path))).status).toBe(200);
    const [first = 0, second = 0] = times(cloud);
    expect(second - first).toBeGreaterThanOrEqual(1990);
  });

  test('as a date gets it', async () => {
    await using cloud = await FakeCloud.start();
    const date = new Date(Date.now() + 3000).toUTCString();
    cloud.fault({ path, status: 503, headers: { 'retry-after': date } });
    expect((await openHttp().send(get(cloud.url + path))).status).toBe(200);
    expect(Date.now()).toBeGreaterThanOrEqual(Date.parse(date));
  });

  test.each(['soon', '-5', '', 'Thu, 01 Jan 1970 00:00:00 GMT'])('as %j is asked again all the same', async (after) => {
    await using cloud = await FakeCloud.start();
    cloud.fault({ path, status: 429, headers: { 'retry-after': after } });
    expect((await openHttp().send(get(cloud.url + path))).status).toBe(200);
  });

  test.each(['61', '3600', new Date(Date.now() + 3_600_000).toUTCString()])(
    'of more than a minute (%s) is not waited for: its answer counts',
    async (after) => {
      await using cloud = await FakeCloud.start();
      cloud.fault({ path, status: 429, headers: { 'retry-after': after } });
      const answer = await openHttp().send(get(cloud.url + path));
      expect(answer).toMatchObject({ status: 429, headers: { 'retry-after': after } });
      expect(cloud.requests).toHaveLength(1);
    },
  );
});

describe.concurrent('canceling the run', () => {
  // Far less than the time the server or the pause takes.
  const patience = 20_000;

  test('during a request does not wait for its answer', { timeout: patience }, async () => {
    await using cloud = await FakeCloud.start();
    cloud.fault({ path, action: 'hang' });
    const interruption = new AbortController();
    const sending = openHttp({ signal: interruption.signal }).send(get(cloud.url + path));
    await expect.poll(() => cloud.requests).toHaveLength(1);
    interruption.abort();
    await expect(sending).rejects.toThrow(InterruptedError);
    expect(cloud.requests).toHaveLength(1);
  });

  test('in the middle of an answer does not wait for the rest', { timeout: patience }, async () => {
    await using cloud = await FakeCloud.start();
    cloud.fault({ path, action: 'stall' });
    const interruption = new AbortController();
    const sending = openHttp({ signal: interruption.signal }).send(get(cloud.url + path));
    await expect.poll(() => cloud.requests).toHaveLength(1);
    interruption.abort();
    await expect(sending).rejects.toThrow(InterruptedError);
  });

  test('in the pause between two tries does not wait for its end', { timeout: patience }, async () => {
    await using cloud = await FakeCloud.start();
    cloud.fault({ path, status: 429, headers: { 'retry-after': '50' } });
    const interruption = new AbortController();
    const sending = openHttp({ signal: interruption.signal }).send(get(cloud.url + path));
    await expect.poll(() => cloud.requests[0]?.endedAt).toBeDefined();
    interruption.abort();
    await expect(sending).rejects.toThrow(InterruptedError);
    expect(cloud.requests).toHaveLength(1);
  });

  test('before a request sends nothing', async () => {
    await using cloud = await FakeCloud.start();
    const sending = openHttp({ signal: AbortSignal.abort() }).send(get(cloud.url + path));
    await expect(sending).rejects.toThrow(InterruptedError);
    expect(cloud.requests).toHaveLength(0);
  });
});

test('each try is one line of the trace, without the query', async () => {
  await using cloud = await FakeCloud.start();
  cloud.fault({ path, status: 503 });
  cloud.fault({ path, action: 'reset' });
  const lines: string[] = [];
  const trace = (line: string): void => void lines.push(line);
  await openHttp({ trace }).send(get(`${cloud.url}${path}?sig=hush`));
  expect(lines).toEqual([
    expect.stringMatching(/^GET \S+\/openid-configuration 503, correlation ID [\da-f-]{36}, trying again$/u),
    `GET ${cloud.url}${path} the connection broke, trying again (2)`,
    expect.stringMatching(/^GET \S+\/openid-configuration 200, correlation ID [\da-f-]{36}, \d+ ms$/u),
  ]);
  expect(lines.join()).not.toContain('hush');
});
