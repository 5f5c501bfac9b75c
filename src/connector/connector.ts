import { createHash } from 'node:crypto';
import { FileError } from '../errors.ts';
import { isText, member } from '../json/value.ts';
import { DefinitionContent, PartContent, PropertiesContent, ScriptContent } from './part-content.ts';
import { type ConnectorPart, connectorParts } from './part.ts';

/**
 * All that a connector consists of, wherever it is: in files, in an environment, in the base or a backup. What is checked is
 * what is hashed, compared and sent, so that a file that changes meanwhile, or a pipe, is right by construction.
 */
export interface Connector {
  /** What it is called in an environment; undefined where it is called what its API definition says. */
  readonly displayName: string | undefined;
  /** Only a connector in an environment can lack one. */
  readonly apiDefinition: DefinitionContent | undefined;
  readonly apiProperties: PropertiesContent;
  readonly icon: PartContent | undefined;
  readonly script: ScriptContent | undefined;
  /**
   * Why the icon that an environment has could not be downloaded, if so: a sentence. Then nothing is known of the icon, and
   * above all not that there is none.
   */
  readonly missingIcon?: string | undefined;
  /** JSON pointers to values of environment variables that are called like secrets: they are neither shown nor put into the base. */
  readonly concealed?: readonly string[] | undefined;
}

/** The content of each part. */
export interface PartContents {
  readonly apiDefinition: DefinitionContent;
  readonly apiProperties: PropertiesContent;
  readonly icon: PartContent;
  readonly script: ScriptContent;
}

const makers: { readonly [Part in ConnectorPart]: (name: string, bytes: Uint8Array) => PartContents[Part] } = {
  apiDefinition: (name, bytes) => new DefinitionContent(name, bytes),
  apiProperties: (name, bytes) => new PropertiesContent(name, bytes),
  icon: (name, bytes) => new PartContent(name, bytes),
  script: (name, bytes) => new ScriptContent(name, bytes),
};

/** The content of a part in these bytes, of which nothing is read yet. */
export function partContent<Part extends ConnectorPart>(
  part: Part,
  name: string,
  bytes: Uint8Array,
): PartContents[Part] {
  return makers[part](name, bytes);
}

/** The name of a connector. */
export function titleOf({ displayName, apiDefinition }: Connector): string | undefined {
  const title = member(member(apiDefinition?.json.value, 'info'), 'title');
  return displayName ?? (isText(title) ? title : undefined);
}

/** The title in the API definition, by which a connector is named. Raises `FileError` when there is none. */
export function requireTitle({ apiDefinition }: Connector): string {
  const title = apiDefinition?.document.value.info?.title;
  if (title) return title;
  throw new FileError(
    `${apiDefinition?.name ?? 'The connector'} has no title. Add "title" to "info": the service requires it as the name of the connector.`,
  );
}

/** The hash of each part; none for a missing part. */
export type PartHashes = { readonly [Part in ConnectorPart]?: string | undefined };

/** The hashes of all parts. Raises `FileError` for documents that cannot be read. */
export function partHashes(connector: Connector): PartHashes {
  return Object.fromEntries(connectorParts.map((part) => [part, connector[part]?.hash]));
}

/** The parts that are not the same in two connectors. */
export function differentParts(one: PartHashes, other: PartHashes): ConnectorPart[] {
  return connectorParts.filter((part) => one[part] !== other[part]);
}

/** One hash for the content of all parts. */
export function hashOfAll(hashes: PartHashes): string {
  return createHash('sha256')
    .update(connectorParts.map((part) => hashes[part] ?? '').join())
    .digest('hex');
}

/** The last change of a connector, as the service reports it. */
export interface LastChange {
  /** As the service writes it, `2019-12-18T18:51:32.3316756Z`: it is compared, never calculated with. */
  readonly changedTime: string | undefined;
  readonly changedBy: string | undefined;
}

/** The state of a connector in an environment at a moment. */
export interface RemoteState extends LastChange {
  readonly state: Connector;
}
