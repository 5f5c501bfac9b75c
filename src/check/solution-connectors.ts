import { dirname } from 'node:path';
import { titleOf } from '../connector/connector.ts';
import { FileError, UsageError } from '../errors.ts';
import { connectorOfSolution } from '../solution/connector-of-solution.ts';
import { pathWord } from '../io/terminal/command-word.ts';
import { matchName } from '../match-name.ts';
import { composeProperties } from '../solution/composed-properties.ts';
import type { ConnectorPackage } from '../solution/connector-package.ts';
import { leftBehind } from '../solution/left-behind.ts';
import { isPackage, readPackage } from '../solution/read-package.ts';
import { type Archive, nameInArchive } from '../solution/archive.ts';
import { readSolution, type Solution, type SolutionConnector, type SolutionFile } from '../solution/solution.ts';
import { settingsOfSolution } from '../solution/solution-settings.ts';
import type { ConnectorSource, NamedFile, PackagedFrom } from '../validation/engine/connector-source.ts';
import type { FoundConnector } from './found-connector.ts';
import { connectorInFolder, inspectFolder } from './connector-folder.ts';
import { noConnector } from './no-connector.ts';
import { isTree, readArchive } from './read-archive.ts';
import { relocate } from './relocate.ts';
import { xmlFaultWords } from '../solution/xml.ts';
import type { SolutionSource } from './solution-source.ts';

/**
 * The connectors of the solution in a folder or ZIP file, or in a certification package. Raises `FileError`, also where there
 * is none.
 */
export async function connectorsAt(path: string, workingDirectory: string): Promise<readonly FoundConnector[]> {
  const archive = await readArchive(path, workingDirectory);
  if (isTree(archive) && isPackage(archive)) {
    const packagedFrom = await filesBeside(archive, workingDirectory);
    return connectorsOfPackage(readPackage(archive), packagedFrom);
  }
  const solution = readSolution(archive);
  requireConnectors(solution, path);
  return connectorsOfSolution(solution, { solution });
}

/** Raises `FileError` for a solution without connectors, as far as its XML can be read. */
function requireConnectors({ archive, connectors, xmlFaults: [fault] }: Solution, path: string): void {
  if (connectors.length > 0) return;
  throw fault ? new FileError(xmlFaultWords(fault)) : noConnector(path, inFolders(archive));
}

/** What to do with a ZIP file of a folder that has a solution in it. */
function inFolders({ files }: Archive): readonly string[] {
  const name = [...files.keys()].find((one) => /\/(?:Other\/)?solution\.xml$/iu.test(one));
  const folder = name?.replace(/\/(?:Other\/)?[^/]+$/iu, '');
  return folder === undefined ? [] : [`Its solution is in the folder '${folder}'. Zip the files in that folder.`];
}

/** The connectors of what is meant as a package, whatever is in it. Raises `FileError`, also for a solution. */
export async function connectorsOfPackageAt(
  path: string,
  workingDirectory: string,
): Promise<readonly FoundConnector[]> {
  const archive = await readArchive(path, workingDirectory);
  const { connectors, manifest, customizations } = readSolution(archive);
  if (!isTree(archive) || connectors.length > 0 || manifest || customizations) {
    throw new FileError(`${path} is a solution, not a package for certification.`, {
      hint: `Check it with:\n  paconn validate ${pathWord(path)} --certification`,
    });
  }
  return connectorsOfPackage(readPackage(archive), await filesBeside(archive, workingDirectory));
}

/** The same as values to work with. Raises `FileError`, also for files that aren't JSON. */
export async function connectorsInSolution(path: string, workingDirectory: string): Promise<readonly SolutionSource[]> {
  const solution = readSolution(await readArchive(path, workingDirectory));
  const [fault] = solution.xmlFaults;
  // What it names can't be known.
  if (fault) throw new FileError(xmlFaultWords(fault));
  requireConnectors(solution, path);
  const found = connectorsOfSolution(solution, { solution });
  return solution.connectors.flatMap((one, index) => {
    const checked = found[index];
    if (!checked) return [];
    const connector = connectorOfSolution(one, solution);
    const isOnly = found.length === 1;
    const settings = settingsOfSolution(solution, one, titleOf(connector));
    const description = connector.apiDefinition?.document.value.info?.description ?? undefined;
    const lost = leftBehind(solution, one, { title: titleOf(connector), description });
    const source = { path, isFolder: !solution.archive.isZip, isOnly, name: one.name, connector, settings };
    return [{ ...source, leftBehind: lost, checked }];
  });
}

/** Those with this title or name, as people call a connector elsewhere. Raises {@link UsageError} where there isn't exactly one. */
export function connectorCalled(wanted: string, all: readonly SolutionSource[]): readonly SolutionSource[] {
  const named = all.map((source) => ({ id: source.name, name: titleOf(source.connector) ?? source.name, source }));
  const exact = named.filter(({ id, name }) => id === wanted || name === wanted);
  const match = matchName(wanted, exact.length > 0 ? exact : named);
  if (match.kind === 'one') return [match.found.source];
  const paths = [...new Set(all.map(({ path }) => path))].join(', ');
  const similar = match.kind === 'none' ? match.similar.map(({ source }) => source) : [];
  throw new UsageError(
    `${match.kind === 'none' ? 'No connector' : 'More than one connector'} named '${wanted}' in ${paths}.`,
    { hint: similar.length > 0 ? `Did you mean ${namesOf(similar)}?` : `Connectors: ${namesOf(all)}` },
  );
}

/** As they are shown to choose one of them. */
export function namesOf(all: readonly SolutionSource[]): string {
  return all.map(({ name, connector }) => `${titleOf(connector) ?? name} (${name})`).join(', ');
}

/** The connector in the files beside a package, if there are some that can be read. */
async function filesBeside({ name, isZip }: Archive, workingDirectory: string): Promise<PackagedFrom | undefined> {
  const inspected = await inspectFolder(isZip ? dirname(name) : name, workingDirectory);
  if (!inspected?.connector || inspected.connector.unclear.length > 0) return undefined;
  try {
    return { connector: await connectorInFolder(inspected.connector, workingDirectory), isRequired: false };
  } catch (error) {
    // What is wrong with them is said where they are checked.
    if (error instanceof FileError) return undefined;
    throw error;
  }
}

/** Those of the solution with the connector: that of a flow has the same once more. */
export function connectorsOfPackage(
  given: ConnectorPackage,
  packagedFrom: PackagedFrom | undefined,
): readonly FoundConnector[] {
  const [solution] = given.solutions.flatMap(({ kind, solution: one }) => (kind === 'connector' && one ? [one] : []));
  const found = solution ? connectorsOfSolution(solution, { package: given, packagedFrom }) : [];
  return found.length > 0 ? found : [structureOfPackage(given, packagedFrom)];
}

/** A package alone, without the connector in it. */
export function structureOfPackage(given: ConnectorPackage, packagedFrom: PackagedFrom | undefined): FoundConnector {
  const source = { package: given, packagedFrom };
  return { shown: given.outer.name, read: async () => await Promise.resolve(source), settingsBeside: undefined };
}

/** The first is checked with what they are in. */
function connectorsOfSolution(
  solution: Solution,
  around: Pick<ConnectorSource, 'solution' | 'package' | 'packagedFrom'>,
): readonly FoundConnector[] {
  return solution.connectors.map((connector, index) =>
    checkedConnector(connector, solution, index === 0 ? around : {}),
  );
}

function checkedConnector(
  connector: SolutionConnector,
  solution: Solution,
  around: Pick<ConnectorSource, 'solution' | 'package' | 'packagedFrom'>,
): FoundConnector {
  const { files, name } = connector;
  const { archive } = solution;
  const composed = composeProperties(connector, { hasEmptyPolicies: true });
  const properties = { name: nameInArchive(archive, `${name} (properties)`), bytes: Buffer.from(composed.text) };
  const source: ConnectorSource = {
    definition: present(files.openapidefinition),
    properties,
    icon: present(files.iconblob),
    script: present(files.customcodeblobcontent),
    parts: partsOf(connector),
    ...around,
  };
  return {
    shown: files.openapidefinition?.name ?? nameInArchive(archive, name),
    read: async () => await Promise.resolve(source),
    settingsBeside: undefined,
    relocate: (findings) =>
      relocate(findings, { composed, name: properties.name, connector, isFixable: !archive.isZip }),
  };
}

/** The XML last: it is of the solution. */
function partsOf({ files, element }: SolutionConnector): readonly NamedFile[] {
  const json = [files.connectionparameters, files.connectionparametersets, files.policytemplateinstances];
  const xml = element && { name: element.file.name, bytes: Buffer.from(element.file.text) };
  return [...json.map((file) => present(file)), xml].filter((file) => file !== undefined);
}

function present(file: SolutionFile | undefined): NamedFile | undefined {
  return file?.bytes && { name: file.name, bytes: file.bytes };
}
