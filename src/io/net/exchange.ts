export interface HttpRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly url: URL;
  /** What it is for, such as `download the icon`, where an error is to say that instead of the request. */
  readonly doing?: string | undefined;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
  /** Whether sending it again does no harm. Only such a request is tried again. */
  readonly repeatable: boolean;
  /**
   * Follow redirections; the request must then hold nothing that is not for everybody. Those for the public lead to another origin
   * only by https, and only to addresses of the internet.
   */
  readonly followRedirects?: boolean | 'public';
  /** Whether it may go to addresses of the internet only: neither to this computer nor to a private network. */
  readonly publicOnly?: boolean;
  /** Bytes of an answer beyond which it is given up. */
  readonly sizeLimit: number;
  /** Milliseconds without a sign of life after which it is given up, where that is less than the default. */
  readonly timeout?: number;
  /**
   * Whether the service may work on it for minutes. Then it is waited for longer, and a gateway that has given it up is no
   * reason to send it again: the work goes on behind it.
   */
  readonly slow?: boolean;
  /**
   * Is awaited right before each time that it's sent: what was known when it was made may have changed. Raises what is a reason
   * not to send it.
   */
  readonly beforeSending?: (() => Promise<void>) | undefined;
}

export interface HttpResponse {
  readonly status: number;
  readonly statusText: string;
  /** By lower-case name. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}
