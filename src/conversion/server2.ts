import { isMeantAsEnvironmentExpression } from '../connector/expression.ts';
import type { ConversionOptions } from './conversion.ts';
import type { Ledger } from './ledger.ts';
import { outArray, type OutNode, type OutObject, outText, stringOfOut, textsOf } from './output-tree.ts';
import { HostMissing, hostUrl, publicUrl } from './servers.ts';
import { type SourceNode, sourceText } from './source.ts';

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
  const path = basePathOf(stated?.path ?? '', members.get('basePath'), ledger);
  if (path !== (stringOfOut(members.get('basePath')) ?? '/')) members.set('basePath', outText(path, basePath));
  if (stated) {
    const listed = textsOf(members.get('schemes'));
    const scheme = listed.find((one) => one === 'https') ?? listed[0];
    if (stated.host !== written) {
      ledger.add('server-host', host ?? root, { old: publicUrl(written), new: stated.host });
      members.set('host', outText(stated.host, host));
    }
    if (scheme === undefined) members.set('schemes', outArray([outText('https')], schemes));
    const url = `${scheme ?? 'https'}://${stated.host}${path}`;
    return new URL(URL.canParse(url) ? url : 'https://localhost');
  }
  if (!given && host) ledger.add('server-missing', host, { host: publicUrl(written) });
  if (!given && repairsOnly) {
    members.delete('host');
    return new URL('https://localhost');
  }
  const base = given ?? (sourceUrl === undefined ? undefined : new URL('/', sourceUrl));
  if (!base) throw new HostMissing([written]);
  const url = base.pathname === '/' ? new URL(path, base) : base;
  const replaced = { host: url.host, basePath: url.pathname.replace(/(?<=.)\/$/u, '') };
  for (const [name, text] of Object.entries(replaced)) {
    const node = root.members.get(name);
    if (given && node && sourceText(node) !== text)
      ledger.add('server-replaced', node, { n: 1, url: publicUrl(node.text) });
    members.set(name, outText(text, node));
  }
  if (!given) ledger.add('server-relative', root, { host: url.host });
  const scheme = url.protocol.slice(0, -1);
  const named = schemes?.items.find((one) => sourceText(one) === scheme);
  for (const one of schemes?.items ?? []) if (one !== named) ledger.add('server-scheme', one, { scheme });
  members.set('schemes', outArray([outText(scheme, named)], schemes));
  return url;
}

/** The base path of the result: it has no query, no spaces, and not twice what the host brings along. */
function basePathOf(ofHost: string, own: OutNode | undefined, ledger: Ledger): string {
  const stated = stringOfOut(own);
  if (own?.origin === undefined || stated === undefined || isMeantAsEnvironmentExpression(stated))
    return stated ?? withSlash(ofHost);
  const [bare] = stated.split(/[?#]/u);
  if (bare !== stated) ledger.add('server-query', own.origin);
  const encoded = withSlash(bare ?? '').replaceAll(/\s/gu, encodeURIComponent);
  const isInHost = ofHost === '' || encoded === ofHost || encoded.startsWith(`${ofHost}/`);
  const path = isInHost ? encoded : `${ofHost}${encoded}`;
  if (path !== bare) ledger.add('server-base-path', own.origin, { old: bare ?? '', new: path }, 'kept');
  if (/[{}]/u.test(path)) ledger.add('server-base-path', own.origin, { old: bare ?? '' }, 'narrowed');
  return path;
}

interface StatedHost {
  readonly host: string;
  readonly path: string;
}

const hostAndPort = /^[^\s{}/?#@\\:[\]]+(?::\d+)?$/u;

/** A host; a URL in its place is taken apart. Undefined for what is neither. */
function readHost(written: string): StatedHost | undefined {
  if (isMeantAsEnvironmentExpression(written)) return { host: written, path: '' };
  const url = written === '' ? undefined : hostUrl(written.trim());
  if (!url || !hostAndPort.test(url.host)) return undefined;
  if (hostAndPort.test(written)) return { host: written, path: '' };
  return { host: url.host, path: url.pathname.replace(/\/$/u, '') };
}

function withSlash(path: string): string {
  return path.startsWith('/') ? path : `/${path}`;
}
