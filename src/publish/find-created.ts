import type { Remote } from '../api/remote.ts';
import type { ConnectorSummary } from '../api/resources.ts';
import { ConflictError, InterruptedError, PaconnError } from '../errors.ts';
import { commandWord } from '../io/terminal/command-word.ts';

/** A connector that is to be made. */
export interface WantedConnector {
  readonly environment: string;
  readonly displayName: string;
}

/** How far the clocks of this computer and of the service may be apart, in milliseconds. */
const clockDifference = 300_000;

/** The connectors of an environment, whoever made them; undefined where the service does not list them. */
export async function listedConnectors(
  environment: string,
  remote: Remote,
): Promise<readonly ConnectorSummary[] | undefined> {
  try {
    return await remote.listConnectors(environment);
  } catch (error) {
    // Nothing but telling a new connector from them depends on it.
    if (error instanceof PaconnError && !(error instanceof InterruptedError)) return undefined;
    throw error;
  }
}

/** Those of a name. */
export function namesakes(
  connectors: readonly ConnectorSummary[] | undefined,
  displayName: string,
): readonly ConnectorSummary[] {
  return (connectors ?? []).filter(({ properties }) => properties?.displayName === displayName);
}

/** A connector that only this run is to make. */
interface NewConnector extends WantedConnector {
  /** What follows a command that is to work with its files in the same environment; undefined where it has none. */
  readonly named: string | undefined;
  /** The settings file that its ID would be written into, where no command does so. */
  readonly settingsFile?: string | undefined;
}

/**
 * Raises `ConflictError` for a connector of this name that another run of this account has made since a time, in milliseconds since
 * 1970: a second one would be a duplicate.
 */
export async function requireNotMadeSince(
  { named, settingsFile, ...wanted }: NewConnector,
  time: number,
  remote: Remote,
): Promise<void> {
  const listed = namesakes(await listedConnectors(wanted.environment, remote), wanted.displayName);
  const made = listed.find((one) => remote.isOwn(one) && isMadeSince(one, time));
  if (!made) return;
  throw new ConflictError(
    `Another run of paconn created '${wanted.displayName}' (${made.name}) in the last few minutes. Nothing was created.`,
    { hint: waysOn(made.name, { ...wanted, named, settingsFile }) },
  );
}

function waysOn(connectorId: string, { environment, named, settingsFile }: NewConnector): string {
  if (named !== undefined) return `To update that connector:\n  paconn deploy${named} --connector ${connectorId}`;
  const show = `To show that connector:\n  paconn show --connector ${connectorId} --environment ${commandWord(environment)}`;
  if (settingsFile === undefined) return show;
  return `${show}\nTo use it with the local files, write its ID into ${settingsFile} as "connectorId".`;
}

function isMadeSince({ properties }: ConnectorSummary, time: number): boolean {
  return Date.parse(properties?.createdTime ?? '') >= time - clockDifference;
}

/**
 * The ID of a connector that was made though the answer didn't say so: the only one of its name that was not there before, and that
 * this account has made since. `none` where no other has come either, `unclear` where there is a doubt.
 */
export async function findCreated(
  { environment, displayName }: WantedConnector,
  before: readonly ConnectorSummary[] | undefined,
  sentTime: number,
  remote: Remote,
): Promise<{ readonly connectorId: string } | 'none' | 'unclear'> {
  const listed = before && (await listedConnectors(environment, remote));
  if (!listed) return 'unclear';
  const known = new Set(before.map(({ name }) => name));
  const added = namesakes(listed, displayName).filter(({ name }) => !known.has(name));
  const [made, ...others] = added.filter((one) => remote.isOwn(one) && isMadeSince(one, sentTime));
  if (made && others.length === 0) return { connectorId: made.name };
  return added.length === 0 ? 'none' : 'unclear';
}
