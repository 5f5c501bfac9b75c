import { constants, inflateSync } from 'node:zlib';

export interface Color {
  readonly red: number;
  readonly green: number;
  readonly blue: number;
  /** 255 is opaque. */
  readonly alpha: number;
}

export interface Png {
  readonly width: number;
  readonly height: number;
  /** The top left pixel, 8 bits per channel; undefined when the picture is damaged. */
  readonly firstPixel: Color | undefined;
  /** Whether a pixel at the top edge isn't opaque; false where that isn't known. */
  readonly hasTransparentEdge: boolean;
}

const signature = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];

/** Deflate makes at most a thousand bytes of one: what is inflated stays small, and the first pixel comes early. */
const mostCompressed = 2048;

interface Chunk {
  readonly type: string;
  readonly data: Uint8Array;
}

/** Reads size and first pixel of a PNG file; undefined when it is none. */
export function readPng(bytes: Uint8Array): Png | undefined {
  if (!signature.every((byte, index) => bytes[index] === byte)) return undefined;
  const chunks = chunksOf(bytes);
  const first = chunks.next().value;
  if (first?.type !== 'IHDR' || first.data.length < 13) return undefined;
  const header = viewOf(first.data);
  const width = header.getUint32(0);
  const height = header.getUint32(4);
  if (width === 0 || height === 0) return undefined;
  const format = {
    bitDepth: header.getUint8(8),
    colorType: header.getUint8(9),
    isInterlaced: header.getUint8(12) !== 0,
  };
  const image = readChunks(chunks);
  const line = beginOfImage(image.compressed);
  const hasTransparentEdge = isEdgeTransparent(line, width, format);
  return { width, height, firstPixel: firstPixel(line, format, image), hasTransparentEdge };
}

function* chunksOf(bytes: Uint8Array): Generator<Chunk, undefined> {
  const view = viewOf(bytes);
  // Length, type, data and checksum, which tells nothing that anybody would see.
  for (let offset = signature.length; offset + 8 <= bytes.length;) {
    const length = view.getUint32(offset);
    const data = bytes.subarray(offset + 8, offset + 8 + length);
    const type = String.fromCharCode(...bytes.subarray(offset + 4, offset + 8));
    if (type === 'IEND') return undefined;
    yield { type, data };
    offset += 12 + length;
  }
  return undefined;
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** Samples per pixel of each color type: grey, true color, palette, grey with alpha, true color with alpha. */
const samplesOf: ReadonlyMap<number, number> = new Map([
  [0, 1],
  [2, 3],
  [3, 1],
  [4, 2],
  [6, 4],
]);

interface Format {
  readonly bitDepth: number;
  readonly colorType: number;
  /** Then the image begins with a few of its pixels. */
  readonly isInterlaced: boolean;
}

function firstPixel(
  line: Uint8Array,
  { bitDepth, colorType }: Format,
  { palette, transparency }: ImageChunks,
): Color | undefined {
  const sampleCount = samplesOf.get(colorType);
  if (sampleCount === undefined || ![1, 2, 4, 8, 16].includes(bitDepth)) return undefined;
  const size = bitDepth === 16 ? 2 * sampleCount : sampleCount;
  const [filter = 5] = line;
  if (filter > 4 || line.length < 1 + size) return undefined;
  // Every filter leaves the first pixel as it is: there is nothing to its left and nothing above. Also when interlaced,
  // where it is the first pixel of the first pass.
  const samples = readSamples(viewOf(line.subarray(1)), bitDepth, sampleCount);
  return colorType === 3
    ? paletteColor(samples[0] ?? 0, palette, transparency)
    : sampleColor(samples, bitDepth, transparency);
}

/** Of the pictures with an alpha channel, whose samples are whole bytes: grey or true color. */
function isEdgeTransparent(line: Uint8Array, width: number, { bitDepth, colorType, isInterlaced }: Format): boolean {
  const size = (bitDepth / 8) * (samplesOf.get(colorType) ?? 0);
  const hasAlpha = (colorType === 4 || colorType === 6) && (bitDepth === 8 || bitDepth === 16);
  const [filter = 5] = line;
  if (!hasAlpha || isInterlaced || filter > 4 || line.length < 1 + width * size) return false;
  const row = line.slice(1, 1 + width * size);
  // Nothing is above the first line: what is left of the filters is what they do with the pixel to the left.
  const share = filter === 1 || filter === 4 ? 1 : filter === 3 ? 0.5 : 0;
  for (let index = size; index < row.length; index += 1) {
    row[index] = (row[index] ?? 0) + Math.floor((row[index - size] ?? 0) * share);
  }
  return row.some((byte, index) => index % size === size - bitDepth / 8 && byte < 255);
}

interface ImageChunks {
  readonly palette: Uint8Array;
  readonly transparency: Uint8Array;
  readonly compressed: Uint8Array;
}

function readChunks(chunks: Iterable<Chunk>): ImageChunks {
  let palette = new Uint8Array();
  let transparency = new Uint8Array();
  const compressed: number[] = [];
  for (const { type, data } of chunks) {
    if (type === 'PLTE') palette = Uint8Array.from(data.subarray(0, 768));
    else if (type === 'tRNS') transparency = Uint8Array.from(data.subarray(0, 256));
    else if (type === 'IDAT') compressed.push(...data.subarray(0, mostCompressed - compressed.length));
    // The chunks of the image stand together.
    if (compressed.length >= mostCompressed || (compressed.length > 0 && type !== 'IDAT')) break;
  }
  return { palette, transparency, compressed: Uint8Array.from(compressed) };
}

/** The first bytes of the image; none when they are damaged. */
function beginOfImage(compressed: Uint8Array): Uint8Array {
  if (compressed.length === 0) return compressed;
  try {
    return inflateSync(compressed, { finishFlush: constants.Z_SYNC_FLUSH });
  } catch {
    // Damage is not the rules' business: nothing is said of the pixels then.
    return new Uint8Array();
  }
}

function readSamples(line: DataView, bitDepth: number, count: number): readonly number[] {
  return Array.from({ length: count }, (_, index) => {
    if (bitDepth === 16) return line.getUint16(2 * index);
    return line.getUint8(index) >> (8 - bitDepth);
  });
}

function paletteColor(index: number, palette: Uint8Array, transparency: Uint8Array): Color | undefined {
  const [red, green, blue] = palette.subarray(3 * index, 3 * index + 3);
  if (red === undefined || green === undefined || blue === undefined) return undefined;
  return { red, green, blue, alpha: transparency[index] ?? 255 };
}

function sampleColor(samples: readonly number[], bitDepth: number, transparency: Uint8Array): Color {
  const toByte = (sample: number): number => Math.round((sample * 255) / (2 ** bitDepth - 1));
  const hasAlpha = samples.length % 2 === 0;
  const channels = hasAlpha ? samples.slice(0, -1) : samples;
  const [red = 0, green = red, blue = red] = channels.map(toByte);
  const alpha = samples.at(-1) ?? 0;
  return { red, green, blue, alpha: hasAlpha ? toByte(alpha) : isTransparent(channels, transparency) ? 0 : 255 };
}

/** Without an alpha channel, one color can be named that is transparent: two bytes for each sample. */
function isTransparent(samples: readonly number[], transparency: Uint8Array): boolean {
  if (transparency.length < 2 * samples.length) return false;
  const view = viewOf(transparency);
  return samples.every((sample, index) => view.getUint16(2 * index) === sample);
}
