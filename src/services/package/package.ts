import * as z from 'zod';
import type { Context } from '../../context.ts';
import type { Result } from '../../output/result.ts';
import { parseFlags } from '../../settings/flags.ts';

const text = z.string().optional();
const flag = z.boolean().default(false);

const packageFlagsSchema = z.object({
  paths: z.array(z.string()).default([]),
  flowSolution: text,
  connectorSolution: text,
  pluginSolution: text,
  introFile: text,
  customProperties: text,
  out: text,
  overwrite: flag,
  dryRun: flag,
  force: flag,
  checkPackage: flag,
  independent: flag,
  solutionName: text,
  solutionVersion: text,
  publisherPrefix: text,
  publisherName: text,
  dataverseId: text,
  output: z.string().default('none'),
  query: text,
});

/** Creates or checks what certification requires of a connector. The service is not asked, and files are only copied. */
export async function packageConnector(given: unknown, context: Context): Promise<Result> {
  const { paths, checkPackage, independent, ...flags } = parseFlags(given, packageFlagsSchema);
  const source = paths[0] ?? '.';
  if (checkPackage) return await (await import('./check-package.ts')).checkPackage(source, context);
  if (independent) return await (await import('./independent.ts')).independentFiles({ source, ...flags }, context);
  return await (await import('./build-package.ts')).buildPackage({ source, ...flags }, context);
}
