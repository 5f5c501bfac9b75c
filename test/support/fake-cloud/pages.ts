import { refuse, type CloudRequest } from './exchange.ts';

export interface Page<Item> {
  readonly items: readonly Item[];
  /** Where the rest is; missing on the last page. */
  readonly nextLink: string | undefined;
}

/** The part of a list that a request asks for. */
export function pageOf<Item>(all: readonly Item[], request: CloudRequest, size: number): Page<Item> {
  const start = startOf(request);
  const end = start + size;
  const kept = request.rawQuery.split('&').filter((part) => !part.startsWith('%24skiptoken='));
  const query = [...kept, `%24skiptoken=${encodeURIComponent(tokenFor(end))}`].join('&');
  return {
    items: all.slice(start, end),
    nextLink: end < all.length ? `${request.origin}${request.path}?${query}` : undefined,
  };
}

function startOf({ query }: CloudRequest): number {
  const token = query.get('$skiptoken');
  if (token === null) return 0;
  const start = /^from (\d+)$/.exec(Buffer.from(token, 'base64').toString())?.[1];
  if (start === undefined) throw refuse(400, 'InvalidSkipToken', 'The $skiptoken query parameter is invalid.');
  return Number(start);
}

/** Opaque, and with characters that break when they are encoded twice. */
function tokenFor(start: number): string {
  return Buffer.from(`from ${start}`).toString('base64');
}
