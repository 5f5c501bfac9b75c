import { join, relative, resolve } from 'node:path';
import { findFolders } from '../../check/find-folders.ts';
import { connectorsInSolution } from '../../check/solution-connectors.ts';
import type { SolutionSource } from '../../check/solution-source.ts';
import { titleOf } from '../../connector/connector.ts';
import { folderKey, folderNames } from '../../connector/folder-name.ts';
import type { Context } from '../../context.ts';
import { UsageError } from '../../errors.ts';
import { exists, writeFiles } from '../../io/fs/files.ts';
import type { NewFile } from '../../io/fs/replace-files.ts';
import { requireOtherFile } from '../../io/fs/require-other-file.ts';
import { requirePortablePath } from '../../io/fs/require-portable.ts';
import { dataFile, dataPath } from '../../output/data-path.ts';
import type { Result } from '../../output/result.ts';
import { filesOfConnector } from '../../packaging/files-of-connector.ts';
import { reportLeftBehind } from '../../packaging/report-omitted.ts';
import type { ToFilesData } from '../../results/files.ts';

export interface ToFilesRequest {
  /** A folder with a solution, or a ZIP file. */
  readonly source: string;
  readonly out?: string | undefined;
  readonly overwrite: boolean;
  /** Whether nothing is written. */
  readonly dryRun: boolean;
  /** Where the result is printed. */
  readonly resultFile?: string | undefined;
}

/** Writes the files of each connector in a solution: of the only one into a folder, of several each into its own. */
export async function toFiles(request: ToFilesRequest, context: Context): Promise<Result> {
  const { source, out, overwrite, dryRun, resultFile } = request;
  const { workingDirectory, terminal } = context;
  await requirePortablePath(resolve(workingDirectory, out ?? '.'));
  const connectors = await connectorsIn(source, workingDirectory);
  const titles = connectors.map(({ connector }) => folderKey(titleOf(connector) ?? ''));
  // Of several with one title, the names in the solution tell which is which.
  const isAlone = (title: string): boolean => titles.filter((one) => one === folderKey(title)).length === 1;
  const called = connectors.map(({ name, connector }) => {
    const title = titleOf(connector);
    return { id: name, displayName: title !== undefined && isAlone(title) ? title : name };
  });
  const names = folderNames(called, []);
  const isOne = connectors.length === 1;
  const placed = connectors.map(({ path, name, connector, settings }) => {
    const folder = names.get(name) ?? name;
    return {
      path,
      place: join(path, name),
      connector,
      settings,
      folder: isOne ? (out ?? folder) : join(out ?? '.', folder),
    };
  });
  const files = placed.flatMap(({ connector, settings, folder }) =>
    filesOfConnector(connector, resolve(workingDirectory, folder), settings),
  );
  requireApart(placed);
  if (!overwrite) await requireFree(files, workingDirectory);
  if (resultFile !== undefined) {
    const folders = connectors.map(({ path }) => path);
    const others = [...folders, ...files.map(({ path }) => path)];
    await requireOtherFile({ path: resultFile, option: '--output-file', others, folders }, workingDirectory);
  }
  if (!dryRun) await writeFiles(files);
  const would = dryRun ? 'would be written to ' : '';
  for (const { connector, folder } of placed) terminal.report(`${titleOf(connector) ?? folder}: ${would}${folder}`);
  reportLeftBehind(connectors, terminal);
  const converted = placed.map(({ connector, settings, folder }) => {
    const directory = resolve(workingDirectory, folder);
    return {
      name: titleOf(connector) ?? null,
      folder: dataPath(directory, workingDirectory),
      files: filesOfConnector(connector, directory, settings).map((file) => dataFile(file, directory)),
    };
  });
  return { data: { result: 'converted', connectors: converted } satisfies ToFilesData };
}

/** Raises {@link UsageError} for what is no solution, and `FileError`. */
async function connectorsIn(source: string, workingDirectory: string): Promise<readonly SolutionSource[]> {
  const folders = await findFolders(source, workingDirectory);
  const paths = folders ? folders.solutions : [source];
  if (paths.length === 0) {
    throw new UsageError(`${source} isn't a solution.`, {
      hint: 'A solution is a ZIP file, or a folder with Other/Solution.xml or solution.xml.',
    });
  }
  const found = [];
  for (const path of paths) found.push(...(await connectorsInSolution(path, workingDirectory)));
  return found;
}

/** Raises {@link UsageError} for connectors of one name, as the solutions in a folder can have: the folder of one would get both. */
function requireApart(placed: readonly Placed[]): void {
  const byFolder = new Map<string, Placed>();
  for (const one of placed) {
    const other = byFolder.get(folderKey(one.folder));
    if (other !== undefined) {
      throw new UsageError(`${other.place} and ${one.place} would both be written to ${one.folder}.`, {
        hint: other.path === one.path ? undefined : 'Convert each solution separately, with another folder as --out.',
      });
    }
    byFolder.set(folderKey(one.folder), one);
  }
}

/** A connector and the folder for it. */
interface Placed {
  /** Of its solution. */
  readonly path: string;
  readonly place: string;
  readonly folder: string;
}

async function requireFree(files: readonly NewFile[], workingDirectory: string): Promise<void> {
  for (const { path } of files) {
    if (!(await exists(path))) continue;
    const shown = relative(workingDirectory, path);
    throw new UsageError(`${shown} already exists.`, { hint: 'Overwrite it with --overwrite.' });
  }
}
