import { type Archive, baseName, entryOf, filesIn, findFile, foldersOf, nameInArchive, textIn } from './archive.ts';
import { definitionEnd, memberFiles, type SolutionMember, solutionMembers } from './layout.ts';
import { readXml } from './read-xml.ts';
import { childOf, textOf, type XmlElement, type XmlFault, type XmlReading } from './xml.ts';

export interface SolutionFile {
  /** In the archive. */
  readonly entry: string;
  /** As the user knows it. */
  readonly name: string;
  /** Undefined for a file that is named, and is not there. */
  readonly bytes: Uint8Array | undefined;
  /** The file that names it, if any. */
  readonly element: XmlElement | undefined;
}

export interface SolutionConnector {
  /** Such as `new_orders`: the start of the names of its files. */
  readonly name: string;
  /** Undefined where there are only files. */
  readonly element: XmlElement | undefined;
  readonly files: Readonly<Partial<Record<SolutionMember, SolutionFile>>>;
}

/** A Dataverse solution: exported, unpacked, or only the folder with the files of its connectors. */
export interface Solution {
  readonly archive: Archive;
  /** Undefined in a folder with the files of connectors alone, and where they are missing. */
  readonly manifest: XmlReading | undefined;
  readonly customizations: XmlReading | undefined;
  /** The XML files of connectors in an unpacked solution. */
  readonly connectorFiles: readonly XmlReading[];
  readonly connectors: readonly SolutionConnector[];
  /** Its files that aren't well-formed XML. */
  readonly xmlFaults: readonly XmlFault[];
  /** The names of API definitions in it that no connector names. */
  readonly unused: readonly string[];
}

/** What is in a solution. Raises nothing: what is missing or damaged is left out, and for the rules to say. */
export function readSolution(archive: Archive): Solution {
  const xml = (name: string): XmlReading | undefined => {
    const entry = findFile(archive, name) ?? findFile(archive, `Other/${name}`);
    return entry === undefined ? undefined : readXml(nameInArchive(archive, entry), textIn(archive, entry) ?? none);
  };
  const manifest = xml('solution.xml');
  const customizations = xml('customizations.xml');
  const isFolderAlone = manifest === undefined && customizations === undefined;
  const connectorFiles = connectorFolders(archive)
    .flatMap((folder) => filesIn(archive, folder))
    .filter((entry) => /\.xml$/iu.test(entry) && (foldersOf(entry).length > 0 || isFolderAlone))
    .map((entry) => ({ entry, reading: readXml(nameInArchive(archive, entry), textIn(archive, entry) ?? none) }));
  const inCustomizations = childOf(customizations?.root, 'Connectors')?.children ?? [];
  const named = [
    ...inCustomizations.map((element) => ({ element, folder: undefined })),
    ...connectorFiles.flatMap(({ entry, reading: { root } }) =>
      root?.name === 'Connector' ? [{ element: root, folder: foldersOf(entry).at(-1) }] : [],
    ),
  ].filter(({ element }) => element.children.length > 0);
  const connectors = named.map(({ element, folder }) => namedConnector(archive, element, folder));
  const used = new Set(connectors.map(({ files }) => files.openapidefinition?.entry));
  const alone = definitionsIn(archive).filter((entry) => !used.has(entry));
  const readings = [
    xml('[Content_Types].xml'),
    manifest,
    customizations,
    ...connectorFiles.map(({ reading }) => reading),
  ];
  const xmlFaults = readings.flatMap((reading) => reading?.fault ?? []);
  const hasXml = customizations !== undefined || connectorFiles.length > 0;
  return {
    archive,
    manifest,
    customizations,
    connectorFiles: connectorFiles.map(({ reading }) => reading),
    connectors: [...connectors, ...alone.map((entry) => unnamedConnector(archive, entry))],
    xmlFaults,
    // Without all of the XML it isn't known what is named.
    unused: hasXml && xmlFaults.length === 0 ? alone : [],
  };
}

const none = new Uint8Array();

/** The folders in which connectors are: in an exported solution `Connector`, in an unpacked one `Connectors`. */
function connectorFolders(archive: Archive): readonly string[] {
  return ['', ...[...archive.folders].filter((name) => /^connectors?$/iu.test(name))];
}

function definitionsIn(archive: Archive): readonly string[] {
  return connectorFolders(archive)
    .flatMap((folder) => filesIn(archive, folder))
    .filter((entry) => definitionEnd.test(entry));
}

/** Its paths say `/Connector/…`, also where the folder has another name: what counts is the last part. */
function namedConnector(archive: Archive, element: XmlElement, folder: string | undefined): SolutionConnector {
  const files: Partial<Record<SolutionMember, SolutionFile>> = {};
  for (const member of solutionMembers) {
    const path = textOf(element, member);
    if (path === undefined) continue;
    const folders = folder === undefined ? connectorFolders(archive) : [folder];
    const wanted = folders.map((one) => inFolder(one, baseName(path)));
    const found = wanted.map((name) => findFile(archive, name)).find((name) => name !== undefined);
    const entry = found ?? entryOf(path);
    files[member] = {
      entry,
      name: nameInArchive(archive, entry),
      bytes: textIn(archive, entry),
      element: childOf(element, member),
    };
  }
  const name = textOf(element, 'name') ?? files.openapidefinition?.entry.replace(definitionEnd, '') ?? '';
  return { name: baseName(name), element, files };
}

/** The files that begin like this API definition. */
function unnamedConnector(archive: Archive, definition: string): SolutionConnector {
  const start = definition.replace(definitionEnd, '');
  const files: Partial<Record<SolutionMember, SolutionFile>> = {};
  for (const member of solutionMembers) {
    const entry = findFile(archive, `${start}${memberFiles[member]}`);
    if (entry === undefined) continue;
    const name = nameInArchive(archive, entry);
    files[member] = { entry, name, bytes: textIn(archive, entry), element: undefined };
  }
  return { name: baseName(start), element: undefined, files };
}

function inFolder(folder: string, name: string): string {
  return folder === '' ? name : `${folder}/${name}`;
}
