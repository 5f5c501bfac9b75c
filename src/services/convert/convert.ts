import * as z from 'zod';
import type { Context } from '../../context.ts';
import { UsageError } from '../../errors.ts';
import type { Result } from '../../output/result.ts';
import { parseFlags } from '../../settings/flags.ts';

const text = z.string().optional();

const convertFlagsSchema = z.object({
  paths: z.array(z.string()).default([]),
  layout: z.enum(['solution', 'files']).optional(),
  out: text,
  overwrite: z.boolean().default(false),
  solutionName: text,
  solutionVersion: text,
  publisherPrefix: text,
  publisherName: text,
  dataverseId: text,
});

/** Converts connectors between layouts. Nothing is changed but what is written; the service is not asked. */
export async function convert(given: unknown, context: Context): Promise<Result> {
  const { paths, layout, ...flags } = parseFlags(given, convertFlagsSchema);
  const source = paths[0] ?? '.';
  if (layout === 'solution') {
    return await (await import('./to-solution.ts')).toSolution({ source, ...flags }, context);
  }
  if (layout === 'files') return await (await import('./to-files.ts')).toFiles({ source, ...flags }, context);
  throw new UsageError('The layout must be specified.', { hint: 'Use --to solution or --to files.' });
}
