import { commandWord } from '../../io/terminal/command-word.ts';
import * as z from 'zod';
import type { Context } from '../../context.ts';
import { UsageError } from '../../errors.ts';
import type { Result } from '../../output/result.ts';
import { givenSettingsSchema, pathsOriginSchema } from '../../settings/settings.ts';
import { connectorArguments } from '../../check/connector-arguments.ts';
import { sameSolution } from '../../check/solution-source.ts';
import { type OneToSend, placeOf, sendEach } from '../../publish/send-each.ts';
import { settingsToSend } from '../../publish/settings-to-send.ts';
import { chooseTargetHere } from '../../environment/choose-target-here.ts';
import { connect } from '../../remote/connect.ts';
import { requireTitle, titleOf } from '../../connector/connector.ts';
import { withGivenSecrets } from '../../publish/client-secrets.ts';
import { connectorFor } from '../../publish/connector-for.ts';
import { readConnectorToSend } from '../../publish/read-connector-to-send.ts';
import { concurrencySchema, parseFlags } from '../../settings/flags.ts';
import { baseDirectory } from '../../publish/record-base.ts';
import { withMembersOutside } from '../../publish/outside-solutions.ts';
import { isPullable } from '../../publish/files-inside.ts';
import { requirePortal } from '../../remote/open-page.ts';
import { publishedData } from '../../publish/published-data.ts';
import { reportResult } from '../../publish/report-result.ts';
import { countingFlags, pullArguments, sameConnector } from '../../environment/same-connector.ts';
import { updateConnector } from '../../publish/update-connector.ts';
import { pathFromHere } from '../../settings/path-from-here.ts';

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
  const named = await connectorArguments(paths, flags, 'update', context, {
    mayBeSecret: flags.clientSecret.length > 0,
    takesSolutions: true,
    only,
  });
  return await sendEach(
    {
      named,
      flags: { ...flags, settingsFile: named.flags.settingsFile },
      environment: flags.environment,
      concurrency,
      doing: 'Updating',
      asks: yes || flags.dryRun ? undefined : ['Update', 'in'],
      send: updateOne,
    },
    context,
  );
}

async function updateOne(one: OneToSend<UpdateFlags>, context: Context): Promise<Result> {
  const { folder, solution, claims } = one;
  const { clientSecret, removeScript, skipValidation, rename, force, withoutBackup, ...more } = one.flags;
  const { dryRun, failOnBreaking, web, ...flags } = more;
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
  await claims.claim(target, placeOf(one));
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
