import { constants, createHash, generateKeyPairSync, sign, X509Certificate } from 'node:crypto';
import axios, { type AxiosResponse } from 'axios';
import { beforeAll, describe, expect, test } from 'vitest';
import { createApplicationCertificate } from '../application-certificate.ts';
import type { Certificate } from '../certificate.ts';
import { FakeCloud } from './fake-cloud.ts';
import { TokenIssuer } from './token-issuer.ts';
import { encoded } from './tokens.ts';
import { contosoTenant } from './users.ts';

const scope = 'https://service.powerapps.com//.default';
const assertionType = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';

let certificate: Certificate;

beforeAll(async () => {
  certificate = await createApplicationCertificate();
});

function tokenUrl(cloud: FakeCloud, tenant = contosoTenant): string {
  return `${cloud.url}/${tenant}/oauth2/v2.0/token`;
}

async function redeem(
  cloud: FakeCloud,
  fields: Readonly<Record<string, string>>,
  tenant?: string,
): Promise<AxiosResponse<Readonly<Record<string, unknown>>>> {
  const form = new URLSearchParams({ grant_type: 'client_credentials', scope, ...fields });
  return await axios.post(tokenUrl(cloud, tenant), form.toString(), { validateStatus: () => true });
}

interface AssertionParts {
  readonly header?: Readonly<Record<string, unknown>>;
  readonly claims?: Readonly<Record<string, unknown>>;
  readonly key?: string;
}

/** An assertion of an application by its certificate; parts of it may be another than they should. */
function assertion(
  cloud: FakeCloud,
  clientId: string,
  { header, claims, key = certificate.key }: AssertionParts = {},
): string {
  const now = Math.floor(Date.now() / 1000);
  const { raw } = new X509Certificate(certificate.cert);
  const thumbprint = createHash('sha256').update(raw).digest('base64url');
  const signed = [
    { alg: 'PS256', 'x5t#S256': thumbprint, ...header },
    { aud: tokenUrl(cloud), iss: clientId, sub: clientId, exp: now + 60, nbf: now, ...claims },
  ]
    .map(encoded)
    .join('.');
  const padding = { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_DIGEST };
  return `${signed}.${sign('sha256', Buffer.from(signed), { key, ...padding }).toString('base64url')}`;
}

describe('an application proves who it is', () => {
  test.each([
    ['AADSTS7000215', { client_secret: 'wrong' }],
    ['AADSTS7000218', {}],
    ['AADSTS7000219', { client_secret: 'right', client_assertion: 'x' }],
    ['AADSTS50027', { client_assertion: 'x', client_assertion_type: assertionType }],
    ['AADSTS50027', { client_assertion: 'x', client_assertion_type: 'another' }],
  ])('or is refused with %s', async (code, fields) => {
    await using cloud = await FakeCloud.start();
    const { clientId } = cloud.signIn.applications.add({ secret: 'right' });
    const { status, data } = await redeem(cloud, { client_id: clientId, ...fields });
    expect({ status, error: data['error'] }).toEqual({ status: 401, error: 'invalid_client' });
    expect(data['error_description']).toMatch(new RegExp(`^${code}: `));
  });

  test('in its own tenant, for all that the resource has', async () => {
    await using cloud = await FakeCloud.start();
    const { clientId } = cloud.signIn.applications.add({ secret: 'right' });
    const fields = { client_id: clientId, client_secret: 'right' };
    expect(await redeem(cloud, fields)).toMatchObject({ status: 200, data: { token_type: 'Bearer' } });
    expect((await redeem(cloud, fields, 'fabrikam.example')).data['error_description']).toMatch(/^AADSTS700016/);
    const narrow = await redeem(cloud, { ...fields, scope: 'https://service.powerapps.com//User' });
    expect(narrow.data['error_description']).toMatch(/^AADSTS1002012/);
  });

  test.each<[what: string, parts: (cloud: FakeCloud) => AssertionParts, code: string | undefined]>([
    ['as it should be', () => ({}), undefined],
    ['for another endpoint', () => ({ claims: { aud: 'https://elsewhere.example/token' } }), 'AADSTS700023'],
    ['by another', () => ({ claims: { iss: 'somebody' } }), 'AADSTS700021'],
    ['about another', () => ({ claims: { sub: 'somebody' } }), 'AADSTS700021'],
    ['that has expired', () => ({ claims: { exp: 1 } }), 'AADSTS700024'],
    ['that never expires', () => ({ claims: { exp: undefined } }), 'AADSTS700024'],
    ['for later', () => ({ claims: { nbf: 4_102_444_800 } }), 'AADSTS700024'],
    ['with another thumbprint', () => ({ header: { 'x5t#S256': 'x' } }), 'AADSTS700027'],
    ['with another certificate in the chain', () => ({ header: { x5c: ['AAAA'] } }), 'AADSTS700027'],
    ['signed in another way than it says', () => ({ header: { alg: 'RS256' } }), 'AADSTS700027'],
    ['not signed', () => ({ header: { alg: 'none' } }), 'AADSTS700027'],
    [
      'signed by another',
      () => {
        const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
        return { key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString() };
      },
      'AADSTS700027',
    ],
  ])('by an assertion %s', async (_what, parts, code) => {
    await using cloud = await FakeCloud.start();
    const { clientId } = cloud.signIn.applications.add({ certificate: certificate.cert });
    const { status, data } = await redeem(cloud, {
      client_id: clientId,
      client_assertion: assertion(cloud, clientId, parts(cloud)),
      client_assertion_type: assertionType,
    });
    expect(status).toBe(code === undefined ? 200 : 401);
    expect(/^AADSTS\d+/.exec(String(data['error_description']))?.[0]).toBe(code);
  });

  test('by a token of another issuer that this issuer really signed', async () => {
    await using cloud = await FakeCloud.start();
    const issuer = new TokenIssuer('https://issuer.example');
    const impostor = new TokenIssuer('https://issuer.example');
    const audience = 'api://AzureADTokenExchange';
    cloud.signIn.issuers.push(issuer);
    const { clientId } = cloud.signIn.applications.add({
      federatedCredential: { issuer: issuer.url, subject: 'job', audience },
    });
    const present = async (by: TokenIssuer): Promise<unknown> => {
      const client_assertion = by.issue({ sub: 'job', aud: audience });
      const fields = { client_id: clientId, client_assertion, client_assertion_type: assertionType };
      return (await redeem(cloud, fields)).data['error_description'];
    };
    expect(await present(issuer)).toBeUndefined();
    expect(await present(impostor)).toMatch(/^AADSTS50013/);
  });
});

describe('the sign-in page', () => {
  const verifier = 'v'.repeat(43);
  const asked = {
    client_id: 'a-client',
    response_type: 'code',
    response_mode: 'form_post',
    redirect_uri: 'http://localhost:1234',
    scope: `${scope} openid`,
    state: 's',
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
  };

  async function open(cloud: FakeCloud, changes: Readonly<Record<string, string>> = {}): Promise<string> {
    const query = new URLSearchParams({ ...asked, ...changes });
    const url = `${cloud.url}/common/oauth2/v2.0/authorize?${query.toString()}`;
    return (await axios.get<string>(url, { responseType: 'text', validateStatus: () => true })).data;
  }

  test.each([
    [{ redirect_uri: 'https://evil.example' }, 'AADSTS50011'],
    [{ redirect_uri: 'http://localhost.evil.example' }, 'AADSTS50011'],
    [{ response_mode: 'query' }, 'AADSTS700054'],
    [{ code_challenge_method: 'plain' }, 'AADSTS501491'],
    [{ code_challenge: '' }, 'AADSTS501491'],
    [{ state: '' }, 'AADSTS900144'],
  ])('is not shown for %j', async (changes, code) => {
    await using cloud = await FakeCloud.start();
    expect(await open(cloud, changes)).toContain(code);
  });

  test.each([
    ['once', {}, undefined],
    ['not with another verifier', { code_verifier: 'w'.repeat(43) }, 'AADSTS501481'],
    ['not by another client', { client_id: 'another' }, 'AADSTS54005'],
    ['not for another address', { redirect_uri: 'http://localhost:4321' }, 'AADSTS50148'],
  ])('gives a code that is good %s', async (_what, changes, refusal) => {
    await using cloud = await FakeCloud.start();
    const code = /name="code" value="([^"]+)"/.exec(await open(cloud))?.[1] ?? '';
    const fields = {
      grant_type: 'authorization_code',
      client_id: 'a-client',
      redirect_uri: asked.redirect_uri,
      code,
      code_verifier: verifier,
      ...changes,
    };
    const { data } = await redeem(cloud, fields, 'common');
    expect(/^AADSTS\d+/.exec(String(data['error_description']))?.[0]).toBe(refusal);
    const again = await redeem(cloud, fields, 'common');
    expect(again.data['error_description']).toMatch(/^AADSTS54005/);
  });
});
