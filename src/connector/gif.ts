/**
 * Whether its blocks lead through images to the trailer: extensions and images, each followed by blocks with their length, the last
 * of which is empty. Each image must have all of its pixels. Some writers leave out the trailer, also the one of icons of Python.
 * https://www.w3.org/Graphics/GIF/spec-gif89a.txt
 */
export function isWholeGif(bytes: Buffer): boolean {
  let at = 13 + colorTableLength(bytes[10]);
  let hasImage = false;
  while (at < bytes.length) {
    const block = bytes[at];
    if (block === 0x3b) return hasImage;
    const start = at;
    if (block === 0x21) at += 2;
    else if (block === 0x2c) at += 11 + colorTableLength(bytes[at + 9]);
    else return false;
    const data: Buffer[] = [];
    for (let length = bytes[at]; length; length = bytes[at]) {
      data.push(bytes.subarray(at + 1, at + 1 + length));
      at += 1 + length;
    }
    at += 1;
    if (at > bytes.length) return false;
    if (block !== 0x2c) continue;
    if (!hasPixels(bytes.subarray(start, at), data)) return false;
    hasImage = true;
  }
  return hasImage;
}

/** Three bytes for each color, of which the lowest bits of the flags tell the number. */
function colorTableLength(flags = 0): number {
  return (flags & 0x80) === 0 ? 0 : 3 * 2 ** ((flags & 7) + 1);
}

/** Whether the compressed data of an image has as many pixels as its beginning says. */
function hasPixels(image: Buffer, data: readonly Buffer[]): boolean {
  const needed = image.readUInt16LE(5) * image.readUInt16LE(7);
  const colorBits = image[10 + colorTableLength(image[9])] ?? 0;
  return needed > 0 && colorBits > 0 && colorBits < mostBits && pixelsIn(Buffer.concat(data), colorBits) >= needed;
}

/** Of a code. */
const mostBits = 12;

/**
 * How many pixels the codes of LZW stand for, up to their end or the first that stands for nothing. Each code, but for the two that
 * clear the table and end the data, stands for a run of pixels; the table grows by the run of the code before and one pixel.
 */
function pixelsIn(data: Buffer, colorBits: number): number {
  const clear = 2 ** colorBits;
  // One pixel for each color, and the two codes.
  const lengths = [...Array.from({ length: clear }, () => 1), 0, 0];
  let width = colorBits + 1;
  let previous = 0;
  let pixels = 0;
  let [buffered, bits] = [0, 0];
  for (const byte of data) {
    buffered |= byte << bits;
    bits += 8;
    for (; bits >= width;) {
      const code = buffered & (2 ** width - 1);
      buffered >>>= width;
      bits -= width;
      if (code === clear) {
        lengths.length = clear + 2;
        width = colorBits + 1;
        previous = 0;
        continue;
      }
      if (code === clear + 1) return pixels;
      if (previous > 0 && lengths.length < 2 ** mostBits) lengths.push(previous + 1);
      const length = lengths[code];
      if (length === undefined) return pixels;
      pixels += length;
      previous = length;
      if (lengths.length === 2 ** width && width < mostBits) width += 1;
    }
  }
  return pixels;
}
