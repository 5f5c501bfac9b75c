import { type Archive, filesIn, findFile, nameInArchive } from './archive.ts';
import {
  type ArchiveTree,
  type ConnectorPackage,
  filledElement,
  isReadable,
  type PackagedSolution,
  type SolutionContent,
  type SolutionKind,
} from './connector-package.ts';
import { packageNames } from './layout.ts';
import { readSolution, type Solution } from './solution.ts';
import { childOf } from './xml.ts';

/** Whether a ZIP file is a package rather than a solution. */
export function isPackage(archive: Archive): boolean {
  const hasSolution = findFile(archive, 'solution.xml') ?? findFile(archive, 'customizations.xml');
  return hasSolution === undefined && filesIn(archive, '').some((name) => /\.(?:zip|md)$/iu.test(name));
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
  return filesIn(inner, folder)
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
