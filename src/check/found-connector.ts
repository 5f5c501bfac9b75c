import type { ConnectorSource } from '../validation/engine/connector-source.ts';
import type { Finding } from '../validation/engine/finding.ts';

/** A connector to check, the files of which are read when it is its turn. */
export interface FoundConnector {
  /** Its name in messages: its API definition, or another of its files. */
  readonly shown: string;
  readonly read: () => Promise<ConnectorSource>;
  /** The folder the settings file of which says where its service is, unless settings were named. */
  readonly folder?: string | undefined;
  /** Its settings file where that is no part of what is checked, but can tell what to leave out. */
  readonly settingsBeside: string | undefined;
  /** Puts findings to where they are in the files, where what is checked was composed from them. */
  readonly relocate?: (findings: readonly Finding[]) => readonly Finding[];
}
