import { request as requestPlainly, type RequestOptions } from 'node:http';
import { Agent, request as requestSecurely, type RequestOptions as SecureOptions } from 'node:https';
import { unescape } from 'node:querystring';
import { Duplex } from 'node:stream';
import { UsageError } from '../../errors.ts';
import { FailureCode } from './network-failure.ts';

/** How a host is reached, and what to do where it isn't. */
export interface Route {
  readonly proxy?: URL | undefined;
  readonly hint?: string | undefined;
}

type Variables = Readonly<Record<string, string | undefined>>;

/**
 * The proxy to reach a URL through, by the environment variables that curl and Python know. Only https goes through one:
 * what is not encrypted is for this machine alone. Raises {@link UsageError} for one that cannot be used.
 */
export function proxyFor(url: URL, variables: Variables): URL | undefined {
  const proxy = variable(variables, 'https_proxy') || variable(variables, 'all_proxy');
  if (proxy === '' || url.protocol !== 'https:' || isExempt(url, variables)) return undefined;
  const location = proxy.includes('://') ? proxy : `http://${proxy}`;
  if (/^https?:/iu.test(location) && URL.canParse(location)) return new URL(location);
  // What it holds is not shown: there can be a password in it.
  throw new UsageError("HTTPS_PROXY isn't the URL of an http proxy.", {
    hint: 'Set it as in http://proxy.example:8080.',
  });
}

function variable(variables: Variables, name: string): string {
  return variables[name] || variables[name.toUpperCase()] || '';
}

/** Whether `NO_PROXY` names the host, or a domain above it. */
export function isExempt({ hostname, port }: URL, variables: Variables): boolean {
  return variable(variables, 'no_proxy')
    .toLowerCase()
    .split(/[\s,]+/u)
    .filter((exemption) => exemption !== '')
    .some((exemption) => {
      const [, host = exemption, onlyPort] = /^(.*[^:]):(\d+)$/u.exec(exemption) ?? [];
      if (onlyPort !== undefined && onlyPort !== (port || '443')) return false;
      const domain = host.replace(/^\*?\.?/u, '');
      return domain === '' || hostname === domain || hostname === `[${domain}]` || hostname.endsWith(`.${domain}`);
    });
}

/**
 * Opens connections to https servers through a proxy and keeps them for further requests. axios tunnels, too, but opens a
 * connection for each request, and when a proxy never answers, nothing ends its connection, nor then the process.
 */
export class TunnelAgent extends Agent {
  readonly #proxy: URL;
  readonly #timeout: number;

  /** @param timeout Milliseconds for the proxy to open a connection. */
  constructor(proxy: URL, timeout: number) {
    super({ keepAlive: true });
    this.#proxy = proxy;
    this.#timeout = timeout;
  }

  override createConnection(
    options: SecureOptions,
    callback: (error: Error | null, stream: Duplex) => void,
  ): undefined {
    // The stream is for the type only.
    const fail = (error: Error): void => callback(error, new Duplex());
    const open = this.#proxy.protocol === 'https:' ? requestSecurely : requestPlainly;
    const request = open(this.#connect(`${options.host}:${options.port}`));
    request
      .once('connect', ({ statusCode, statusMessage, headers }, socket) => {
        if (statusCode === 200) {
          socket.setTimeout(0);
          const tunneled = { ...options, socket };
          const stream = super.createConnection(tunneled);
          if (stream) callback(null, stream);
        } else {
          socket.destroy();
          const schemes = [headers['proxy-authenticate'] ?? []].flat().map((scheme) => scheme.split(' ', 1));
          const wanted = schemes.length > 0 ? ` (${schemes.join(', ')})` : '';
          fail(new ProxyRefusal(`${statusCode} ${statusMessage}${wanted}`));
        }
      })
      .once('timeout', () => request.destroy(new ProxySilence()))
      .once('error', fail)
      .end();
    return undefined;
  }

  #connect(target: string): RequestOptions {
    const { hostname, port, username, password } = this.#proxy;
    const credentials = Buffer.from(`${unescape(username)}:${unescape(password)}`).toString('base64');
    return {
      method: 'CONNECT',
      host: hostname.replaceAll(/[[\]]/gu, ''),
      port,
      path: target,
      headers: { Host: target, ...(username !== '' && { 'Proxy-Authorization': `Basic ${credentials}` }) },
      agent: false,
      timeout: this.#timeout,
    };
  }
}

class ProxyRefusal extends Error {
  readonly code = FailureCode.refusedByProxy;
}

class ProxySilence extends Error {
  readonly code = FailureCode.timedOut;
}
