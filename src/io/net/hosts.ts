const loopbackHost = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/u;

/** Whether a URL leads to this machine. */
export function isLoopback({ hostname }: URL): boolean {
  return loopbackHost.test(hostname);
}

/**
 * Whether a URL of others is opened in a browser: for other schemes the system would start other programs, and a page of this machine
 * could be that of any program that runs on it.
 */
export function isBrowsable({ protocol }: URL): boolean {
  return protocol === 'https:';
}

/** Whether a URL leads to a host by its name, with or without a port; `*.` in front stands for all below. */
export function matchesHost({ host, hostname }: URL, pattern: string): boolean {
  // Without a name behind it, it would stand for every host that is written with a dot at its end.
  if (pattern.startsWith('*.')) return pattern !== '*.' && hostname.endsWith(pattern.slice(1));
  return pattern === hostname || pattern === host;
}
