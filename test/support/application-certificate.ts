import { createPrivateKey } from 'node:crypto';
import { generate } from 'selfsigned';
import type { Certificate } from './certificate.ts';

export interface ApplicationCertificateOptions {
  readonly keyType?: 'rsa' | 'ec';
  readonly notAfterDate?: Date;
}

/** A self-signed certificate for an application. */
export async function createApplicationCertificate({
  keyType = 'rsa',
  notAfterDate = new Date(Date.now() + 86_400_000),
}: ApplicationCertificateOptions = {}): Promise<Certificate> {
  const { private: key, cert } = await generate([{ name: 'commonName', value: 'Contoso Deployment' }], {
    keyType,
    keySize: 2048,
    algorithm: 'sha256',
    notBeforeDate: new Date(Date.now() - 2 * 86_400_000),
    notAfterDate,
  });
  return { key, cert };
}

/** The same private key, protected by a password. */
export function encryptedKey(key: string, passphrase: string): string {
  return createPrivateKey(key).export({ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase }).toString();
}
