import { relative } from 'node:path';
import * as z from 'zod';
import type { Context } from '../../context.ts';
import { UsageError } from '../../errors.ts';
import type { Result } from '../../output/result.ts';
import { givenSettingsSchema, pathsOriginSchema } from '../../settings/settings.ts';
import { ConnectorsByName } from '../../environment/connectors-by-name.ts';
import { sameConnector } from '../../environment/same-connector.ts';
import { deployConnector } from './deploy-connector.ts';
import type { Promotion } from './plan.ts';
import { solutionReference } from '../../settings/solution-reference.ts';
import { concurrencySchema, parseFlags } from '../../settings/flags.ts';
import { inEachFolder, requireNoneNamed } from '../../bulk/in-each-folder.ts';
import { ClaimedConnectors } from '../../publish/claimed-connectors.ts';
import { parseShare } from '../../publish/share.ts';
import { connectorArguments, optionsIn } from '../../check/connector-arguments.ts';
import { requireDistinctTargets } from '../../publish/distinct-targets.ts';
import { environmentsOfFolders } from '../../publish/environments-of-folders.ts';
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
  fromEnvironment: z.string().optional(),
  toEnvironment: z.string().optional(),
  toConnectorId: z.string().optional(),
  web: z.boolean().default(false),
  share: z.array(z.string()).default([]),
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
  const { failOnBreaking, yes, web, share, fromEnvironment, toEnvironment, toConnectorId, ...flags } = more;
  const { workingDirectory } = context;
  const promotion = promotionOf({ fromEnvironment, toEnvironment, toConnectorId, environment });
  const argumentOptions = { mayBeSecret: clientSecret.length > 0, takesSolutions: promotion === undefined, only };
  // A connector that is named needs no folder.
  const named =
    promotion && paths.length === 0 && flags.connectorId !== undefined
      ? { folders: ['.'], solutions: [], isOne: true, flags }
      : await connectorArguments(
          paths,
          flags,
          `deploy${sameConnector({ settingsFile: undefined, folder: '', flags: { environment } })}`,
          context,
          argumentOptions,
        );
  requireNoneNamed(flags, named.folders.length + named.solutions.length);
  const asks = named.isOne || !context.terminal.interactive ? 'ask' : 'ask alone';
  if (!promotion) await requireDistinctTargets(named.folders, environment, context);
  const byName = new ConnectorsByName();
  const claimed = new ClaimedConnectors();
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
    breaking: failOnBreaking ? 'stop' : yes ? 'warn' : asks,
    web,
    shares: share.map(parseShare),
    promotion,
    inSolution: wanted === undefined ? undefined : solutionReference(wanted),
  } as const;
  const work = async (own: Context): Promise<Result> => {
    const folder = relative(workingDirectory, own.workingDirectory);
    const inFolder = optionsIn(own.workingDirectory, named.flags, workingDirectory);
    return await claimed.during(
      async (claims) => await deployConnector({ ...options, claims, flags: inFolder, folder }, byName, own),
    );
  };
  const tasks = solutionTasks(
    named.solutions,
    async (own, solution) =>
      await claimed.during(
        async (claims) => await deployConnector({ ...options, claims, flags, folder: '', solution }, byName, own),
      ),
  );
  const environments = async (names: readonly string[]): Promise<ReadonlyMap<string, string>> =>
    await environmentsOfFolders(names, environment, context);
  const bulk = { more: tasks, doing: 'Deploying', concurrency, work, environments };
  const isAgreed = yes || dryRun;
  return await inEachFolder({ ...named, ...bulk, ...(!isAgreed && { asks: ['Deploy', 'to'] }) }, context);
}

type PromotionFlags = Pick<
  z.infer<typeof deployFlagsSchema>,
  'fromEnvironment' | 'toEnvironment' | 'toConnectorId' | 'environment'
>;

/** The environments of a deployment from one to another; undefined for one of files. Raises {@link UsageError}. */
function promotionOf(given: PromotionFlags): Promotion | undefined {
  const { fromEnvironment, toEnvironment, toConnectorId, environment } = given;
  if (fromEnvironment === undefined) {
    if (toEnvironment === undefined && toConnectorId === undefined) return undefined;
    const option = toEnvironment === undefined ? '--to-connector' : '--to-environment';
    throw new UsageError(`${option} can only be used with --from-environment.`, {
      hint: 'To deploy the local files, use --environment.',
    });
  }
  if (environment !== undefined && toEnvironment !== undefined) {
    throw new UsageError("--environment and --to-environment can't be used together.");
  }
  const to = toEnvironment ?? environment;
  if (to === undefined) throw new UsageError('--from-environment requires --to-environment.');
  return { fromEnvironment, toEnvironment: to, toConnectorId };
}
