import {
  createServer,
  request as sendRequest,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import { connect, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { Certificate } from './certificate.ts';

export interface ForwardProxyOptions {
  /** What clients have to know; nothing unless told. */
  readonly credentials?: { readonly user: string; readonly password: string };
  /** Refuses everything with this status. */
  readonly refuseWith?: number;
  /** Takes its own connections by TLS. */
  readonly certificate?: Certificate;
  /** Where all tunnels lead, whatever they are for: an origin. */
  readonly leadsTo?: string;
}

/** An HTTP proxy that tunnels TLS and passes plain requests on, and keeps a list. */
export class ForwardProxy implements AsyncDisposable {
  /** Hosts and ports that tunnels were opened to. */
  readonly tunnels: string[] = [];
  /** Addresses of plain requests, without their query. */
  readonly forwarded: string[] = [];
  /** How many requests were turned away. */
  refusals = 0;
  readonly #options: ForwardProxyOptions;
  readonly #server: Pick<Server, 'on' | 'listen' | 'address' | 'close'>;
  readonly #sockets = new Set<Duplex>();

  private constructor(options: ForwardProxyOptions) {
    this.#options = options;
    const { certificate } = options;
    const forward = (incoming: IncomingMessage, outgoing: ServerResponse): void => this.#forward(incoming, outgoing);
    this.#server = certificate ? createSecureServer({ ...certificate }, forward) : createServer(forward);
    this.#server.on('connect', (incoming: IncomingMessage, socket: Duplex, head: Buffer) => {
      this.#tunnel(incoming, socket, head);
    });
    this.#server.on('connection', (socket: Socket) => this.#watch(socket));
  }

  static async start(options: ForwardProxyOptions = {}): Promise<ForwardProxy> {
    const proxy = new ForwardProxy(options);
    await new Promise<void>((resolve) => proxy.#server.listen(0, '127.0.0.1', resolve));
    return proxy;
  }

  /** For HTTPS_PROXY: with the credentials, if there are any. */
  get url(): string {
    const { credentials } = this.#options;
    const url = new URL(this.urlWithoutCredentials);
    if (credentials) Object.assign(url, { username: credentials.user, password: credentials.password });
    return url.href;
  }

  get urlWithoutCredentials(): string {
    const address = this.#server.address();
    if (address === null || typeof address === 'string') throw new Error('The proxy does not listen.');
    return `${this.#options.certificate ? 'https' : 'http'}://127.0.0.1:${address.port}/`;
  }

  async close(): Promise<void> {
    const closed = new Promise<void>((resolve) => this.#server.close(() => resolve()));
    for (const socket of this.#sockets) socket.destroy();
    await closed;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }

  /** The status to refuse a request with, if it is to be refused. */
  #refusal({ headers }: IncomingMessage): number | undefined {
    const { credentials, refuseWith } = this.#options;
    if (refuseWith !== undefined) return refuseWith;
    if (!credentials) return undefined;
    const expected = Buffer.from(`${credentials.user}:${credentials.password}`).toString('base64');
    return headers['proxy-authorization'] === `Basic ${expected}` ? undefined : 407;
  }

  #tunnel(incoming: IncomingMessage, socket: Duplex, head: Buffer): void {
    const status = this.#refusal(incoming);
    if (status !== undefined) {
      this.refusals += 1;
      socket.end(`HTTP/1.1 ${status} Refused\r\nProxy-Authenticate: Basic realm="proxy"\r\nContent-Length: 0\r\n\r\n`);
      return;
    }
    const target = incoming.url ?? '';
    this.tunnels.push(target);
    const { hostname, port } = new URL(this.#options.leadsTo ?? `http://${target}`);
    const upstream = connect(Number(port || 80), hostname.replaceAll(/[[\]]/g, ''), () => {
      socket.write('HTTP/1.1 200 Connection Established\r\n\r\n');
      upstream.write(head);
      socket.pipe(upstream).pipe(socket);
    });
    this.#watch(upstream);
    upstream.on('error', () => {
      // Once the tunnel stands, what the client reads is not ours to write.
      if (upstream.connecting) socket.end('HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n');
    });
    upstream.on('close', () => socket.end());
  }

  #forward(incoming: IncomingMessage, outgoing: ServerResponse): void {
    const status = this.#refusal(incoming);
    if (status !== undefined) {
      this.refusals += 1;
      outgoing.writeHead(status, { 'proxy-authenticate': 'Basic realm="proxy"' }).end();
      return;
    }
    const { url = '', method, headers } = incoming;
    if (!URL.canParse(url)) {
      outgoing.writeHead(400).end();
      return;
    }
    this.forwarded.push(url.replace(/\?.*/, ''));
    const upstream = sendRequest(url, { method, headers }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(outgoing);
    });
    upstream.on('error', () => outgoing.destroy());
    incoming.pipe(upstream);
  }

  #watch(socket: Duplex): void {
    this.#sockets.add(socket);
    socket.on('close', () => this.#sockets.delete(socket));
    // A client that breaks off is none of the proxy's business.
    socket.on('error', () => socket.destroy());
  }
}
