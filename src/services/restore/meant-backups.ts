import type { Remote } from '../../api/remote.ts';
import type { SettingsHere } from '../../check/settings-here.ts';
import type { Context } from '../../context.ts';
import { chooseEnvironment } from '../../environment/choose-target.ts';
import { titleThere } from '../../environment/choose-target-here.ts';
import { connectorOfFolder } from '../../environment/connector-of-folder.ts';
import { ConnectorsByName } from '../../environment/connectors-by-name.ts';
import { findConnector } from '../../environment/find-connector.ts';
import { findEnvironment } from '../../environment/find-environment.ts';
import { sameConnector } from '../../environment/same-connector.ts';
import { UsageError } from '../../errors.ts';
import { type Backup, listBackups } from '../../history/backups.ts';
import { connect } from '../../remote/connect.ts';
import { pathFromHere } from '../../settings/path-from-here.ts';
import { guidOf, readPortalAddress } from '../../settings/portal-address.ts';
import type { Settings } from '../../settings/settings.ts';
import type { GivenFlags } from '../../settings/settings-file.ts';

/** The backups that a command line means, newest first. */
export interface MeantBackups {
  readonly states: readonly Backup[];
  /** Whether it's known which connector is meant: otherwise these are the backups of all. */
  readonly isKnown: boolean;
  /** The backups of all connectors, where only the title in the folder says which one is meant, or nothing does. */
  readonly others: readonly Backup[];
}

/**
 * The backups of the connector that options name, or that the folder is about: the backups of other connectors aren't meant. A whole
 * ID needs no connector. Raises {@link UsageError} where the settings of the folder name another one than a whole ID, and as
 * `settingsHere` and `findEnvironment`.
 *
 * @param version The ID of a backup or its beginning, or `latest`.
 */
export async function meantBackups(
  version: string | undefined,
  found: SettingsHere,
  flags: GivenFlags,
  here: Context,
): Promise<MeantBackups> {
  const all = await listBackups(here.configDirectory);
  const exact = all.filter(({ name }) => name === version);
  if (exact.length > 0) {
    const { environment, connectorId } = flags;
    const named = { settings: { ...found.settings, environment, connectorId }, settingsFile: found.settingsFile };
    const states = backupsOf(await namedTarget(named, exact, here), exact);
    const [only, ...more] = states;
    if (only && more.length === 0) {
      if (connectorId === undefined) await requireSameConnector(only, all, found, flags, here);
      return { states, isKnown: true, others: [] };
    }
  }
  const { settings } = found;
  const connectorId = await connectorOfFolder(found, flags, here);
  const target = await namedTarget({ ...found, settings: { ...settings, connectorId } }, all, here);
  return {
    states: backupsOf(target, all),
    isKnown: connectorId !== undefined,
    others: settings.connectorId === undefined ? all : [],
  };
}

/** Raises {@link UsageError} for a backup of another connector than the one that the settings name. */
async function requireSameConnector(
  backup: Backup,
  all: readonly Backup[],
  found: SettingsHere,
  { account, cloud }: GivenFlags,
  here: Context,
): Promise<void> {
  const { settings, settingsFile } = found;
  if (settings.connectorId === undefined || settingsFile === undefined) return;
  const named = await namedTarget(found, all, here);
  if (backupsOf(named, [backup]).length > 0) return;
  const { target, title, name } = backup;
  const other = named.connectorId ?? settings.connectorId;
  const otherTitle = backupsOf({ ...named, connectorId: other }, all).find((one) => one.title !== undefined)?.title;
  const same = sameConnector({
    settingsFile: undefined,
    folder: '',
    flags: { connectorId: target.connectorId, account, cloud },
  });
  throw new UsageError(
    `Backup ${name} is of ${connectorWords(title, target.connectorId)}, but ${pathFromHere(settingsFile, here)} names ${connectorWords(otherTitle, other)}.`,
    { hint: `To restore that connector:\n  paconn restore ${name}${same}` },
  );
}

function connectorWords(title: string | undefined, connectorId: string): string {
  return title === undefined || title === connectorId ? connectorId : `${title} (${connectorId})`;
}

type NamedTarget = Pick<Settings, 'environment' | 'connectorId'>;

/** The backups of the connector that the settings name by ID or title, or of all connectors if they name none. */
function backupsOf({ environment, connectorId }: NamedTarget, states: readonly Backup[]): readonly Backup[] {
  return states.filter(
    ({ target, title }) =>
      isMeant(environment, [target.environment]) && isMeant(connectorId, [target.connectorId, title]),
  );
}

function isMeant(written: string | undefined, names: readonly (string | undefined)[]): boolean {
  return written === undefined || names.some((name) => name?.toLowerCase() === written.toLowerCase());
}

/**
 * The environment and the connector that the settings name, as backups know them. If no backup has them, the service is
 * queried for the environment by its name, and for the connector by its name in other tools.
 */
async function namedTarget(found: SettingsHere, states: readonly Backup[], context: Context): Promise<NamedTarget> {
  const { settings, ownEnvironment } = found;
  const { environment: written, connectorId } = settings;
  const connected = async (): Promise<Remote> => await connect(settings, context);
  if (ownEnvironment !== undefined) return await namedElsewhere(found, ownEnvironment, await connected(), context);
  const place = connectorId === undefined ? undefined : readPortalAddress(connectorId);
  const environment = written ?? place?.environment;
  const isKnown = environment === undefined || backupsOf({ environment, connectorId: undefined }, states).length > 0;
  const named = {
    environment: isKnown ? environment : await findEnvironment(environment, await connected(), context),
    connectorId: place?.connectorId ?? connectorId,
  };
  const isFound = named.connectorId === undefined || backupsOf(named, states).length > 0;
  const guid = guidOf(named.connectorId ?? '');
  if (isFound || guid === undefined || named.environment === undefined) return named;
  return { ...named, connectorId: await findConnector(guid, named.environment, await connected(), context) };
}

/**
 * The connector of the folder where an option names another environment than its settings: there it has another ID, and is the
 * one that is called like the API definition. What is no longer there is known by that name.
 */
async function namedElsewhere(
  found: SettingsHere,
  ownEnvironment: string,
  remote: Remote,
  context: Context,
): Promise<NamedTarget> {
  const { connectorId } = found.settings;
  const environment = await chooseEnvironment(found.settings, remote, context);
  const own = await findEnvironment(ownEnvironment, remote, context);
  if (own.toLowerCase() === environment.toLowerCase()) return { environment, connectorId };
  const title = await titleThere(found, environment, remote, context);
  if (title === undefined) return { environment, connectorId };
  const there = await new ConnectorsByName().find(title, environment, remote, context, '--connector');
  return { environment, connectorId: there ?? title };
}
