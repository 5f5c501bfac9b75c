import type { HttpRequest, HttpResponse } from './exchange.ts';

/** Headers with nothing in them that is not for everybody; of all others only the name is told. */
const shownHeader =
  /^(?:accept|content-|user-agent$|date$|retry-after$|etag$|last-modified$|server$|cache-control$|x-ms-)/u;
/** Where even a header of the service's own could hold what opens something. */
const secretHeaderName = /auth|token|secret|key|sign|cookie/u;

/**
 * An exchange as lines below its own for `--debug`: the headers of both sides and how large the bodies are. Bodies are never
 * shown: they hold secrets in forms that nobody knows beforehand.
 */
export function exchangeDetails({ headers = {}, body }: HttpRequest, response: HttpResponse): string {
  const sent = typeof body === 'string' ? Buffer.byteLength(body) : (body?.byteLength ?? 0);
  return [
    ...headerLines('>', headers),
    `\n  > ${sent} bytes`,
    ...headerLines('<', response.headers),
    `\n  < ${response.body.byteLength} bytes`,
  ].join('');
}

function headerLines(direction: string, headers: Readonly<Record<string, string>>): readonly string[] {
  return Object.entries(headers).map(([name, value]) => {
    const lowerCase = name.toLowerCase();
    const isShown = shownHeader.test(lowerCase) && !secretHeaderName.test(lowerCase);
    return `\n  ${direction} ${lowerCase}: ${isShown ? value.replaceAll(/\?\S*/gu, '?…') : '(not shown)'}`;
  });
}
