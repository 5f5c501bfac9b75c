import type { ConnectorSource } from '../validation/engine/connector-source.ts';
import { FileError } from '../errors.ts';
import type { Finding } from '../validation/engine/finding.ts';

/** Is told why a connector can't be read, where that is no reason not to go on with others. */
export type OnUnreadable = (error: FileError) => void;

/** What comes of a connector; undefined for one that can't be read, where somebody wants to know that. Raises `FileError` otherwise. */
export async function unlessUnreadable<T>(work: () => Promise<T>, onUnreadable?: OnUnreadable): Promise<T | undefined> {
  try {
    return await work();
  } catch (error) {
    if (!onUnreadable || !(error instanceof FileError)) throw error;
    onUnreadable(error);
    return undefined;
  }
}

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
