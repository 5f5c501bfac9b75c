import { resolve } from 'node:path';
import * as z from 'zod';
import type { Context } from '../../context.ts';
import { UsageError } from '../../errors.ts';
import { readDirectory } from '../../io/fs/files.ts';
import type { Result } from '../../output/result.ts';
import { parseFlags } from '../../settings/flags.ts';
import { requireFittingLayout } from './fitting-flags.ts';

const text = z.string().optional();

/** Flags of other conversions are checked by those. */
const convertFlagsSchema = z.looseObject({
  paths: z.array(z.string()).default([]),
  layout: z.enum(['solution', 'files']).optional(),
  out: text,
  outputFile: text,
  resultFile: text,
  output: z.string().default('none'),
  query: text,
  overwrite: z.boolean().default(false),
  dryRun: z.boolean().default(false),
  solutionName: text,
  solutionVersion: text,
  publisherPrefix: text,
  publisherName: text,
  dataverseId: text,
});

/** Converts the description of an API to a connector, or connectors between layouts. The service isn't asked. */
export async function convert(given: unknown, context: Context): Promise<Result> {
  const { paths, layout, ...flags } = parseFlags(given, convertFlagsSchema);
  requireFittingLayout(given, { layout, ...flags });
  const source = paths[0] ?? '.';
  switch (layout) {
    case 'solution':
      return await (await import('./to-solution.ts')).toSolution({ source, ...flags }, context);
    case 'files':
      return await (await import('./to-files.ts')).toFiles({ source, ...flags }, context);
    case undefined:
      await requireDescription(paths[0], context);
      return await (await import('./to-connector.ts')).toConnector(given, context);
  }
}

/** What is no description but a connector or a solution is converted only when it's known to what. Raises {@link UsageError}. */
async function requireDescription(source: string | undefined, { workingDirectory }: Context): Promise<void> {
  if (source === undefined || source === '-' || /^https?:/iu.test(source)) return;
  const isDirectory = (await readDirectory(resolve(workingDirectory, source), source)) !== undefined;
  if (!isDirectory && !/\.zip$/iu.test(source)) return;
  throw new UsageError(`${source} isn't an API description.`, {
    hint: 'To convert a connector or a solution, pass --to solution or --to files.',
  });
}
