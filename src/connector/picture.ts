/** A format of pictures: how it begins, and whether bytes that begin so are all of a picture. */
interface Format {
  readonly beginning: RegExp;
  readonly isWhole: (bytes: Buffer) => boolean;
}

const pngSignature = Buffer.from('\x89PNG\r\n\x1a\n', 'latin1');

const formats: readonly Format[] = [
  { beginning: /^\x89PNG/u, isWhole: isWholePng },
  { beginning: /^\xff\xd8\xff/u, isWhole: (bytes) => bytes.lastIndexOf('\xff\xd9', undefined, 'latin1') > 2 },
  { beginning: /^GIF8/u, isWhole: (bytes) => bytes.length > 13 && bytes.at(-1) === 0x3b },
  { beginning: /^BM/u, isWhole: (bytes) => bytes.length > 26 && bytes.readUInt32LE(2) <= bytes.length },
  { beginning: /^\0\0\x01\0/u, isWhole: isWholeIco },
  { beginning: /^RIFF....WEBP/su, isWhole: (bytes) => bytes.readUInt32LE(4) + 8 <= bytes.length },
];

/** How SVG begins, in whose place a page can have comments and declarations, too. */
const svgBeginning =
  /^(?:\xef\xbb\xbf)?\s*(?:<\?[^>]*>\s*)*(?:<!DOCTYPE svg(?:[^>[]|\[[^\]]*\])*>\s*)?<(?:\w+:)?svg[\s/>]/iu;

const svg: Format = {
  beginning: svgBeginning,
  isWhole: (bytes) =>
    /<\/(?:\w+:)?svg\s*>|\/>\s*$/iu.test(bytes.toString('latin1', Math.max(0, bytes.length - telling))),
};

/** So many bytes tell what something is. */
const telling = 4096;

/** Whether bytes are a picture, whatever the name of their file says. */
export function isPicture(bytes: Uint8Array): boolean {
  return formatOf(bytes) !== undefined;
}

/** Whether they also are all of it, by what its format says of its length or its end. */
export function isWholePicture(bytes: Uint8Array): boolean {
  return formatOf(bytes)?.isWhole(Buffer.from(bytes)) ?? false;
}

function formatOf(bytes: Uint8Array): Format | undefined {
  const beginning = Buffer.from(bytes.subarray(0, telling)).toString('latin1');
  const format = formats.find((one) => one.beginning.test(beginning));
  if (format) return format;
  return svg.beginning.test(beginning.replaceAll(/<!--[^]*?(?:-->|$)/gu, '')) ? svg : undefined;
}

/** Whether its chunks lead to the last one: each states its length, before four bytes of type, its data, and a checksum. */
function isWholePng(bytes: Buffer): boolean {
  if (!bytes.subarray(0, pngSignature.length).equals(pngSignature)) return false;
  for (let start = pngSignature.length; start + 12 <= bytes.length;) {
    const end = start + 12 + bytes.readUInt32BE(start);
    if (bytes.toString('latin1', start + 4, start + 8) === 'IEND') return end <= bytes.length;
    start = end;
  }
  return false;
}

/** Whether it has all pictures that its directory lists: entries of 16 bytes, of which the last eight are a length and a place. */
function isWholeIco(bytes: Buffer): boolean {
  const count = bytes.length < 22 ? 0 : bytes.readUInt16LE(4);
  const entries = Array.from({ length: count }, (_entry, index) => 6 + 16 * index);
  return (
    count > 0 &&
    6 + 16 * count <= bytes.length &&
    entries.every((entry) => bytes.readUInt32LE(entry + 8) + bytes.readUInt32LE(entry + 12) <= bytes.length)
  );
}
