import { basename, resolve } from 'node:path';
import { findConnectors } from '../../check/find-connectors.ts';
import { hasClientSecret } from '../../connector/client-secret.ts';
import { partFacts } from '../../connector/part.ts';
import type { Context } from '../../context.ts';
import { FileError, UsageError } from '../../errors.ts';
import { exists, writeFiles } from '../../io/fs/files.ts';
import { requireOtherFile } from '../../io/fs/require-other-file.ts';
import { requirePortablePath } from '../../io/fs/require-portable.ts';
import { dataPath } from '../../output/data-path.ts';
import type { Result } from '../../output/result.ts';
import type { IndependentData } from '../../results/files.ts';
import { connectorFrom, filesOfFolder, requireConnectorFolder } from '../../packaging/connector-folder.ts';
import { readIntro } from './intro.ts';
import { certify, reportVerdict } from './certify.ts';

export interface IndependentRequest {
  readonly source: string;
  readonly introFile?: string | undefined;
  /** The folder to copy to; without it the files are only checked. */
  readonly out?: string | undefined;
  readonly overwrite: boolean;
  readonly dryRun: boolean;
  /** How the result is printed. */
  readonly output: string;
  readonly query?: string | undefined;
}

/**
 * Checks the files that an independent publisher submits in a pull request, and copies them. There is no icon among them:
 * certification uses a neutral one.
 */
export async function independentFiles(request: IndependentRequest, context: Context): Promise<Result> {
  const { source, introFile, out, overwrite, dryRun } = request;
  const { workingDirectory, terminal } = context;
  await requirePortablePath(resolve(workingDirectory, out ?? '.'));
  const folder = await requireConnectorFolder(source, workingDirectory);
  const { apiDefinition, apiProperties, script } = await connectorFrom(folder, context);
  if (hasClientSecret(apiProperties.document)) throw new FileError(`${apiProperties.name} has a client secret.`);
  const intro = await readIntro(introFile, folder, workingDirectory);
  const files = [
    { role: 'apiDefinition', name: partFacts.apiDefinition.fileName, bytes: apiDefinition?.bytes ?? new Uint8Array() },
    { role: 'apiProperties', name: partFacts.apiProperties.fileName, bytes: apiProperties.bytes },
    ...(script ? [{ role: 'script' as const, name: partFacts.script.fileName, bytes: script.bytes }] : []),
    {
      role: 'introduction',
      name: basename(intro.path).toLowerCase() === 'readme.md' ? 'readme.md' : 'intro.md',
      bytes: intro.bytes,
    },
  ] as const;
  const names = files.map(({ name }) => name);
  const targets =
    out === undefined
      ? []
      : files.map(({ name, bytes }) => ({ path: resolve(workingDirectory, out, name), content: bytes }));
  for (const { path } of targets) {
    await requireOtherFile({ path, option: '--out', others: [introFile, ...filesOfFolder(folder)] }, workingDirectory);
    if (overwrite || dryRun || !(await exists(path))) continue;
    throw new UsageError(`${path} already exists.`, { hint: 'Overwrite it with --overwrite.' });
  }
  const found = await findConnectors({ paths: [source], settingsFile: undefined, named: {} }, context);
  const checking = { publisher: 'independent', consequence: 'Nothing was written' } as const;
  // The icon is for the environment, and stays where it is.
  const submitted = found.map((one) => ({ ...one, read: async () => ({ ...(await one.read()), icon: undefined }) }));
  const { findings, words, failure } = await certify(submitted, checking, context);
  reportVerdict(words, request, terminal);
  const data: IndependentData = {
    result: failure ? 'refused' : 'valid',
    folder: null,
    files: files.map(({ role, name }) => ({ path: name, role })),
    findings,
  };
  if (failure) return { data, failure };
  if (out === undefined || dryRun) {
    terminal.report(`Files to submit: ${names.join(', ')}.`);
    return { data, unasked: '' };
  }
  await writeFiles(targets);
  terminal.report(`${names.join(', ')}: ${out}`);
  const copied = dataPath(resolve(workingDirectory, out), workingDirectory);
  return { data: { ...data, result: 'copied', folder: copied }, unasked: out };
}
