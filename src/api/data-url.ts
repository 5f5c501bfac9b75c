import { PaconnError } from '../errors.ts';

/**
 * The bytes that a `data:` URL holds, in base64 or percent-encoded; undefined for any other URL. Raises `PaconnError` for one
 * without a comma, or whose base64 is none.
 */
export function bytesInDataUrl(location: string, what: string): Buffer | undefined {
  const url = location.trim();
  if (!/^data:/iu.test(url)) return undefined;
  const [, type, written] = /^data:([^,]*),(.*)$/isu.exec(url) ?? [];
  if (type === undefined || written === undefined)
    throw new PaconnError(`Can't download ${what}: its data: URL has no data.`);
  const bytes = percentDecoded(written);
  if (!/;\s*base64\s*$/iu.test(type)) return bytes;
  const base64 = bytes.toString('latin1').replaceAll(/\s/gu, '');
  if (/^[\w+/-]+={0,2}$/u.test(base64)) return Buffer.from(base64, 'base64');
  throw new PaconnError(`Can't download ${what}: its data: URL isn't valid base64.`);
}

/** Any bytes can be encoded so, not only those of text. */
function percentDecoded(text: string): Buffer {
  const bytes = Buffer.from(text).toString('latin1');
  return Buffer.from(
    bytes.replaceAll(/%([\da-f]{2})/giu, (_escape, digits: string) =>
      String.fromCodePoint(Number.parseInt(digits, 16)),
    ),
    'latin1',
  );
}
