import { NotSignedInError } from '../errors.ts';
import { signInAgain } from './not-signed-in.ts';

/** A policy does not let device codes through; the browser may be let through, as it shows which device it is on. */
export class DeviceCodeBlockedError extends NotSignedInError {}

/** The refusal of an authority. */
export interface Refusal {
  /** Such as `invalid_grant` or `authorization_declined`. */
  readonly code: string;
  /** Microsoft's begin with an AADSTS code. */
  readonly description: string;
}

interface Explanation {
  readonly message: string;
  readonly hint: string;
  /** Whether the words of the authority name what it was given, which the user cannot see elsewhere. */
  readonly isQuoted?: true;
}

const checkApplication = 'Check the application (--client-id or AZURE_CLIENT_ID), its tenant, and the credential.';
const federation =
  'Compare issuer, subject, and audience of the federated credential in Microsoft Entra ID with the token.';

/** By the codes of OAuth 2.0 and its device flow (RFC 6749, RFC 8628). */
const byCode: Readonly<Record<string, Explanation>> = {
  authorization_declined: { message: 'The sign-in was declined', hint: 'To try again:\n  paconn login' },
  access_denied: { message: 'The sign-in was declined', hint: 'To try again:\n  paconn login' },
  expired_token: { message: "The code wasn't entered in time", hint: 'To get a new code:\n  paconn login' },
  code_expired: { message: "The code wasn't entered in time", hint: 'To get a new code:\n  paconn login' },
  timed_out: {
    message: "You didn't sign in with the browser in time",
    hint: 'To try again:\n  paconn login --browser',
  },
  device_code_expired: { message: "The code wasn't entered in time", hint: 'To get a new code:\n  paconn login' },
  no_tokens_found: { message: 'The stored sign-in has no token for this resource', hint: signInAgain },
  invalid_grant: { message: 'The sign-in has expired or was revoked', hint: signInAgain },
  invalid_client: { message: "The credential of the application isn't accepted", hint: checkApplication },
  interaction_required: { message: 'The tenant requires you to sign in again', hint: signInAgain },
  login_required: { message: 'The tenant requires you to sign in again', hint: signInAgain },
  consent_required: {
    message: "The tenant hasn't consented to this application",
    hint: 'Ask an administrator for consent.',
  },
};

/** A policy of Microsoft blocks device codes in more and more tenants since 2025. */
const deviceCodeBlocks: ReadonlySet<string> = new Set(['AADSTS50097', 'AADSTS53003']);

/** These stand for many reasons: where Entra gives its own, that one is told. */
const manyReasons = new Set(['invalid_grant', 'invalid_client', 'interaction_required', 'login_required']);

/** By the codes of Microsoft Entra: https://learn.microsoft.com/entra/identity-platform/reference-error-codes */
const byEntraCode: Readonly<Record<string, Explanation>> = {
  AADSTS50011: {
    message: "The application doesn't allow sign-in with a browser on this computer",
    hint: 'Add the redirect URI http://localhost to the application (mobile and desktop), or use a device code:\n  paconn login',
  },
  AADSTS50020: {
    message: "This account doesn't exist in the tenant",
    hint: 'Sign in with an account of the tenant, or specify its tenant:\n  paconn login --tenant <tenant>',
  },
  AADSTS50034: {
    message: "This account doesn't exist in the tenant",
    hint: 'Check the account, or specify its tenant with --tenant.',
  },
  AADSTS50057: { message: 'This account is disabled', hint: 'Ask an administrator of the tenant.' },
  AADSTS50058: { message: 'The session has ended', hint: signInAgain },
  AADSTS50059: {
    message: "The request doesn't identify the tenant",
    hint: 'Specify it:\n  paconn login --tenant <tenant>',
  },
  AADSTS50076: { message: 'The tenant requires multi-factor authentication', hint: signInAgain },
  AADSTS50079: { message: 'This account must be set up for multi-factor authentication', hint: signInAgain },
  AADSTS50078: {
    message: 'Multi-factor authentication has expired because of a tenant policy',
    hint: signInAgain,
  },
  AADSTS50105: {
    message: "This account isn't assigned to the application",
    hint: 'Ask an administrator to assign it.',
  },
  AADSTS50173: { message: 'The sign-in was revoked, for example by a new password', hint: signInAgain },
  AADSTS53000: {
    message: 'Conditional Access requires a compliant device',
    hint: 'Sign in from a device that your tenant manages.',
  },
  AADSTS50097: {
    message: 'The tenant requires a sign-in from a known device',
    hint: 'Sign in with the browser of a device that your organization manages:\n  paconn login --browser',
  },
  AADSTS53003: {
    message: 'A Conditional Access policy of the tenant blocks this sign-in',
    hint: 'Many tenants block only device codes. Sign in with the browser:\n  paconn login --browser\nIf the browser is also blocked, contact your administrator.',
  },
  AADSTS65001: {
    message: "The tenant hasn't consented to this application",
    hint: 'Ask an administrator for consent.',
  },
  AADSTS65002: {
    message: "This application isn't allowed to request a token for this resource",
    hint: 'Check --client-id and --resource.',
  },
  AADSTS65004: { message: 'Consent to this application was declined', hint: 'To try again:\n  paconn login' },
  AADSTS70021: {
    message: 'The application has no federated credential for this token',
    hint: federation,
    isQuoted: true,
  },
  AADSTS70043: { message: 'The sign-in has expired because of a tenant policy', hint: signInAgain },
  AADSTS700016: { message: "The application doesn't exist in the tenant", hint: 'Check --client-id and --tenant.' },
  AADSTS700024: {
    message: "The credential of the application isn't valid at this time",
    hint: 'Check the clock of this computer, and whether the federated token has expired.',
  },
  AADSTS700027: {
    message: "The application doesn't have this certificate",
    hint: 'Add the certificate to the application in Microsoft Entra ID, or check --certificate and --client-id.',
  },
  AADSTS700211: {
    message: 'The application has no federated credential for the issuer of this token',
    hint: federation,
    isQuoted: true,
  },
  AADSTS700212: {
    message: 'The application has no federated credential for the audience of this token',
    hint: federation,
    isQuoted: true,
  },
  AADSTS700213: {
    message: 'The application has no federated credential for the subject of this token',
    hint: federation,
    isQuoted: true,
  },
  AADSTS700082: { message: "The sign-in has expired because it wasn't used for a long time", hint: signInAgain },
  AADSTS90002: {
    message: "The tenant doesn't exist",
    hint: 'Check --tenant, and --cloud or --authority-url.',
  },
  AADSTS900023: { message: 'The tenant is neither a domain name nor an ID', hint: 'Check --tenant.' },
  AADSTS7000112: { message: 'The application is disabled in the tenant', hint: 'Ask an administrator of the tenant.' },
  AADSTS7000215: {
    message: "The client secret isn't valid for the application",
    hint: 'Set PACONN_SP_SECRET or AZURE_CLIENT_SECRET to the value of the secret, not its ID.',
  },
  AADSTS7000218: {
    message: "The application doesn't allow sign-in with a device code or a browser",
    hint: 'Check --client-id. An administrator can allow public client flows for the application.',
  },
  AADSTS7000222: {
    message: 'The client secret has expired',
    hint: 'Create a new client secret for the application in Microsoft Entra ID.',
  },
  AADSTS7000229: {
    message: 'The application has no service principal in the tenant',
    hint: 'Ask an administrator to add it, or check --tenant.',
  },
  AADSTS500011: { message: "The resource doesn't exist in the tenant", hint: 'Check --resource and --tenant.' },
};

/** The refusal of an authority in one sentence, with its code, and what to do. */
export function signInError({ code, description }: Refusal, cause?: unknown): NotSignedInError {
  const entraCode = /AADSTS\d+/u.exec(description)?.[0];
  const isVague = entraCode !== undefined && manyReasons.has(code);
  const known = byEntraCode[entraCode ?? ''] ?? (isVague ? undefined : byCode[code]);
  const shownCode = entraCode ?? code;
  const words = firstSentence(description.replace(/^.*?AADSTS\d+:\s*/su, ''));
  if (known) {
    const { message, hint, isQuoted } = known;
    const Kind = deviceCodeBlocks.has(shownCode) ? DeviceCodeBlockedError : NotSignedInError;
    return new Kind(`${message} (${shownCode}).`, { hint, detail: isQuoted && words, cause });
  }
  return new NotSignedInError(
    `The sign-in failed (${shownCode}): ${words || "the authority didn't provide a reason"}`,
    {
      hint: byCode[code]?.hint ?? 'To try again:\n  paconn login',
      cause,
    },
  );
}

/** Entra adds trace ID, correlation ID and time below, or behind, the sentence. */
function firstSentence(description: string): string {
  const words = description.split(/\r?\n|(?<!\s)\s+Trace ID:/u)[0]?.trim() ?? '';
  return words === '' || /[.!?]$/u.test(words) ? words : `${words}.`;
}
