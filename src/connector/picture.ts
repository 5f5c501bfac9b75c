/** A format of pictures: how it begins, and whether bytes that begin so have all of a picture, whatever follows it. */
interface Format {
  readonly beginning: RegExp;
  readonly isWhole: (bytes: Buffer) => boolean;
}

const pngSignature = Buffer.from('\x89PNG\r\n\x1a\n', 'latin1');

const formats: readonly Format[] = [
  { beginning: /^\x89PNG/u, isWhole: isWholePng },
  { beginning: /^\xff\xd8\xff/u, isWhole: isWholeJpeg },
  { beginning: /^GIF8/u, isWhole: isWholeGif },
  { beginning: /^BM/u, isWhole: (bytes) => bytes.length > 26 && bytes.readUInt32LE(2) <= bytes.length },
  { beginning: /^\0\0\x01\0/u, isWhole: isWholeIco },
  { beginning: /^RIFF....WEBP/su, isWhole: (bytes) => bytes.readUInt32LE(4) + 8 <= bytes.length },
];

/** How SVG begins, in whose place a page can have comments and declarations, too. */
const svgBeginning =
  /^(?:\xef\xbb\xbf)?\s*(?:<\?[^>]*>\s*)*(?:<!DOCTYPE svg(?:[^>[]|\[[^\]]*\])*>\s*)?<(?:\w+:)?svg[\s/>]/iu;

const svg: Format = { beginning: svgBeginning, isWhole: isWholeSvg };

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

/**
 * Whether its segments lead to the end of the image: each is a marker and, but for a few, a length. Behind the start of a scan comes
 * what is compressed, up to the next marker that is neither a byte of it nor a restart.
 */
function isWholeJpeg(bytes: Buffer): boolean {
  let at = 2;
  while (bytes[at] === 0xff) {
    const marker = bytes[at + 1];
    if (marker === 0xd9) return true;
    if (marker === 0xff) at += 1;
    else if (marker === 0x01) at += 2;
    else if (at + 4 > bytes.length) return false;
    else {
      at += 2 + Math.max(2, bytes.readUInt16BE(at + 2));
      if (marker === 0xda) at = afterScan(bytes, at);
    }
  }
  return false;
}

function afterScan(bytes: Buffer, start: number): number {
  for (let at = bytes.indexOf(0xff, start); at !== -1; at = bytes.indexOf(0xff, at + 2)) {
    const next = bytes[at + 1] ?? 0;
    if (next !== 0 && (next < 0xd0 || next > 0xd7)) return at;
  }
  return bytes.length;
}

/** Whether its blocks lead to the trailer: extensions and images, each followed by blocks with their length, the last of which is empty. */
function isWholeGif(bytes: Buffer): boolean {
  let at = 13 + colorTableLength(bytes[10]);
  while (at < bytes.length) {
    const block = bytes[at];
    if (block === 0x3b) return true;
    if (block === 0x21) at += 2;
    else if (block === 0x2c) at += 11 + colorTableLength(bytes[at + 9]);
    else return false;
    while (bytes[at]) at += 1 + (bytes[at] ?? 0);
    at += 1;
  }
  return false;
}

/** Three bytes for each color, of which the lowest bits of the flags tell the number. */
function colorTableLength(flags = 0): number {
  return (flags & 0x80) === 0 ? 0 : 3 * 2 ** ((flags & 7) + 1);
}

/** Whether each `svg` in it is closed, and the outermost one, too. Those in comments are text. */
function isWholeSvg(bytes: Buffer): boolean {
  const text = bytes.toString('latin1');
  let depth = 0;
  let count = 0;
  for (const { 0: tag, groups = {} } of text.matchAll(
    /<!--[^]*?(?:-->|$)|<!\[CDATA\[[^]*?(?:\]\]>|$)|<(?<end>\/?)(?<name>(?:[\w-]+:)?svg)(?=[\s/>])[^<>]*>/giu,
  )) {
    if (groups['name'] === undefined) continue;
    count += 1;
    if (groups['end'] !== '') depth -= 1;
    else if (!tag.endsWith('/>')) depth += 1;
  }
  return count > 0 && depth <= 0;
}
