import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { newKey, seal, unseal } from '../../src/auth/sealed-file.ts';

const envelopeSchema = z.object({ format: z.string(), iv: z.string(), tag: z.string(), ciphertext: z.string() });

type Envelope = z.infer<typeof envelopeSchema>;

const key = newKey();

/** A sealed text whose envelope was changed. */
function changed(change: (envelope: Envelope) => Partial<Envelope>): string {
  const envelope = envelopeSchema.parse(JSON.parse(seal('the tokens', key)));
  return JSON.stringify({ ...envelope, ...change(envelope) });
}

function flipped(base64: string): string {
  const bytes = Buffer.from(base64, 'base64');
  bytes.writeUInt8(bytes.readUInt8(0) ^ 1, 0);
  return bytes.toString('base64');
}

describe('a sealed text', () => {
  test('opens with its key', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 500 }), (text) => {
        expect(unseal(seal(text, key), key)).toBe(text);
      }),
    );
  });

  test('opens with its key, whatever its length', () => {
    const text = 'é日😀'.repeat(300_000);
    expect(unseal(seal(text, key), key)).toBe(text);
  });

  test('does not show its content', () => {
    const sealed = seal('the tokens', key);
    const { ciphertext } = envelopeSchema.parse(JSON.parse(sealed));
    for (const text of [sealed, Buffer.from(ciphertext, 'base64').toString('latin1')]) {
      expect(text).not.toContain('tokens');
    }
  });

  test('is different each time', () => {
    const envelopes = [seal('same', key), seal('same', key)].map((text) => envelopeSchema.parse(JSON.parse(text)));
    expect(new Set(envelopes.map(({ iv }) => iv)).size).toBe(2);
    expect(new Set(envelopes.map(({ ciphertext }) => ciphertext)).size).toBe(2);
  });

  test('opens after its JSON was rewritten', () => {
    expect(unseal(`\n${JSON.stringify(JSON.parse(seal('the tokens', key)), null, 2)}\n`, key)).toBe('the tokens');
  });
});

describe('a sealed text does not open', () => {
  test.each([
    ['another key', newKey()],
    ['no key', ''],
    ['half a key', key.slice(0, 20)],
    ['a longer key', Buffer.concat([Buffer.from(key, 'base64'), Buffer.alloc(16)]).toString('base64')],
    ['what is no key', 'correct horse battery staple'],
  ])('with %s', (_what, other) => {
    expect(unseal(seal('the tokens', key), other)).toBeUndefined();
  });

  test.each([
    ['a changed text', changed(({ ciphertext }) => ({ ciphertext: flipped(ciphertext) }))],
    ['a shortened text', changed(({ ciphertext }) => ({ ciphertext: ciphertext.slice(0, -4) }))],
    ['no text', changed(() => ({ ciphertext: '' }))],
    ['a changed tag', changed(({ tag }) => ({ tag: flipped(tag) }))],
    ['a shortened tag', changed(({ tag }) => ({ tag: Buffer.from(tag, 'base64').subarray(0, 4).toString('base64') }))],
    ['no tag', changed(() => ({ tag: '' }))],
    ['a changed start', changed(({ iv }) => ({ iv: flipped(iv) }))],
    ['no start', changed(() => ({ iv: '' }))],
    ['another format', changed(() => ({ format: 'paconn-sealed-2' }))],
    ['parts of two', changed(() => ({ tag: envelopeSchema.parse(JSON.parse(seal('other', key))).tag }))],
    ['what is no base64', changed(() => ({ ciphertext: '*' }))],
    ['half of it', seal('the tokens', key).slice(0, 60)],
    ['nothing', ''],
    ['something else', '[]'],
    ['the tokens as they are', '{"msal": "the tokens"}'],
  ])('when it is left with %s', (_what, envelope) => {
    expect(unseal(envelope, key)).toBeUndefined();
  });
});

test('keys have 256 bits and are all different', () => {
  const keys = Array.from({ length: 100 }, newKey);
  expect(new Set(keys).size).toBe(100);
  expect(new Set(keys.map((text) => Buffer.from(text, 'base64').length))).toEqual(new Set([32]));
});
