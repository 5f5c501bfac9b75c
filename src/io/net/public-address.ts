import { lookup } from 'node:dns/promises';
import { BlockList, isIP } from 'node:net';

const blocked = new BlockList();
for (const [network, prefix] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['224.0.0.0', 3],
] as const)
  blocked.addSubnet(network, prefix, 'ipv4');
for (const [network, prefix] of [
  ['::', 96],
  // An IPv4 address in another form.
  ['::ffff:0:0', 96],
  ['64:ff9b::', 96],
  ['fc00::', 7],
  ['fe80::', 10],
  ['ff00::', 8],
] as const)
  blocked.addSubnet(network, prefix, 'ipv6');

/** Whether an address is one that everybody can reach, and not of this computer or a private network. */
export function isPublicAddress(address: string): boolean {
  const family = isIP(address);
  return family !== 0 && !blocked.check(address, family === 6 ? 'ipv6' : 'ipv4');
}

/** Whether the host of a URL may lead to the internet: a name is known only when it's looked up. */
export function mayBePublic({ hostname }: URL): boolean {
  const name = hostname.replace(/^\[|\]$/gu, '');
  if (isIP(name) !== 0) return isPublicAddress(name);
  return name.includes('.') && !/(?:^|\.)(?:localhost|local|internal)\.?$/iu.test(name);
}

/** The reason not to connect to a host. */
export const notPublic = 'ERR_NOT_PUBLIC';

interface FoundAddress {
  readonly address: string;
  readonly family: number;
}

/** Looks up a name for a connection. Raises an error unless its addresses are public, so that nothing is connected to. */
export async function lookUpPublic(hostname: string): Promise<[FoundAddress]> {
  const found = await lookup(hostname, { all: true, verbatim: true });
  const [first] = found;
  if (!first || found.some(({ address }) => !isPublicAddress(address)))
    throw Object.assign(new Error(`${hostname} has no public IP address`), { code: notPublic });
  return [first];
}
