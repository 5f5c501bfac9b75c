import type { CloudRequest } from './exchange.ts';

/** A request that the cloud has received. */
export interface RecordedRequest {
  readonly method: string;
  readonly path: string;
  /** Path and query as they were sent. */
  readonly target: string;
  readonly query: Readonly<Record<string, string>>;
  /** Without the bearer token. */
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  /** Whether it carried an Authorization header. */
  readonly authorized: boolean;
  readonly body: string;
  /** Milliseconds since the cloud was started. */
  readonly startedAt: number;
  /** When the answer was out or the connection broken; missing while neither is so. */
  readonly endedAt: number | undefined;
  /** Missing when no answer was given. */
  readonly status: number | undefined;
}

/** What arrived, in order, and when. */
export class RequestLog {
  readonly #entries: LoggedRequest[] = [];
  readonly #origin = performance.now();

  get requests(): readonly RecordedRequest[] {
    return this.#entries;
  }

  clear(): void {
    this.#entries.length = 0;
  }

  /** `arrived` is on the clock of `performance`. */
  begin(request: CloudRequest, arrived: number): LoggedRequest {
    const entry = new LoggedRequest(request, arrived, this.#origin);
    this.#entries.push(entry);
    return entry;
  }
}

export class LoggedRequest implements RecordedRequest {
  readonly method: string;
  readonly path: string;
  readonly target: string;
  readonly query: Readonly<Record<string, string>>;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly authorized: boolean;
  readonly startedAt: number;
  endedAt: number | undefined;
  status: number | undefined;
  readonly #body: Buffer;
  readonly #origin: number;

  constructor({ method, path, rawQuery, query, headers, body }: CloudRequest, arrived: number, origin: number) {
    const { authorization, ...others } = headers;
    this.method = method;
    this.path = path;
    this.target = rawQuery === '' ? path : `${path}?${rawQuery}`;
    this.query = Object.fromEntries(query);
    this.headers = others;
    this.authorized = authorization !== undefined;
    this.#body = body;
    this.#origin = origin;
    this.startedAt = arrived - origin;
  }

  get body(): string {
    return this.#body.toString();
  }

  end(status: number | undefined): void {
    this.endedAt = performance.now() - this.#origin;
    this.status = status;
  }
}
