import { describe, expect, test } from 'vitest';
import { signInError } from '../../src/auth/sign-in-errors.ts';
import { ExitCode } from '../../src/errors.ts';

const trail =
  ' Trace ID: 11111111-2222-3333-4444-555555555555 Correlation ID: 66666666-7777-8888-9999-000000000000 Timestamp: 2026-01-01 00:00:00Z';

describe('a refusal by Entra is one sentence with its code, and what to do:', () => {
  test.each([
    ['AADSTS50011', 'invalid_client', /browser/u, /http:\/\/localhost/u],
    ['AADSTS50020', 'access_denied', /doesn't exist in the tenant/u, /--tenant/u],
    ['AADSTS50034', 'invalid_grant', /doesn't exist in the tenant/u, /--tenant/u],
    ['AADSTS50057', 'invalid_grant', /disabled/u, /administrator/u],
    ['AADSTS50058', 'login_required', /session has ended/u, /login --force/u],
    ['AADSTS50059', 'invalid_request', /tenant/u, /--tenant/u],
    ['AADSTS50076', 'interaction_required', /multi-factor/u, /login --force/u],
    ['AADSTS50078', 'interaction_required', /multi-factor/iu, /login --force/u],
    ['AADSTS50079', 'interaction_required', /multi-factor/u, /login --force/u],
    ['AADSTS50105', 'invalid_grant', /isn't assigned/u, /administrator/u],
    ['AADSTS50173', 'invalid_grant', /revoked/u, /login --force/u],
    ['AADSTS53000', 'interaction_required', /compliant device/u, /device/u],
    ['AADSTS50097', 'interaction_required', /known device/u, /--browser/u],
    ['AADSTS53003', 'access_denied', /Conditional Access/u, /--browser\n.*administrator/u],
    ['AADSTS65001', 'consent_required', /consent/u, /administrator/u],
    ['AADSTS65002', 'invalid_client', /isn't allowed/u, /--resource/u],
    ['AADSTS65004', 'access_denied', /declined/u, /paconn login/u],
    ['AADSTS70021', 'invalid_client', /federated credential/u, /issuer, subject, and audience/u],
    ['AADSTS70043', 'invalid_grant', /expired/u, /login --force/u],
    ['AADSTS700016', 'unauthorized_client', /doesn't exist in the tenant/u, /--client-id/u],
    ['AADSTS700024', 'invalid_client', /isn't valid at this time/u, /clock/u],
    ['AADSTS700027', 'invalid_client', /certificate/u, /--certificate/u],
    ['AADSTS700211', 'invalid_client', /issuer/u, /federated credential/u],
    ['AADSTS700212', 'invalid_client', /audience/u, /federated credential/u],
    ['AADSTS700213', 'invalid_client', /subject/u, /federated credential/u],
    ['AADSTS700082', 'invalid_grant', /expired/u, /login --force/u],
    ['AADSTS90002', 'invalid_request', /doesn't exist/u, /--tenant/u],
    ['AADSTS900023', 'invalid_request', /neither a domain name nor an ID/u, /--tenant/u],
    ['AADSTS7000112', 'unauthorized_client', /disabled/u, /administrator/u],
    ['AADSTS7000215', 'invalid_client', /client secret/u, /PACONN_SP_SECRET/u],
    ['AADSTS7000218', 'invalid_client', /device code/u, /--client-id/u],
    ['AADSTS7000222', 'invalid_client', /secret has expired/u, /Create a new client secret/u],
    ['AADSTS7000229', 'unauthorized_client', /no service principal/u, /--tenant/u],
    ['AADSTS500011', 'invalid_resource', /doesn't exist in the tenant/u, /--resource/u],
  ])('%s', (entraCode, code, message, hint) => {
    const error = signInError({ code, description: `${entraCode}: Some words of Entra.${trail}` });
    expect(error.message).toMatch(message);
    expect(error.message).toMatch(new RegExp(`^[A-Z][^.\n]* \\(${entraCode}\\)\\.$`, 'u'));
    expect(error.hint).toMatch(hint);
    expect(error.exitCode).toBe(ExitCode.notSignedIn);
  });
});

describe('a refusal by any authority is one sentence, and what to do:', () => {
  test.each([
    ['authorization_declined', /declined/u],
    ['access_denied', /declined/u],
    ['timed_out', /with the browser in time/u],
    ['expired_token', /wasn't entered in time/u],
    ['code_expired', /wasn't entered in time/u],
    ['device_code_expired', /wasn't entered in time/u],
    ['no_tokens_found', /no token/u],
    ['invalid_grant', /expired or was revoked/u],
    ['interaction_required', /sign in again/u],
    ['login_required', /sign in again/u],
    ['consent_required', /hasn't consented/u],
    ['invalid_client', /isn't accepted/u],
  ])('%s', (code, message) => {
    const error = signInError({ code, description: '' });
    expect(error.message).toMatch(message);
    expect(error.message).toMatch(new RegExp(`^[A-Z][^.\n]* \\(${code}\\)\\.$`, 'u'));
    expect(error.hint).toMatch(/paconn login|administrator|--client-id/u);
  });
});

describe('an unknown refusal is shown in its own words:', () => {
  test.each([
    ['with a code of Entra', `AADSTS99999: Something new.${trail}`, '(AADSTS99999): Something new.'],
    ['on several lines', 'AADSTS99999: Something new.\r\nTrace ID: x\r\nmore', '(AADSTS99999): Something new.'],
    ['without a full stop', 'AADSTS99999: Something new', '(AADSTS99999): Something new.'],
    [
      'as MSAL puts it',
      `invalid_x: Error(s): 99999 - Timestamp: t - Description: AADSTS99999: Something new.${trail}`,
      '(AADSTS99999): Something new.',
    ],
    ['without a code of Entra', 'Not today!', '(invalid_x): Not today!'],
    ['without words', '', "(invalid_x): the authority didn't provide a reason"],
  ])('%s', (_what, description, words) => {
    const { message, hint } = signInError({ code: 'invalid_x', description });
    expect(message).toBe(`The sign-in failed ${words}`);
    expect(hint).toMatch(/paconn login/u);
  });

  test('also if its code has many reasons', () => {
    const { message, hint } = signInError({ code: 'invalid_grant', description: 'AADSTS99999: Something new.' });
    expect(message).toBe('The sign-in failed (AADSTS99999): Something new.');
    expect(hint).toMatch(/login --force/u);
  });
});

test('values from the environment are part of the error, because the user did not type them', () => {
  const words =
    "No matching federated identity record found for presented assertion subject 'repo:a@1/b@2:pull_request'.";
  const refused = signInError({ code: 'invalid_client', description: `AADSTS700213: ${words}${trail}` });
  expect(refused.detail).toBe(words);
  const other = signInError({ code: 'invalid_client', description: `AADSTS7000222: Some words of Entra.${trail}` });
  expect(other.detail).toBeUndefined();
});

test('the error keeps its cause', () => {
  const cause = new Error('from MSAL');
  expect(signInError({ code: 'invalid_grant', description: '' }, cause).cause).toBe(cause);
});
