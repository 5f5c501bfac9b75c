import { UsageError } from '../errors.ts';
import { holdsSolution } from './connector-folder.ts';
import { isZipName } from './find-folders.ts';
import type { SolutionSource } from './solution-source.ts';

/**
 * The connector of a solution, which is a ZIP file or an unpacked one; undefined for anything else. Raises {@link UsageError}
 * for a solution with several of which none is chosen, and `FileError`.
 *
 * @param only The title or the name of one of several.
 */
export async function oneSolutionAt(
  path: string,
  only: string | undefined,
  workingDirectory: string,
): Promise<SolutionSource | undefined> {
  if (!isZipName(path) && !(await holdsSolution(path, workingDirectory))) return undefined;
  const { connectorsInSolution, connectorCalled, namesOf } = await import('./solution-connectors.ts');
  const all = await connectorsInSolution(path, workingDirectory);
  const [first, second] = only === undefined ? all : connectorCalled(only, all);
  if (second === undefined) return first;
  throw new UsageError(`${path} has ${all.length} connectors.`, {
    hint: `Choose one with --solution-connector: ${namesOf(all)}`,
  });
}

/** Raises {@link UsageError} where a connector of a solution is chosen, and there is no solution. */
export function requireNoChoice(only: string | undefined): void {
  if (only === undefined) return;
  throw new UsageError('--solution-connector chooses a connector of a solution, and none was named.', {
    hint: 'Pass the ZIP file or the folder of a solution.',
  });
}
