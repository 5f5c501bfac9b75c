import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { certificateVariables, writeCertificate } from './certificate.ts';

/** One certificate for a test run: workers and the tools they spawn trust it, and nothing turns verification off. */
export async function setup(): Promise<() => Promise<void>> {
  const directory = await mkdtemp(join(tmpdir(), 'paconn-certificate-'));
  const { certFile, keyFile } = await writeCertificate(directory);
  process.env[certificateVariables.certFile] = certFile;
  process.env[certificateVariables.keyFile] = keyFile;
  // Read once, at the start of a process: workers start after this.
  process.env['NODE_EXTRA_CA_CERTS'] = certFile;
  return async () => await rm(directory, { recursive: true, force: true });
}
