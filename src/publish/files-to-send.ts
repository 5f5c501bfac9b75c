import type { Context } from '../context.ts';
import type { Settings } from '../settings/settings.ts';
import { checkFirst, type CheckFirstOptions } from '../check/check-first.ts';
import { withGivenSecrets } from './client-secrets.ts';
import { type ConnectorFiles, readConnectorFiles, requireConnectorFiles } from '../check/connector-files.ts';

export interface SendingOptions extends CheckFirstOptions {
  /** As `--secret` gives them. */
  readonly clientSecret: readonly string[];
}

/**
 * The files of a connector, checked and ready to be sent, with the client secrets that were given. Raises `UsageError` and
 * `FileError`, and `PaconnError` for what the service would refuse.
 */
export async function readFilesToSend(
  settings: Settings,
  { clientSecret, ...checking }: SendingOptions,
  context: Context,
): Promise<ConnectorFiles> {
  requireConnectorFiles(settings);
  await checkFirst(settings, checking, context);
  const files = await readConnectorFiles(settings, context.workingDirectory);
  return { ...files, apiProperties: await withGivenSecrets(files.apiProperties, clientSecret, context) };
}
