import type { ConnectorPackage } from '../../solution/connector-package.ts';
import type { Solution } from '../../solution/solution.ts';
import type { XmlElement } from '../../solution/xml.ts';
import {
  type ConnectorSource,
  type FileRole,
  fileRoles,
  IconFile,
  type NamedFile,
  type PackagedFrom,
  type PartFiles,
} from './connector-source.ts';
import { Definition } from './definition.ts';
import { type ForeignDocument, foreignDocument, isOwnDocument } from './foreign-document.ts';
import { JsonFile } from './json-file.ts';
import { isObject } from '../../json/value.ts';
import { TextRange } from './location.ts';
import { RootNode } from './nodes.ts';
import { Properties } from './properties.ts';
import { type PublishedChange, publishedChanges } from './published-changes.ts';
import { ScriptFile } from '../csharp/script-file.ts';
import { SourceFile } from './source-file.ts';

/** A file that was named and is not there. */
export interface MissingFile {
  readonly role: FileRole | 'environments';
  readonly file: SourceFile;
}

/** A connector as the rules see it: its files, and what ties them together, worked out when it is first asked for. */
export class ParsedConnector {
  readonly publisher: ConnectorSource['publisher'];
  /** The other names in the folder; undefined when no folder was checked. */
  readonly others: readonly string[] | undefined;
  /** The parts for which several files are in the folder. */
  readonly unclear: readonly PartFiles[];
  readonly missing: readonly MissingFile[];
  /** What stands in the place of one of the next two, and is something else: nothing more is known of it. */
  readonly foreign: readonly ForeignDocument[];
  readonly definitionFile: JsonFile | undefined;
  readonly propertiesFile: JsonFile | undefined;
  readonly solution: Solution | undefined;
  readonly package: ConnectorPackage | undefined;
  readonly packagedFrom: PackagedFrom | undefined;
  readonly settingsFile: JsonFile | undefined;
  /** The values for environments. */
  readonly environmentsFile: JsonFile | undefined;
  /** What the properties were composed from, where they are no file. */
  readonly partFiles: readonly JsonFile[];
  /** The JSON files that are certainly of a connector. Others are never edited. */
  readonly ownFiles: ReadonlySet<SourceFile>;
  readonly scriptFile: ScriptFile | undefined;
  readonly iconFile: IconFile | undefined;
  readonly readmeFile: SourceFile | undefined;
  /** Undefined when there is none, it cannot be read, or it is no object. */
  readonly definition: Definition | undefined;
  readonly properties: Properties | undefined;
  readonly settings: RootNode<'settings'> | undefined;
  /** Since it was published, if what is published is known. */
  readonly changes: readonly PublishedChange[];

  readonly #archiveFiles = new Map<string, SourceFile>();

  constructor(source: ConnectorSource) {
    this.publisher = source.publisher;
    this.others = source.others;
    this.unclear = source.unclear ?? [];
    this.missing = [...fileRoles, 'environments' as const].flatMap((role) => missingFile(role, source[role]));
    const definitionFile = jsonFile(source.definition);
    const propertiesFile = jsonFile(source.properties);
    const foreignDefinition = definitionFile && foreignDocument(definitionFile, 'definition');
    const foreignProperties = propertiesFile && foreignDocument(propertiesFile, 'properties');
    this.foreign = [foreignDefinition, foreignProperties].filter((document) => document !== undefined);
    this.definitionFile = foreignDefinition ? undefined : definitionFile;
    this.propertiesFile = foreignProperties ? undefined : propertiesFile;
    this.settingsFile = jsonFile(source.settings);
    this.ownFiles = ownFiles({
      definition: this.definitionFile,
      properties: this.propertiesFile,
      settings: this.settingsFile,
    });
    this.environmentsFile = jsonFile(source.environments);
    this.solution = source.solution;
    this.package = source.package;
    this.packagedFrom = source.packagedFrom;
    this.partFiles = (source.parts ?? []).flatMap((part) => (/\.json$/iu.test(part.name) && jsonFile(part)) || []);
    this.scriptFile = scriptFile(source.script);
    this.iconFile = source.icon?.bytes && new IconFile(source.icon.name, source.icon.bytes);
    this.readmeFile = textFile(source.readme);
    const definition = rootNode('definition', this.definitionFile);
    this.definition = definition && new Definition(definition);
    const properties = rootNode('propertiesFile', this.propertiesFile);
    this.properties = properties && new Properties(properties);
    this.settings = rootNode('settings', this.settingsFile);
    const now = { definition: this.definitionFile, properties: this.propertiesFile };
    this.changes = source.published ? publishedChanges(source.published, now) : [];
  }

  /** A file of a solution or package, or the whole of it. */
  archiveFile(name: string, text = '', size = 0): SourceFile {
    const known = this.#archiveFiles.get(name);
    const file = known ?? new SourceFile(name, text, size);
    if (!known) this.#archiveFiles.set(name, file);
    return file;
  }

  /** Where an element of an XML file is; of one with others in it, its first tag. */
  rangeOf({ file: { name, text, size }, start, end, children }: XmlElement): TextRange {
    const tagEnd = text.indexOf('>', start) + 1;
    return new TextRange(this.archiveFile(name, text, size), start, children.length > 0 && tagEnd > 0 ? tagEnd : end);
  }

  get jsonFiles(): readonly JsonFile[] {
    const files = [
      this.definitionFile,
      this.propertiesFile,
      ...this.partFiles,
      this.settingsFile,
      this.environmentsFile,
    ];
    return files.filter((file) => file !== undefined);
  }

  /** All files, in the order in which their findings are listed. */
  get files(): readonly SourceFile[] {
    const present = [
      this.definitionFile,
      this.propertiesFile,
      ...this.partFiles,
      this.scriptFile,
      this.iconFile,
      this.settingsFile,
      this.environmentsFile,
    ];
    const others = [
      ...this.#archiveFiles.values(),
      ...(this.readmeFile ? [this.readmeFile] : []),
      ...this.foreign.map(({ location }) => location.file),
      ...this.missing.map(({ file }) => file),
    ];
    return [...present.filter((file) => file !== undefined), ...others];
  }
}

function missingFile(role: MissingFile['role'], given: NamedFile | undefined): readonly MissingFile[] {
  return given && !given.bytes ? [{ role, file: new SourceFile(given.name, '', 0) }] : [];
}

function jsonFile(given: NamedFile | undefined): JsonFile | undefined {
  return given?.bytes && new JsonFile(given.name, given.bytes, given.json);
}

function scriptFile(given: NamedFile | undefined): ScriptFile | undefined {
  return given?.bytes && new ScriptFile(given.name, given.bytes);
}

function ownFiles(files: Readonly<Record<'definition' | 'properties' | 'settings', JsonFile | undefined>>) {
  const roles = ['definition', 'properties', 'settings'] as const;
  return new Set(roles.flatMap((role) => (files[role] && isOwnDocument(files[role], role) ? [files[role]] : [])));
}

function textFile(given: NamedFile | undefined): SourceFile | undefined {
  return given?.bytes && new SourceFile(given.name, new TextDecoder().decode(given.bytes), given.bytes.length);
}

function rootNode<Kind extends string>(kind: Kind, file: JsonFile | undefined): RootNode<Kind> | undefined {
  const root = file?.root;
  return root && isObject(root.value) ? new RootNode(kind, root.file, root.value) : undefined;
}
