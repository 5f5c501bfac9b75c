/** Codes of failures that Node has none for. */
export const FailureCode = {
  /** What axios says. */
  timedOut: 'ECONNABORTED',
  /** What axios says for an answer beyond the limit. */
  tooLarge: 'ERR_BAD_RESPONSE',
  refusedByProxy: 'ERR_REFUSED_BY_PROXY',
} as const;

const addAuthority = 'NODE_EXTRA_CA_CERTS=FILE adds one to trust';

const certificateWords: Readonly<Record<string, string>> = {
  DEPTH_ZERO_SELF_SIGNED_CERT: `its certificate is self-signed; ${addAuthority}`,
  SELF_SIGNED_CERT_IN_CHAIN: `its certificate authority is not trusted; ${addAuthority}`,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: `its certificate authority is not trusted; ${addAuthority}`,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: `its certificate authority is not trusted; ${addAuthority}`,
  CERT_HAS_EXPIRED: 'its certificate has expired',
  ERR_TLS_CERT_ALTNAME_INVALID: 'its certificate is for another host',
};

const unreachableWords: Readonly<Record<string, string>> = {
  ENOTFOUND: 'the host name is not known; check the URL and your network connection',
  EAI_AGAIN: 'the host name cannot be looked up now; check your network connection',
  ECONNREFUSED: 'the connection was refused',
  EHOSTUNREACH: 'the host cannot be reached; check your network connection',
  ENETUNREACH: 'the network cannot be reached; check your network connection',
};

const brokenWords: Readonly<Record<string, string>> = {
  ECONNRESET: 'the connection broke',
  EPIPE: 'the connection broke',
  ETIMEDOUT: 'the connection timed out',
};

const otherWords: Readonly<Record<string, string>> = {
  EPROTO: 'what answers there does not speak TLS; check the scheme and the port',
  [FailureCode.timedOut]: 'no answer came in time; PACONN_HTTP_TIMEOUT sets how many seconds to wait',
  [FailureCode.tooLarge]: 'the answer is larger than any that is expected here',
};

/** What went wrong, as the end of a sentence. A failure not known by its code says it in its own message. */
export function failureWords(code: string, message: string): string {
  const known = { ...certificateWords, ...unreachableWords, ...brokenWords, ...otherWords }[code];
  if (known !== undefined) return known;
  const [line = ''] = message.trim().split('\n');
  if (code === FailureCode.refusedByProxy) return `the proxy refused with status ${line}${credentialsAdvice(line)}`;
  return line.replace(/\.$/u, '') || code;
}

function credentialsAdvice(status: string): string {
  return status.startsWith('407') ? '; HTTPS_PROXY=http://USER:PASSWORD@HOST:PORT says who you are' : '';
}

/** Whether a failure came before anything of the request was sent. */
export function isBeforeSending(code: string): boolean {
  return code in certificateWords || code in unreachableWords || code === FailureCode.refusedByProxy;
}

/** Whether a failure may be gone a moment later. */
export function isPassing(code: string): boolean {
  return code in brokenWords || (code in unreachableWords && code !== 'ENOTFOUND');
}
