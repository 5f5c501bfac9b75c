import { crc32, deflateSync } from 'node:zlib';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readPng } from '../../src/validation/engine/png.ts';

interface Picture {
  readonly colorType: number;
  readonly bitDepth: number;
  /** Of the first pixel, in the bytes of the first line. */
  readonly line: readonly number[];
  readonly filter?: number;
  readonly interlace?: number;
  readonly palette?: readonly number[];
  readonly transparency?: readonly number[];
  /** Bytes in each IDAT chunk. */
  readonly split?: number;
  /** Zeros after the line. */
  readonly zeros?: number;
}

function chunk(type: string, data: Uint8Array): Uint8Array {
  const content = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const bytes = Buffer.alloc(8 + content.length);
  bytes.writeUInt32BE(data.length, 0);
  bytes.set(content, 4);
  bytes.writeUInt32BE(crc32(content), 4 + content.length);
  return bytes;
}

function png(picture: Picture): Uint8Array {
  const {
    colorType,
    bitDepth,
    line,
    filter = 0,
    interlace = 0,
    palette,
    transparency,
    split = 100_000,
    zeros = 5000,
  } = picture;
  const header = Buffer.alloc(13);
  header.writeUInt32BE(7, 0);
  header.writeUInt32BE(5, 4);
  header.set([bitDepth, colorType, 0, 0, interlace], 8);
  const compressed = deflateSync(Buffer.concat([Uint8Array.from([filter, ...line]), Buffer.alloc(zeros)]));
  const parts = Array.from({ length: Math.ceil(compressed.length / split) }, (_, index) =>
    chunk('IDAT', compressed.subarray(index * split, (index + 1) * split)),
  );
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', header),
    ...(palette ? [chunk('PLTE', Uint8Array.from(palette))] : []),
    ...(transparency ? [chunk('tRNS', Uint8Array.from(transparency))] : []),
    ...parts,
    chunk('IEND', new Uint8Array()),
  ]);
}

const color = (red: number, green: number, blue: number, alpha = 255) => ({ red, green, blue, alpha });

describe('the first pixel', () => {
  test.each<[string, Picture, ReturnType<typeof color> | undefined]>([
    ['true color', { colorType: 2, bitDepth: 8, line: [1, 2, 3] }, color(1, 2, 3)],
    ['true color, 16 bits', { colorType: 2, bitDepth: 16, line: [255, 255, 128, 128, 0, 0] }, color(255, 128, 0)],
    ['with alpha', { colorType: 6, bitDepth: 8, line: [1, 2, 3, 4] }, color(1, 2, 3, 4)],
    ['with alpha, 16 bits', { colorType: 6, bitDepth: 16, line: [1, 1, 2, 2, 3, 3, 0, 0] }, color(1, 2, 3, 0)],
    ['grey', { colorType: 0, bitDepth: 8, line: [9] }, color(9, 9, 9)],
    ['grey, one bit', { colorType: 0, bitDepth: 1, line: [0x80] }, color(255, 255, 255)],
    ['grey, two bits', { colorType: 0, bitDepth: 2, line: [0x7f] }, color(85, 85, 85)],
    ['grey with alpha', { colorType: 4, bitDepth: 8, line: [9, 100] }, color(9, 9, 9, 100)],
    ['a palette', { colorType: 3, bitDepth: 4, line: [0x1f], palette: [0, 0, 0, 7, 8, 9] }, color(7, 8, 9)],
    [
      'a palette with transparency',
      { colorType: 3, bitDepth: 8, line: [1], palette: [0, 0, 0, 7, 8, 9], transparency: [255, 50] },
      color(7, 8, 9, 50),
    ],
    ['a palette that ends before', { colorType: 3, bitDepth: 8, line: [2], palette: [0, 0, 0] }, undefined],
    [
      'a transparent color',
      { colorType: 2, bitDepth: 8, line: [1, 2, 3], transparency: [0, 1, 0, 2, 0, 3] },
      color(1, 2, 3, 0),
    ],
    [
      'another transparent color',
      { colorType: 2, bitDepth: 8, line: [1, 2, 3], transparency: [0, 1, 0, 2, 0, 4] },
      color(1, 2, 3),
    ],
    ['every filter', { colorType: 2, bitDepth: 8, line: [1, 2, 3], filter: 4 }, color(1, 2, 3)],
    ['an unknown filter', { colorType: 2, bitDepth: 8, line: [1, 2, 3], filter: 5 }, undefined],
    ['interlaced lines', { colorType: 2, bitDepth: 8, line: [1, 2, 3], interlace: 1 }, color(1, 2, 3)],
    ['many small chunks', { colorType: 2, bitDepth: 8, line: [1, 2, 3], split: 1 }, color(1, 2, 3)],
    ['an unknown color type', { colorType: 5, bitDepth: 8, line: [1, 2, 3] }, undefined],
    ['an unknown bit depth', { colorType: 2, bitDepth: 3, line: [1, 2, 3] }, undefined],
  ])('of %s', (_name, picture, expected) => {
    expect(readPng(png(picture))).toMatchObject({ width: 7, height: 5, firstPixel: expected });
  });
});

test('a picture that ends early has its size', () => {
  const bytes = png({ colorType: 2, bitDepth: 8, line: [1, 2, 3] });
  expect(readPng(bytes.subarray(0, 33))).toMatchObject({ width: 7, height: 5, firstPixel: undefined });
});

test.each([
  ['nothing', []],
  ['another file', [...Buffer.from('<svg></svg>')]],
  ['a signature alone', [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]],
])('%s is no picture', (_name, bytes) => {
  expect(readPng(Uint8Array.from(bytes))).toBeUndefined();
});

test('changed bytes never cause a crash', () => {
  const bytes = png({
    colorType: 3,
    bitDepth: 8,
    line: [1],
    palette: [0, 0, 0, 7, 8, 9],
    transparency: [0, 0],
    split: 9,
  });
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.nat(bytes.length - 1), fc.nat(255)), { maxLength: 4 }),
      fc.nat(),
      (changes, cut) => {
        const changed = Uint8Array.from(bytes);
        for (const [index, byte] of changes) changed[index] = byte;
        const read = readPng(changed.subarray(0, changed.length - (cut % 8 === 0 ? cut % changed.length : 0)));
        for (const channel of Object.values(read?.firstPixel ?? {})) expect(channel).toBeLessThanOrEqual(255);
      },
    ),
    { numRuns: 2000 },
  );
});

test('what would inflate to a thousand times its size is read at its beginning only', () => {
  const bytes = png({ colorType: 2, bitDepth: 8, line: [0, 0, 0], zeros: 20_000_000 });
  const started = performance.now();
  expect(readPng(bytes)?.firstPixel).toEqual(color(0, 0, 0));
  expect(performance.now() - started).toBeLessThan(20_000);
});

describe('the top edge is transparent where a pixel of an alpha channel is', () => {
  const opaque = [9, 9, 9, 255];
  const edge = (picture: Picture): boolean | undefined => readPng(png(picture))?.hasTransparentEdge;
  const row = (last: readonly number[]): readonly number[] => [
    ...Array.from({ length: 6 }, () => opaque).flat(),
    ...last,
  ];
  test.each<readonly [string, boolean, Picture]>([
    ['all opaque', false, { colorType: 6, bitDepth: 8, line: row(opaque) }],
    ['the last one', true, { colorType: 6, bitDepth: 8, line: row([9, 9, 9, 254]) }],
    ['of grey', true, { colorType: 4, bitDepth: 8, line: [...[9, 255, 9, 255, 9, 255, 9, 255, 9, 255, 9, 255], 9, 0] }],
    [
      'of 16 bits',
      true,
      { colorType: 4, bitDepth: 16, line: Array.from({ length: 7 }, () => [9, 9, 127, 255]).flat() },
    ],
    [
      'of 16 bits, opaque',
      false,
      { colorType: 4, bitDepth: 16, line: Array.from({ length: 7 }, () => [9, 9, 255, 0]).flat() },
    ],
    [
      'as the one to its left',
      false,
      { colorType: 6, bitDepth: 8, filter: 1, line: [...opaque, ...Array(24).fill(0)] },
    ],
    [
      'other than the one to its left',
      true,
      { colorType: 6, bitDepth: 8, filter: 4, line: [...opaque, 0, 0, 0, 1, ...Array(20).fill(0)] },
    ],
    [
      'half of the one to its left',
      true,
      { colorType: 6, bitDepth: 8, filter: 3, line: [...opaque, ...Array(24).fill(0)] },
    ],
    ['interlaced', false, { colorType: 6, bitDepth: 8, interlace: 1, line: row([9, 9, 9, 0]) }],
    ['cut off', false, { colorType: 6, bitDepth: 8, line: opaque, zeros: 0 }],
    ['without alpha', false, { colorType: 2, bitDepth: 8, line: Array(21).fill(0) }],
  ])('%s: %s', (_what, expected, picture) => {
    expect(edge(picture)).toBe(expected);
  });
});
