import type { Connector, PartHashes, RemoteState } from './connector.ts';
import { DefaultIconContent, type PartContent, type PropertiesContent } from './part-content.ts';
import { withReferences, withoutServiceWriting, withoutUnsupported } from './service-writing.ts';

/** What is known of a state that was sent, or is to be. */
export interface SendingFacts {
  /** Whether it has something that was never sent: whether the service keeps that is not known yet. */
  readonly hasUnsent?: boolean;
  /** The state that has the references to environment variables that were last sent; as a rule it is that one. */
  readonly known?: Connector | undefined;
}

/**
 * What an environment holds, as if the service had written nothing of it itself: where it differs from `sent`, which was sent
 * or is to be, someone else changed it, and an update would change it again.
 */
export function stateAsSent(
  remote: Connector,
  sent: Connector,
  { hasUnsent = false, known = sent }: SendingFacts = {},
): Connector {
  return comparable(withReferencesOf(known, remote), sent, hasUnsent ? withoutServiceWriting : withoutUnsupported);
}

/** The same with all that the service has not taken over of what was sent. */
export function stateAsTaken(remote: Connector, sent: Connector): Connector {
  return stateAsSent(remote, sent, { hasUnsent: true });
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
  const shown = withReferences(remote.apiProperties.document, apiProperties.document);
  const document = withoutUnsupported(shown, apiProperties.document);
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
export function stateToRecord(compared: Connector, remote: RemoteState): RemoteState {
  return { ...remote, state: { ...withReferencesOf(compared, remote.state), icon: compared.icon } };
}

/** What an environment holds, with the references to environment variables of another state where it shows nothing. */
export function withReferencesOf({ apiProperties: { document: other } }: Connector, remote: Connector): Connector {
  const { apiProperties } = remote;
  return { ...remote, apiProperties: apiProperties.with(withReferences(apiProperties.document, other)) };
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
