import { join, resolve } from 'node:path';
import type { Context } from '../../context.ts';
import { UsageError } from '../../errors.ts';
import { exists, writeFiles } from '../../io/fs/files.ts';
import type { NewFile } from '../../io/fs/replace-files.ts';
import { requireOtherFile } from '../../io/fs/require-other-file.ts';
import { requirePortablePath } from '../../io/fs/require-portable.ts';
import { dataPath } from '../../output/data-path.ts';
import type { Result } from '../../output/result.ts';
import type { ToSolutionData } from '../../results/files.ts';
import { type SolutionChoices, solutionOfFolder } from '../../packaging/solution-of-folder.ts';
import { reportOmitted } from '../../packaging/report-omitted.ts';
import { writeZip } from '../../solution/write-zip.ts';

export interface ToSolutionRequest extends SolutionChoices {
  /** The folder of a connector. */
  readonly source: string;
  /** A ZIP file, or a folder for an unpacked solution. */
  readonly out?: string | undefined;
  readonly overwrite: boolean;
  /** Whether nothing is written. */
  readonly dryRun: boolean;
  /** Where the result is printed. */
  readonly resultFile?: string | undefined;
}

/** Writes a solution with the connector of a folder. */
export async function toSolution(
  { source, out, overwrite, dryRun, resultFile, ...choices }: ToSolutionRequest,
  context: Context,
): Promise<Result> {
  const { workingDirectory, terminal } = context;
  const isUnpacked = out !== undefined && !/\.zip$/iu.test(out);
  await requirePortablePath(resolve(workingDirectory, out ?? '.'));
  const form = isUnpacked ? 'unpacked' : 'exported';
  const { identity, connector, written, inputs } = await solutionOfFolder(source, choices, form, context);
  const path = out ?? `${identity.uniqueName}.zip`;
  const target = resolve(workingDirectory, path);
  const files: readonly NewFile[] = isUnpacked
    ? written.entries.map(({ name, bytes }) => ({ path: join(target, name), content: bytes }))
    : [{ path: target, content: writeZip(written.entries) }];
  if (!overwrite && (await exists(target))) {
    throw new UsageError(`${path} already exists.`, { hint: 'Overwrite it with --overwrite.' });
  }
  if (resultFile !== undefined) {
    const others = [...inputs, ...files.map((file) => file.path)];
    await requireOtherFile({ path: resultFile, option: '--output-file', others }, workingDirectory);
  }
  if (!dryRun) await writeFiles(files);
  reportOmitted({ connector, omitted: written.omitted }, terminal);
  terminal.report(`Solution ${identity.uniqueName}: ${dryRun ? `would be written to ${path}` : path}`);
  const { uniqueName, version, connectorId, connectorName } = identity;
  const data: ToSolutionData = {
    result: 'converted',
    path: dataPath(target, workingDirectory),
    solution: { name: uniqueName, version, connector: { id: connectorId, name: connectorName } },
    omitted: written.omitted,
  };
  return { data };
}
