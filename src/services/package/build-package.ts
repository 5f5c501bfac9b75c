import { createHash } from 'node:crypto';
import { join, resolve } from 'node:path';
import { type ConnectorFolder, connectorInFolder, pathInFolder } from '../../check/connector-folder.ts';
import { findConnectors } from '../../check/find-connectors.ts';
import { connectorsOfPackage, structureOfPackage } from '../../check/solution-connectors.ts';
import type { Context } from '../../context.ts';
import { FileError, PaconnError, UsageError } from '../../errors.ts';
import { exists, writeNamedFile } from '../../io/fs/files.ts';
import { requireOtherFile } from '../../io/fs/require-other-file.ts';
import { requirePortablePath } from '../../io/fs/require-portable.ts';
import { readBytes } from '../../io/fs/read-file.ts';
import { dataPath } from '../../output/data-path.ts';
import type { Result } from '../../output/result.ts';
import type { Terminal } from '../../io/terminal/terminal.ts';
import { settingsFileName } from '../../settings/settings-file.ts';
import type { PackageData } from '../../results/files.ts';
import { filesOfFolder, requireConnectorFolder } from '../../packaging/connector-folder.ts';
import { reportOmitted } from '../../packaging/report-omitted.ts';
import { type SolutionChoices, solutionOfFolder } from '../../packaging/solution-of-folder.ts';
import { packageNames } from '../../solution/layout.ts';
import { readPackage } from '../../solution/read-package.ts';
import { readZip, readZipTree } from '../../solution/read-zip.ts';
import { readSolution } from '../../solution/solution.ts';
import { type ArchiveEntry, writeZip } from '../../solution/write-zip.ts';
import { policies } from '../../validation/knowledge/policies.ts';
import { readIntro } from './intro.ts';
import { certify, reportVerdict } from './certify.ts';

export interface PackageRequest extends SolutionChoices {
  readonly source: string;
  readonly flowSolution?: string | undefined;
  readonly connectorSolution?: string | undefined;
  readonly pluginSolution?: string | undefined;
  readonly introFile?: string | undefined;
  readonly customProperties?: string | undefined;
  readonly out?: string | undefined;
  readonly overwrite: boolean;
  readonly dryRun: boolean;
  /** Whether a solution may have another version of the connector than the files. */
  readonly force: boolean;
  /** How the result is printed. */
  readonly output: string;
  readonly query?: string | undefined;
}

/** Writes the package for certification, if it and the files of the connector have no errors. */
export async function buildPackage(request: PackageRequest, context: Context): Promise<Result> {
  const { source, overwrite, dryRun, force } = request;
  const { workingDirectory, terminal } = context;
  const path = request.out ?? join(source, packageNames.outer);
  const isPiped = path === '-';
  if (isPiped) requirePipe(request, terminal);
  else await requirePortablePath(resolve(workingDirectory, path));
  if (!isPiped && !overwrite && !dryRun && (await exists(resolve(workingDirectory, path)))) {
    throw new UsageError(`${path} already exists.`, { hint: 'Overwrite it with --overwrite.' });
  }
  const { flowSolution, connectorSolution, pluginSolution, introFile, customProperties } = request;
  const given = [flowSolution, connectorSolution, pluginSolution, introFile, customProperties];
  const folder = await requireConnectorFolder(source, workingDirectory);
  const others = [...given, ...filesOfFolder(folder)];
  if (!isPiped) await requireOtherFile({ path, option: '--out', others }, workingDirectory);
  await requireIcon(folder, workingDirectory);
  const { assets, root } = await packageEntries(request, folder, context);
  const bytes = writeZip([...root, { name: packageNames.inner, bytes: writeZip(assets) }]);
  const name = isPiped ? packageNames.outer : path;
  const tree = await readZipTree(bytes, name, { shown: givenNames(request, name) });
  const built = readPackage(tree);
  const files = await findConnectors({ paths: [source], settingsFile: undefined, named: {} }, context);
  const connector = await connectorInFolder(folder, workingDirectory);
  const from = { connector, isRequired: !force };
  // A solution that is made of the files has no other connector than those.
  const isOwn = request.connectorSolution === undefined;
  const ofPackage = isOwn ? [structureOfPackage(built, from)] : connectorsOfPackage(built, from);
  const checking = { publisher: 'verified', consequence: 'Nothing was written' } as const;
  const { findings, words, failure } = await certify([...files, ...ofPackage], checking, context);
  reportVerdict(words, request, terminal);
  const shownPath = isPiped ? path : dataPath(resolve(workingDirectory, path), workingDirectory);
  if (failure) {
    const data: PackageData = { result: 'refused', path: shownPath, sha256: null, entries: [], findings };
    return { data, failure };
  }
  if (!dryRun && !isPiped) await writeNamedFile({ path: resolve(workingDirectory, path), content: bytes });
  const entries = [...root, ...assets].map((entry) => ({ path: entry.name, size: entry.bytes.length }));
  for (const entry of entries) terminal.note(`${entry.path}  ${entry.size} bytes`);
  const unseen = policies.filter(({ elsewhere, rules }) => elsewhere !== undefined && rules.length === 0);
  terminal.note(`Not checked here: ${unseen.map(({ code }) => code).join(', ')}.`);
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  if (!dryRun && isPiped) terminal.printBytes(bytes);
  const data: PackageData = {
    result: dryRun ? 'valid' : 'created',
    path: shownPath,
    sha256,
    entries,
    findings,
  };
  return { data, unasked: dryRun || isPiped ? '' : path };
}

/** Raises {@link PaconnError} where the icon that the settings name is missing. */
async function requireIcon(folder: ConnectorFolder, workingDirectory: string): Promise<void> {
  if (folder.names.icon === undefined) return;
  const path = pathInFolder(folder, folder.names.icon);
  if (await exists(resolve(workingDirectory, path))) return;
  throw new PaconnError(`The package needs an icon (5000.1.1.1), and ${path} doesn't exist.`, {
    hint: `Save a PNG file there, or change "icon" in ${folder.settings?.name ?? settingsFileName}.`,
  });
}

/** Raises {@link UsageError} where stdout isn't for a ZIP file. */
function requirePipe({ output, query }: PackageRequest, { hasLineEnd }: Pick<Terminal, 'hasLineEnd'>): void {
  if (output !== 'none' || query !== undefined) {
    throw new UsageError("--out - can't be used with --output or --query: stdout is the package.");
  }
  if (!hasLineEnd) return;
  throw new UsageError("--out - writes a ZIP file to stdout, which a terminal can't show.", {
    hint: 'Redirect it to a file or another command.',
  });
}

/** The user knows the ZIP files in the package by the names of those that they were copied from. */
function givenNames(
  { connectorSolution, flowSolution, pluginSolution }: PackageRequest,
  name: string,
): ReadonlyMap<string, string> {
  const copied = [
    [packageNames.connector, connectorSolution],
    [packageNames.flow, flowSolution],
    [packageNames.plugin, pluginSolution],
  ] as const;
  const folder = `${name}!/${packageNames.inner}!/${packageNames.assets}`;
  return new Map(copied.flatMap(([file, path]) => (path === undefined ? [] : [[`${folder}/${file}`, path] as const])));
}

interface PackageEntries {
  /** Of package.zip. */
  readonly assets: readonly ArchiveEntry[];
  /** Beside it. */
  readonly root: readonly ArchiveEntry[];
}

/** A ZIP file as a solution. One that can't be read is for the rules. */
async function solutionAt(path: string, workingDirectory: string): Promise<SolutionChoices['flow']> {
  try {
    const archive = await readZip(await readBytes(resolve(workingDirectory, path), path), path);
    return { name: path, solution: readSolution(archive) };
  } catch (error) {
    if (error instanceof FileError) return undefined;
    throw error;
  }
}

/** What goes into a package, in the order of its layout; the user's ZIP files byte for byte. */
async function packageEntries(
  request: PackageRequest,
  folder: ConnectorFolder,
  context: Context,
): Promise<PackageEntries> {
  const { source, flowSolution, connectorSolution, pluginSolution, introFile, customProperties, ...choices } = request;
  const { workingDirectory, terminal } = context;
  if (flowSolution === undefined) {
    throw new PaconnError('The package needs a solution with a flow that uses the connector (5000.1.1.6).', {
      hint: 'Add the connector and a flow to an unmanaged solution, export it, and pass it with --flow.',
    });
  }
  const read = async (path: string): Promise<Uint8Array> => await readBytes(resolve(workingDirectory, path), path);
  const asset = async (name: string, path: string | undefined): Promise<readonly ArchiveEntry[]> =>
    path === undefined ? [] : [{ name: `${packageNames.assets}/${name}`, bytes: await read(path) }];
  const intro = await readIntro(introFile, folder, workingDirectory);
  const custom = customProperties === undefined ? undefined : await read(customProperties);
  const given = await asset(packageNames.connector, connectorSolution);
  const flow = await solutionAt(flowSolution, workingDirectory);
  const written =
    given.length > 0 ? undefined : await solutionOfFolder(source, { ...choices, flow }, 'exported', context);
  if (written) reportOmitted({ connector: written.connector, omitted: written.written.omitted }, terminal);
  const own = written && {
    name: `${packageNames.assets}/${packageNames.connector}`,
    bytes: writeZip(written.written.entries),
  };
  return {
    assets: [
      ...(own ? [own] : given),
      ...(await asset(packageNames.flow, flowSolution)),
      ...(await asset(packageNames.plugin, pluginSolution)),
    ],
    root: [
      { name: packageNames.intro, bytes: intro.bytes },
      ...(custom ? [{ name: packageNames.customProperties, bytes: custom }] : []),
    ],
  };
}
