import { describe, expect, test } from 'vitest';
import { isPicture, isWholePicture } from '../../src/connector/picture.ts';
import { defaultIcon } from '../support/fake-cloud/pictures.ts';

/** A chunk of a RIFF file, or a header with the length of all at a place. */
function withLength(bytes: Buffer, at: number, length: number): Buffer {
  bytes.writeUInt32LE(length, at);
  return bytes;
}

const ico = Buffer.concat([Buffer.from([0, 0, 1, 0, 1, 0]), Buffer.alloc(16), Buffer.alloc(40)]);
withLength(ico, 14, 40);
withLength(ico, 18, 22);

const pictures: Readonly<Record<string, Buffer>> = {
  PNG: Buffer.from(defaultIcon),
  JPEG: Buffer.from('ffd8ffe000104a46494600010100000100010000ffd9', 'hex'),
  GIF: Buffer.from('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7', 'base64'),
  BMP: withLength(Buffer.concat([Buffer.from('BM'), Buffer.alloc(68)]), 2, 70),
  ICO: ico,
  WebP: withLength(Buffer.concat([Buffer.from('RIFF....WEBPVP8 '), Buffer.alloc(30)]), 4, 38),
  SVG: Buffer.from('<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg"><path d="M0 0"/></svg>\n'),
};

describe.each(Object.entries(pictures))('%s', (_format, bytes) => {
  test('is a whole picture', () => {
    expect(isWholePicture(bytes)).toBe(true);
  });

  test('is a whole picture also with more behind it', () => {
    expect(isWholePicture(Buffer.concat([bytes, Buffer.from('\n\0')]))).toBe(true);
  });

  test.each([3, 10])('is a picture, but not a whole one, without its last %i bytes', (cut) => {
    const rest = bytes.subarray(0, -cut);
    expect([isPicture(rest), isWholePicture(rest)]).toEqual([true, false]);
  });
});

test.each(['GIF89a', 'BM', '\u0000\u0000\u0001\u0000', 'RIFF', 'Access denied.', ''])(
  '%j is no whole picture',
  (text) => {
    expect(isWholePicture(Buffer.from(text))).toBe(false);
  },
);

test.each([
  ['GIF', 'GIF89a\x01\x00\x01\x00\x00\x00\x00Access denied;'],
  ['JPEG', '\xff\xd8\xff\xe0Access denied, call us.\xff\xd9'],
  ['JPEG without an end of its scan', '\xff\xd8\xff\xda\x00\x02data\xff\x00\xff\xd0more'],
  ['SVG with another one in it', '<svg width="1"><svg/><!-- </svg> --><svg><path/></svg>'],
  ['SVG whose last element is whole', '<svg width="1"><path d="M0 0"/>'],
])('what begins and ends as a %s is no whole picture', (_format, text) => {
  expect(isWholePicture(Buffer.from(text, 'latin1'))).toBe(false);
});

test('a JPEG with fill bytes, restarts, and two scans is whole', () => {
  const bytes = 'ffd8ffffe00002ffda0002aaff00bbffd0ccffc40003ddffda0002eeffd9';
  expect(isWholePicture(Buffer.from(bytes, 'hex'))).toBe(true);
});

test('an SVG with a self-closing root is whole', () => {
  expect(isWholePicture(Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" />\n'))).toBe(true);
});
