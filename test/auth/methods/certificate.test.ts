import { writeFile } from 'node:fs/promises';
import { beforeAll, describe, expect, test } from 'vitest';
import { authenticate } from '../../../src/auth/authenticate.ts';
import type { Authentication } from '../../../src/auth/sign-in-request.ts';
import { createApplicationCertificate, encryptedKey } from '../../support/application-certificate.ts';
import { authenticationOptions } from '../../support/authentication.ts';
import type { Certificate } from '../../support/certificate.ts';
import { FakeCloud } from '../../support/fake-cloud/fake-cloud.ts';
import { contosoTenant } from '../../support/fake-cloud/users.ts';
import { TemporaryDirectory } from '../../support/temporary-directory.ts';

let own: Certificate;
let other: Certificate;

beforeAll(async () => {
  [own, other] = await Promise.all([createApplicationCertificate(), createApplicationCertificate()]);
});

/** Signs in with a file of this content, as an application that is known by its own certificate. */
async function signIn(content: string, password?: string): Promise<Authentication> {
  await using cloud = await FakeCloud.start();
  await using directory = await TemporaryDirectory.create();
  const { clientId } = cloud.signIn.applications.add({ certificate: own.cert });
  const certificateFile = directory.join('application.pem');
  await writeFile(certificateFile, content);
  return await authenticate(
    authenticationOptions(cloud, {
      request: { method: 'certificate', certificateFile },
      settings: { clientId, tenant: contosoTenant },
      variables: { AZURE_CLIENT_CERTIFICATE_PASSWORD: password },
    }),
  );
}

describe('an application that signs in by a certificate', () => {
  test.each([
    ['key first', () => own.key + own.cert],
    ['certificate first', () => `${own.cert}\n${own.key}`],
    ['with Windows line ends', () => `${own.key}\n${own.cert}`.replaceAll(/\r?\n/g, '\r\n')],
    ['with a chain, its own certificate last', () => own.key + other.cert + own.cert],
    ['with words around', () => `Bag Attributes\n  friendlyName: x\n${own.cert}\nKey Attributes\n${own.key}`],
  ])('takes a PEM file, %s', async (_what, content) => {
    expect(await signIn(content())).toMatchObject({ username: 'Contoso Deployment', tenantId: contosoTenant });
  });

  test('opens a protected key with the password of the environment variable', async () => {
    const content = encryptedKey(own.key, 'a password') + own.cert;
    expect(await signIn(content, 'a password')).toMatchObject({ username: 'Contoso Deployment' });
    await expect(signIn(content, 'a wrong one')).rejects.toThrow(
      /^The password in AZURE_CLIENT_CERTIFICATE_PASSWORD doesn't decrypt the private key in .+application\.pem\.$/u,
    );
    await expect(signIn(content)).rejects.toMatchObject({
      message: expect.stringMatching(/^The private key in .+ is protected by a password\.$/u),
      hint: 'Set AZURE_CLIENT_CERTIFICATE_PASSWORD to the password.',
    });
  });

  test('is refused with an unknown certificate', async () => {
    await expect(signIn(other.key + other.cert)).rejects.toMatchObject({
      exitCode: 3,
      message: "The application doesn't have this certificate (AADSTS700027).",
    });
  });

  test.each([
    ['no certificate', () => own.key, /no certificate\.$/u],
    ['no key', () => own.cert, /doesn't contain a private key in PEM format\.$/u],
    ['the key of another', () => other.key + own.cert, /no certificate for its private key\.$/u],
    ['something binary', () => '0\u0082\u0001\u0000', /doesn't contain a private key in PEM format\.$/u],
    ['a broken key', () => own.key.replace(/\n.{40}/, '\nAAAA') + own.cert, /The private key in .+ can't be read\.$/u],
    [
      'a broken certificate',
      () => `${own.key}-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----`,
      /The certificate in .+ can't be read\.$/u,
    ],
  ])('says what is wrong with a file that holds %s', async (_what, content, message) => {
    await expect(signIn(content())).rejects.toMatchObject({ exitCode: 1, message: expect.stringMatching(message) });
  });

  test('reports an expired certificate before any request', async () => {
    const { key, cert } = await createApplicationCertificate({ notAfterDate: new Date(Date.now() - 1000) });
    await expect(signIn(key + cert)).rejects.toThrow(/^The certificate in .+ has expired \(.+\)\.$/u);
  });

  test('reports that Microsoft Entra does not support elliptic curves', async () => {
    const { key, cert } = await createApplicationCertificate({ keyType: 'ec' });
    await expect(signIn(key + cert)).rejects.toThrow(/isn't an RSA key/u);
  });
});
