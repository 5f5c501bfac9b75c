import { refuse, type CloudRequest } from './exchange.ts';

export interface Paging {
  /** How many items a page has. */
  readonly size: number;
  /** Under which name the address of the next page stands. */
  readonly linkName: 'nextLink' | '@odata.nextLink';
}

export interface Page<Item> {
  readonly items: readonly Item[];
  /** Where the rest is, as a member of the answer; empty on the last page. */
  readonly link: Readonly<Record<string, string>>;
}

/** The part of a list that a request asks for. */
export function pageOf<Item>(all: readonly Item[], request: CloudRequest, { size, linkName }: Paging): Page<Item> {
  const start = startOf(request);
  const end = start + size;
  const kept = request.rawQuery.split('&').filter((part) => !part.startsWith('%24skiptoken='));
  const query = [...kept, `%24skiptoken=${encodeURIComponent(tokenFor(end))}`].join('&');
  return {
    items: all.slice(start, end),
    link: end < all.length ? { [linkName]: `${request.origin}${request.path}?${query}` } : {},
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
