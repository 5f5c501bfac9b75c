import { createHash, randomBytes } from 'node:crypto';
import type { CloudAnswer, CloudRequest } from './exchange.ts';
import { defaultIcon } from './pictures.ts';

export interface Blob {
  readonly container: string;
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly contentType: string;
}

interface Container {
  readonly signature: string;
  readonly writable: boolean;
  /** Whether blobs are served without a shared access signature. */
  readonly isPublic: boolean;
}

const owned = 'connectors';
/** By this the address of the service's own picture is known. */
const defaultIcons = 'defaulticons';

/** Containers of blobs behind shared access signatures, as Azure Blob storage has them. */
export class BlobStorage {
  /** The picture of connectors that were given none. */
  readonly defaultIcon: Blob;
  /** What the service makes of every definition for its own use: nothing that a user would want back. */
  readonly modifiedDefinition: Blob;
  readonly #containers = new Map<string, Container>();
  readonly #blobs = new Map<string, Blob>();

  constructor() {
    this.#containers.set(owned, { signature: newSignature('r'), writable: false, isPublic: false });
    this.#containers.set(defaultIcons, { signature: newSignature('r'), writable: false, isPublic: true });
    this.defaultIcon = this.#store(defaultIcons, 'api-dedicated.png', defaultIcon, 'image/png');
    const modified = Buffer.from('{"swagger":"2.0","info":{"title":"Not for users","version":"1.0"},"paths":{}}');
    this.modifiedDefinition = this.#store(owned, 'modified.json', modified, 'application/json');
  }

  get blobs(): readonly Blob[] {
    return [...this.#blobs.values()];
  }

  /** A new container to upload to: its name and the signature that opens it. */
  createContainer(): { readonly name: string; readonly signature: string } {
    const name = `resourcestorage${randomBytes(8).toString('hex')}`;
    const signature = newSignature('rw');
    this.#containers.set(name, { signature, writable: true, isPublic: false });
    return { name, signature };
  }

  /** From now on no signature given out so far opens anything. */
  expireSignatures(): void {
    for (const [name, container] of this.#containers) {
      this.#containers.set(name, { ...container, signature: newSignature(container.writable ? 'rw' : 'r') });
    }
  }

  /** Keeps bytes for a connector, at an address of their own. */
  keep(name: string, bytes: Uint8Array, contentType: string): Blob {
    return this.#store(owned, `${randomBytes(8).toString('hex')}/${name}`, bytes, contentType);
  }

  addressOf(blob: Blob, origin: string): string {
    const container = this.#containers.get(blob.container);
    const path = `${origin}/${blob.container}/${blob.name.split('/').map(encodeURIComponent).join('/')}`;
    return container && !container.isPublic ? `${path}?${container.signature}` : path;
  }

  /** The blob that an address opens, its shared access signature included. */
  open(address: URL): Blob | undefined {
    const blob = this.#blobs.get(decodedPath(address.pathname));
    const container = blob && this.#containers.get(blob.container);
    return container && (container.isPublic || address.search === `?${container.signature}`) ? blob : undefined;
  }

  /** A copy, for a connector to keep, of the blob that an address opens. */
  adopt(address: URL): Blob | undefined {
    const blob = this.open(address);
    if (!blob || blob.container === owned || blob === this.defaultIcon) return blob;
    return this.keep(blob.name, blob.bytes, blob.contentType);
  }

  /** Nothing when the path is not one of a container. */
  answer(request: CloudRequest): CloudAnswer | undefined {
    const [, containerName = '', name = ''] = /^\/([^/]+)\/(.+)$/.exec(decodedPath(request.path)) ?? [];
    const container = this.#containers.get(containerName);
    if (!container) return undefined;
    if (request.headers.authorization !== undefined) {
      return xmlError(
        400,
        'InvalidAuthenticationInfo',
        'Authentication information is not given in the correct format.',
      );
    }
    if (!(container.isPublic || request.rawQuery === container.signature)) {
      return xmlError(
        403,
        'AuthenticationFailed',
        'Server failed to authenticate the request. Signature did not match.',
      );
    }
    if (request.method === 'PUT') return this.#put(request, containerName, name, container.writable);
    if (request.method !== 'GET')
      return xmlError(405, 'UnsupportedHttpVerb', 'The resource does not support this verb.');
    const blob = this.#blobs.get(`/${containerName}/${name}`);
    if (!blob) return xmlError(404, 'BlobNotFound', 'The specified blob does not exist.');
    return {
      status: 200,
      headers: {
        'content-type': blob.contentType,
        'content-md5': createHash('md5').update(blob.bytes).digest('base64'),
        'x-ms-blob-type': 'BlockBlob',
        'accept-ranges': 'bytes',
      },
      body: blob.bytes,
    };
  }

  #put(request: CloudRequest, container: string, name: string, writable: boolean): CloudAnswer {
    if (!writable) return xmlError(403, 'AuthorizationPermissionMismatch', 'This request is not authorized.');
    const { headers } = request;
    if (headers['content-length'] === undefined) {
      return xmlError(411, 'MissingContentLengthHeader', 'The Content-Length header was not specified.');
    }
    const missing = ['x-ms-version', 'x-ms-blob-type'].find((header) => headers[header] === undefined);
    if (missing) {
      return xmlError(400, 'MissingRequiredHeader', `An HTTP header that is mandatory is not specified: ${missing}.`);
    }
    if (headers['x-ms-blob-type'] !== 'BlockBlob') {
      return xmlError(400, 'InvalidHeaderValue', 'The value for one of the HTTP headers is not in the correct format.');
    }
    const contentType = headers['x-ms-blob-content-type'] ?? headers['content-type'];
    this.#store(container, name, request.body, typeof contentType === 'string' ? contentType : undefined);
    return { status: 201, headers: { etag: `"0x${randomBytes(7).toString('hex').toUpperCase()}"` } };
  }

  #store(container: string, name: string, bytes: Uint8Array, contentType = 'application/octet-stream'): Blob {
    const blob = { container, name, bytes, contentType };
    this.#blobs.set(`/${container}/${name}`, blob);
    return blob;
  }
}

/** The query of a shared access signature. Its bytes always need encoding, so that a client that forgets it fails. */
function newSignature(permissions: string): string {
  const signature = `${randomBytes(24).toString('base64')}a+b/c==`;
  const expiry = new Date(Date.now() + 3_600_000).toISOString().replace(/\.\d+/, '');
  const values = { sv: '2018-03-28', sr: 'c', sig: signature, se: expiry, sp: permissions };
  return Object.entries(values)
    .map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
    .join('&');
}

function decodedPath(path: string): string {
  return /%(?![\dA-Fa-f]{2})/.test(path) ? path : decodeURIComponent(path);
}

function xmlError(status: number, code: string, message: string): CloudAnswer {
  const body = `\uFEFF<?xml version="1.0" encoding="utf-8"?><Error><Code>${code}</Code><Message>${message}</Message></Error>`;
  return { status, headers: { 'content-type': 'application/xml', 'x-ms-error-code': code }, body };
}
