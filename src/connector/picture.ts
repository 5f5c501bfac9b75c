import { isWholeGif } from './gif.ts';
import { isWholePng } from './png.ts';
import { isSvg } from './svg.ts';

/** A format of pictures: how it begins, and whether bytes that begin so have all of a picture, whatever follows it. */
interface Format {
  readonly beginning: RegExp;
  readonly isWhole: (bytes: Buffer) => boolean;
}

const png = /^\x89PNG\r\n\x1a\n/u;

const formats: readonly Format[] = [
  { beginning: png, isWhole: isWholePng },
  { beginning: /^\xff\xd8\xff/u, isWhole: isWholeJpeg },
  { beginning: /^GIF8[79]a/u, isWhole: isWholeGif },
  { beginning: /^BM/u, isWhole: isWholeBmp },
  { beginning: /^\0\0\x01\0/u, isWhole: isWholeIco },
  { beginning: /^RIFF....WEBP/su, isWhole: isWholeWebp },
];

/** So many bytes tell what something is. */
const telling = 12;

/**
 * Whether bytes are a picture, all of it, by what its format says of its pieces and its end; whatever the name of their file says.
 * What is sent and what comes is judged by this alone, so that what was uploaded can also be read back.
 */
export function isPicture(bytes: Uint8Array): boolean {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const beginning = buffer.toString('latin1', 0, telling);
  const format = formats.find((one) => one.beginning.test(beginning));
  return format ? format.isWhole(buffer) : isSvg(buffer);
}

/** The lengths that the second header of a bitmap can have: each stands for a version of it. */
const bitmapHeaders: ReadonlySet<number> = new Set([12, 16, 40, 52, 56, 64, 108, 124]);

/** Whether it has as many bytes as it states, the header that says what they are, and pixels behind it. */
function isWholeBmp(bytes: Buffer): boolean {
  if (bytes.length <= 26 || bytes.readUInt32LE(2) > bytes.length) return false;
  const header = bytes.readUInt32LE(14);
  const pixels = bytes.readUInt32LE(10);
  return bitmapHeaders.has(header) && pixels >= 14 + header && pixels < bytes.length;
}

/**
 * Whether it has all pictures that its directory lists: entries of 16 bytes, of which the last eight are a length and a place. There
 * is a PNG, or a bitmap, which begins with the length of its header.
 */
function isWholeIco(bytes: Buffer): boolean {
  const count = bytes.length < 22 ? 0 : bytes.readUInt16LE(4);
  const entries = Array.from({ length: count }, (_entry, index) => 6 + 16 * index);
  return (
    count > 0 &&
    6 + 16 * count <= bytes.length &&
    entries.every((entry) => {
      const start = bytes.readUInt32LE(entry + 12);
      const end = start + bytes.readUInt32LE(entry + 8);
      if (end > bytes.length) return false;
      const picture = bytes.subarray(start, end);
      return png.test(picture.toString('latin1', 0, 8))
        ? isWholePng(picture)
        : picture.length > 40 && picture.readUInt32LE(0) === 40;
    })
  );
}

/** Whether its chunks lead to an image or a frame of an animation: each is a type, a length, and its data, to an even place. */
function isWholeWebp(bytes: Buffer): boolean {
  const end = bytes.readUInt32LE(4) + 8;
  if (end > bytes.length) return false;
  for (let start = 12; start + 8 < end;) {
    const length = bytes.readUInt32LE(start + 4);
    const chunk = bytes.toString('latin1', start, start + 18);
    if (/^(?:VP8 .{7}\x9d\x01\x2a|VP8L....\x2f|ANMF)/su.test(chunk)) return start + 8 + length <= end;
    start += 8 + length + (length % 2);
  }
  return false;
}

/**
 * Whether its segments lead through a frame and a scan to the end of the image: each is a marker and, but for a few, a length. Behind the start of
 * a scan comes what is compressed, up to the next marker that is neither a byte of it nor a restart.
 */
function isWholeJpeg(bytes: Buffer): boolean {
  let at = 2;
  let hasFrame = false;
  let hasScan = false;
  while (bytes[at] === 0xff) {
    const marker = bytes[at + 1] ?? 0;
    if (marker === 0xd9) return hasScan;
    if (marker === 0xff) at += 1;
    else if (marker === 0x01) at += 2;
    else if (at + 4 > bytes.length) return false;
    else {
      at += 2 + Math.max(2, bytes.readUInt16BE(at + 2));
      hasFrame ||= startsFrame(marker);
      if (marker === 0xda) {
        hasScan = hasFrame;
        at = afterScan(bytes, at);
      }
    }
  }
  return false;
}

/** Whether a marker is that of a frame, which says how the picture is compressed: not one of a table between them. */
function startsFrame(marker: number): boolean {
  return marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
}

function afterScan(bytes: Buffer, start: number): number {
  for (let at = bytes.indexOf(0xff, start); at !== -1; at = bytes.indexOf(0xff, at + 2)) {
    const next = bytes[at + 1] ?? 0;
    if (next !== 0 && (next < 0xd0 || next > 0xd7)) return at;
  }
  return bytes.length;
}
