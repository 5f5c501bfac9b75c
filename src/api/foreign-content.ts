import type { HttpResponse } from '../io/net/exchange.ts';
import type { ConnectorPart } from '../connector/part.ts';
import { isTooDeep } from '../json/syntax.ts';
import { parseJson } from '../json/parse.ts';

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
 * Why an answer that says yes is not what was asked for: the end of a sentence. What answers in place of a server says 200, too.
 * Undefined where nothing speaks against it.
 */
export function foreignContent(
  part: BlobPart,
  { headers, body }: Pick<HttpResponse, 'headers' | 'body'>,
): string | undefined {
  const beginning = beginningOf(body);
  if (beginning.trim() === '') return 'the response is empty';
  if (part === 'icon') {
    if (isPicture(body, beginning)) return undefined;
    return beginsWithMarkup(beginning) ? webPageWords : "the response isn't a picture";
  }
  if (isHtml(headers) || beginsWithMarkup(beginning)) return webPageWords;
  if (part === 'apiDefinition') return undefined;
  if (body.includes(0) && !hasWideCharacters(body)) return "the response isn't text";
  if (isJson(body)) return "the response is JSON and isn't C#";
  return isSentence(body) ? "the response isn't C#" : undefined;
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

/** SVG is text; other pictures have bytes that are none. */
function isPicture(body: Buffer, beginning: string): boolean {
  if (beginsWithMarkup(beginning)) {
    const text = beginning.replaceAll(/<!--[^]*?(?:-->|$)/gu, '');
    return /^\s*(?:<\?xml[^>]*>\s*)?(?:<!DOCTYPE svg[^>]*>\s*)?<(?:\w+:)?svg[\s/>]/iu.test(text);
  }
  return body.subarray(0, telling).some((byte) => byte < 9) || /\ufffd/u.test(beginning);
}

/** Whether there are words, and no block, statement, or comment: so speaks a gateway that refuses. */
function isSentence(body: Buffer): boolean {
  const text = body.toString('utf8').replaceAll('\0', '').trim();
  return /\s/u.test(text) && !/[;{}]|\/[*/]/u.test(text);
}

/** Whether the byte order mark is that of UTF-16. */
function hasWideCharacters(body: Buffer): boolean {
  return (body[0] === 0xff && body[1] === 0xfe) || (body[0] === 0xfe && body[1] === 0xff);
}

function isJson(body: Buffer): boolean {
  if (!/^\s*[[{]/u.test(beginningOf(body))) return false;
  const text = body.toString('utf8').replace(/^\ufeff/u, '');
  return !isTooDeep(text) && parseJson(text) !== undefined;
}
