import { relative } from 'node:path';
import * as z from 'zod';
import type { Context } from '../../context.ts';
import { CanceledError, ConflictError, UnconfirmedError, UsageError } from '../../errors.ts';
import { withoutInvisible } from '../../one-line.ts';
import type { Backup } from '../../history/backups.ts';
import { dataPath } from '../../output/data-path.ts';
import type { Result } from '../../output/result.ts';
import type { DeletedData, PlannedDeletionData } from '../../results/publishing.ts';
import { givenSettingsSchema } from '../../settings/settings.ts';
import { oneConnector } from '../../check/connector-arguments.ts';
import { settingsHere } from '../../check/settings-here.ts';
import { chooseTargetHere } from '../../environment/choose-target-here.ts';
import type { GivenConnector } from '../../environment/same-connector.ts';
import { connect } from '../../remote/connect.ts';
import { commandWord } from '../../io/terminal/command-word.ts';
import type { Remote, Target } from '../../api/remote.ts';
import { lossError, partsToLose } from '../../publish/back-up.ts';
import { baseDirectory } from '../../publish/record-base.ts';
import { recreateCommand } from '../../publish/recreate-command.ts';
import { duringRequests } from '../../publish/slow-request.ts';
import { counted } from '../../output/report.ts';
import {
  type DoomedConnector,
  backUpBeforeDelete,
  connectionsWith,
  deleteAndFindOut,
  readDoomed,
  refusedForUse,
  requireSame,
} from './delete-connector.ts';
import { partFacts } from '../../connector/part.ts';
import { parseFlags } from '../../settings/flags.ts';
import { environmentName, knownEnvironment } from '../../environment/environment-name.ts';

const deleteFlagsSchema = givenSettingsSchema.extend({
  paths: z.array(z.string()).default([]),
  settingsFile: z.string().optional(),
  yes: z.boolean().default(false),
  dryRun: z.boolean().default(false),
  withoutBackup: z.boolean().default(false),
});

/**
 * Deletes a connector, of which a copy is kept, or says what would be deleted. Who is at a terminal types its name first. Raises `PaconnError` when they do
 * not, and when connections use it, and `ConflictError` if a part can't be backed up and the user didn't accept the loss.
 */
export async function deleteConnector(given: unknown, context: Context): Promise<Result> {
  const { terminal } = context;
  const { paths, yes, dryRun, withoutBackup, ...flags } = parseFlags(given, deleteFlagsSchema);
  if (!yes && !dryRun && !terminal.interactive) {
    throw new UsageError('Deleting a connector requires confirmation.', {
      hint: 'Pass --yes to delete it without a prompt.',
    });
  }
  const { here, options } = await oneConnector(paths[0], flags, 'delete', context);
  const found = await settingsHere(options, here, { findsFiles: 'clear' });
  const remote = await connect(found.settings, context);
  const target = await chooseTargetHere(found, remote, here);
  const { settings, settingsFile } = found;
  const isCompared = settingsFile !== undefined && !withoutBackup;
  const directory = isCompared ? await baseDirectory(settings, settingsFile, here) : undefined;
  const doomed = await terminal.during('Reading the connector', readDoomed({ target, directory }, remote, context));
  const place = await environmentName(target.environment, remote, context);
  const lost = partsToLose(doomed.fetched);
  if (lost.length > 0 && yes && !withoutBackup) throw lossError(lost, { target, ...asked(target) });
  if (dryRun) return await plannedDeletion(doomed, place, remote, context);
  if (!yes) {
    await requireConsent(doomed, place, remote, context);
    await requireSame(doomed, remote);
  }

  const backup = await backUpBeforeDelete(doomed, context);
  const isWhole = backup !== undefined && lost.length === 0;
  if (!isWhole && !withoutBackup) await requireConsentWithoutCopy(doomed, { yes }, context);
  const folder = relative(context.workingDirectory, here.workingDirectory);
  const typed = { settingsFile: options.settingsFile || undefined, folder, flags: options };
  const reportCopy = (): void => {
    if (backup) terminal.note(copyWords(backup, doomed, typed));
  };
  try {
    await duringRequests(
      terminal,
      'Deleting the connector',
      refusedForUse(deleteAndFindOut(doomed, remote, context), doomed, remote),
    );
  } catch (error) {
    if (error instanceof UnconfirmedError) reportCopy();
    throw error;
  }
  terminal.report(`${target.connectorId} deleted successfully.`);
  terminal.note(`${doomed.title} · ${place}`);
  reportCopy();
  const data: DeletedData = {
    result: 'deleted',
    connectorId: target.connectorId,
    name: doomed.title,
    environment: await knownEnvironment(target.environment, context),
    backupId: backup?.name ?? null,
    folder: backup ? dataPath(backup.directory, context.workingDirectory) : null,
  };
  return { data };
}

function copyWords(backup: Backup, doomed: DoomedConnector, typed: GivenConnector): string {
  const line = recreateCommand(backup, doomed.fetched.current.state, typed);
  return `Backup saved: ${backup.name}${line === undefined ? '' : ` (create it again: ${line})`}`;
}

/** Says what would be deleted, and what would be lost. */
async function plannedDeletion(
  doomed: DoomedConnector,
  place: string,
  remote: Remote,
  context: Context,
): Promise<Result> {
  const { target, title, fetched } = doomed;
  const { terminal } = context;
  const connectionCount = (await connectionsWith(target, remote)).length;
  const lost = partsToLose(fetched);
  terminal.report(`Would delete ${deletionWords(doomed, place, connectionCount)}`);
  for (const { part, error } of lost)
    terminal.note(`Warning: ${error.message} A backup wouldn't include the ${partFacts[part].words}.`);
  if (connectionCount > 0) terminal.note('Warning: The service may refuse to delete it while connections use it.');
  terminal.note('Dry run: nothing was sent.');
  const data: PlannedDeletionData = {
    result: 'deleted',
    isDryRun: true,
    connectorId: target.connectorId,
    name: title,
    environment: await knownEnvironment(target.environment, context),
    connectionCount,
    notKept: lost.map(({ part }) => part),
  };
  return { data };
}

function deletionWords({ title, target }: DoomedConnector, place: string, connectionCount: number): string {
  const uses =
    connectionCount === 0
      ? ''
      : ` ${counted(connectionCount, 'connection')} ${connectionCount === 1 ? 'uses' : 'use'} it.`;
  return `${title} (${target.connectorId}) from ${place}, for everyone who uses it.${uses}`;
}

async function requireConsent(
  doomed: DoomedConnector,
  place: string,
  remote: Remote,
  { terminal }: Context,
): Promise<void> {
  const { title, target } = doomed;
  const { connectorId } = target;
  const connections = await connectionsWith(target, remote);
  terminal.report(`Delete ${deletionWords(doomed, place, connections.length)}`);
  const answer = await terminal.ask({ message: 'Type the name of the connector to delete it', insteadPass: '--yes' });
  if (withoutInvisible(answer) === withoutInvisible(title).trim() || answer === connectorId) return;
  throw new CanceledError({ isDeclined: true });
}

async function requireConsentWithoutCopy(
  { title, target }: DoomedConnector,
  { yes }: { readonly yes: boolean },
  { terminal }: Context,
): Promise<void> {
  if (yes) {
    const { command, nothingDone } = asked(target);
    throw new ConflictError(`Can't back up ${target.connectorId}. ${nothingDone}`, {
      hint: `To delete it anyway:\n  paconn ${command} --without-backup`,
    });
  }
  const message = `Delete ${title} without a complete backup?`;
  const question = { message, insteadPass: '--without-backup', defaultAnswer: false };
  if (!(await terminal.confirm(question))) throw new CanceledError({ isDeclined: true });
}

/** The command without its options for where the service is, and what is said when it does nothing. */
function asked({ environment, connectorId }: Target): { readonly command: string; readonly nothingDone: string } {
  const command = `delete --environment ${commandWord(environment)} --connector ${commandWord(connectorId)} --yes`;
  return { command, nothingDone: 'Nothing was deleted.' };
}
