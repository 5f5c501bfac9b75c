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
