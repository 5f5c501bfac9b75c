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
import { sendEach } from '../../publish/send-each.ts';
import { parseShare } from '../../publish/share.ts';
import { connectorArguments } from '../../check/connector-arguments.ts';

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
  const asks = named.isOne || !context.terminal.interactive ? 'ask' : 'ask alone';
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
    breaking: failOnBreaking ? 'stop' : yes ? 'warn' : asks,
    web,
    shares: share.map(parseShare),
    promotion,
    inSolution: wanted === undefined ? undefined : solutionReference(wanted),
  } as const;
  return await sendEach(
    {
      named,
      flags: named.flags,
      environment: promotion?.toEnvironment ?? environment,
      concurrency,
      doing: 'Deploying',
      asks: yes || dryRun ? undefined : ['Deploy', 'to'],
      send: async (one, own) => await deployConnector({ ...options, ...one }, byName, own),
    },
    context,
  );
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
