import * as z from 'zod';
import type { Context } from '../../context.ts';
import type { Result } from '../../output/result.ts';
import { parseFlags } from '../../settings/flags.ts';

const text = z.string().optional();

/** Flags of other conversions are checked by those. */
const convertFlagsSchema = z.looseObject({
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

/** Converts the description of an API to a connector, or connectors between layouts. The service isn't asked. */
export async function convert(given: unknown, context: Context): Promise<Result> {
  const { paths, layout, ...flags } = parseFlags(given, convertFlagsSchema);
  const source = paths[0] ?? '.';
  switch (layout) {
    case 'solution':
      return await (await import('./to-solution.ts')).toSolution({ source, ...flags }, context);
    case 'files':
      return await (await import('./to-files.ts')).toFiles({ source, ...flags }, context);
    case undefined:
      return await (await import('./to-connector.ts')).toConnector(given, context);
  }
}
