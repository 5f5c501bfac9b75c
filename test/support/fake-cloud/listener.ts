import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { Certificate } from '../certificate.ts';
import type { CloudRequest } from './exchange.ts';

/** A server on a port of its own. */
export interface Listener {
  /** Without a slash at its end. */
  readonly origin: string;
  /** How many connections clients have opened so far. */
  readonly connections: () => number;
  readonly close: () => Promise<void>;
}

/** Is told the origin that a request came to, since answers name addresses under it. */
export type Serve = (message: IncomingMessage, response: ServerResponse, origin: string) => Promise<void>;

/** Listens on this machine alone; with a certificate by https. */
export async function listen(serve: Serve, certificate?: Certificate): Promise<Listener> {
  const server = certificate ? createSecureServer({ key: certificate.key, cert: certificate.cert }) : createServer();
  // Longer than any test, so that no client meets a connection just as it is being closed.
  server.keepAliveTimeout = 300_000;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const origin = certificate ? `https://localhost:${portOf(server)}` : `http://127.0.0.1:${portOf(server)}`;
  server.on('request', (message: IncomingMessage, response: ServerResponse) => void serve(message, response, origin));
  let connections = 0;
  server.on('connection', () => {
    connections += 1;
  });
  return { origin, connections: () => connections, close: () => closeServer(server) };
}

export async function receive(message: IncomingMessage, origin: string): Promise<CloudRequest> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of message) if (chunk instanceof Uint8Array) chunks.push(chunk);
  const { method = 'GET', url = '/', headers } = message;
  const mark = url.indexOf('?');
  const path = mark < 0 ? url : url.slice(0, mark);
  const rawQuery = mark < 0 ? '' : url.slice(mark + 1);
  const query = new URLSearchParams(rawQuery);
  return { method, origin, path, rawQuery, query, headers, body: Buffer.concat(chunks) };
}

function portOf(server: Server): number {
  const address: AddressInfo | string | null = server.address();
  if (address === null || typeof address === 'string') throw new Error('The server has no port.');
  return address.port;
}

function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    // Neither idle connections nor requests that are never answered may keep a test from ending.
    server.closeAllConnections();
  });
}
