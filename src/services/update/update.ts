import { commandWord } from '../../io/terminal/command-word.ts';
import { relative } from 'node:path';
import * as z from 'zod';
import type { Context } from '../../context.ts';
import { UsageError } from '../../errors.ts';
import type { Result } from '../../output/result.ts';
import { givenSettingsSchema, pathsOriginSchema } from '../../settings/settings.ts';
import { connectorArguments, optionsIn } from '../../check/connector-arguments.ts';
import { placeOfSolution, sameSolution, type SolutionSource, solutionTasks } from '../../check/solution-source.ts';
import { ClaimedConnectors, type ConnectorClaims } from '../../publish/claimed-connectors.ts';
import { requireDistinctTargets } from '../../publish/distinct-targets.ts';
import { environmentsOfFolders } from '../../publish/environments-of-folders.ts';
import { settingsToSend } from '../../publish/settings-to-send.ts';
import { chooseTargetHere } from '../../environment/choose-target-here.ts';
import { connect } from '../../remote/connect.ts';
import { requireTitle, titleOf } from '../../connector/connector.ts';
import { withGivenSecrets } from '../../publish/client-secrets.ts';
import { connectorFor } from '../../publish/connector-for.ts';
import { readConnectorToSend } from '../../publish/read-connector-to-send.ts';
import { concurrencySchema, parseFlags } from '../../settings/flags.ts';
import { inEachFolder, requireNoneNamed } from '../../bulk/in-each-folder.ts';
import { baseDirectory } from '../../publish/record-base.ts';
import { withMembersOutside } from '../../publish/outside-solutions.ts';
import { isPullable } from '../../publish/files-inside.ts';
import { requirePortal } from '../../remote/open-page.ts';
import { publishedData } from '../../publish/published-data.ts';
import { reportResult } from '../../publish/report-result.ts';
import { countingFlags, pullArguments, sameConnector } from '../../environment/same-connector.ts';
import { updateConnector } from '../../publish/update-connector.ts';
import { pathFromHere } from '../../settings/path-from-here.ts';
import { portable } from '../../settings/settings-file.ts';

const updateFlagsSchema = givenSettingsSchema.extend({
  paths: z.array(z.string()).default([]),
  concurrency: concurrencySchema,
  yes: z.boolean().default(false),
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
  web: z.boolean().default(false),
  only: z.string().optional(),
});

type UpdateFlags = Omit<z.infer<typeof updateFlagsSchema>, 'paths' | 'concurrency' | 'yes' | 'only'>;

/** Replaces connectors by what the files say. Raises `ConflictError` when that would lose work. */
export async function update(given: unknown, context: Context): Promise<Result | void> {
  const { paths, concurrency, yes, only, ...flags } = parseFlags(given, updateFlagsSchema);
  const { workingDirectory } = context;
  const named = await connectorArguments(paths, flags, 'update', context, {
    mayBeSecret: flags.clientSecret.length > 0,
    takesSolutions: true,
    only,
  });
  requireNoneNamed(flags, named.folders.length + named.solutions.length);
  await requireDistinctTargets(named.folders, flags.environment, context);
  const claimed = new ClaimedConnectors();
  const work = async (own: Context): Promise<Result> =>
    await claimed.during(
      async (claims) =>
        await updateOne(
          optionsIn(own.workingDirectory, { ...flags, settingsFile: named.flags.settingsFile }, workingDirectory),
          { folder: relative(workingDirectory, own.workingDirectory), claims },
          own,
        ),
    );
  const more = solutionTasks(
    named.solutions,
    async (own, solution) => await claimed.during(async (claims) => await updateOne(flags, { solution, claims }, own)),
  );
  const environments = async (names: readonly string[]): Promise<ReadonlyMap<string, string>> =>
    await environmentsOfFolders(names, flags.environment, context);
  const bulk = { more, doing: 'Updating', concurrency, work, environments };
  const isAgreed = yes || flags.dryRun;
  return await inEachFolder({ ...named, ...bulk, ...(!isAgreed && { asks: ['Update', 'in'] }) }, context);
}

/** Where the connector is: in a folder, as it was named from where the user is, or in a solution. */
interface Source {
  readonly folder?: string;
  readonly solution?: SolutionSource;
  /** Keep the connector for this one among those of the run. */
  readonly claims: ConnectorClaims;
}

async function updateOne(
  {
    clientSecret,
    removeScript,
    skipValidation,
    rename,
    force,
    withoutBackup,
    dryRun,
    failOnBreaking,
    web,
    ...flags
  }: UpdateFlags,
  { folder = '', solution, claims }: Source,
  context: Context,
): Promise<Result> {
  const found = await settingsToSend(flags, context, { solution });
  const { settings, settingsFile } = found;
  if (removeScript && settings.script !== undefined) {
    throw new UsageError(
      `--remove-script and the script ${pathFromHere(settings.script, context)} can't be used together.`,
    );
  }
  if (web) requirePortal(settings);
  const files = await readConnectorToSend(settings, { settingsFile, skipValidation, solution }, context);
  const directory = solution ? undefined : await baseDirectory(settings, settingsFile, context);
  const remote = await connect(settings, context);
  const target = await chooseTargetHere(found, remote, context);
  await claims.claim(target, solution ? placeOfSolution(solution) : portable(folder));
  const { environment } = target;
  const sources = { settings, settingsFile, set: [], connector: files, environment, skipValidation };
  const { connector: wanted } = await connectorFor(sources, remote, context);
  const withSecrets = await withGivenSecrets(wanted, clientSecret, context);
  const connector = solution ? withMembersOutside(withSecrets, await remote.getConnector(target)) : withSecrets;
  const displayName = rename ? requireTitle(connector) : undefined;
  const named = solution
    ? `${sameSolution(solution)} --environment ${commandWord(target.environment)}`
    : sameConnector({ settingsFile: flags.settingsFile || undefined, folder, flags: countingFlags(flags) });
  const canPull = !solution && isPullable(settings, context);
  const pull = !canPull ? undefined : pullArguments({ settingsFile, folder, flags: countingFlags(flags) });
  const breaking = failOnBreaking ? 'stop' : 'warn';
  const sent = { target, connector, displayName, directory, removeScript, force, withoutBackup, canPull, pull };
  const request = {
    ...sent,
    named,
    command: `update${named}`,
    replacing: 'update',
    breaking,
    announces: 'breaking',
    emptiesLeftOut: false,
  } as const;
  if (dryRun) return await (await import('../../publish/dry-run.ts')).dryRunUpdate(request, settings, remote, context);
  const { current, backup, changes } = await updateConnector(request, remote, context);
  const name = (current && titleOf(current.state)) ?? titleOf(connector) ?? target.connectorId;
  const words = `${target.connectorId} updated successfully.`;
  await reportResult({ words, name, target, changes, backup, isOfPython: true, web }, settings, remote, context);
  return { data: await publishedData('updated', { target, name, current, changes, backup }, settings, context) };
}
