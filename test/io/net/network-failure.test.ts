import { describe, expect, test } from 'vitest';
import { FailureCode, failureHint } from '../../../src/io/net/network-failure.ts';

describe('what to do about a failure', () => {
  test.each([
    ['407 Proxy Authentication Required (NTLM)', /Windows sign-in \(NTLM or Kerberos\).+such as px or cntlm/u],
    ['407 Proxy Authentication Required (Negotiate, NTLM)', /Windows sign-in/u],
    ['407 Proxy Authentication Required (Negotiate, Basic)', /^Set HTTPS_PROXY with your user name and password: /u],
    ['407 Proxy Authentication Required', /^Set HTTPS_PROXY with your user name and password: /u],
  ])('of a proxy that refuses with %s', (message, hint) => {
    expect(failureHint(FailureCode.refusedByProxy, message)).toMatch(hint);
  });

  test('of a proxy that refuses for another reason is not known', () => {
    expect(failureHint(FailureCode.refusedByProxy, '403 Forbidden (NTLM)')).toBeUndefined();
  });

  test.each([
    'DEPTH_ZERO_SELF_SIGNED_CERT',
    'SELF_SIGNED_CERT_IN_CHAIN',
    'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
    'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  ])('of a certificate that is not trusted: %s', (code) => {
    expect(failureHint(code, 'x')).toMatch(/NODE_EXTRA_CA_CERTS/u);
  });

  test.each(['CERT_HAS_EXPIRED', 'ECONNRESET', 'ENOTFOUND'])('of %s is not more than what went wrong', (code) => {
    expect(failureHint(code, 'x')).toBeUndefined();
  });
});
