import * as z from 'zod';
import type { Http } from '../io/net/http.ts';
import type { AccessToken } from './access-token.ts';

const text = z.string().min(1);

/** Ways that need no secret of the user's: what a sign-in keeps of them is all there is. */
const secretlessMethods = [
  z.object({ method: z.literal('device-code') }),
  z.object({ method: z.literal('browser') }),
  z.object({
    method: z.literal('certificate'),
    /** PEM with certificate and private key; absolute. It is read again at each renewal. */
    certificateFile: text,
  }),
  z.object({
    method: z.literal('federated-token'),
    /** A file that another program keeps up to date (absolute), or the service of the pipeline that we run in. */
    from: z.union([z.object({ file: text }), z.enum(['github', 'azure-devops'])]),
  }),
  z.object({
    method: z.literal('managed-identity'),
    /** Of a user-assigned identity; without it the one of the machine. */
    clientId: text.optional(),
  }),
  z.object({ method: z.literal('azure-cli') }),
] as const;

/** A sign-in method, with all that it needs. */
export const signInRequestSchema = z.discriminatedUnion('method', [
  ...secretlessMethods,
  z.object({ method: z.literal('client-secret'), secret: text }),
  /** A token that another tool got. It is used as it is and never kept. */
  z.object({ method: z.literal('access-token'), token: text }),
]);

export type SignInRequest = z.infer<typeof signInRequestSchema>;

/** What a profile says of it: all but the client secret, which is kept among the tokens. */
export const storedRequestSchema = z.discriminatedUnion('method', [
  ...secretlessMethods,
  z.object({ method: z.literal('client-secret') }),
]);

export type StoredRequest = z.infer<typeof storedRequestSchema>;

/** Where and as what to sign in. */
export interface SignInSettings {
  readonly clientId: string;
  readonly tenant: string;
  readonly authorityUrl: string;
  readonly resource: string;
}

/** Who is to be signed in for a command, and where the token goes. */
export interface WantedSignIn extends SignInSettings {
  /** One of several accounts, as the user calls it. */
  readonly account?: string | undefined;
  /** The same where neither an option nor an environment variable says it. */
  readonly defaultAccount?: string | undefined;
  readonly powerAppsUrl: string;
}

/** The values that a token without a prompt requires. */
export interface RenewalOptions {
  readonly settings: SignInSettings;
  readonly request: SignInRequest;
  readonly http: Http;
  readonly signal: AbortSignal;
  /** Takes a line of a log, without tokens and names. */
  readonly log: (line: string) => void;
  /** Takes each token, and what it was got for, so that they are never shown. */
  readonly conceal: (secret: string) => void;
  /** Environment variables: pipelines and machines say there where their tokens are to be had. */
  readonly variables: Readonly<Record<string, string | undefined>>;
  /** Hosts beside Microsoft's that may have a credential. */
  readonly trustedHosts: readonly string[];
  /** Milliseconds without a sign of life after which another program is given up. */
  readonly timeout: number;
  /** What a service asks of the next token (claims challenge): JSON text. */
  readonly claims?: string | undefined;
}

/** The values that a sign-in requires. */
export interface AuthenticationOptions extends RenewalOptions {
  /** Takes what the user has to know at once, such as address and code. */
  readonly show: (message: string) => void;
  /** Waits for the user, who has a page to go to. */
  readonly waitForUser: <T>(signingIn: Promise<T>, page?: URL) => Promise<T>;
  /** Says whether a browser was opened: not where there is none, or it would be invisible. */
  readonly openBrowser: (url: URL) => Promise<boolean>;
}

export interface Authentication {
  readonly accessToken: AccessToken;
  /** By which MSAL finds the account in its cache; empty for an application. */
  readonly homeAccountId: string;
  /** Name of the user, or the name or client ID of the application. */
  readonly username: string;
  /** ID of the tenant that the token is for. */
  readonly tenantId: string;
  /** MSAL's cache, serialized; empty for methods that do without. */
  readonly msal: string;
}
