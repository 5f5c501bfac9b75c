import { platform } from 'node:os';
import { runProgram } from '../run-program.ts';

/** How long the system may take to say which proxy it uses, in milliseconds. */
const patience = 3000;

const registryKey = String.raw`HKCU\Software\Microsoft\Windows\CurrentVersion\Internet Settings`;

/** Who tells the proxy of a system, and how its answer is read. */
const sources: Partial<Record<NodeJS.Platform, readonly [program: string, args: readonly string[], Reader]>> = {
  win32: ['reg', ['query', registryKey], windowsProxy],
  darwin: ['scutil', ['--proxy'], macProxy],
};

type Reader = (answer: string) => string | undefined;

/** The proxy for https that Windows or macOS is set up with, as host and port; undefined where there is none. */
export async function systemProxy(
  variables: Readonly<Record<string, string | undefined>>,
  signal: AbortSignal,
  system: NodeJS.Platform = platform(),
): Promise<string | undefined> {
  const source = sources[system];
  if (!source) return undefined;
  const [program, args, read] = source;
  const output = await runProgram(program, args, { variables, timeout: patience, signal });
  return typeof output === 'string' || output.exitCode !== 0 ? undefined : read(output.stdout);
}

/** `ProxyServer` is one for all schemes, or `http=HOST:PORT;https=HOST:PORT`. */
export function windowsProxy(answer: string): string | undefined {
  const value = (name: string): string =>
    new RegExp(`^\\s*${name}\\s+REG_\\w+\\s+(.+?)\\s*$`, 'mu').exec(answer)?.[1] ?? '';
  if (Number(value('ProxyEnable')) !== 1) return undefined;
  const servers = value('ProxyServer').split(';');
  const one = servers.find((server) => /^https=/iu.test(server)) ?? servers.find((server) => !server.includes('='));
  return one?.replace(/^https=/iu, '') || undefined;
}

export function macProxy(answer: string): string | undefined {
  const value = (name: string): string => new RegExp(`^\\s*${name} : (\\S+)$`, 'mu').exec(answer)?.[1] ?? '';
  const [host, port] = [value('HTTPSProxy'), value('HTTPSPort')];
  return value('HTTPSEnable') === '1' && host !== '' ? `${host}${port === '' ? '' : `:${port}`}` : undefined;
}

/** What to do where a host cannot be reached, and the system has a proxy that we were not given. */
export function systemProxyHint(proxy: string): string {
  const url = proxy.includes('://') ? proxy : `http://${proxy}`;
  return `This computer is set up with the proxy ${proxy}, which paconn doesn't use automatically. Set HTTPS_PROXY=${url}`;
}
