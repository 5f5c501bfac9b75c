import { createHash, getFips } from 'node:crypto';
import type { HttpResponse } from '../io/net/exchange.ts';
import type { ConnectorPart } from '../connector/part.ts';
import { isPicture } from '../connector/picture.ts';

/** The parts of a connector that are files in blob storage. */
export type BlobPart = Exclude<ConnectorPart, 'apiProperties'>;

/** The words for an answer that is a page for people: gateways and the sign-in pages of networks send it in place of a service. */
export const webPageWords = 'the response is a web page, perhaps from a proxy or gateway, not from the service';

export const webPageAdvice =
  'Check your network: a proxy, a firewall, or a sign-in page for guests may have answered instead of the service.';

/** Whether an answer is a page for people. Services of JSON answer with no markup at all. */
export function isWebPage({ headers, body }: Pick<HttpResponse, 'headers' | 'body'>): boolean {
  return isHtml(headers) || beginsWithMarkup(beginningOf(body));
}

/**
 * Why an answer that says yes is not what was asked for: the end of a sentence. What answers in place of a server says 200, too, so
 * a part counts as such only where its content shows that it is one, or the checksum of storage shows that storage has it. Undefined
 * if so.
 *
 * @param acceptsUnproven Whether the headers of storage are enough for a script that is text.
 */
export async function foreignContent(
  part: BlobPart,
  { headers, body }: Pick<HttpResponse, 'headers' | 'body'>,
  { acceptsUnproven = false } = {},
): Promise<string | undefined> {
  const beginning = beginningOf(body);
  if (beginning.trim() === '') return 'the response is empty';
  const asStored = isAsStored({ headers, body });
  if (part === 'icon' && asStored !== false && isPicture(body)) return undefined;
  if (isHtml(headers) || (beginsWithMarkup(beginning) && !(part === 'icon' && isImage(headers)))) return webPageWords;
  if (asStored === false) return "the response isn't what the storage has: its checksum differs";
  if (part === 'icon') return "the response isn't a complete picture";
  // Its JSON is read by whoever needs it, and then it is seen what it is.
  if (part === 'apiDefinition') return undefined;
  if (asStored ?? (acceptsUnproven && isOfStorage(headers)))
    return isText(body) ? undefined : "the response isn't text";
  if (isOtherCode(headers)) return "the response isn't C#";
  const { isScript } = await import('../validation/csharp/is-script.ts');
  return isScript(body) ? undefined : "the response isn't a complete script with 'class Script : ScriptBase'";
}

/** So many bytes tell what something is. */
const telling = 4096;

function beginningOf(body: Buffer): string {
  return body.toString('utf8', 0, telling).replace(/^\ufeff/u, '');
}

function isHtml(headers: HttpResponse['headers']): boolean {
  return /\bhtml\b/iu.test(headers['content-type'] ?? '');
}

function beginsWithMarkup(text: string): boolean {
  return /^\s*<[!?a-z]/iu.test(text);
}

/** Whether the headers of a response declare JSON or JavaScript. */
function isOtherCode(headers: HttpResponse['headers']): boolean {
  return /\b(?:json|javascript|ecmascript)\b/iu.test(headers['content-type'] ?? '');
}

function isImage(headers: HttpResponse['headers']): boolean {
  return /^\s*image\//iu.test(headers['content-type'] ?? '');
}

function isOfStorage(headers: HttpResponse['headers']): boolean {
  return headers['x-ms-blob-type'] !== undefined;
}

/**
 * Whether a body is what blob storage has, which is the connector's then, also a script that could never run: storage sends a checksum
 * of each blob that was uploaded in one piece. Undefined where there's none to compare: the headers alone can be those that a gateway
 * has left on an answer of its own. https://learn.microsoft.com/rest/api/storageservices/get-blob
 */
function isAsStored({ headers, body }: Pick<HttpResponse, 'headers' | 'body'>): boolean | undefined {
  const checksum = headers['content-md5'];
  // It is of what was packed; and some computers may not use this kind.
  const isComparable = isOfStorage(headers) && headers['content-encoding'] === undefined && getFips() === 0;
  if (!isComparable || checksum === undefined) return undefined;
  return createHash('md5').update(body).digest('base64') === checksum.trim();
}

function isText(body: Buffer): boolean {
  return !body.includes(0) || hasWideCharacters(body);
}

/** Whether the byte order mark is that of UTF-16. */
function hasWideCharacters(body: Buffer): boolean {
  return (body[0] === 0xff && body[1] === 0xfe) || (body[0] === 0xfe && body[1] === 0xff);
}
