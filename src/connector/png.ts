import { inflateSync } from 'node:zlib';
import { crc32 } from './crc32.ts';

/** The channels of each type of color. */
const channels: ReadonlyMap<number, number> = new Map([
  [0, 1],
  [2, 3],
  [3, 1],
  [4, 2],
  [6, 4],
]);

/** In bytes; what has more pixels is only looked through. */
const mostPixelBytes = 64_000_000;

/**
 * Whether all of a PNG is there and undamaged: its chunks lead from the header to the last one, those that count have the checksum that
 * is theirs, and the compressed data is as much as the header says. Each states its length, before four bytes of type, its data, and
 * a checksum. https://www.w3.org/TR/png-3/
 */
export function isWholePng(bytes: Buffer): boolean {
  const data: Buffer[] = [];
  for (let start = 8; start + 12 <= bytes.length;) {
    const end = start + 12 + bytes.readUInt32BE(start);
    const type = bytes.toString('latin1', start + 4, start + 8);
    if (end > bytes.length || (start === 8 && type !== 'IHDR')) return false;
    // Viewers skip a damaged chunk without which there is a picture, whose type is in lower case.
    const isNeeded = /^[A-Z]/u.test(type);
    if (isNeeded && crc32(bytes.subarray(start + 4, end - 4)) !== bytes.readUInt32BE(end - 4)) return false;
    if (type === 'IEND') return data.length > 0 && hasPixels(bytes, data);
    if (type === 'IDAT') data.push(bytes.subarray(start + 8, end - 4));
    start = end;
  }
  return false;
}

/** Whether the data has a line of bytes for each line of pixels, behind a byte for its filter; those of interlaced ones are more. */
function hasPixels(bytes: Buffer, data: readonly Buffer[]): boolean {
  const [width, height] = [bytes.readUInt32BE(16), bytes.readUInt32BE(20)];
  const bits = (channels.get(bytes[25] ?? 0) ?? 0) * (bytes[24] ?? 0);
  if (width === 0 || height === 0 || bits === 0) return false;
  const needed = height * (1 + Math.ceil((width * bits) / 8));
  // Seven passes, each with its own lines.
  const most = 2 * needed + 7 * height;
  if (most > mostPixelBytes) return true;
  try {
    return inflateSync(Buffer.concat(data), { maxOutputLength: most }).length >= needed;
  } catch (error) {
    // It has more than pixels, which viewers ignore.
    return error instanceof RangeError;
  }
}
