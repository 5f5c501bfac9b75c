import { createHash, randomBytes } from 'node:crypto';
import { entraRefusal } from './entra-error.ts';
import { required, type Form } from './form.ts';
import type { User } from './users.ts';

interface AuthorizationCode {
  readonly user: User;
  readonly clientId: string;
  readonly redirectUri: string;
  readonly challenge: string;
  readonly expiresAt: number;
}

/** The codes that browsers carry from the sign-in page to whoever sent them there. */
export class AuthorizationCodes {
  readonly #codes = new Map<string, AuthorizationCode>();

  issue(code: Omit<AuthorizationCode, 'expiresAt'>): string {
    const text = `1.${randomBytes(96).toString('base64url')}`;
    this.#codes.set(text, { ...code, expiresAt: Date.now() + 600_000 });
    return text;
  }

  /** Who signed in. A code is good once, for the client and address it was made for, and for who holds the verifier. */
  redeem(form: Form, clientId: string): User {
    const text = required(form, 'code');
    const code = this.#codes.get(text);
    this.#codes.delete(text);
    if (!code || code.clientId !== clientId) {
      throw entraRefusal('invalid_grant', 'AADSTS54005: OAuth2 Authorization code was already redeemed.');
    }
    if (code.expiresAt < Date.now()) {
      throw entraRefusal('invalid_grant', 'AADSTS70008: The provided authorization code has expired.');
    }
    if (required(form, 'redirect_uri') !== code.redirectUri) {
      throw entraRefusal('invalid_grant', 'AADSTS50148: The redirect_uri does not match the one of the code.');
    }
    const verifier = required(form, 'code_verifier');
    if (createHash('sha256').update(verifier).digest('base64url') === code.challenge) return code.user;
    throw entraRefusal(
      'invalid_grant',
      'AADSTS501481: The Code_Verifier does not match the code_challenge supplied in the authorization request.',
    );
  }
}
