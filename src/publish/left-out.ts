import { hasOwnIcon, propertiesOf } from '../api/fetch-connector.ts';
import type { ConnectorResource } from '../api/resources.ts';
import type { Connector } from '../connector/connector.ts';
import { canBeEmpty, type LeftOutProperties, leftOutProperties } from '../connector/left-out.ts';
import type { Terminal } from '../io/terminal/terminal.ts';
import type { JsonDocument } from '../json/document.ts';

/** What a connector has and an update leaves out. */
export interface LeftOut extends LeftOutProperties {
  readonly keepsIcon: boolean;
}

export interface LeavingOut {
  readonly connector: Connector;
  /** Whether the connector is to lose what is left out. The Python tool leaves it as it is. */
  readonly emptiesLeftOut: boolean;
}

export function leftOutOf(
  { connector, emptiesLeftOut }: LeavingOut,
  current: JsonDocument<ConnectorResource>,
): LeftOut {
  const { apiProperties, icon, missingIcon } = connector;
  const properties = leftOutProperties(propertiesOf(current).document, apiProperties.document, emptiesLeftOut);
  return { ...properties, keepsIcon: emptiesLeftOut && !icon && missingIcon === undefined && hasOwnIcon(current) };
}

/** Says what a connector keeps though its files don't have it: the service changes only what is sent. */
export function reportKept({ kept, keepsIcon }: LeftOut, { connector }: LeavingOut, { note }: Terminal): void {
  for (const name of kept) {
    const next = canBeEmpty(name) ? "To remove it, use 'paconn deploy'." : replaceable;
    note(`Warning: ${connector.apiProperties.name} doesn't contain ${name}, so the connector keeps its own. ${next}`);
  }
  if (keepsIcon) note(`Note: The files have no icon, so the connector keeps its own. ${replaceable}`);
}

const replaceable = 'An update can replace it, but not remove it.';
