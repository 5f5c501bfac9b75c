import { type Archive, baseName, filesIn, findFile, nameInArchive } from './archive.ts';
import {
  type ArchiveTree,
  type ConnectorPackage,
  filledElement,
  flowComponent,
  isReadable,
  type PackagedSolution,
  rootComponents,
  type SolutionContent,
  type SolutionKind,
} from './connector-package.ts';
import { packageNames } from './layout.ts';
import { readSolution, type Solution } from './solution.ts';
import { childOf, type XmlElement } from './xml.ts';

/** Whether a ZIP file is a package rather than a solution. One in a folder is meant as a package as well. */
export function isPackage(archive: Archive): boolean {
  const hasSolution = findFile(archive, 'solution.xml') ?? findFile(archive, 'customizations.xml');
  if (hasSolution !== undefined) return false;
  if (filesIn(archive, '').some((name) => /\.(?:zip|md)$/iu.test(name))) return true;
  return [...archive.folders].some((folder) => filesIn(archive, folder).some(isZip));
}

export function readPackage(outer: ArchiveTree): ConnectorPackage {
  const root = filesIn(outer, '');
  const zips = root.filter(isZip);
  const innerName = zips.find((name) => name.toLowerCase() === packageNames.inner) ?? zips[0];
  const named = innerName === undefined ? undefined : outer.nested.get(innerName);
  const inner = isReadable(named) ? named : undefined;
  const assets = inner ? [...inner.folders].filter((name) => !name.includes('/')) : [];
  return {
    outer,
    zips,
    intros: root.filter((name) => /\.md$/iu.test(name)),
    innerName,
    inner,
    innerFault: named && !isReadable(named) ? named.fault : undefined,
    assets,
    solutions: inner ? assets.flatMap((folder) => solutionsIn(inner, folder)) : [],
  };
}

function isZip(name: string): boolean {
  return /\.zip$/iu.test(name);
}

function solutionsIn(inner: ArchiveTree, folder: string): readonly PackagedSolution[] {
  const found: readonly PackagedSolution[] = filesIn(inner, folder)
    .filter(isZip)
    .map((entry) => {
      const archive = inner.nested.get(entry);
      if (!isReadable(archive)) {
        const { name = nameInArchive(inner, entry), fault } = archive ?? {};
        return { name, solution: undefined, fault, kind: 'other', contents: [] };
      }
      const solution = readSolution(archive);
      const contents = contentsOf(solution);
      return { name: archive.name, solution, fault: undefined, kind: kindOf(contents), contents };
    });
  const meant = connectorAmongFlows(found);
  return found.map((one) => (one === meant ? { ...one, kind: 'connector' } : one));
}

/**
 * Of several solutions with flows, and none with a connector alone, the one that is meant to be that: by its name, else the one
 * that has no flow among its components.
 */
function connectorAmongFlows(solutions: readonly PackagedSolution[]): PackagedSolution | undefined {
  const flows = solutions.filter(({ kind }) => kind === 'flow');
  if (flows.length < 2 || solutions.some(({ kind, solution }) => kind === 'connector' || !solution)) return undefined;
  const byName = flows.filter(({ name }) => /connector/iu.test(baseName(name)));
  const withoutFlow = flows.filter(({ solution }) => solution && !rootComponents(solution).some(isFlow));
  return [byName, withoutFlow].find(({ length }) => length === 1)?.[0];
}

function isFlow({ attributes }: XmlElement): boolean {
  return attributes['type'] === flowComponent;
}

function contentsOf({ connectors, customizations }: Solution): readonly SolutionContent[] {
  const root = customizations?.root;
  const contents: SolutionContent[] = [];
  if (connectors.some(({ element }) => element !== undefined)) contents.push('connector');
  if ((childOf(root, 'Workflows')?.children.length ?? 0) > 0) contents.push('flow');
  if (filledElement(root, 'aicopilot_aiplugin')) contents.push('plugin');
  return contents;
}

function kindOf(contents: readonly SolutionContent[]): SolutionKind {
  const [first, second, third] = contents;
  return first !== 'connector' || third !== undefined ? 'other' : (second ?? 'connector');
}
