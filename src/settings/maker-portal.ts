import { type CloudName, cloudOfUrl } from './clouds.ts';

/** The maker portals of Power Automate, as Microsoft's pages about each cloud name them. */
const portals: Readonly<Record<CloudName, string>> = {
  public: 'https://make.powerautomate.com',
  gcc: 'https://make.gov.powerautomate.us',
  gcch: 'https://make.high.powerautomate.us',
  dod: 'https://make.powerautomate.appsplatform.us',
  china: 'https://make.powerautomate.cn',
};

/** A page of the maker portal: of a connector, of the connectors of an environment, or of all. */
export interface PortalPage {
  readonly environment?: string | undefined;
  readonly connectorId?: string | undefined;
}

/** The URL of a page; undefined for a cloud whose portal isn't known. */
export function portalUrl(powerAppsUrl: string, { environment, connectorId }: PortalPage): string | undefined {
  const cloud = cloudOfUrl(powerAppsUrl);
  if (cloud === undefined) return undefined;
  if (environment === undefined) return portals[cloud];
  const connectors = `${portals[cloud]}/environments/${encodeURIComponent(environment)}/connections/available/custom`;
  return connectorId === undefined ? connectors : `${connectors}/${encodeURIComponent(connectorId)}/edit/general`;
}
