import { isMeantAsEnvironmentExpression } from '../connector/expression.ts';
import type { ConversionOptions } from './conversion.ts';
import type { Ledger } from './ledger.ts';
import { outArray, type OutObject, outText, stringOfOut, textsOf } from './output-tree.ts';
import { HostMissing, hostUrl } from './servers.ts';
import type { SourceNode } from './source.ts';

/** Host, base path, and schemes, where the document has none, or none that are valid, or somebody wants others. */
export function writeServer2(
  result: OutObject,
  root: SourceNode,
  { host: wanted, sourceUrl, repairsOnly }: Pick<ConversionOptions, 'host' | 'sourceUrl' | 'repairsOnly'>,
  ledger: Ledger,
): URL {
  const { members } = result;
  const [host, basePath, schemes] = ['host', 'basePath', 'schemes'].map((name) => root.members.get(name));
  const given = wanted === undefined ? undefined : hostUrl(wanted);
  const written = stringOfOut(members.get('host')) ?? '';
  const stated = given ? undefined : readHost(written);
  const ownPath = stringOfOut(members.get('basePath'));
  const path = withSlash(`${stated?.path ?? ''}${ownPath === undefined ? '' : withSlash(ownPath)}`);
  if (ownPath !== undefined && withSlash(ownPath) !== ownPath)
    ledger.add('path-slash', basePath ?? root, { path: ownPath });
  if (ownPath !== undefined && path !== ownPath) members.set('basePath', outText(path, basePath));
  if (stated) {
    const scheme = textsOf(members.get('schemes')).find((one) => one === 'https') ?? textsOf(members.get('schemes'))[0];
    if (stated.host !== written) {
      ledger.add('server-host', host ?? root, { old: written, new: stated.host });
      members.set('host', outText(stated.host, host));
      if (path !== '/') members.set('basePath', outText(path, basePath));
    }
    if (scheme === undefined) members.set('schemes', outArray([outText('https')], schemes));
    const url = `${scheme ?? 'https'}://${stated.host}${path}`;
    return new URL(URL.canParse(url) ? url : 'https://localhost');
  }
  if (!given && repairsOnly) {
    if (host && members.delete('host')) ledger.add('server-missing', host, { host: written });
    return new URL('https://localhost');
  }
  const base = given ?? (sourceUrl === undefined ? undefined : new URL('/', sourceUrl));
  if (!base) throw new HostMissing();
  const url = base.pathname === '/' ? new URL(path, base) : base;
  if (!given) ledger.add('server-relative', root, { host: url.host });
  members.set('host', outText(url.host, host));
  members.set('basePath', outText(url.pathname.replace(/(?<=.)\/$/u, ''), basePath));
  members.set('schemes', outArray([outText(url.protocol.slice(0, -1))], schemes));
  return url;
}

interface StatedHost {
  readonly host: string;
  readonly path: string;
}

const hostAndPort = /^[^\s{}/?#@\\:[\]]+(?::\d+)?$/u;

/** A host; a URL in its place is taken apart. Undefined for what is neither. */
function readHost(written: string): StatedHost | undefined {
  if (isMeantAsEnvironmentExpression(written) || hostAndPort.test(written)) return { host: written, path: '' };
  const url = written === '' ? undefined : hostUrl(written.trim());
  if (!url || !hostAndPort.test(url.host)) return undefined;
  return { host: url.host, path: url.pathname.replace(/\/$/u, '') };
}

function withSlash(path: string): string {
  return path.startsWith('/') || isMeantAsEnvironmentExpression(path) ? path : `/${path}`;
}
