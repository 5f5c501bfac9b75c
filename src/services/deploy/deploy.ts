import { relative, resolve } from 'node:path';
import * as z from 'zod';
import type { Context } from '../../context.ts';
import { exists } from '../../io/fs/files.ts';
import type { Result } from '../../output/result.ts';
import { givenSettingsSchema, pathsOriginSchema } from '../../settings/settings.ts';
import { settingsFileName } from '../../settings/settings-file.ts';
import { ConnectorsByName } from '../../environment/connectors-by-name.ts';
import { deployConnector } from './deploy-connector.ts';
import { concurrencySchema, parseFlags } from '../../settings/flags.ts';
import { inEachFolder, requireFoldersAlone } from '../../bulk/in-each-folder.ts';
import { namedFolders } from '../../check/find-folders.ts';

const deployFlagsSchema = givenSettingsSchema.extend({
  paths: z.array(z.string()).default([]),
  settingsFile: z.string().optional(),
  relativeTo: pathsOriginSchema.optional(),
  skipValidation: z.boolean().default(false),
  clientSecret: z.array(z.string()).default([]),
  removeScript: z.boolean().default(false),
  rename: z.boolean().default(false),
  force: z.boolean().default(false),
  withoutBackup: z.boolean().default(false),
  dryRun: z.boolean().default(false),
  failOnBreaking: z.boolean().default(false),
  yes: z.boolean().default(false),
  web: z.boolean().default(false),
  concurrency: concurrencySchema,
});

/** Creates or updates connectors, as is needed for an environment to hold what the files say. */
export async function deploy(given: unknown, context: Context): Promise<Result | void> {
  const { paths, concurrency, force, withoutBackup, ...others } = parseFlags(given, deployFlagsSchema);
  const { clientSecret, skipValidation, removeScript, rename, dryRun, environment, account, ...more } = others;
  const { failOnBreaking, yes, web, ...flags } = more;
  const breaking = failOnBreaking ? 'stop' : yes ? 'warn' : 'ask';
  const byName = new ConnectorsByName();
  const options = {
    environment,
    clientSecret,
    skipValidation,
    removeScript,
    rename,
    force,
    withoutBackup,
    dryRun,
    breaking,
    web,
  } as const;
  if (paths.length === 0) {
    const named = { ...flags, account, settingsFile: flags.settingsFile || (await settingsHere(flags, context)) };
    return await deployConnector({ ...options, flags: named, folder: '' }, byName, context);
  }
  requireFoldersAlone(givenSettingsSchema.partial().parse(flags), flags.settingsFile);
  const work = async (own: Context): Promise<Result> => {
    const folder = relative(context.workingDirectory, own.workingDirectory);
    return await deployConnector(
      { ...options, flags: { settingsFile: settingsFileName, account }, folder },
      byName,
      own,
    );
  };
  return await inEachFolder(
    { ...(await namedFolders(paths, context.workingDirectory)), doing: 'Deploying', concurrency, work },
    context,
  );
}

/** Without files by flags it is the connector in the current folder. */
async function settingsHere(
  {
    apiDefinition,
    apiProperties,
  }: { readonly apiDefinition?: string | undefined; readonly apiProperties?: string | undefined },
  { workingDirectory }: Context,
): Promise<string | undefined> {
  if (apiDefinition !== undefined || apiProperties !== undefined) return undefined;
  return (await exists(resolve(workingDirectory, settingsFileName))) ? settingsFileName : undefined;
}
