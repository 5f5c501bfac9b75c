import type { Socket } from 'node:net';
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { createCertificate, provideCertificate } from '../../support/certificate.ts';
import { FakeCloud } from '../../support/fake-cloud/fake-cloud.ts';
import { listen, receive } from '../../support/fake-cloud/listener.ts';
import { get, openHttp, post } from '../../support/http-client.ts';
import { RawServer } from '../../support/raw-server.ts';
import { Workspace } from '../../support/workspace.ts';

const path = '/common/v2.0/.well-known/openid-configuration';

describe('a request', () => {
  test('arrives unchanged: URL, headers, and body', async () => {
    const seen: unknown[] = [];
    const server = await listen(
      async (message, response, origin) => {
        const { headers, body } = await receive(message, origin);
        seen.push({ method: message.method, url: message.url, type: headers['x-type'], agent: headers['user-agent'] });
        response.end(body);
      },
      await provideCertificate(),
    );
    const url = `${server.origin}/a%20b/%C3%A9%23%25?sig=a%2Bb%2Fc%3D%3D&se=2026-01-01T00:00:00Z&%24filter=a%20eq%20%27b%27`;

    const text = '{"größe": 1.0, "id": 9007199254740993}';
    const answer = await openHttp().send({ ...post(url, text), headers: { 'X-Type': 'a; b="c"' } });
    expect(answer.body.toString()).toBe(text);
    const bytes = Uint8Array.of(0, 255, 239, 187, 191, 13, 10);
    expect((await openHttp().send(post(url, bytes))).body).toEqual(Buffer.from(bytes));
    await server.close();
    const { pathname, search } = new URL(url);
    expect(seen[0]).toEqual({
      method: 'POST',
      url: pathname + search,
      type: 'a; b="c"',
      agent: 'paconn/test',
    });
  });

  test('reuses the connection of the previous one', async () => {
    await using cloud = await FakeCloud.start();
    const http = openHttp();
    for (let count = 0; count < 5; count += 1) await http.send(get(cloud.url + path));
    expect(cloud.requests).toHaveLength(5);
    expect(cloud.connections).toBe(1);
  });
});

describe('an answer', () => {
  test.each([200, 201, 204, 302, 400, 404, 500])('with status %i is given as it is', async (status) => {
    await using cloud = await FakeCloud.start();
    const headers = { 'X-Odd-Name': 'é', location: 'https://elsewhere.example/' };
    cloud.fault({ path, status, headers, text: status === 204 ? '' : '\uFEFF{"a":1}' });
    const answer = await openHttp().send({ ...get(cloud.url + path), repeatable: false });
    expect(answer).toMatchObject({ status, headers: { 'x-odd-name': 'é', location: 'https://elsewhere.example/' } });
    expect(answer.body).toEqual(Buffer.from(status === 204 ? '' : '\uFEFF{"a":1}'));
    expect(answer.statusText).not.toBe('');
  });

  const packings: readonly (readonly [encoding: string, pack: (text: string) => Buffer])[] = [
    ['gzip', gzipSync],
    ['X-Gzip', gzipSync],
    ['br', brotliCompressSync],
    ['deflate', deflateSync],
    ['deflate', deflateRawSync],
  ];

  test.each(packings)('that is packed is unpacked: %s', async (encoding, pack) => {
    for (const status of [200, 404]) {
      const server = await listen(
        async (_message, response) => {
          response.writeHead(status, { 'content-encoding': encoding }).end(pack('unpacked'));
        },
        await provideCertificate(),
      );
      expect((await openHttp().send(get(server.origin))).body.toString()).toBe('unpacked');
      await server.close();
    }
  });

  test.each(packings)('of which only a part was packed is none, and asked for again: %s', async (encoding, pack) => {
    const whole = pack('x'.repeat(100_000) + Math.random());
    let answers = 0;
    const server = await listen(
      async (_message, response) => {
        answers += 1;
        response.writeHead(200, { 'content-encoding': encoding }).end(whole.subarray(0, whole.length - 6));
      },
      await provideCertificate(),
    );
    await expect(openHttp().send(get(server.origin))).rejects.toMatchObject({
      message: `GET ${server.origin}/ failed: the connection broke.`,
      mayHaveArrived: true,
    });
    expect(answers).toBe(4);
    await server.close();
  });

  test('that is marked as compressed without content is empty', async () => {
    await using cloud = await FakeCloud.start();
    cloud.fault({ path, status: 200, headers: { 'content-encoding': 'gzip' }, text: '' });
    expect((await openHttp().send(get(cloud.url + path))).body).toHaveLength(0);
  });

  test('beyond the size limit is given up, and not asked for again', async () => {
    await using cloud = await FakeCloud.start();
    const text = 'x'.repeat(1000);
    cloud.fault({ path, times: 9, status: 200, text });
    const http = openHttp();
    expect((await http.send(get(cloud.url + path, { sizeLimit: 1000 }))).body).toHaveLength(1000);
    await expect(http.send(get(cloud.url + path, { sizeLimit: 999 }))).rejects.toThrow(
      `GET ${cloud.url}${path} failed: the response is too large.`,
    );
    expect(cloud.requests).toHaveLength(2);
  });

  test('that unpacks to more than the size limit is given up', async () => {
    const server = await listen(
      async (_message, response) => {
        response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync('x'.repeat(1_000_000)));
      },
      await provideCertificate(),
    );
    await expect(openHttp().send(get(server.origin, { sizeLimit: 10_000 }))).rejects.toThrow(/ is too large/u);
    await server.close();
  });
});

describe.concurrent('no answer within the time-out', () => {
  test.each(['hang', 'stall'] as const)('is a failure, and not tried again: %s', async (action) => {
    await using cloud = await FakeCloud.start();
    cloud.fault({ path, times: 9, action });
    // Long enough to open a connection on a busy machine.
    await expect(openHttp({ timeout: 5000 }).send(get(cloud.url + path))).rejects.toMatchObject({
      message: `GET ${cloud.url}${path} failed: the response took too long; to wait longer, set PACONN_HTTP_TIMEOUT to a number of seconds.`,
      mayHaveArrived: true,
    });
    expect(cloud.requests).toHaveLength(1);
  });

  test('is a failure on a server that accepts connections and sends nothing', async () => {
    await using server = await RawServer.start(() => undefined);
    const request = get(`https://localhost:${server.port}/`);
    await expect(openHttp({ timeout: 300 }).send(request)).rejects.toThrow(/the response took too long/u);
  });

  test.each([
    ['the head', ''],
    ['the body', 'HTTP/1.1 200 OK\r\ncontent-length: 100000\r\n\r\n'],
  ])('is a failure when it drips, in %s', async (_where, beginning) => {
    const rest = beginning === '' ? `HTTP/1.1 200 ${'O'.repeat(10_000)}` : 'x'.repeat(10_000);
    await using server = await RawServer.start((socket) => {
      socket.once('data', () => {
        socket.write(beginning);
        let sent = 0;
        const dripping = setInterval(() => socket.write(rest[sent++] ?? ''), 20);
        socket.once('close', () => clearInterval(dripping));
      });
    });
    const request = { ...get(`http://localhost:${server.port}/`), repeatable: true };
    await expect(openHttp({ timeout: 200 }).send(request)).rejects.toMatchObject({
      message: expect.stringMatching(/the response took too long/u),
      mayHaveArrived: true,
    });
  });

  test('is no failure if a large response takes longer but arrives', async () => {
    await using server = await RawServer.start((socket) => {
      socket.once('data', () => {
        socket.write('HTTP/1.1 200 OK\r\ncontent-length: 200000\r\n\r\n');
        let sent = 0;
        const sending = setInterval(() => {
          socket.write('x'.repeat(20_000));
          sent += 1;
          if (sent === 10) clearInterval(sending);
        }, 400);
        socket.once('close', () => clearInterval(sending));
      });
    });
    const { body } = await openHttp({ timeout: 3000 }).send(get(`http://localhost:${server.port}/`));
    expect(body).toHaveLength(200_000);
  });

  test('comes later for a request that the service may work on for minutes', async () => {
    await using cloud = await FakeCloud.start();
    cloud.fault({ path, times: 2, answerLatency: 800 });
    const http = openHttp({ timeout: 300, slowTimeout: 30_000 });
    expect((await http.send(get(cloud.url + path, { slow: true }))).status).toBe(200);
    await expect(http.send(get(cloud.url + path))).rejects.toThrow(/the response took too long/u);
  });

  test('applies to each attempt separately; pauses do not count', async () => {
    await using cloud = await FakeCloud.start();
    cloud.fault({ path, status: 503, headers: { 'retry-after': '4' } });
    expect((await openHttp({ timeout: 3500 }).send(get(cloud.url + path))).status).toBe(200);
  });
});

describe.concurrent('a failure is one sentence', () => {
  test.each<[what: string, say: (socket: Socket) => void, scheme: string, message: RegExp]>([
    ['not HTTP', (socket) => void socket.end('220 mail.example ESMTP\r\n'), 'http', /: Parse Error: Expected HTTP\//u],
    ['not TLS', (socket) => void socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'), 'https', /doesn't use TLS; check/u],
  ])('when the server speaks %s', async (_what, say, scheme, message) => {
    await using server = await RawServer.start((socket) => socket.once('data', () => say(socket)));
    const request = get(`${scheme}://localhost:${server.port}/x?secret`);
    const error: unknown = await openHttp()
      .send(request)
      .catch((raised: unknown) => raised);
    expect(error).toMatchObject({
      message: expect.stringMatching(message),
      mayHaveArrived: true,
    });
    expect(String(error)).toMatch(/^Error: GET https?:\/\/localhost:\d+\/x failed: [^\n]+[^.\n]\.$/u);
  });

  test('if no server listens; nothing was delivered', async () => {
    const cloud = await FakeCloud.start();
    await cloud.close();
    await expect(openHttp().send(post(cloud.url + path))).rejects.toMatchObject({ mayHaveArrived: false });
  });

  test('when there is no such host; nothing has arrived', async () => {
    // Which of the two depends on whether there is a network.
    await expect(openHttp().send(post('https://nowhere.invalid/x?secret'))).rejects.toMatchObject({
      message: expect.stringMatching(
        /^POST https:\/\/nowhere\.invalid\/x failed: the host name (wasn't found; check the URL and|can't be looked up; check) your network connection\.$/u,
      ),
      mayHaveArrived: false,
    });
  });

  test('if the certificate is not trusted, and the request is not repeated', async () => {
    let requests = 0;
    const server = await listen(
      async (_message, response) => {
        requests += 1;
        response.end();
      },
      await createCertificate(),
    );
    const lines: string[] = [];
    const http = openHttp({ trace: (line) => void lines.push(line) });
    await expect(http.send(get(server.origin))).rejects.toMatchObject({ mayHaveArrived: false });
    expect({ requests, lines: lines.length }).toEqual({ requests: 0, lines: 1 });
    await server.close();
  });
});

describe('a redirection', () => {
  test('is the answer, unless it is to be followed', async () => {
    await using cloud = await FakeCloud.start();
    cloud.fault({ path: '/here', redirect: `${cloud.url}${path}` });
    expect((await openHttp().send(get(`${cloud.url}/here`))).status).toBe(302);
    expect(cloud.requests).toHaveLength(1);
  });

  test.each([301, 302, 303, 307, 308])('with status %i is followed, to wherever it leads by https', async (status) => {
    await using cloud = await FakeCloud.start();
    await using other = await FakeCloud.start();
    cloud.fault({ path: '/here', status, redirect: '/there?a=b' });
    cloud.fault({ path: '/there', status, redirect: `${other.url}${path}` });
    other.fault({ path, status: 503 });
    const answer = await openHttp().send(get(`${cloud.url}/here`, { followRedirects: true }));
    expect(answer.status).toBe(200);
    expect(cloud.requests.map((request) => request.path)).toEqual(['/here', '/there']);
    expect(cloud.requests[1]?.query).toEqual({ a: 'b' });
    expect(other.requests).toHaveLength(2);
  });

  test.each([
    ['http://icons.example/x?sig=hush', 'http://icons.example'],
    ['file:///etc/passwd', 'file://'],
    ['data:text/plain,x', 'data://'],
    ['https://', 'an invalid URL'],
  ])('to %s is not followed', async (redirect, shown) => {
    await using cloud = await FakeCloud.start();
    cloud.fault({ path: '/here', redirect, times: 9 });
    await expect(openHttp().send(get(`${cloud.url}/here`, { followRedirects: true }))).rejects.toThrow(
      new RegExp(`^GET ${cloud.url}/here failed: it is redirected to ${shown}\\.$`, 'u'),
    );
    expect(cloud.requests).toHaveLength(1);
  });

  test('that may lead to the internet only is followed to the same origin, and to no other of this computer', async () => {
    await using cloud = await FakeCloud.start();
    await using other = await FakeCloud.start();
    cloud.fault({ path: '/here', redirect: '/there' });
    cloud.fault({ path: '/there', redirect: `${other.url}${path}` });
    const sending = openHttp().send(get(`${cloud.url}/here`, { followRedirects: 'public' }));
    await expect(sending).rejects.toThrow(
      `GET ${other.url}${path} failed: the host leads to this computer or to a private network.`,
    );
    expect(cloud.requests.map((request) => request.path)).toEqual(['/here', '/there']);
    expect(other.requests).toEqual([]);
  });

  test.each(['http://127.0.0.2:1/a', 'http://icons.example/a'])(
    'that may lead to the internet only is not followed without https: %s',
    async (location) => {
      const server = await listen(async (_message, response) => {
        response.writeHead(302, { location }).end();
      });
      const sending = openHttp().send(get(`${server.origin}/here`, { followRedirects: 'public' }));
      await expect(sending).rejects.toThrow(`failed: it is redirected to ${new URL(location).origin}.`);
      await server.close();
    },
  );

  test('to itself is followed five times', async () => {
    await using cloud = await FakeCloud.start();
    cloud.fault({ path: '/here', redirect: '/here', times: 99 });
    const sending = openHttp().send(get(`${cloud.url}/here`, { followRedirects: true }));
    await expect(sending).rejects.toThrow(/it was redirected more than 5 times/u);
    expect(cloud.requests).toHaveLength(6);
  });
});

test('a command ends when the service stops responding', { timeout: 30_000 }, async () => {
  await using cloud = await FakeCloud.start();
  cloud.fault({ path: '/common/', action: 'stall' });
  await using workspace = await Workspace.create(cloud);
  const variables = { PACONN_HTTP_TIMEOUT: '1' };
  const { exitCode, stderr } = await workspace.run(['login', ...cloud.loginFlags], { variables });
  expect({ exitCode, stderr }).toMatchObject({
    exitCode: 1,
    stderr: expect.stringMatching(/the response took too long/u),
  });
});
