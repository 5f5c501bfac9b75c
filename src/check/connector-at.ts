import type { Connector } from '../connector/connector.ts';
import { UsageError } from '../errors.ts';
import { inspectFolder } from './connector-folder.ts';

/**
 * The connector of a solution, which is a ZIP file or an unpacked one; undefined for anything else. Raises {@link UsageError}
 * for a solution with several, and `FileError`.
 */
export async function connectorOfSolutionAt(path: string, workingDirectory: string): Promise<Connector | undefined> {
  const isZip = /\.zip$/iu.test(path);
  if (!isZip && (await inspectFolder(path, workingDirectory))?.isSolution !== true) return undefined;
  const { connectorsInSolution } = await import('./solution-connectors.ts');
  const [only, second] = await connectorsInSolution(path, workingDirectory);
  if (second === undefined) return only;
  throw new UsageError(`${path} has several connectors.`, {
    hint: `Write the files of each with: paconn convert ${path} --to files`,
  });
}
