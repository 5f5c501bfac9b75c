import type { CloudAnswer, CloudRequest } from './exchange.ts';

/**
 * `reset` breaks the connection before anything happens, `resetAfter` once the request has had its effect, `hang` never
 * answers, `truncate` breaks off in the middle of the answer, `stall` falls silent there, `garbage` answers bytes that mean nothing,
 * `empty` answers nothing once the request has had its effect.
 */
export type FaultAction = 'reset' | 'resetAfter' | 'hang' | 'truncate' | 'stall' | 'garbage' | 'empty';

/** What goes wrong, and with which requests. With `latency` alone they are only late. */
export interface FaultOrder {
  readonly method?: string;
  /** A part of the path (not of the query), or a pattern for it. */
  readonly path: string | RegExp;
  /** A part of a value in the query, such as the ID of an environment. */
  readonly query?: string;
  /** With how many matching requests; 1 unless told. */
  readonly times?: number;
  /** How many matching requests go well before. */
  readonly skip?: number;
  /** Only requests after one with this method are matched. */
  readonly after?: string;
  /** What somebody else does just before the request has its effect. */
  readonly meanwhile?: () => void;
  /** In milliseconds. */
  readonly latency?: number;
  /** The same for the answer alone: the request has its effect at once. */
  readonly answerLatency?: number;
  readonly action?: FaultAction;
  /** With a status, this is the answer and the request has no effect. */
  readonly status?: number;
  /** Whether it has its effect all the same, as behind a gateway that does not wait for it. */
  readonly hasEffect?: boolean;
  readonly headers?: Readonly<Record<string, string>>;
  readonly json?: unknown;
  readonly html?: string;
  readonly text?: string;
  readonly bytes?: Uint8Array;
  /** Where a redirection leads; its status is 302 unless told. */
  readonly redirect?: string;
}

/** An ordered fault, to see whether it came to pass. */
export interface Fault {
  readonly order: FaultOrder;
  readonly hits: number;
}

/** The faults that tests ordered, in that order. */
export class Faults {
  readonly #pending: { order: FaultOrder; seen: number; hits: number; isArmed: boolean }[] = [];

  order(order: FaultOrder): Fault {
    const fault = { order, seen: 0, hits: 0, isArmed: order.after === undefined };
    this.#pending.push(fault);
    return fault;
  }

  clear(): void {
    this.#pending.length = 0;
  }

  /** The fault that befalls a request, if one does. */
  take(request: CloudRequest): FaultOrder | undefined {
    const armed = this.#pending.filter(({ isArmed }) => isArmed);
    for (const fault of this.#pending) if (fault.order.after === request.method) fault.isArmed = true;
    for (const fault of armed) {
      if (fault.hits >= (fault.order.times ?? 1) || !isMeant(fault.order, request)) continue;
      fault.seen += 1;
      if (fault.seen <= (fault.order.skip ?? 0)) continue;
      fault.hits += 1;
      return fault.order;
    }
    return undefined;
  }
}

/** The answer that a fault puts in the place of the real one. */
export function faultAnswer({
  status,
  headers,
  json,
  html,
  text,
  bytes,
  redirect,
}: FaultOrder): CloudAnswer | undefined {
  if (redirect !== undefined) return { status: status ?? 302, headers: { location: redirect, ...headers } };
  if (status === undefined) return undefined;
  if (json !== undefined) {
    return { status, headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify(json) };
  }
  if (html !== undefined) return { status, headers: { 'content-type': 'text/html', ...headers }, body: html };
  return { status, headers: { ...headers }, body: bytes ?? text ?? '' };
}

function isMeant({ method, path, query }: FaultOrder, request: CloudRequest): boolean {
  if (method !== undefined && method !== request.method) return false;
  if (query !== undefined && ![...request.query.values()].some((value) => value.includes(query))) return false;
  return typeof path === 'string' ? request.path.includes(path) : request.path.search(path) >= 0;
}
