import { commandWord } from '../terminal/command-word.ts';
import { BlockList, isIPv4 } from 'node:net';
import { matchesWildcard } from '../../wildcard.ts';
import { runProgram } from '../run-program.ts';
import type { Route } from './proxy.ts';

/** The proxy settings of Windows or macOS. */
export interface SystemProxy {
  /** The proxy for https. */
  readonly proxy: URL | undefined;
  /** Hosts that are reached without it: names with `*`, and on macOS networks as in `169.254/16`. */
  readonly exceptions: readonly string[];
  /** Whether names without a dot are exceptions, too. */
  readonly exceptsSimpleNames: boolean;
  /** Whether a script (PAC) chooses proxies, which only browsers can run. */
  readonly hasScript: boolean;
}

type Variables = Readonly<Record<string, string | undefined>>;

/** How long the system may take to say which proxy it uses, in milliseconds. */
const patience = 10_000;

const registryKey = String.raw`HKCU\Software\Microsoft\Windows\CurrentVersion\Internet Settings`;

type Source = readonly [program: string, args: readonly string[], read: (answer: string) => SystemProxy];

/** The program that reports a system's proxy, and the parser of its output. */
const sources: Partial<Record<NodeJS.Platform, Source>> = {
  win32: ['reg', ['query', registryKey], readRegistry],
  darwin: ['scutil', ['--proxy'], readScutil],
};

/** A run has one set of variables and asks once: each question starts a program. */
const answers = new WeakMap<Variables, Promise<SystemProxy | undefined>>();

/** How the system itself would reach a host by https. */
export async function systemRoute(
  url: URL,
  variables: Variables,
  signal: AbortSignal,
  system: NodeJS.Platform,
): Promise<Route> {
  const answer = answers.get(variables) ?? ask(variables, signal, system);
  answers.set(variables, answer);
  const settings = await answer;
  if (!settings) return {};
  const { proxy, hasScript } = settings;
  if (proxy && !isException(url.hostname, settings)) {
    const hint = `This proxy is the one in the settings of your system. To connect without it, set NO_PROXY=${commandWord(url.hostname)}`;
    return { proxy, hint };
  }
  if (!hasScript) return {};
  return {
    hint: "Your system finds its proxy with a script (PAC), which paconn can't run. Set HTTPS_PROXY to your proxy, for example http://proxy.example:8080.",
  };
}

async function ask(
  variables: Variables,
  signal: AbortSignal,
  system: NodeJS.Platform,
): Promise<SystemProxy | undefined> {
  const source = sources[system];
  if (!source) return undefined;
  const [program, args, read] = source;
  const output = await runProgram(program, args, { variables, timeout: patience, signal });
  return typeof output === 'string' || output.exitCode !== 0 ? undefined : read(output.stdout);
}

/** `ProxyServer` is one for all schemes, or `http=HOST:PORT;https=HOST:PORT`. */
export function readRegistry(answer: string): SystemProxy {
  const value = (name: string): string =>
    new RegExp(`^\\s*${name}\\s+REG_\\w+\\s+(.+?)\\s*$`, 'mu').exec(answer)?.[1] ?? '';
  const isEnabled = Number(value('ProxyEnable')) === 1;
  const servers = value('ProxyServer').split(';');
  const one = servers.find((server) => /^https=/iu.test(server)) ?? servers.find((server) => !server.includes('='));
  const exceptions = value('ProxyOverride')
    .split(/[;\s]+/u)
    .filter((exception) => exception !== '');
  return {
    proxy: isEnabled ? proxyUrl(one?.replace(/^https=/iu, '') ?? '') : undefined,
    exceptions: exceptions.filter((exception) => !exception.startsWith('<')),
    exceptsSimpleNames: exceptions.includes('<local>'),
    hasScript: value('AutoConfigURL') !== '',
  };
}

export function readScutil(answer: string): SystemProxy {
  const value = (name: string): string => new RegExp(`^ *${name} : (\\S+)$`, 'mu').exec(answer)?.[1] ?? '';
  const isOn = (name: string): boolean => value(name) === '1';
  const port = value('HTTPSPort');
  const [, list = ''] = /^ *ExceptionsList : <array> \{([^}]*)\}/mu.exec(answer) ?? [];
  return {
    proxy: isOn('HTTPSEnable') ? proxyUrl(value('HTTPSProxy') + (port && `:${port}`)) : undefined,
    exceptions: [...list.matchAll(/^ *\d+ : (\S+)$/gmu)].map(([, exception = '']) => exception),
    exceptsSimpleNames: isOn('ExcludeSimpleHostnames'),
    hasScript: isOn('ProxyAutoConfigEnable') || isOn('ProxyAutoDiscoveryEnable'),
  };
}

/** What is set there may be anything: what is no http proxy is as good as none. */
function proxyUrl(server: string): URL | undefined {
  const location = server.includes('://') ? server : `http://${server}`;
  return /^https?:/iu.test(location) && URL.canParse(location) ? new URL(location) : undefined;
}

function isException(host: string, { exceptions, exceptsSimpleNames }: SystemProxy): boolean {
  if (exceptsSimpleNames && !host.includes('.')) return true;
  return exceptions.some((exception) => isInNetwork(host, exception) || isNamed(host, exception));
}

/** `*` stands for anything. A scheme and a port that may be there do not matter to a host. */
function isNamed(host: string, exception: string): boolean {
  const name = exception
    .toLowerCase()
    .replace(/^[a-z]+:\/\//u, '')
    .replace(/:\d+$/u, '');
  return matchesWildcard(name, host);
}

/** A network as macOS writes it, as in `169.254/16`. */
function isInNetwork(host: string, exception: string): boolean {
  const [, start = '', bits] = /^([\d.]+)\/(\d+)$/u.exec(exception) ?? [];
  const address = [...start.split('.'), '0', '0', '0'].slice(0, 4).join('.');
  if (!isIPv4(host) || !isIPv4(address) || Number(bits) > 32) return false;
  const network = new BlockList();
  network.addSubnet(address, Number(bits), 'ipv4');
  return network.check(host);
}
