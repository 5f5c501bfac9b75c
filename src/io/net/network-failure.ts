import { notPublic } from './public-address.ts';

/** Codes of failures that Node has none for. */
export const FailureCode = {
  /** The message of axios. */
  timedOut: 'ECONNABORTED',
  /** The message of axios for a response over the limit. */
  tooLarge: 'ERR_BAD_RESPONSE',
  /** A response is incomplete, whatever has arrived. */
  broken: 'ECONNRESET',
  refusedByProxy: 'ERR_REFUSED_BY_PROXY',
} as const;

const certificateWords: Readonly<Record<string, string>> = {
  DEPTH_ZERO_SELF_SIGNED_CERT: 'its certificate is self-signed',
  SELF_SIGNED_CERT_IN_CHAIN: "its certificate authority isn't trusted",
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: "its certificate authority isn't trusted",
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: "its certificate authority isn't trusted",
  CERT_HAS_EXPIRED: 'its certificate has expired',
  ERR_TLS_CERT_ALTNAME_INVALID: 'its certificate is for another host',
};

/** Of an authority that nobody has told us to trust, as those of proxies that look into connections are. */
const untrusted: ReadonlySet<string> = new Set([
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
]);

const unreachableWords: Readonly<Record<string, string>> = {
  ENOTFOUND: "the host name wasn't found; check the URL and your network connection",
  EAI_AGAIN: "the host name can't be looked up; check your network connection",
  ECONNREFUSED: 'the connection was refused',
  EHOSTUNREACH: "the host can't be reached; check your network connection",
  ENETUNREACH: "the network can't be reached; check your network connection",
};

const brokenWords: Readonly<Record<string, string>> = {
  ECONNRESET: 'the connection broke',
  EPIPE: 'the connection broke',
  ETIMEDOUT: 'the connection timed out',
};

const otherWords: Readonly<Record<string, string>> = {
  [notPublic]: 'the host leads to this computer or to a private network',
  EPROTO: "the server doesn't use TLS; check the scheme and the port",
  [FailureCode.timedOut]: 'the response took too long; to wait longer, set PACONN_HTTP_TIMEOUT to a number of seconds',
  [FailureCode.tooLarge]: 'the response is too large',
};

/** What went wrong, as the end of a sentence. A failure not known by its code says it in its own message. */
export function failureWords(code: string, message: string): string {
  const known = { ...certificateWords, ...unreachableWords, ...brokenWords, ...otherWords }[code];
  if (known !== undefined) return known;
  const [line = ''] = message.trim().split('\n');
  if (code === FailureCode.refusedByProxy) return `the proxy refused with status ${line}`;
  return line.replace(/\.$/u, '') || code;
}

/** The next step after a failure, if known. */
export function failureHint(code: string, message: string): string | undefined {
  if (untrusted.has(code)) {
    return "If your organization's proxy or firewall inspects connections, set NODE_EXTRA_CA_CERTS to the file with its root certificate (PEM).";
  }
  if (code !== FailureCode.refusedByProxy || !message.startsWith('407')) return undefined;
  if (/\b(?:NTLM|Negotiate|Kerberos)\b/iu.test(message) && !/\bBasic\b/iu.test(message)) {
    return "The proxy requires a Windows sign-in (NTLM or Kerberos), which paconn doesn't support. Run a local proxy that signs in for you, such as px or cntlm, and set HTTPS_PROXY to it, for example http://localhost:3128.";
  }
  return 'Set HTTPS_PROXY with your user name and password: http://<user>:<password>@<host>:<port>';
}

/** Whether a failure came before anything of the request was sent. */
export function isBeforeSending(code: string): boolean {
  return code in certificateWords || code in unreachableWords || code === FailureCode.refusedByProxy;
}

/** Whether it may be that only a proxy gets through, or that the proxy is the wrong one. */
export function mayBeOfProxy(code: string): boolean {
  return (
    code in unreachableWords ||
    code === FailureCode.refusedByProxy ||
    code === 'ETIMEDOUT' ||
    code === FailureCode.timedOut
  );
}

/** Whether a failure may be gone a moment later. */
export function isPassing(code: string): boolean {
  return code in brokenWords || (code in unreachableWords && code !== 'ENOTFOUND');
}
