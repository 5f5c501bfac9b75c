import { constants, createHash, verify, type X509Certificate } from 'node:crypto';
import type { Application } from './applications.ts';
import { entraError } from './entra-error.ts';
import { Refusal } from './exchange.ts';
import { parsed } from './raw-json.ts';
import type { TokenIssuer } from './token-issuer.ts';

interface Assertion {
  readonly header: Readonly<Record<string, unknown>>;
  readonly claims: Readonly<Record<string, unknown>>;
  /** What the signature is over. */
  readonly signed: Buffer;
  readonly signature: Buffer;
}

/** Refuses an assertion that does not prove that a request comes from the application, with Entra's numbers. */
export function requireAssertion(
  text: string,
  application: Application,
  tokenEndpoint: string,
  issuers: readonly TokenIssuer[],
): void {
  const assertion = parsedAssertion(text);
  const { header, claims } = assertion;
  if (header['x5t'] !== undefined || header['x5t#S256'] !== undefined) requireCertificate(assertion, application);
  else requireFederation(assertion, application, issuers);
  const now = Date.now() / 1000;
  const { exp, nbf } = claims;
  if (typeof exp !== 'number' || exp <= now || (typeof nbf === 'number' && nbf > now + 300)) {
    throw invalidClient('AADSTS700024: Client assertion is not within its valid time range.');
  }
  if (header['x5t'] === undefined && header['x5t#S256'] === undefined) return;
  if (claims['iss'] !== application.clientId || claims['sub'] !== application.clientId) {
    throw invalidClient(
      `AADSTS700021: Client assertion application identifier doesn't match 'client_id' parameter '${application.clientId}'.`,
    );
  }
  if (claims['aud'] !== tokenEndpoint) {
    throw invalidClient(
      `AADSTS700023: Client assertion audience claim does not match Realm issuer '${tokenEndpoint}'.`,
    );
  }
}

/** The certificate is found by its thumbprint, and the signature made with its key. */
function requireCertificate(assertion: Assertion, { certificates, clientId }: Application): void {
  const { header } = assertion;
  const certificate = certificates.find((candidate) => {
    const thumbprints = { x5t: thumbprint(candidate, 'sha1'), 'x5t#S256': thumbprint(candidate, 'sha256') };
    return Object.entries(thumbprints).every(([name, value]) => header[name] === undefined || header[name] === value);
  });
  if (!certificate) {
    throw invalidClient(
      `AADSTS700027: The certificate with identifier used to sign the client assertion is not registered on application '${clientId}'.`,
    );
  }
  const chain = header['x5c'];
  const own = certificate.raw.toString('base64');
  const isSigned = isSignedBy(assertion, certificate.publicKey.export({ type: 'spki', format: 'pem' }).toString());
  if (!isSigned || (Array.isArray(chain) && chain[0] !== own)) {
    throw invalidClient('AADSTS700027: Client assertion failed signature validation.');
  }
}

/** A token of another issuer must be one that the application was told to take. */
function requireFederation(
  assertion: Assertion,
  { federatedCredentials }: Application,
  issuers: readonly TokenIssuer[],
): void {
  const { iss, sub, aud } = assertion.claims;
  const issuer = issuers.find(({ url }) => url === iss);
  const ofIssuer = federatedCredentials.filter((credential) => credential.issuer === iss);
  if (!issuer || ofIssuer.length === 0) {
    throw invalidClient(
      `AADSTS700211: No matching federated identity record found for presented assertion issuer '${String(iss)}'.`,
    );
  }
  const ofSubject = ofIssuer.filter(({ subject }) => subject === sub);
  if (ofSubject.length === 0) {
    throw invalidClient(
      `AADSTS700213: No matching federated identity record found for presented assertion subject '${String(sub)}'.`,
    );
  }
  if (!ofSubject.some(({ audience }) => audience === aud)) {
    throw invalidClient(
      `AADSTS700212: No matching federated identity record found for presented assertion audience '${String(aud)}'.`,
    );
  }
  if (assertion.header['kid'] !== issuer.keyId || !isSignedBy(assertion, issuer.publicKey)) {
    throw invalidClient('AADSTS50013: Assertion failed signature validation.');
  }
}

function isSignedBy({ header, signed, signature }: Assertion, key: string): boolean {
  if (header['alg'] === 'RS256') return verify('sha256', signed, key, signature);
  const padding = { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_DIGEST };
  return header['alg'] === 'PS256' && verify('sha256', signed, { key, ...padding }, signature);
}

function parsedAssertion(text: string): Assertion {
  const [header = '', claims = '', signature = ''] = text.split('.');
  return {
    header: membersOf(header),
    claims: membersOf(claims),
    signed: Buffer.from(`${header}.${claims}`),
    signature: Buffer.from(signature, 'base64url'),
  };
}

function membersOf(part: string): Readonly<Record<string, unknown>> {
  const value = parsed(Buffer.from(part, 'base64url').toString());
  if (typeof value === 'object' && value !== null) return { ...value };
  throw invalidClient('AADSTS50027: JWT token is invalid or malformed.');
}

function thumbprint({ raw }: X509Certificate, algorithm: string): string {
  return createHash(algorithm).update(raw).digest('base64url');
}

function invalidClient(description: string): Refusal {
  return new Refusal(entraError({ error: 'invalid_client', description, status: 401 }));
}
