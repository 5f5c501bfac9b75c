import { join, resolve } from 'node:path';
import { connectorsOfPackageAt } from '../../check/solution-connectors.ts';
import { unpackedPackage } from '../../check/unpacked-package.ts';
import type { Context } from '../../context.ts';
import { FileError } from '../../errors.ts';
import { readDirectory } from '../../io/fs/files.ts';
import { pathWord } from '../../io/terminal/command-word.ts';
import { dataPath } from '../../output/data-path.ts';
import type { Result } from '../../output/result.ts';
import type { CheckedPackageData } from '../../results/files.ts';
import { isPackageFolder, packageNames } from '../../solution/layout.ts';
import { certify } from './certify.ts';

/** Checks a package and the connector in it, by the rules of certification. Raises `FileError` for what isn't a package. */
export async function checkPackage(source: string, context: Context): Promise<Result> {
  const path = await packageAt(source, context.workingDirectory);
  const found = await connectorsOfPackageAt(path, context.workingDirectory);
  const checking = { publisher: 'verified', consequence: `Certification would reject ${path}` } as const;
  const { findings, words, failure } = await certify(found, checking, context);
  if (!failure) context.terminal.report(`${path} validated successfully.`);
  const data: CheckedPackageData = {
    result: failure ? 'invalid' : 'valid',
    path: dataPath(resolve(context.workingDirectory, path), context.workingDirectory),
    findings,
  };
  return { data, unasked: words, failure };
}

/** The package that is named, or the one in a folder where `paconn package` creates it. Raises `FileError`. */
async function packageAt(source: string, workingDirectory: string): Promise<string> {
  const directory = resolve(workingDirectory, source);
  const entries = await readDirectory(directory, source);
  if (!entries || isPackageFolder(entries.files) || (await unpackedPackage(directory, entries))) return source;
  const name = entries.files.find((one) => one.toLowerCase() === packageNames.outer.toLowerCase());
  if (name !== undefined) return join(source, name);
  throw new FileError(`${source} doesn't contain ${packageNames.outer}.`, {
    hint: `Pass a package, or create it with:\n  paconn package ${pathWord(source)}`,
  });
}
