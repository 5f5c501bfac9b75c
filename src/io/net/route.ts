import { platform } from 'node:os';
import { isExempt, proxyFor, type Route } from './proxy.ts';

export interface RouteOptions {
  readonly variables: Readonly<Record<string, string | undefined>>;
  readonly signal: AbortSignal;
  /** The current platform by default. */
  readonly system?: NodeJS.Platform;
}

/**
 * The route to a URL: environment variables name the proxy, and where they name none, the settings of Windows and macOS do,
 * as for Python and for browsers. Other systems have variables only.
 */
export async function routeTo(url: URL, { variables, signal, system = platform() }: RouteOptions): Promise<Route> {
  const proxy = proxyFor(url, variables);
  if (proxy) return { proxy };
  if (url.protocol !== 'https:' || isExempt(url, variables) || isThisComputer(url)) return {};
  if (system !== 'win32' && system !== 'darwin') return {};
  const { systemRoute } = await import('./system-proxy.ts');
  return await systemRoute(url, variables, signal, system);
}

/** No system sends its own requests to itself through a proxy. */
function isThisComputer({ hostname }: URL): boolean {
  return /(?:^|\.)localhost$|^127\.|^\[::1\]$/u.test(hostname);
}
