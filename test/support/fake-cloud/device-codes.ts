import { randomBytes } from 'node:crypto';
import type { EntraFailure } from './entra-error.ts';

/** What the person at the sign-in page does, seen from the client that polls. */
export type DeviceSignIn =
  | 'approve'
  | 'decline'
  | 'expire'
  /** One request to poll more slowly, then approval. */
  | 'slow_down'
  /** Approval after so many polls; `Infinity` for somebody who went away. */
  | { readonly pending: number }
  | EntraFailure;

interface DeviceCode {
  readonly clientId: string;
  readonly expiresAt: number;
  readonly interval: number;
  polls: number;
  lastPoll: number;
}

const pending: EntraFailure = {
  error: 'authorization_pending',
  description: 'AADSTS70016: OAuth 2.0 device flow error. Authorization is pending. Continue polling.',
};
const slowDown: EntraFailure = {
  error: 'slow_down',
  description: 'AADSTS90055: The client is polling too frequently and should increase its interval.',
};
const declined: EntraFailure = {
  error: 'authorization_declined',
  description: 'AADSTS70017: OAuth 2.0 device flow error. The end user denied the authorization request.',
};
const expired: EntraFailure = {
  error: 'expired_token',
  description: 'AADSTS70020: The provided value for the input parameter device_code is not valid. It has expired.',
};
const unknown: EntraFailure = {
  error: 'bad_verification_code',
  description: 'AADSTS70018: The verification code is not recognized. Check that it is sent as it was received.',
};

/** The device codes waiting for somebody to sign in. */
export class DeviceCodes {
  readonly #codes = new Map<string, DeviceCode>();

  issue(
    clientId: string,
    lifetime: number,
    interval: number,
  ): { readonly deviceCode: string; readonly userCode: string } {
    const deviceCode = randomBytes(96).toString('base64url');
    const userCode = randomBytes(5).toString('hex').toUpperCase().slice(0, 9);
    const expiresAt = Date.now() + lifetime * 1000;
    this.#codes.set(deviceCode, { clientId, expiresAt, interval, polls: 0, lastPoll: 0 });
    return { deviceCode, userCode };
  }

  /** One poll: why there is no token yet, or nothing when the user has signed in. */
  poll(deviceCode: string, clientId: string, signIn: DeviceSignIn): EntraFailure | undefined {
    const code = this.#codes.get(deviceCode);
    if (!code || code.clientId !== clientId) return unknown;
    const now = Date.now();
    const hasty = now - code.lastPoll < code.interval * 500;
    code.lastPoll = now;
    if (hasty) return slowDown;
    code.polls += 1;
    const failure = now > code.expiresAt ? expired : refusalOf(signIn, code.polls);
    if (failure !== pending && failure !== slowDown) this.#codes.delete(deviceCode);
    return failure;
  }
}

function refusalOf(signIn: DeviceSignIn, poll: number): EntraFailure | undefined {
  if (signIn === 'approve') return undefined;
  if (signIn === 'decline') return declined;
  if (signIn === 'expire') return expired;
  if (signIn === 'slow_down') return poll === 1 ? slowDown : undefined;
  if ('pending' in signIn) return poll <= signIn.pending ? pending : undefined;
  return signIn;
}
