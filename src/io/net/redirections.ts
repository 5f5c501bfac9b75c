import type { HttpRequest, HttpResponse } from './exchange.ts';
import { failure } from './request-failure.ts';

const redirections = 5;

/** Follows redirections, which never lead from https to http. */
export async function follow(
  request: HttpRequest,
  send: (request: HttpRequest) => Promise<HttpResponse>,
): Promise<HttpResponse> {
  let { url } = request;
  const isPublic = request.followRedirects === 'public';
  for (let count = 0; count <= redirections; count += 1) {
    const isElsewhere = url.origin !== request.url.origin;
    const response = await send({ ...request, url, ...(isPublic && isElsewhere && { publicOnly: true }) });
    const target = redirection(url, response, isPublic);
    if (!target) return response;
    url = target;
  }
  throw failure(request, `it was redirected more than ${redirections} times`, { mayHaveArrived: true });
}

function redirection(url: URL, { status, headers }: HttpResponse, isPublic: boolean): URL | undefined {
  const { location } = headers;
  if (status < 300 || status >= 400 || location === undefined) return undefined;
  const target = URL.canParse(location, url.href) ? new URL(location, url) : undefined;
  const isSame = isPublic ? target?.origin === url.origin : target?.protocol === url.protocol;
  if (target?.protocol === 'https:' || isSame) return target;
  const where = target ? `${target.protocol}//${target.host}` : 'an invalid URL';
  throw failure({ method: 'GET', url }, `it is redirected to ${where}`, { mayHaveArrived: true });
}
