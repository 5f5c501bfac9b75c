import { join } from 'node:path';
import * as z from 'zod';
import type { Context } from '../context.ts';
import { readOwnJson } from '../io/fs/files.ts';
import type { ConfigData } from '../results/accounts.ts';
import { cloudNames } from './clouds.ts';

/** The values of `--output`. */
export const outputFormats = ['json', 'jsonc', 'yaml', 'yamlc', 'table', 'tsv', 'none'] as const;

/** What `paconn config` has stored: used where no option, environment variable, or settings file says something. */
export const defaultsSchema = z.object({
  /** The name is for people. */
  environment: z.object({ id: z.string().min(1), name: z.string().nullable() }).optional(),
  output: z.enum(outputFormats).optional(),
  cloud: z.enum(cloudNames).optional(),
  account: z.string().min(1).optional(),
});

export type Defaults = z.infer<typeof defaultsSchema>;

/** The names of defaults, in the order in which they are listed. */
export const configurable = ['environment', 'output', 'cloud', 'account'] as const satisfies (keyof Defaults)[];

export function defaultsPath({ configDirectory }: Pick<Context, 'configDirectory'>): string {
  return join(configDirectory, 'config.json');
}

/** The defaults of this user. Raises `DamagedFileError`. */
export async function readDefaults(context: Pick<Context, 'configDirectory'>): Promise<Defaults> {
  return (await readOwnJson(defaultsPath(context), defaultsSchema)) ?? {};
}

/** The same for programs: null for what isn't set. */
export function defaultsData({ environment, output, cloud, account }: Defaults): ConfigData {
  return { environment: environment ?? null, output: output ?? null, cloud: cloud ?? null, account: account ?? null };
}
