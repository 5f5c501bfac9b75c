import type { PublisherKind } from '../../connector/publisher.ts';
import type { Connector } from '../../connector/connector.ts';
import type { ConnectorPart } from '../../connector/part.ts';
import type { ConnectorPackage } from '../../solution/connector-package.ts';
import type { Solution } from '../../solution/solution.ts';
import type { JsonReading } from '../../json/reading.ts';
import { SourceFile } from './source-file.ts';

/** A file of a connector as it was read. Without bytes: it was named, and is not there. */
export interface NamedFile {
  readonly name: string;
  readonly bytes: Uint8Array | undefined;
  /** What the bytes say as JSON, where that is known already. */
  readonly json?: JsonReading;
}

/** The documents of a connector as they are published. */
export interface PublishedFiles {
  readonly definition?: ReadableFile | undefined;
  readonly properties?: ReadableFile | undefined;
}

export interface ReadableFile extends NamedFile {
  readonly bytes: Uint8Array;
}

export interface PackagedFrom {
  readonly connector: Connector;
  /** Whether the package must have the same version of the connector. */
  readonly isRequired: boolean;
}

/** Files that can be a part of a connector, and that its settings don't name. */
export interface PartFiles {
  readonly part: ConnectorPart;
  readonly names: readonly string[];
}

/** What is checked: the files of one connector. All may be absent; rules about an absent file do not run. */
export interface ConnectorSource {
  readonly definition?: NamedFile | undefined;
  readonly properties?: NamedFile | undefined;
  readonly icon?: NamedFile | undefined;
  readonly script?: NamedFile | undefined;
  readonly settings?: NamedFile | undefined;
  /** Files that the properties were composed from, which are none themselves. Of those with JSON the syntax is checked. */
  readonly parts?: readonly NamedFile[] | undefined;
  /** The solution that the connector is from, and the package that it is in. */
  readonly solution?: Solution | undefined;
  readonly package?: ConnectorPackage | undefined;
  /** The files that the package is made from, where they are known. */
  readonly packagedFrom?: PackagedFrom | undefined;
  /** The parts for which several files are in the folder. The first of each is checked. */
  readonly unclear?: readonly PartFiles[] | undefined;
  /** The other names in the folder, if it is a folder that is checked. */
  readonly others?: readonly string[] | undefined;
  /** The readme in the folder. */
  readonly readme?: NamedFile | undefined;
  /** The values for environments. */
  readonly environments?: NamedFile | undefined;
  /** Whose connector it is, for the rules of certification that differ. */
  readonly publisher?: PublisherKind | undefined;
  /** What it is compared with, if that is asked for. */
  readonly published?: PublishedFiles | undefined;
}

export type FileRole = 'definition' | 'properties' | 'icon' | 'script' | 'settings';

export const fileRoles: readonly FileRole[] = ['definition', 'properties', 'script', 'icon', 'settings'];

export class IconFile extends SourceFile {
  readonly bytes: Uint8Array;

  constructor(name: string, bytes: Uint8Array) {
    super(name, '', bytes.length);
    this.bytes = bytes;
  }
}
