import type { Connector, RemoteState } from './connector.ts';
import { DefaultIconContent, type PartContent } from './part-content.ts';
import { withoutServiceWriting, withoutUnsupported } from './service-writing.ts';

/**
 * What an environment holds, as if the service had written nothing of it itself: where it differs from `sent`, which was sent
 * or is to be, somebody has changed it, and an update would change it again.
 */
export function stateAsSent(remote: Connector, sent: Connector): Connector {
  return comparable(remote, sent, withoutUnsupported);
}

/** The same with all that the service has not taken over of what was sent. */
export function stateAsTaken(remote: Connector, sent: Connector): Connector {
  return comparable(remote, sent, withoutServiceWriting);
}

/** What an environment holds, without the picture that stands for an icon where the comparison has found it to be none. */
export function withIconOf({ icon }: Connector, remote: RemoteState): RemoteState {
  return { ...remote, state: { ...remote.state, icon } };
}

function comparable(remote: Connector, sent: Connector, settled: typeof withoutUnsupported): Connector {
  const { apiDefinition } = remote;
  const apiProperties = remote.apiProperties.with(settled(remote.apiProperties.document, sent.apiProperties.document));
  return {
    ...remote,
    // Where the value is the same, so is the order of members, which the service changes.
    apiDefinition: apiDefinition?.hash === sent.apiDefinition?.hash ? sent.apiDefinition : apiDefinition,
    apiProperties: apiProperties.hash === sent.apiProperties.hash ? sent.apiProperties : apiProperties,
    icon: comparableIcon(remote, sent),
  };
}

function comparableIcon({ icon, missingIcon }: Connector, sent: Connector): PartContent | undefined {
  // An icon that could not be downloaded is no difference: nobody knows it.
  if (missingIcon !== undefined || sent.missingIcon !== undefined) return sent.icon;
  return icon instanceof DefaultIconContent && icon.hash !== sent.icon?.hash ? undefined : icon;
}
