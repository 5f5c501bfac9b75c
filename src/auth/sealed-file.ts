import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import * as z from 'zod';

const algorithm = 'aes-256-gcm';
/** Bound to the content, so that a sealed text of another format is not taken for one of ours. */
const format = 'paconn-sealed-1';

const envelopeSchema = z.object({
  format: z.literal(format),
  iv: z.base64(),
  tag: z.base64(),
  ciphertext: z.base64(),
});

/** A new key, as text for a keychain. */
export function newKey(): string {
  return randomBytes(32).toString('base64');
}

/** Whether a text is one that {@link newKey} could have made. */
export function isKey(text: string): boolean {
  return Buffer.from(text, 'base64').length === 32;
}

/** Seals a text with a key from {@link newKey}. */
export function seal(text: string, key: string): string {
  const iv = randomBytes(12);
  const cipher = createCipheriv(algorithm, Buffer.from(key, 'base64'), iv);
  cipher.setAAD(Buffer.from(format));
  const ciphertext = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  return JSON.stringify({
    format,
    iv: iv.toString('base64'),
    tag: cipher.getAuthTag().toString('base64'),
    ciphertext: ciphertext.toString('base64'),
  });
}

/** The sealed text, or undefined when the key is another one or the envelope is damaged. */
export function unseal(envelope: string, key: string): string | undefined {
  try {
    const { iv, tag, ciphertext } = envelopeSchema.parse(JSON.parse(envelope));
    // Of its own accord it takes shorter tags, too, which are easier to guess.
    const options = { authTagLength: 16 };
    const decipher = createDecipheriv(algorithm, Buffer.from(key, 'base64'), Buffer.from(iv, 'base64'), options);
    decipher.setAAD(Buffer.from(format));
    decipher.setAuthTag(Buffer.from(tag, 'base64'));
    return decipher.update(ciphertext, 'base64', 'utf8') + decipher.final('utf8');
  } catch {
    // Wrong key, damage and forgery look the same on purpose: there is nothing in it to be used.
    return undefined;
  }
}
