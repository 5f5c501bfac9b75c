import type { JsonDocument } from '../json/document.ts';

/** All that a connector consists of, wherever it is: in files, in an environment, or kept from before. */
export interface ConnectorState {
  /** What it is called: `displayName` in an environment, `info.title` in files. */
  readonly title: string | undefined;
  readonly apiDefinition: JsonDocument | undefined;
  /** `{"properties": {…}}` with the properties that a download keeps. */
  readonly apiProperties: JsonDocument;
  readonly icon: Uint8Array | undefined;
  readonly script: Uint8Array | undefined;
}

/** The parts of a connector that change on their own, in the order in which they are spoken of. */
export const connectorParts = ['apiDefinition', 'apiProperties', 'icon', 'script'] as const;

export type ConnectorPart = (typeof connectorParts)[number];

/** Who changed a connector last, and when, as far as the service says. */
export interface LastChange {
  /** As the service writes it, `2019-12-18T18:51:32.3316756Z`: it is compared, never calculated with. */
  readonly changedTime: string | undefined;
  readonly changedBy: string | undefined;
}

/** What an environment holds of a connector at a moment. */
export interface RemoteState extends LastChange {
  readonly state: ConnectorState;
}
