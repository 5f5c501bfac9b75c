import { resolve } from 'node:path';
import { findConnectors } from '../../check/find-connectors.ts';
import { connectorsOfPackageAt } from '../../check/solution-connectors.ts';
import type { Context } from '../../context.ts';
import { dataPath } from '../../output/data-path.ts';
import { findingData } from '../../output/findings-result.ts';
import type { Result } from '../../output/result.ts';
import type { CheckedPackageData } from '../../results/files.ts';
import { requireCertifiable } from './require-certifiable.ts';

/** Checks a package and the connector in it, by the rules of certification. Raises `PaconnError` where there are errors. */
export async function checkPackage(source: string, context: Context): Promise<Result> {
  const found =
    (await connectorsOfPackageAt(source, context.workingDirectory)) ??
    (await findConnectors({ paths: [source], settingsFile: undefined, named: {} }, context));
  const checking = { publisher: 'verified', consequence: `Certification would reject ${source}` } as const;
  const findings = await requireCertifiable(found, checking, context);
  context.terminal.report(`${source} validated successfully.`);
  const data: CheckedPackageData = {
    result: 'valid',
    path: dataPath(resolve(context.workingDirectory, source), context.workingDirectory),
    findings: findings.map(findingData),
  };
  return { data, unasked: '' };
}
