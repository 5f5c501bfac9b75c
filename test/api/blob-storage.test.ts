import { describe, expect, test } from 'vitest';
import { downloadBlob, uploadBlob } from '../../src/api/blob-storage.ts';
import { ApiError, PaconnError } from '../../src/errors.ts';
import { openRemote } from '../support/remote.ts';
import { FakeCloud } from '../support/fake-cloud/fake-cloud.ts';
import { openHttp } from '../support/http-client.ts';

const bytes = Uint8Array.of(0, 255, 0xef, 0xbb, 0xbf, 13, 10);

async function container(cloud: FakeCloud): Promise<URL> {
  return await openRemote(cloud).generateResourceStorage(cloud.environment.id);
}

/** All but the blobs that are there from the start. */
function uploaded(cloud: FakeCloud): FakeCloud['blobs'] {
  return cloud.blobs.filter(({ container: name }) => name.startsWith('resourcestorage'));
}

describe('an upload', () => {
  test.each([
    ['icon.png', 'image/png'],
    ['icon.PNG', 'image/png'],
    ['icon.svg', 'image/svg+xml'],
    ['icon.jpg', 'image/jpeg'],
    ['icon.jpeg', 'image/jpeg'],
    ['icon.gif', 'image/gif'],
    ['script.csx', undefined],
    ['no-extension', undefined],
    ['png', 'image/png'],
    ['my icon.png', 'image/png'],
    ['größe 漢字 😀.png', 'image/png'],
    ['100%.png', 'image/png'],
    ['100%25.png', 'image/png'],
    ['a#b?c&d=e+f.png', 'image/png'],
    ["it's (1)!*.png", 'image/png'],
    ['..png', 'image/png'],
  ])('of %s arrives under its name, as %s', async (name, contentType) => {
    await using cloud = await FakeCloud.start();
    const storage = await container(cloud);
    const address = await uploadBlob(openHttp(), storage, { name, content: Buffer.from(bytes) });
    expect(uploaded(cloud)).toMatchObject([
      { name, bytes: Buffer.from(bytes), contentType: contentType ?? 'application/octet-stream' },
    ]);
    expect(cloud.storage.open(new URL(address))?.name).toBe(name);
    const request = cloud.requests.at(-1);
    expect({ ...request?.headers, authorized: request?.authorized }).toMatchObject({
      'x-ms-blob-type': 'BlockBlob',
      'x-ms-version': expect.stringMatching(/^\d{4}-\d\d-\d\d$/u),
      'content-length': String(bytes.length),
      authorized: false,
    });
    expect(request?.headers['x-ms-blob-content-type']).toBe(contentType);
  });

  test('sends the shared access signature unchanged', async () => {
    await using cloud = await FakeCloud.start();
    const signature = 'sv=2018-03-28&sr=c&sig=a%2bB%2F%3d&se=2026-01-01T00%3A00%3A00Z&sp=rw&x=+%20~!()*&empty=&flag';
    cloud.fault({ path: '/container', times: 9, status: 201 });
    for (const path of ['/container', '/container/', '/deep/container']) {
      const url = new URL(`${cloud.url}${path}?${signature}`);
      const address = await uploadBlob(openHttp(), url, { name: 'a b.png', content: bytes });
      const target = `${path.replace(/\/$/u, '')}/a%20b.png?${signature}`;
      expect(cloud.requests.at(-1)?.target).toBe(target);
      expect(address).toBe(`${cloud.url}${target}`);
    }
  });

  test('of an empty file arrives empty', async () => {
    await using cloud = await FakeCloud.start();
    await uploadBlob(openHttp(), await container(cloud), { name: 'script.csx', content: Buffer.of() });
    expect(uploaded(cloud)).toMatchObject([{ name: 'script.csx', bytes: Buffer.of() }]);
  });

  test('is repeated when its response is lost', async () => {
    await using cloud = await FakeCloud.start();
    const storage = await container(cloud);
    cloud.fault({ method: 'PUT', path: 'resourcestorage', action: 'resetAfter' });
    cloud.fault({ method: 'PUT', path: 'resourcestorage', status: 503 });
    await uploadBlob(openHttp(), storage, { name: 'icon.png', content: bytes });
    expect(uploaded(cloud)).toMatchObject([{ name: 'icon.png', bytes: Buffer.from(bytes) }]);
  });

  test('reports the file, not the signature, when the storage refuses it', async () => {
    await using cloud = await FakeCloud.start();
    const storage = await container(cloud);
    cloud.storage.expireSignatures();
    const error: unknown = await uploadBlob(openHttp(), storage, { name: 'icon.png', content: bytes }).catch(
      (raised: unknown) => raised,
    );
    expect(error).toBeInstanceOf(ApiError);
    expect(error).toMatchObject({
      status: 403,
      code: 'AuthenticationFailed',
      message: expect.stringMatching(/^Can't upload icon\.png: Server failed to authenticate the request\./u),
    });
    expect(JSON.stringify(error, Object.getOwnPropertyNames(error))).not.toContain('sig=');
  });
});

describe('a download', () => {
  test('returns the bytes unchanged, and never sends the token', async () => {
    await using cloud = await FakeCloud.start();
    const blob = cloud.storage.keep('a b.bin', bytes, 'text/plain; charset=utf-16');
    expect(await downloadBlob(openHttp(), cloud.storage.addressOf(blob, cloud.url), 'the icon')).toEqual(
      Buffer.from(bytes),
    );
    expect(cloud.requests.map(({ authorized }) => authorized)).toEqual([false]);
  });

  test('of an empty file is empty', async () => {
    await using cloud = await FakeCloud.start();
    const blob = cloud.storage.keep('empty', Buffer.of(), 'text/plain');
    expect(await downloadBlob(openHttp(), cloud.storage.addressOf(blob, cloud.url), 'the icon')).toHaveLength(0);
  });

  test.each([204, 206, 304, 404])('that is answered with status %i is none', async (status) => {
    await using cloud = await FakeCloud.start();
    cloud.fault({ path: '/icon.png', status });
    await expect(downloadBlob(openHttp(), `${cloud.url}/icon.png?sig=hush`, 'the icon')).rejects.toMatchObject({
      status,
      message: expect.stringMatching(/^Can't download the icon: [^?]+$/u),
    });
  });

  test.each(['http://icons.example/icon.png', 'file:///etc/passwd', 'data:text/plain,x', 'icon.png', ''])(
    'is not tried from %j',
    async (location) => {
      await expect(downloadBlob(openHttp(), location, 'the icon')).rejects.toThrow(PaconnError);
    },
  );

  test('may come from this machine without TLS', async () => {
    await using cloud = await FakeCloud.start({ http: true });
    const { defaultIcon } = cloud.storage;
    const address = cloud.storage.addressOf(defaultIcon, cloud.httpUrl);
    expect(await downloadBlob(openHttp(), address, 'the icon')).toEqual(Buffer.from(defaultIcon.bytes));
  });
});
