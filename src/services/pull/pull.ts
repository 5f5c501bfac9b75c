import { relative } from 'node:path';
import * as z from 'zod';
import type { Context } from '../../context.ts';
import { UsageError } from '../../errors.ts';
import type { Result } from '../../output/result.ts';
import { givenSettingsSchema, pathsOriginSchema } from '../../settings/settings.ts';
import { chooseTarget } from '../../environment/choose-target.ts';
import { connect } from '../../remote/connect.ts';
import { concurrencySchema, parseFlags } from '../../settings/flags.ts';
import { inEachFolder } from '../../bulk/in-each-folder.ts';
import { namedFolders } from '../../check/find-folders.ts';
import { pullConnector, type PullRequest } from './pull-connector.ts';
import { sameConnector } from '../../environment/same-connector.ts';
import { settingsHere } from '../../remote/settings-here.ts';
import { reportPulled } from './report-pulled.ts';

const pullFlagsSchema = givenSettingsSchema.extend({
  paths: z.array(z.string()).default([]),
  settingsFile: z.string().optional(),
  relativeTo: pathsOriginSchema.optional(),
  mark: z.boolean().default(false),
  ours: z.boolean().default(false),
  theirs: z.boolean().default(false),
  dryRun: z.boolean().default(false),
  concurrency: concurrencySchema,
});

type PullFlags = z.infer<typeof pullFlagsSchema>;

/** Merges what environments hold of connectors into their files. Fails with `ConflictError` while conflicts are open. */
export async function pull(given: unknown, context: Context): Promise<Result | void> {
  const { paths, mark, ours, theirs, dryRun: isDryRun, concurrency, ...flags } = parseFlags(given, pullFlagsSchema);
  const conflicts = conflictChoice({ mark, ours, theirs });
  if (paths.length > 0 && flags.settingsFile) {
    throw new UsageError(`The connector is named by --settings or as ${paths.join(' ')}, not both.`);
  }
  const work = async (here: Context): Promise<Result> => {
    const folder = relative(context.workingDirectory, here.workingDirectory);
    const found = await settingsHere(flags, here, { ifUnclear: 'stop' });
    const remote = await connect(found.settings, here);
    const target = await chooseTarget(found.settings, remote, here);
    const request = {
      ...found,
      target,
      conflicts,
      isDryRun,
      named: sameConnector({ settingsFile: flags.settingsFile || undefined, folder }),
    };
    return reportPulled(request, await pullConnector(request, remote, here), here.terminal);
  };
  if (paths.length === 0) return await work(context);
  return await inEachFolder(
    { ...(await namedFolders(paths, context.workingDirectory)), doing: 'Pulling', concurrency, work },
    context,
  );
}

function conflictChoice(flags: Pick<PullFlags, 'mark' | 'ours' | 'theirs'>): PullRequest['conflicts'] {
  const choices = { mark: 'marks', ours: 'ours', theirs: 'theirs' } as const;
  const chosen = (['mark', 'ours', 'theirs'] as const).filter((name) => flags[name]);
  if (chosen.length > 1) throw new UsageError(`--${chosen.join(' and --')} exclude each other.`);
  const [only] = chosen;
  return only && choices[only];
}
