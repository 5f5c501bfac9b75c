import { PaconnError } from '../errors.ts';
import type { Http } from '../io/net/http.ts';
import type { HttpRequest, HttpResponse } from '../io/net/exchange.ts';
import { type BlobPart, foreignContent } from './foreign-content.ts';
import { isLoopback } from '../io/net/hosts.ts';

/** The version of the storage protocol that the headers below are from. */
const storageVersion = '2019-12-12';
const answerLimit = 1024 * 1024;
/** Far above what a connector may hold; a service that sends more is not listened to. */
const downloadLimit = 64 * 1024 * 1024;

const imageTypes: Readonly<Record<string, string>> = {
  png: 'image/png',
  svg: 'image/svg+xml',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  gif: 'image/gif',
  bmp: 'image/bmp',
  ico: 'image/x-icon',
};

export interface UploadedFile {
  readonly name: string;
  readonly content: Uint8Array;
}

export interface DownloadOptions extends Pick<HttpRequest, 'timeout'> {
  /** The expected content. A response with other content is an error. */
  readonly part?: BlobPart;
  /** Whether a script may be any text that has the headers of storage. */
  readonly acceptsUnproven?: boolean | undefined;
}

/**
 * Puts a file into a container of blob storage and gives its URL, which holds the shared access signature as the service
 * needs it. Raises `ApiError` or `NetworkError`.
 *
 * @param container URL of the container with its shared access signature.
 */
export async function uploadBlob(http: Http, container: URL, { name, content }: UploadedFile): Promise<string> {
  const url = secureUrl(container.href, `upload ${name}`);
  // The path is extended as text, so that the signature stays valid.
  url.pathname = `${url.pathname.replace(/(?<!\/)\/+$/u, '')}/${encodeURIComponent(name)}`;
  const contentType = imageTypes[name.split('.').at(-1)?.toLowerCase() ?? ''];
  const request: HttpRequest = {
    method: 'PUT',
    url,
    headers: {
      'x-ms-blob-type': 'BlockBlob',
      'x-ms-version': storageVersion,
      ...(contentType !== undefined && { 'x-ms-blob-content-type': contentType }),
      'Content-Type': 'application/octet-stream',
    },
    body: content,
    repeatable: true,
    sizeLimit: answerLimit,
  };
  const response = await http.send(request);
  if (response.status !== 201 && response.status !== 200) throw await refusal(`upload ${name}`, request, response);
  return url.href;
}

/** The bytes behind a URL that works for everyone who has it. Raises `PaconnError`, `ApiError` or `NetworkError`. */
export async function downloadBlob(
  http: Http,
  location: string,
  what: string,
  { part, acceptsUnproven, ...options }: DownloadOptions = {},
): Promise<Uint8Array> {
  const doing = `download ${what}`;
  const url = secureUrl(location, doing);
  const request: HttpRequest = {
    method: 'GET',
    url,
    doing,
    repeatable: true,
    followRedirects: true,
    sizeLimit: downloadLimit,
    ...options,
  };
  const response = await http.send(request);
  const fault =
    response.status === 200
      ? part && (await foreignContent(part, response, { acceptsUnproven }))
      : otherSuccess(response);
  if (response.status !== 200 || fault !== undefined) throw await refusal(doing, request, response, fault);
  return response.body;
}

/** What is wrong with an answer that is a success, but not the content that was asked for; undefined for a refusal. */
function otherSuccess({ status, body }: HttpResponse): string | undefined {
  if (status < 200 || status > 299) return undefined;
  return body.length === 0 ? 'the response is empty' : "the response isn't the whole file";
}

/** The error for a refusal. The code for its text is loaded only then. */
async function refusal(doing: string, request: HttpRequest, response: HttpResponse, why?: string): Promise<Error> {
  const { apiError } = await import('./service-error.ts');
  return apiError(doing, request, response, { unsaid: why });
}

function secureUrl(location: string, doing: string): URL {
  if (!URL.canParse(location)) throw new PaconnError(`Can't ${doing}: the service didn't return a URL.`);
  const url = new URL(location);
  if (url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url))) return url;
  throw new PaconnError(`Can't ${doing}: the service returned a URL that isn't HTTPS.`);
}
