import * as z from 'zod';
import { concurrencySchema } from '../../settings/flags.ts';
import { givenSettingsSchema, pathsOriginSchema } from '../../settings/settings.ts';
import type { GivenFlags } from '../../settings/settings-file.ts';

export const diffFlagsSchema = givenSettingsSchema.extend({
  paths: z.array(z.string()).default([]),
  settingsFile: z.string().optional(),
  relativeTo: pathsOriginSchema.optional(),
  set: z.array(z.string()).default([]),
  toEnvironment: z.string().optional(),
  toConnectorId: z.string().optional(),
  text: z.boolean().default(false),
  differenceFormat: z.enum(['text', 'github']).optional(),
  all: z.boolean().default(false),
  exitCode: z.boolean().default(false),
  failOnBreaking: z.boolean().default(false),
  output: z.string().default('none'),
  query: z.string().optional(),
  concurrency: concurrencySchema,
  only: z.string().optional(),
});

/** What one comparison needs of them. */
export type DiffFlags = Omit<z.infer<typeof diffFlagsSchema>, 'concurrency' | 'all'>;

/** Those of them that every command with settings has. */
export function settingsFlags(flags: DiffFlags): GivenFlags {
  const { paths: _paths, set: _set, toEnvironment: _environment, toConnectorId: _connectorId, ...others } = flags;
  const { text: _text, differenceFormat: _format, exitCode: _exitCode, only: _only, ...more } = others;
  const { failOnBreaking: _failOnBreaking, output: _output, query: _query, ...settings } = more;
  return settings;
}
