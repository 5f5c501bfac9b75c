import { createPrivateKey, type KeyObject, X509Certificate } from 'node:crypto';
import { FileError } from '../../errors.ts';
import { readBytes } from '../../io/fs/read-file.ts';
import type { Credential } from './application.ts';

/**
 * The credential in a PEM file with certificate and private key; AZURE_CLIENT_CERTIFICATE_PASSWORD opens a key that is
 * encrypted. The thumbprint finds the certificate among those of the application; the chain is for applications that trust
 * an issuer and a subject name: https://learn.microsoft.com/entra/identity-platform/certificate-credentials
 * Raises {@link FileError}.
 */
export async function readCertificate(
  path: string,
  variables: Readonly<Record<string, string | undefined>>,
): Promise<Credential> {
  // PEM is ASCII; whatever else the file is, is found out below.
  const pem = Buffer.from(await readBytes(path)).toString('latin1');
  const chain = pem.match(/-----BEGIN CERTIFICATE-----.+?-----END CERTIFICATE-----/gsu) ?? [];
  const key = readKey(pem, path, variables['AZURE_CLIENT_CERTIFICATE_PASSWORD'] || undefined);
  const certificates = chain.map((text) => readX509(text, path));
  const own = certificates.find((certificate) => certificate.checkPrivateKey(key));
  if (!own) {
    const what = certificates.length === 0 ? 'no certificate' : 'no certificate for its private key';
    throw new FileError(`${path} has ${what}.`, {
      hint: 'Save the certificate of the application and its private key in one PEM file.',
    });
  }
  if (new Date(own.validTo).getTime() < Date.now()) {
    throw new FileError(`The certificate in ${path} has expired (${own.validTo}).`, {
      hint: 'Create a new certificate and add it to the application in Microsoft Entra ID.',
    });
  }
  return {
    clientCertificate: {
      thumbprintSha256: own.fingerprint256.replaceAll(':', ''),
      privateKey: key.export({ type: 'pkcs8', format: 'pem' }).toString(),
      // Its own certificate comes first (RFC 7515, 4.1.6).
      x5c: [own, ...certificates.filter((certificate) => certificate !== own)].map(String).join('\n'),
    },
  };
}

function readKey(pem: string, path: string, passphrase: string | undefined): KeyObject {
  const [text] = /-----BEGIN (?<kind>[A-Z ]*PRIVATE KEY)-----.+?-----END \k<kind>-----/su.exec(pem) ?? [];
  if (text === undefined) {
    throw new FileError(`${path} doesn't contain a private key in PEM format.`, {
      hint: 'To convert a .pfx file:\n  openssl pkcs12 -in certificate.pfx -out certificate.pem -nodes',
    });
  }
  const isEncrypted = /ENCRYPTED/u.test(text);
  if (isEncrypted && passphrase === undefined) {
    throw new FileError(`The private key in ${path} is protected by a password.`, {
      hint: 'Set AZURE_CLIENT_CERTIFICATE_PASSWORD to the password.',
    });
  }
  const key = parseKey(text, path, isEncrypted ? passphrase : undefined);
  if (key.asymmetricKeyType === 'rsa') return key;
  throw new FileError(`The private key in ${path} isn't an RSA key. Microsoft Entra ID supports only RSA keys.`);
}

function parseKey(text: string, path: string, passphrase: string | undefined): KeyObject {
  try {
    return createPrivateKey({ key: text, ...(passphrase !== undefined && { passphrase }) });
  } catch (error) {
    if (passphrase === undefined) throw new FileError(`The private key in ${path} can't be read.`, { cause: error });
    throw new FileError(
      `The password in AZURE_CLIENT_CERTIFICATE_PASSWORD doesn't decrypt the private key in ${path}.`,
      {
        cause: error,
      },
    );
  }
}

function readX509(text: string, path: string): X509Certificate {
  try {
    return new X509Certificate(text);
  } catch (error) {
    throw new FileError(`The certificate in ${path} can't be read.`, { cause: error });
  }
}
