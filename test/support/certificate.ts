import { rmSync } from 'node:fs';
import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { generate } from 'selfsigned';

export interface Certificate {
  readonly key: string;
  readonly cert: string;
}

export interface CertificateFiles extends Certificate {
  readonly keyFile: string;
  /** What NODE_EXTRA_CA_CERTS of a process that shall trust the certificate names. */
  readonly certFile: string;
}

/** Where the test run says which certificate its workers share. */
export const certificateVariables = { certFile: 'PACONN_TEST_TLS_CERT', keyFile: 'PACONN_TEST_TLS_KEY' } as const;

/** A name that the certificate of tests has as well, and that leads nowhere but through a proxy of tests. */
export const proxiedHost = 'service.example';

/** A self-signed certificate for this machine by its local names. An elliptic-curve key takes milliseconds to make. */
export async function createCertificate(): Promise<Certificate> {
  const day = 86_400_000;
  const { private: key, cert } = await generate([{ name: 'commonName', value: 'localhost' }], {
    keyType: 'ec',
    algorithm: 'sha256',
    notBeforeDate: new Date(Date.now() - day),
    notAfterDate: new Date(Date.now() + 30 * day),
    extensions: [
      // An authority as well as a server, so that every TLS library accepts it as its own issuer.
      { name: 'basicConstraints', cA: true, critical: true },
      { name: 'keyUsage', digitalSignature: true, keyCertSign: true, critical: true },
      { name: 'extKeyUsage', serverAuth: true },
      {
        name: 'subjectAltName',
        altNames: [
          { type: 2, value: 'localhost' },
          { type: 2, value: proxiedHost },
          { type: 7, ip: '127.0.0.1' },
          { type: 7, ip: '::1' },
        ],
      },
    ],
  });
  return { key, cert };
}

/** Makes a certificate and writes its two PEM files into a directory. */
export async function writeCertificate(directory: string): Promise<CertificateFiles> {
  const certificate = await createCertificate();
  const keyFile = join(directory, 'localhost-key.pem');
  const certFile = join(directory, 'localhost.pem');
  await Promise.all([
    writeFile(keyFile, certificate.key, { mode: 0o600 }),
    writeFile(certFile, certificate.cert, { mode: 0o644 }),
  ]);
  return { ...certificate, keyFile, certFile };
}

let provided: Promise<CertificateFiles> | undefined;

/** The certificate of the test run if there is one, otherwise one for the life of this process. */
export function provideCertificate(): Promise<CertificateFiles> {
  provided ??= sharedCertificate();
  return provided;
}

async function sharedCertificate(): Promise<CertificateFiles> {
  const certFile = process.env[certificateVariables.certFile];
  const keyFile = process.env[certificateVariables.keyFile];
  if (certFile && keyFile) {
    const [cert, key] = await Promise.all([readFile(certFile, 'utf8'), readFile(keyFile, 'utf8')]);
    return { key, cert, keyFile, certFile };
  }
  const directory = await mkdtemp(join(tmpdir(), 'paconn-certificate-'));
  process.once('exit', () => rmSync(directory, { recursive: true, force: true }));
  return await writeCertificate(directory);
}
