/** What an address of a maker portal leads to. */
export interface PortalAddress {
  readonly environment: string | undefined;
  readonly connectorId: string | undefined;
}

/**
 * The environment and the connector in the address of a page of Power Apps or Power Automate; undefined for what is no
 * address. Whatever the cloud: nothing is sent there. Pages of a connector are, under `/environments/ENVIRONMENT`,
 * `/connections/available/custom/CONNECTOR/edit/general`, `/customconnectors/CONNECTOR` and
 * `/connections/available?apiName=CONNECTOR`, as the documentation of Microsoft's samples and scripts of others have them.
 * Power Apps also writes `/e/ENVIRONMENT`.
 */
export function readPortalAddress(text: string): PortalAddress | undefined {
  if (!/^https?:\/\//iu.test(text) || !URL.canParse(text)) return undefined;
  const { pathname, searchParams, hash } = new URL(text);
  // Some pages are named behind a number sign.
  const segments = `${pathname}/${hash.slice(1)}`.split('/').map(decoded);
  // The administrators' pages have /environments/environment/ENVIRONMENT.
  const environmentAt = segments.findLastIndex((segment) => /^(?:e|environments?)$/iu.test(segment));
  const connectorId = searchParams.get('apiName') ?? segments.find((segment) => segment.startsWith('shared_'));
  return {
    environment: (environmentAt === -1 ? undefined : segments[environmentAt + 1]) || undefined,
    connectorId: connectorId || undefined,
  };
}

/** A segment as it was before the browser wrote it; a connector ID may be encoded twice. Of no text an error. */
function decoded(segment: string): string {
  const once = new URLSearchParams(`segment=${segment.replaceAll('&', '%26').replaceAll('+', '%2B')}`).get('segment');
  return once === null || once === segment ? segment : decoded(once);
}
