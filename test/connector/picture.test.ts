import { crc32, deflateSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { isPicture } from '../../src/connector/picture.ts';
import { defaultIcon } from '../support/fake-cloud/pictures.ts';

const svg = '<svg xmlns="http://www.w3.org/2000/svg" width="2"><path d="M0 0"/></svg>';

/** Each of one pixel or so, as programs write them. */
const pictures: Readonly<Record<string, Buffer>> = {
  PNG: Buffer.from(defaultIcon),
  JPEG: Buffer.from(
    '/9j/2wBDAAMCAgICAgMCAgIDAwMDBAYEBAQEBAgGBgUGCQgKCgkICQkKDA8MCgsOCwkJDRENDg8QEBEQCgwSExIQEw8QEBD/yQALCAABAAEBAREA/8wABgAQEAX/2gAIAQEAAD8A0s8g/9k=',
    'base64',
  ),
  GIF: Buffer.from('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7', 'base64'),
  BMP: Buffer.from('Qk06AAAAAAAAADYAAAAoAAAAAQAAAAEAAAABABgAAAAAAAQAAAAAAAAAAAAAAAAAAAAAAAAAAAD/AA==', 'base64'),
  ICO: Buffer.from(
    'AAABAAEAAQEAAAEAGABSAAAAFgAAAIlQTkcNChoKAAAADUlIRFIAAAABAAAAAQEDAAAAJdtWygAAAANQTFRF//8Aisb0RQAAAApJREFUeJxjYAAAAAIAAUivpHEAAAAASUVORK5CYII=',
    'base64',
  ),
  WebP: Buffer.from('UklGRiIAAABXRUJQVlA4IBYAAAAwAQCdASoBAAEADsD+JaQAA3AAAAAA', 'base64'),
  'lossless WebP': Buffer.from('UklGRhoAAABXRUJQVlA4TA0AAAAvAAAAEAcQERGIiP4HAA==', 'base64'),
  SVG: Buffer.from(svg),
};

describe.each(Object.entries(pictures))('%s', (_format, bytes) => {
  test('is a picture', () => {
    expect(isPicture(bytes)).toBe(true);
  });

  test('is a picture also with a line end behind it', () => {
    expect(isPicture(Buffer.concat([bytes, Buffer.from('\n')]))).toBe(true);
  });

  test('is none where it is cut', () => {
    // The trailer of a GIF may be missing.
    for (let length = 0; length < bytes.length - 1; length += 1)
      expect(isPicture(bytes.subarray(0, length))).toBe(false);
  });
});

test.each(['PNG', 'JPEG', 'GIF', 'BMP', 'ICO', 'WebP'])('what viewers skip behind a %s is no fault of it', (format) => {
  expect(isPicture(Buffer.concat([pictures[format] ?? Buffer.alloc(0), Buffer.from('trailer\0')]))).toBe(true);
});

test.each([
  `\ufeff${svg}\n`,
  `<?xml version="1.0" encoding="UTF-8" standalone="no"?>\n<!-- It's <made> by hand -->\n${svg}\n<!-- end -->\n`,
  `<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">${svg}`,
  `<!DOCTYPE svg [\n<!-- it's -->\n<!ENTITY ns "http://www.w3.org/2000/svg">\n]>\n<svg xmlns="&ns;"><text>a &amp; b &#x20;c</text></svg>`,
  `<s:svg xmlns:s="http://www.w3.org/2000/svg"\n  width = '3' ><s:rect /></s:svg >`,
  '<svg><foreignObject><body xmlns="http://www.w3.org/1999/xhtml"><p>a</p></body></foreignObject></svg>',
  '<svg xmlns="http://www.w3.org/2000/svg"/>',
  '<svg><style><![CDATA[ a > b { content: "</svg>" } ]]></style><svg/></svg>',
])('an SVG as people and programs write them: %s', (text) => {
  expect(isPicture(Buffer.from(text))).toBe(true);
  expect(isPicture(Buffer.from(`\ufeff${text.replace('\ufeff', '')}`, 'utf16le'))).toBe(true);
});

test.each([
  '<svg> HOME=/root PATH=& </svg>',
  '<svg width=></svg>',
  '<svg width="1"><path></svg>',
  '<svg width="1"><svg/><!-- </svg> --><svg><path/></svg>',
  `${svg}HOME=/root`,
  `${svg}${svg}`,
  `HOME=/root\n${svg}`,
  `<html><body>${svg}</body></html>`,
  `<!DOCTYPE html>${svg}x`,
  '<svg a="<"></svg>',
  '<svg>\0</svg>',
  '<SVG></SVG>',
  '<!-- -->',
  '<svg xmlns="http://www.w3.org/2000/svg">HOME=/root AWS_SECRET=abc</svg>',
  '<svg xmlns="http://www.w3.org/1999/xhtml"><p/></svg>',
  '<svg><html><body>Sign in</body></html></svg>',
])('what browsers show as no SVG is none: %s', (text) => {
  expect(isPicture(Buffer.from(text))).toBe(false);
});

/** A GIF without a table of colors and a trailer, with a block of compressed data. */
function gifOf(width: number, height: number, data: string, colorBits = 2): string {
  const [length, bits] = [data.length, colorBits].map((number) => String.fromCharCode(number));
  const size = `${String.fromCharCode(width)}\0${String.fromCharCode(height)}\0`;
  return `GIF89a${size}\0\0\0,\0\0\0\0${size}\0${bits}${length}${data}\0`;
}

test.each([
  ['with one pixel', gifOf(1, 1, '\x44')],
  ['with four', gifOf(2, 2, '\x44\x34\x05')],
  ['with an end before the end of its data', gifOf(1, 1, '\x44\x01')],
  ['without a trailer, of two images', `${gifOf(1, 1, '\x44')}${gifOf(1, 1, '\x44').slice(13)}`],
])('a GIF %s is a picture', (_what, text) => {
  expect(isPicture(Buffer.from(text, 'latin1'))).toBe(true);
});

test('a GIF whose table of runs is filled and cleared is a picture', () => {
  const codes: number[] = [];
  const pixels = 90 * 90;
  // Each run is one longer than the one before, until it's cleared.
  for (let done = 0; done < pixels;) {
    codes.push(4);
    for (let run = 1; run <= 20 && done < pixels; run += 1) {
      codes.push(run === 1 ? 0 : 4 + run);
      done += run;
    }
  }
  const data = packed([...codes, 5]);
  const blocks = data.match(/[^]{1,255}/gu) ?? [];
  const picture = gifOf(90, 90, blocks[0] ?? '').slice(0, -1);
  const more = blocks.slice(1).map((block) => `${String.fromCharCode(block.length)}${block}`);
  const bytes = Buffer.from(`${picture}${more.join('')}\0;`, 'latin1');
  expect(isPicture(bytes)).toBe(true);
  bytes.writeUInt16LE(120, 13 + 5);
  expect(isPicture(bytes)).toBe(false);
});

/** Codes as LZW of GIF has them: with one bit more once the table has a code that needs it. */
function packed(codes: readonly number[]): string {
  let [width, size, bits] = [3, 6, ''];
  for (const code of codes) {
    bits = `${code.toString(2).padStart(width, '0')}${bits}`;
    if (code === 4) [width, size] = [3, 5];
    else size += 1;
    if (size === 2 ** width) width += 1;
  }
  const bytes = bits.padStart(Math.ceil(bits.length / 8) * 8, '0').match(/.{8}/gu) ?? [];
  return bytes
    .toReversed()
    .map((byte) => String.fromCharCode(Number.parseInt(byte, 2)))
    .join('');
}

test.each([
  ['nothing', ''],
  ['a sentence', 'Access denied.'],
  ['the signature of a PNG', '\x89PNG\r\n\x1a\nHOME=/root\0'],
  ['a PNG without data', '\x89PNG\r\n\x1a\n\0\0\0\0IEND\0\0\0\0'],
  ['a GIF with a sentence', 'GIF89a\x01\0\x01\0\0\0\0Access denied;'],
  ['a GIF with an environment', 'GIF89aHOME=/root\0PATH=/bin;'],
  ['a GIF with a sentence for its image', 'GIF89a\x02\0\x02\0\0\0\0,HOME=/roo\x02\x05hello\0;'],
  ['a GIF whose image has fewer pixels than it says', `${gifOf(2, 2, '\x44')};`],
  ['a GIF whose second image does', `${gifOf(1, 1, '\x44')}${gifOf(9, 9, '\x44').slice(13)};`],
  ['a GIF of no width', `${gifOf(0, 1, '\x44')};`],
  ['a GIF without bits for its colors', `${gifOf(1, 1, '\x44', 0)};`],
  ['a GIF with too many bits for its colors', `${gifOf(1, 1, '\0\0', 12)};`],
  ['a GIF with a code that is not in its table', `${gifOf(2, 1, '\xc4')};`],
  ['a GIF without a picture', 'GIF89a\x01\0\x01\0\0\0\0;'],
  ['a JPEG with a sentence', '\xff\xd8\xff\xe0Access denied, call us.\xff\xd9'],
  ['a JPEG without an end of its scan', '\xff\xd8\xff\xda\0\x02data\xff\0\xff\xd0more'],
  ['a JPEG with a scan of words', '\xff\xd8\xff\xda\0\x02HOME=/root\xff\xd9'],
  ['a JPEG without a scan', '\xff\xd8\xff\xe0\0\x04ab\xff\xd9'],
  ['the beginning of an ICO', '\0\0\x01\0'],
  ['an ICO with words', `\0\0\x01\0\x01\0${'\0'.repeat(8)}\x05\0\0\0\x16\0\0\0hello`],
  ['an ICO without pixels', `\0\0\x01\0\x01\0${'\0'.repeat(8)}\x04\0\0\0\x16\0\0\0\x28\0\0\0`],
  ['a WebP with words', 'RIFF\x14\0\0\0WEBPVP8 \x08\0\0\0HOME=/ro'],
  ['a bitmap with words for its header', `BM${'\0'.repeat(12)}\x28\0\0\0HOME=/root HOME=/root`],
  ['a bitmap of words', `BM\x20\0\0\0${'HOME=/root '.repeat(3)}`],
])('%s is no picture', (_what, text) => {
  expect(isPicture(Buffer.from(text, 'latin1'))).toBe(false);
});

test('a JPEG with fill bytes, restarts, and two scans is one', () => {
  const bytes = 'ffd8ffffe00002ffc00002ffda0002aaff00bbffd0ccffc40003ddffda0002eeffd9';
  expect(isPicture(Buffer.from(bytes, 'hex'))).toBe(true);
});

function pngChunk(type: string, data: Uint8Array, checksum?: number): Buffer {
  const content = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const bytes = Buffer.alloc(8 + content.length);
  bytes.writeUInt32BE(data.length);
  bytes.set(content, 4);
  bytes.writeUInt32BE(checksum ?? crc32(content), 4 + content.length);
  return bytes;
}

function pngOf(...chunks: readonly Buffer[]): Buffer {
  return Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), ...chunks, pngChunk('IEND', Buffer.alloc(0))]);
}

/** Of eight-bit gray. */
function pngHeader(width: number, height: number, interlaced = 0): Buffer {
  const data = Buffer.alloc(13);
  data.writeUInt32BE(width);
  data.writeUInt32BE(height, 4);
  data.set([8, 0, 0, 0, interlaced], 8);
  return pngChunk('IHDR', data);
}

/** Pixels that are all different, in two chunks. */
const pixels = deflateSync(Buffer.from(Array.from({ length: 30 * 31 }, (_, index) => (index * 7) % 251)));
const [firstHalf, secondHalf] = [pixels.subarray(0, 100), pixels.subarray(100)];
const [first, second] = [pngChunk('IDAT', firstHalf), pngChunk('IDAT', secondHalf)];

test.each<[what: string, picture: Buffer]>([
  ['in two pieces', pngOf(pngHeader(30, 30), first, second)],
  ['interlaced', pngOf(pngHeader(29, 30, 1), first, second)],
  ['with a damaged comment', pngOf(pngHeader(30, 30), pngChunk('tEXt', Buffer.from('a'), 7), first, second)],
  ['with more than its pixels', pngOf(pngHeader(3, 3), first, second)],
])('a PNG %s is a picture', (_what, picture) => {
  expect(isPicture(picture)).toBe(true);
});

test.each<[what: string, picture: Buffer]>([
  ['of words', pngOf(pngChunk('IDAT', Buffer.from('HOME=/root')))],
  ['without its header', pngOf(first, second)],
  ['of no width', pngOf(pngHeader(0, 30), first, second)],
  ['of no height', pngOf(pngHeader(30, 0), first, second)],
  ['without its second piece', pngOf(pngHeader(30, 30), first)],
  ['with a wrong checksum', pngOf(pngHeader(30, 30), first, pngChunk('IDAT', secondHalf, 7))],
  ['with words for its pixels', pngOf(pngHeader(30, 30), pngChunk('IDAT', Buffer.from('HOME=/root')))],
  ['with fewer lines than it says', pngOf(pngHeader(30, 300), first, second)],
])('a PNG %s is no picture', (_what, picture) => {
  expect(isPicture(picture)).toBe(false);
});
