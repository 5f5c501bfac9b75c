import { generateKeyPairSync, type KeyPairKeyObjectResult, randomUUID, sign } from 'node:crypto';
import { encoded } from './tokens.ts';

/** Somebody beside Entra who gives out signed tokens: a pipeline, a cluster. */
export class TokenIssuer {
  readonly url: string;
  readonly keyId = randomUUID();
  #pair: KeyPairKeyObjectResult | undefined;

  constructor(url: string) {
    this.url = url;
  }

  /** Made when it is needed: that takes a while. */
  get #keys(): KeyPairKeyObjectResult {
    this.#pair ??= generateKeyPairSync('rsa', { modulusLength: 2048 });
    return this.#pair;
  }

  /** PEM. */
  get publicKey(): string {
    return this.#keys.publicKey.export({ type: 'spki', format: 'pem' }).toString();
  }

  issue(claims: Readonly<Record<string, unknown>>): string {
    const now = Math.floor(Date.now() / 1000);
    const header = { typ: 'JWT', alg: 'RS256', kid: this.keyId };
    const signed = [header, { iss: this.url, iat: now, nbf: now, exp: now + 300, jti: randomUUID(), ...claims }]
      .map(encoded)
      .join('.');
    return `${signed}.${sign('sha256', Buffer.from(signed), this.#keys.privateKey).toString('base64url')}`;
  }
}
