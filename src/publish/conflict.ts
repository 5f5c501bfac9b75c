import { type Change, changeSummary } from '../comparison/change.ts';
import { compareStates } from '../comparison/compare-states.ts';
import { stateAsSent } from '../connector/as-sent.ts';
import { type Connector, type LastChange, partHashes, type RemoteState, titleOf } from '../connector/connector.ts';
import { type ConnectorPart, connectorParts, partFacts } from '../connector/part.ts';
import { ConflictError } from '../errors.ts';
import { type Base, baseFileName } from '../history/base.ts';
import { commandChoices } from './command-choices.ts';

/** What an update is about to do. */
export interface PlannedUpdate {
  /** What the connector is to be. */
  readonly requested: Connector;
  readonly rename: boolean;
}

/** The request that would overwrite someone else's changes. */
export interface Conflicting {
  readonly target: { readonly connectorId: string };
  /** The arguments for a command about the same connector. */
  readonly named: string;
  /** The command that was given, without `paconn` before it. */
  readonly command: string;
  /** Whether a pull can merge into the files. */
  readonly canPull: boolean;
  readonly replacing: 'update' | 'restore';
}

/** Someone else's changes that an update would overwrite. */
export interface Conflict extends LastChange {
  /** What the connector is called in the environment. */
  readonly name: string;
  /** The environment in words. */
  readonly environment: string;
  readonly parts: readonly (ConnectorPart | 'title')[];
  /** The changes in these parts; none where the content of the base is not there to compare with. */
  readonly changes: readonly Change[];
  /** Those of them at places that the update changes, too. */
  readonly touched: readonly Change[];
}

/**
 * The parts that an update would overwrite though the environment holds something else than the base says. There is no
 * conflict in a part that the environment has as it is to be, and none in an icon or a name that the update does not send.
 */
export function conflictingParts(
  { requested, rename }: PlannedUpdate,
  base: Base,
  current: RemoteState,
): Conflict['parts'] {
  const here = partHashes(requested);
  const there = partHashes(current.state);
  const own = partHashes(stateAsSent(current.state, requested));
  const isSent = (part: ConnectorPart): boolean => part !== 'icon' || requested.icon !== undefined;
  const parts = connectorParts.filter(
    (part) => isSent(part) && ![there[part], own[part]].includes(base.hashes[part]) && own[part] !== here[part],
  );
  const title = titleOf(current.state);
  return rename && title !== base.title && title !== titleOf(requested) ? [...parts, 'title'] : parts;
}

/** What others changed in these parts since the last synced version. */
export function conflictIn(
  parts: Conflict['parts'],
  { baseState, requested }: { readonly baseState: Connector | undefined; readonly requested: Connector },
  current: RemoteState,
): Omit<Conflict, 'name' | 'environment'> {
  const { state, changedTime, changedBy } = current;
  const changes = baseState
    ? compareStates(baseState, stateAsSent(state, baseState)).filter(({ part }) => parts.includes(part))
    : [];
  const own = baseState ? compareStates(baseState, requested) : [];
  const touched = changes.filter((change) => own.some((other) => isAtSamePlace(change, other)));
  return { parts, changes, touched, changedTime, changedBy };
}

/** Whether one of them is the place of the other, or inside it. */
function isAtSamePlace(one: Change, other: Change): boolean {
  const [shorter, longer] = one.pointer.length < other.pointer.length ? [one, other] : [other, one];
  return one.part === other.part && `${longer.pointer}/`.startsWith(`${shorter.pointer}/`);
}

/** The names of parts as words, `API definition, icon`. */
export function partWords(parts: Conflict['parts']): string {
  return parts.map((part) => (part === 'title' ? part : partFacts[part].words)).join(', ');
}

/** What a conflict is about, as a sentence. */
export function conflictWords({ parts, ...conflict }: Conflict): string {
  return `${changedWords(conflict)}${lastWords(conflict)}: ${partWords(parts)}.`;
}

/** That there is a conflict, without the period. */
export function changedWords({ name, environment }: Pick<Conflict, 'name' | 'environment'>): string {
  return `${name} was changed in ${environment} after your last download`;
}

export function lastWords({ changedTime, changedBy }: LastChange): string {
  const by = changedBy === undefined ? '' : ` by ${changedBy}`;
  const on = changedTime === undefined ? '' : ` on ${timeWords(changedTime)}`;
  return by + on === '' ? '' : `, last${by}${on}`;
}

/** More lines don't help. */
export const mostLines = 12;

/** The changes, a line each. */
function changeLines({ changes }: Conflict): string {
  const lines = changes.slice(0, mostLines).map((change) => `  ${changeSummary(change)}`);
  const rest = changes.length - mostLines;
  return [...lines, ...(rest > 0 ? [`  and ${rest} more`] : [])].join('\n');
}

/** A conflict as an error. */
export function conflictError(conflict: Conflict, request: Conflicting): ConflictError {
  return new ConflictError(`${conflictWords(conflict)} ${nothingDone(request)}`, {
    detail: changeLines(conflict),
    hint: waysOn(request),
  });
}

export function nothingDone({ replacing }: Conflicting): string {
  return replacing === 'update' ? 'Nothing was updated.' : 'Nothing was restored.';
}

function waysOn({ named, command, canPull }: Conflicting): string {
  return commandChoices([
    [`paconn diff${named}`, 'review the changes'],
    ...(canPull ? [[`paconn pull${named}`, 'merge them into your files'] as const] : []),
    [`paconn ${command} --force`, 'overwrite them'],
  ]).join('\n');
}

/** The error of a connector that changed after its last update from this computer, without a last synced version to compare with. */
export function changedSinceError(lastChange: LastChange, request: Conflicting): ConflictError {
  const since = `has changed since it was last deployed from this computer${lastWords(lastChange)}`;
  return new ConflictError(`The connector ${request.target.connectorId} ${since}. ${nothingDone(request)}`, {
    hint: `To overwrite that change (a backup is saved), run:\n  paconn ${request.command} --force`,
  });
}

/** The error of a connector that someone else changed while an update waited for the service. */
export function changedMeanwhileError(
  lastChange: LastChange,
  { target, named }: Pick<Conflicting, 'target' | 'named'>,
): ConflictError {
  const meanwhile = `has changed while the update was waiting for the service${lastWords(lastChange)}`;
  return new ConflictError(`The connector ${target.connectorId} ${meanwhile}. Nothing was updated.`, {
    hint: `See what changed with:\n  paconn diff${named}`,
  });
}

/** The error of a last synced version that paconn can't use. */
export function baseError(problem: string, request: Conflicting): ConflictError {
  return new ConflictError(`${problem} Without it, paconn can't detect changes by others. ${nothingDone(request)}`, {
    hint: [
      `Restore ${baseFileName} from git, or show the differences:\n  paconn diff${request.named}`,
      `To overwrite the environment:\n  paconn ${request.command} --force`,
    ].join('\n'),
  });
}

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** `Nov 22, 2026, 23:27 UTC`. A time that the service writes in another form is unchanged. */
export function timeWords(changedTime: string): string {
  const [, year, month, day, time] =
    /^(\d{4})-(\d{2})-(\d{2})T(\d{2}:\d{2})(?::\d{2}(?:\.\d+)?)?Z$/u.exec(changedTime) ?? [];
  const name = months[Number(month) - 1];
  return name === undefined ? changedTime : `${name} ${Number(day)}, ${year}, ${time} UTC`;
}
