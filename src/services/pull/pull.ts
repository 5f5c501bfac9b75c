import { relative } from 'node:path';
import * as z from 'zod';
import type { Context } from '../../context.ts';
import { UsageError } from '../../errors.ts';
import type { Result } from '../../output/result.ts';
import { givenSettingsSchema, pathsOriginSchema } from '../../settings/settings.ts';
import { connectorArguments, optionsIn } from '../../check/connector-arguments.ts';
import { chooseTargetHere } from '../../environment/choose-target-here.ts';
import { connect } from '../../remote/connect.ts';
import { concurrencySchema, parseFlags } from '../../settings/flags.ts';
import { inEachFolder, requireNoneNamed } from '../../bulk/in-each-folder.ts';
import { pullConnector, type PullRequest } from './pull-connector.ts';
import { sameConnector, sameFiles } from '../../environment/same-connector.ts';
import { settingsHere } from '../../check/settings-here.ts';
import { reportPulled } from './report-pulled.ts';

const pullFlagsSchema = givenSettingsSchema.extend({
  paths: z.array(z.string()).default([]),
  settingsFile: z.string().optional(),
  set: z.array(z.string()).default([]),
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
  const {
    paths,
    mark,
    ours,
    theirs,
    dryRun: isDryRun,
    concurrency,
    set,
    ...flags
  } = parseFlags(given, pullFlagsSchema);
  const conflicts = conflictChoice({ mark, ours, theirs });
  const { workingDirectory } = context;
  const named = await connectorArguments(paths, flags, 'pull', context);
  requireNoneNamed(flags, named.folders.length);
  const work = async (here: Context): Promise<Result> => {
    const folder = relative(workingDirectory, here.workingDirectory);
    const options = optionsIn(here.workingDirectory, named.flags, workingDirectory);
    const found = await settingsHere(options, here, { ifUnclear: 'stop', findsFiles: 'needed' });
    const remote = await connect(found.settings, here);
    const target = await chooseTargetHere(found, remote, here);
    const same = { settingsFile: named.flags.settingsFile || undefined, folder, flags: options };
    const request = {
      ...found,
      target,
      set,
      conflicts,
      isDryRun,
      named: sameConnector(same),
      files: sameFiles(same, undefined),
    };
    return await reportPulled(request, await pullConnector(request, remote, here), here);
  };
  return await inEachFolder({ ...named, doing: 'Pulling', concurrency, work }, context);
}

function conflictChoice(flags: Pick<PullFlags, 'mark' | 'ours' | 'theirs'>): PullRequest['conflicts'] {
  const choices = { mark: 'marks', ours: 'ours', theirs: 'theirs' } as const;
  const chosen = (['mark', 'ours', 'theirs'] as const).filter((name) => flags[name]);
  if (chosen.length > 1) throw new UsageError(`--${chosen.join(' and --')} can't be used together.`);
  const [only] = chosen;
  return only && choices[only];
}
