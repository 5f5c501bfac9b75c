/** What an address of a maker portal, or the resource ID of another tool, leads to. */
export interface PortalAddress {
  readonly environment: string | undefined;
  readonly connectorId: string | undefined;
}

/** Connection references and PowerShell name connectors and environments so. */
const resourceId = /^\/?providers\/Microsoft\./iu;

const guid = /^\{?([\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12})\}?$/iu;

/** The GUID that a text is, which some tools write in braces; undefined where it is none. */
export function guidOf(text: string): string | undefined {
  return guid.exec(text.trim())?.[1];
}

/**
 * The environment and the connector in the address of a page of Power Apps or Power Automate, or in a resource ID such as
 * `/providers/Microsoft.PowerApps/apis/CONNECTOR`; undefined for what is neither. Whatever the cloud: nothing is sent there.
 * Pages of a connector are, under `/environments/ENVIRONMENT`, `/connections/available/custom/CONNECTOR/edit/general`,
 * `/customconnectors/CONNECTOR`, `/connections/available?apiName=CONNECTOR`, and pages with `customConnectorId=CONNECTOR`, as
 * the documentation of Microsoft's samples and scripts of others have them. Power Apps also writes `/e/ENVIRONMENT`. A
 * solution's page may have the GUID of a connector in place of its ID.
 */
export function readPortalAddress(text: string): PortalAddress | undefined {
  const url = resourceId.test(text) ? new URL(text, 'https://localhost') : portalUrl(text);
  if (!url) return undefined;
  const { pathname, searchParams, hash } = url;
  // Some pages are named behind a number sign.
  const [hashPath = '', hashQuery = ''] = hash.slice(1).split('?');
  const segments = `${pathname}/${hashPath}`.split('/').map(decoded);
  const parameters = [...searchParams, ...new URLSearchParams(hashQuery)];
  const named = parameters.find(([name]) => name === 'apiName' || name === 'customConnectorId')?.[1];
  return {
    // The administrators' pages have /environments/environment/ENVIRONMENT.
    environment: segmentAfter(/^(?:e|environments?)$/iu, segments),
    connectorId: named ? (guidOf(decoded(named)) ?? decoded(named)) : connectorIn(segments),
  };
}

function portalUrl(text: string): URL | undefined {
  return /^https?:\/\//iu.test(text) && URL.canParse(text) ? new URL(text) : undefined;
}

function segmentAfter(name: RegExp, segments: readonly string[]): string | undefined {
  const at = segments.findLastIndex((segment) => name.test(segment));
  return (at === -1 ? undefined : segments[at + 1]) || undefined;
}

function connectorIn(segments: readonly string[]): string | undefined {
  const id = segments.find((segment) => /^shared_/iu.test(segment));
  return id ?? guidOf(segmentAfter(/^custom-?connectors?$/iu, segments) ?? '');
}

/** A segment as it was before the browser wrote it; a connector ID may be encoded twice. Of no text an error. */
function decoded(segment: string): string {
  const once = new URLSearchParams(`segment=${segment.replaceAll('&', '%26').replaceAll('+', '%2B')}`).get('segment');
  return once === null || once === segment ? segment : decoded(once);
}
