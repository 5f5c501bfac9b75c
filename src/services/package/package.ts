import * as z from 'zod';
import type { Context } from '../../context.ts';
import { UsageError } from '../../errors.ts';
import type { Result } from '../../output/result.ts';
import { solutionOptions } from '../../packaging/solution-options.ts';
import { parseFlags, requireOnlyFitting } from '../../settings/flags.ts';

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

/** The options that other uses than creating a package have as well, and those that they haven't, by the names of settings. */
const forFiles = { introFile: '--intro', out: '--out', overwrite: '--overwrite', dryRun: '--dry-run' } as const;

const forPackages = {
  flowSolution: '--flow',
  connectorSolution: '--connector-solution',
  pluginSolution: '--plugin',
  customProperties: '--custom-properties',
  force: '--force',
  ...solutionOptions,
} as const;

/** Creates or checks what certification requires of a connector. The service is not asked, and files are only copied. */
export async function packageConnector(given: unknown, context: Context): Promise<Result> {
  const { paths, checkPackage, independent, ...flags } = parseFlags(given, packageFlagsSchema);
  const source = paths[0] ?? '.';
  if (checkPackage) {
    const others = { independent: '--independent', ...forFiles, ...forPackages };
    requireOnlyFitting(given, others, {
      use: 'with --check',
      hint: 'To check files:\n  paconn validate --certification',
    });
  }
  if (independent) {
    const hint = 'Independent publishers submit files, not a package.';
    requireOnlyFitting(given, forPackages, { use: 'with --independent', hint });
    if (flags.out === '-') throw new UsageError('With --independent, --out must be a folder.');
  }
  if (flags.connectorSolution !== undefined) {
    const hint = 'These options are for a solution that paconn creates from the files.';
    requireOnlyFitting(given, solutionOptions, { use: 'with --connector-solution', hint });
  }
  if (checkPackage) return await (await import('./check-package.ts')).checkPackage(source, context);
  if (independent) return await (await import('./independent.ts')).independentFiles({ source, ...flags }, context);
  return await (await import('./build-package.ts')).buildPackage({ source, ...flags }, context);
}
