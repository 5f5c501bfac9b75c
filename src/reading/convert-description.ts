import type { Context } from '../context.ts';
import type { Conversion } from '../conversion/convert.ts';
import type { ConversionOptions } from '../conversion/conversion.ts';
import { UsageError } from '../errors.ts';
import { referenceLoader, type ReferenceLimits } from './load-references.ts';
import type { OpenedDescription } from './open-description.ts';

/** The options of a conversion. */
export interface DescriptionFlags {
  readonly host?: string | undefined;
  readonly server?: string | undefined;
  readonly serverVariables?: 'defaults' | 'connection' | undefined;
  readonly title?: string | undefined;
  readonly summary?: string | undefined;
  readonly security?: string | undefined;
  readonly oAuthClientId?: string | undefined;
  readonly authorizationUrl?: string | undefined;
  readonly tokenUrl?: string | undefined;
  readonly operations?: readonly string[] | undefined;
  readonly tag?: readonly string[] | undefined;
  readonly root?: string | undefined;
  readonly refHosts?: readonly string[] | undefined;
  /** Whether a document of OpenAPI 2.0 changes only where it isn't valid. */
  readonly repairsOnly?: boolean;
}

/**
 * Converts a description. Somebody at a terminal is asked for the host if nothing says it. Raises `FileError` for what isn't the
 * description of an API, and `UsageError` for flags that don't fit it.
 */
export async function convertDescription(
  opened: OpenedDescription,
  flags: DescriptionFlags,
  context: Context,
): Promise<Conversion> {
  const { terminal } = context;
  const { convertSource } = await import('../conversion/convert.ts');
  const { HostMissing, hostUrl } = await import('../conversion/servers.ts');
  const { host } = flags;
  if (host !== undefined && !hostUrl(host)) throw new UsageError(`--host: '${host}' isn't a host or a URL.`);
  const limits: ReferenceLimits = { root: flags.root, hosts: listed(flags.refHosts) };
  const run = async (chosen: string | undefined): Promise<Conversion> => {
    // Each run may read as much as one may.
    const load = referenceLoader(opened, limits, context);
    return await convertSource(opened.file, conversionOptions(opened, { ...flags, host: chosen }), load);
  };
  try {
    return await run(host);
  } catch (error) {
    if (!(error instanceof HostMissing) || !terminal.interactive) throw error;
    const problem = (text: string): string | undefined =>
      text !== '' && hostUrl(text) ? undefined : 'Enter a host, such as api.contoso.com, or a URL.';
    const question = { message: 'Host or URL of the API', insteadPass: '--host', problem, defaultAnswer: undefined };
    return await run(await terminal.ask(question));
  }
}

function conversionOptions({ url, titleFromName }: OpenedDescription, flags: DescriptionFlags): ConversionOptions {
  const { security } = flags;
  return {
    host: flags.host,
    server: flags.server,
    serverVariables: flags.serverVariables ?? 'defaults',
    sourceUrl: url?.href,
    title: flags.title,
    description: flags.summary,
    titleFromName,
    security: security === undefined ? undefined : security === 'none' ? [] : listed([security]),
    clientId: flags.oAuthClientId,
    authorizationUrl: flags.authorizationUrl,
    tokenUrl: flags.tokenUrl,
    repairsOnly: flags.repairsOnly ?? false,
    operations: listed(flags.operations),
    tags: listed(flags.tag),
  };
}

/** Lists separated by commas, which may be given several times. */
function listed(given: readonly string[] = []): readonly string[] {
  return given
    .flatMap((list) => list.split(','))
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '');
}
