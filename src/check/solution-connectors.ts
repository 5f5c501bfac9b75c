import { composeProperties } from '../solution/composed-properties.ts';
import { nameInArchive } from '../solution/archive.ts';
import { readSolution, type Solution, type SolutionConnector, type SolutionFile } from '../solution/solution.ts';
import type { ConnectorSource, NamedFile } from '../validation/engine/connector-source.ts';
import type { FoundConnector } from './found-connector.ts';
import { noConnector } from './find-folders.ts';
import { readArchive } from './read-archive.ts';
import { relocate } from './relocate.ts';

/** The connectors of the solution in a folder or ZIP file. Raises `FileError`, also where there is none. */
export async function connectorsAt(path: string, workingDirectory: string): Promise<readonly FoundConnector[]> {
  const solution = readSolution(await readArchive(path, workingDirectory));
  if (solution.connectors.length === 0) throw noConnector(path);
  return connectorsOfSolution(solution);
}

/** The connectors of a solution, to be checked like those in folders of their own. */
export function connectorsOfSolution(solution: Solution): readonly FoundConnector[] {
  return solution.connectors.map((connector) => checkedConnector(connector, solution));
}

function checkedConnector(connector: SolutionConnector, solution: Solution): FoundConnector {
  const { files, name } = connector;
  const { archive } = solution;
  const composed = composeProperties(connector);
  const properties = { name: nameInArchive(archive, `${name} (properties)`), bytes: Buffer.from(composed.text) };
  const source: ConnectorSource = {
    definition: present(files.openapidefinition),
    properties,
    icon: present(files.iconblob),
    script: present(files.customcodeblobcontent),
    parts: partsOf(connector),
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
