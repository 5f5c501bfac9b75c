import { relative } from 'node:path';
import * as z from 'zod';
import type { Context } from '../../context.ts';
import type { Result } from '../../output/result.ts';
import { givenSettingsSchema, pathsOriginSchema } from '../../settings/settings.ts';
import { ConnectorsByName } from '../../environment/connectors-by-name.ts';
import { deployConnector } from './deploy-connector.ts';
import { solutionIdOf } from '../../settings/solution-id.ts';
import { concurrencySchema, parseFlags } from '../../settings/flags.ts';
import { inEachFolder, requireNoneNamed } from '../../bulk/in-each-folder.ts';
import { connectorArguments, optionsIn } from '../../check/connector-arguments.ts';
import { solutionTasks } from '../../check/solution-source.ts';

const deployFlagsSchema = givenSettingsSchema.extend({
  paths: z.array(z.string()).default([]),
  settingsFile: z.string().optional(),
  relativeTo: pathsOriginSchema.optional(),
  skipValidation: z.boolean().default(false),
  clientSecret: z.array(z.string()).default([]),
  set: z.array(z.string()).default([]),
  removeScript: z.boolean().default(false),
  rename: z.boolean().default(false),
  force: z.boolean().default(false),
  withoutBackup: z.boolean().default(false),
  dryRun: z.boolean().default(false),
  failOnBreaking: z.boolean().default(false),
  yes: z.boolean().default(false),
  web: z.boolean().default(false),
  concurrency: concurrencySchema,
  only: z.string().optional(),
  solution: z.string().optional(),
});

/** Creates or updates connectors, as is needed for an environment to hold what the files say. */
export async function deploy(given: unknown, context: Context): Promise<Result | void> {
  const {
    paths,
    only,
    solution: wanted,
    concurrency,
    force,
    withoutBackup,
    ...others
  } = parseFlags(given, deployFlagsSchema);
  const { clientSecret, set, skipValidation, removeScript, rename, dryRun, environment, ...more } = others;
  const { failOnBreaking, yes, web, ...flags } = more;
  const breaking = failOnBreaking ? 'stop' : yes ? 'warn' : 'ask';
  const { workingDirectory } = context;
  const named = await connectorArguments(paths, flags, 'deploy', context, {
    mayBeSecret: clientSecret.length > 0,
    takesSolutions: true,
    only,
  });
  requireNoneNamed(flags, named.folders.length + named.solutions.length);
  const byName = new ConnectorsByName();
  const options = {
    environment,
    clientSecret,
    set,
    skipValidation,
    removeScript,
    rename,
    force,
    withoutBackup,
    dryRun,
    breaking,
    web,
    solutionId: wanted === undefined ? undefined : solutionIdOf(wanted),
  } as const;
  const work = async (own: Context): Promise<Result> => {
    const folder = relative(workingDirectory, own.workingDirectory);
    const inFolder = optionsIn(own.workingDirectory, named.flags, workingDirectory);
    return await deployConnector({ ...options, flags: inFolder, folder }, byName, own);
  };
  const tasks = solutionTasks(
    named.solutions,
    async (own, solution) => await deployConnector({ ...options, flags, folder: '', solution }, byName, own),
  );
  const isAgreed = yes || dryRun;
  return await inEachFolder(
    { ...named, more: tasks, doing: 'Deploying', concurrency, work, ...(!isAgreed && { asks: 'Deploy' }) },
    context,
  );
}
