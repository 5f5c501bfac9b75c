/**
 * The bytes that a `data:` URL holds, in base64 or percent-encoded; undefined for any other URL, and for one without a comma
 * or whose base64 is none.
 */
export function bytesInDataUrl(location: string): Uint8Array | undefined {
  const [, type, written] = /^data:([^,]*),(.*)$/isu.exec(location.trim()) ?? [];
  if (type === undefined || written === undefined) return undefined;
  const bytes = percentDecoded(written);
  if (!/;\s*base64\s*$/iu.test(type)) return bytes;
  const base64 = bytes.toString('latin1').replaceAll(/\s/gu, '');
  return /^[\w+/-]+={0,2}$/u.test(base64) ? Buffer.from(base64, 'base64') : undefined;
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
