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
export function matchesHost({ hostname, port, protocol }: URL, pattern: string): boolean {
  const names = [hostname, `${hostname}:${port || (protocol === 'https:' ? '443' : '80')}`];
  // Without a name behind it, it would stand for every host that is written with a dot at its end.
  if (pattern.startsWith('*.')) return pattern !== '*.' && names.some((name) => name.endsWith(pattern.slice(1)));
  return names.includes(pattern);
}
