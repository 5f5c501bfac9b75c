import { type Archive, filesIn, findFile, nameInArchive } from './archive.ts';
import type { ArchiveTree, ConnectorPackage, PackagedSolution, SolutionKind } from './connector-package.ts';
import { packageNames } from './layout.ts';
import { readSolution, type Solution } from './solution.ts';
import { childOf, type XmlElement } from './xml.ts';

/** Whether a ZIP file is a package rather than a solution. */
export function isPackage(archive: Archive): boolean {
  const hasSolution = findFile(archive, 'solution.xml') ?? findFile(archive, 'customizations.xml');
  return hasSolution === undefined && filesIn(archive, '').some((name) => /\.(?:zip|md)$/iu.test(name));
}

export function readPackage(outer: ArchiveTree): ConnectorPackage {
  const root = filesIn(outer, '');
  const zips = root.filter(isZip);
  const innerName = zips.find((name) => name.toLowerCase() === packageNames.inner) ?? zips[0];
  const inner = innerName === undefined ? undefined : outer.nested.get(innerName);
  const assets = inner ? [...inner.folders].filter((name) => !name.includes('/')) : [];
  return {
    outer,
    zips,
    intros: root.filter((name) => /\.md$/iu.test(name)),
    inner,
    assets,
    solutions: inner ? assets.flatMap((folder) => solutionsIn(inner, folder)) : [],
  };
}

function isZip(name: string): boolean {
  return /\.zip$/iu.test(name);
}

function solutionsIn(inner: ArchiveTree, folder: string): readonly PackagedSolution[] {
  return filesIn(inner, folder)
    .filter(isZip)
    .map((entry) => {
      const archive = inner.nested.get(entry);
      const solution = archive && readSolution(archive);
      return { name: nameInArchive(inner, entry), solution, kind: solution ? kindOf(solution) : 'other' };
    });
}

function kindOf({ connectors, customizations }: Solution): SolutionKind {
  const root = customizations?.root;
  const hasConnector = connectors.some(({ element }) => element !== undefined);
  const hasWorkflows = (childOf(root, 'Workflows')?.children.length ?? 0) > 0;
  const hasPlugin = root !== undefined && isFilled(root, 'aicopilot_aiplugin');
  if (!hasConnector || (hasWorkflows && hasPlugin)) return 'other';
  if (hasPlugin) return 'plugin';
  return hasWorkflows ? 'flow' : 'connector';
}

/** Whether an element with this name is somewhere below, and has something in it. */
function isFilled(element: XmlElement, name: string): boolean {
  return element.children.some(
    (child) =>
      (child.name === name && (child.children.length > 0 || Object.keys(child.attributes).length > 0)) ||
      isFilled(child, name),
  );
}
