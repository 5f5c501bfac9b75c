import { randomBytes, randomUUID } from 'node:crypto';
import type { Claims } from './claims.ts';
import type { User } from './users.ts';

export interface AccessToken {
  readonly text: string;
  readonly user: User;
  readonly clientId: string;
  readonly audience: string;
  readonly expiresAt: number;
  /** Those that were asked for. */
  readonly claims: Claims;
}

export interface RefreshToken {
  readonly user: User;
  readonly clientId: string;
}

export interface AccessTokenRequest {
  readonly user: User;
  readonly clientId: string;
  readonly audience: string;
  readonly lifetime: number;
  readonly issuer: string;
  readonly claims?: Claims;
}

/** What Entra has given out and still honours. */
export class Tokens {
  readonly #access = new Map<string, AccessToken>();
  readonly #refresh = new Map<string, RefreshToken>();

  issueAccess({ user, clientId, audience, lifetime, issuer, claims = {} }: AccessTokenRequest): AccessToken {
    const now = Date.now();
    const text = webToken({
      aud: audience,
      iss: issuer,
      iat: seconds(now),
      nbf: seconds(now),
      exp: seconds(now) + lifetime,
      appid: clientId,
      jti: randomUUID(),
      oid: user.objectId,
      tid: user.tenantId,
      ...(user.userPrincipalName === ''
        ? { app_displayname: user.displayName, idtyp: 'app' }
        : { name: user.displayName, upn: user.userPrincipalName }),
      ver: '1.0',
    });
    const token = { text, user, clientId, audience, expiresAt: now + lifetime * 1000, claims };
    this.#access.set(text, token);
    return token;
  }

  /** The token if it was issued here and has neither expired nor been withdrawn. */
  access(text: string): AccessToken | undefined {
    const token = this.#access.get(text);
    return token && token.expiresAt > Date.now() ? token : undefined;
  }

  expireAccess(): void {
    this.#access.clear();
  }

  issueRefresh(token: RefreshToken): string {
    const text = `1.AX${randomBytes(480).toString('base64url')}`;
    this.#refresh.set(text, token);
    return text;
  }

  refresh(text: string): RefreshToken | undefined {
    return this.#refresh.get(text);
  }

  revokeRefresh(): void {
    this.#refresh.clear();
  }
}

/** A JSON web token whose signature nobody can check, which is right for a token that is opaque to clients. */
export function webToken(claims: Readonly<Record<string, unknown>>): string {
  const header = { typ: 'JWT', alg: 'RS256', kid: 'fake' };
  return [encoded(header), encoded(claims), randomBytes(256).toString('base64url')].join('.');
}

export function encoded(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}

function seconds(milliseconds: number): number {
  return Math.floor(milliseconds / 1000);
}
