import type { Connector, PartHashes, RemoteState } from './connector.ts';
import { DefaultIconContent, type PartContent, type PropertiesContent } from './part-content.ts';
import { withReferences, withoutServiceWriting, withoutUnsupported } from './service-writing.ts';

/**
 * What an environment holds, as if the service had written nothing of it itself: where it differs from `sent`, which was sent
 * or is to be, someone else changed it, and an update would change it again.
 *
 * @param hasUnsent Whether `sent` has something that was never sent: whether the service keeps that is not known yet.
 */
export function stateAsSent(remote: Connector, sent: Connector, { hasUnsent = false } = {}): Connector {
  return hasUnsent ? stateAsTaken(remote, sent) : comparable(remote, sent, withoutUnsupported);
}

/** The same with all that the service has not taken over of what was sent. */
export function stateAsTaken(remote: Connector, sent: Connector): Connector {
  return comparable(remote, sent, withoutServiceWriting);
}

/** What an environment has once it has taken what was sent. */
export interface SentState {
  /** Its name, where that was sent, too. */
  readonly title?: string | undefined;
  /** Of the icon that it has then, which is its own where none was sent. */
  readonly hashes: PartHashes;
  readonly apiProperties: PropertiesContent;
}

/** Whether an environment holds exactly what was sent, but for what the service writes itself. */
export function hasExactly(remote: Connector, { hashes, apiProperties }: SentState): boolean {
  const { apiDefinition, icon, missingIcon, script } = remote;
  const document = withoutUnsupported(remote.apiProperties.document, apiProperties.document);
  const isDefaultIcon = icon instanceof DefaultIconContent && hashes.icon === undefined;
  const isSameIcon = missingIcon !== undefined || isDefaultIcon || icon?.hash === hashes.icon;
  return (
    apiDefinition?.hash === hashes.apiDefinition &&
    script?.hash === hashes.script &&
    isSameIcon &&
    remote.apiProperties.with(document).hash === apiProperties.hash
  );
}

/**
 * What an environment holds, as it is recorded: without the picture that stands for an icon where the comparison has found it
 * to be none, and with the references to environment variables that it never shows.
 */
export function stateToRecord({ icon, apiProperties: compared }: Connector, remote: RemoteState): RemoteState {
  const { apiProperties } = remote.state;
  const document = withReferences(apiProperties.document, compared.document);
  return { ...remote, state: { ...remote.state, icon, apiProperties: apiProperties.with(document) } };
}

function comparable(remote: Connector, sent: Connector, withoutOwn: typeof withoutUnsupported): Connector {
  const { apiDefinition } = remote;
  const apiProperties = remote.apiProperties.with(
    withoutOwn(remote.apiProperties.document, sent.apiProperties.document),
  );
  return {
    ...remote,
    // Where the value is the same, so is the order of members, which the service changes.
    apiDefinition: apiDefinition?.hash === sent.apiDefinition?.hash ? sent.apiDefinition : apiDefinition,
    apiProperties: apiProperties.hash === sent.apiProperties.hash ? sent.apiProperties : apiProperties,
    icon: comparableIcon(remote, sent),
  };
}

function comparableIcon({ icon, missingIcon }: Connector, sent: Connector): PartContent | undefined {
  // An icon that could not be downloaded isn't a difference: its content is unknown.
  if (missingIcon !== undefined || sent.missingIcon !== undefined) return sent.icon;
  return icon instanceof DefaultIconContent && icon.hash !== sent.icon?.hash ? undefined : icon;
}
