import type { BlobStorage } from './blob-storage.ts';
import { Connector } from './connector.ts';

/** Two for the some thousand that a real list has. */
const names = { shared_office365: 'Office 365 Outlook', shared_sharepointonline: 'SharePoint' };

/** The connectors that every environment has, none of them custom. */
export function connectorsOfMicrosoft(storage: BlobStorage): readonly Connector[] {
  return Object.entries(names).map(([id, displayName]) => {
    const origin = { id, environment: '', isCustomApi: false, createdBy: undefined, overrides: {} };
    const content = {
      displayName,
      description: '',
      serviceUrl: '',
      apiDefinition: undefined,
      icon: storage.defaultIcon,
    };
    return new Connector(origin, { ...content, script: undefined, properties: new Map(), clientSecrets: {} });
  });
}
