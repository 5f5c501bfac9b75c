import { isRefusal } from '../api/refusals.ts';
import type { Remote, Target } from '../api/remote.ts';
import type { PermissionResource } from '../api/resources.ts';
import type { Context } from '../context.ts';
import { InterruptedError, PaconnError, UnconfirmedError } from '../errors.ts';
import { commandWord } from '../io/terminal/command-word.ts';
import { isAnswerLost, mayBeDone } from './lost-answer.ts';
import { readUntil } from './read-until.ts';
import { duringRequests } from './slow-request.ts';

/** Who can use a connector after a change, and who no longer. */
export interface ShareChanges {
  readonly put: readonly GivenShare[];
  readonly remove: readonly RemovedShare[];
}

interface GivenShare {
  readonly id: string;
  readonly type: 'User' | 'Group';
  readonly role: 'CanView' | 'CanEdit';
  readonly written: string;
}

interface RemovedShare {
  /** That of the permission. */
  readonly name: string;
  readonly written: string;
}

/**
 * Changes who can use a connector, and makes sure of it: a service can say yes and do nothing, and an answer can be lost whose request
 * did its work. Gives who can use it then; undefined where the service doesn't say.
 */
export async function changeShares(
  changes: ShareChanges,
  target: Target,
  remote: Remote,
  context: Pick<Context, 'terminal' | 'signal'>,
): Promise<readonly PermissionResource[] | undefined> {
  const { put, remove } = changes;
  const { terminal } = context;
  let failure: PaconnError | undefined;
  try {
    const sending = remote.modifyPermissions(target, { put, remove: remove.map(({ name }) => name) });
    await duringRequests(terminal, 'Sharing the connector', sending);
  } catch (error) {
    if (!mayBeDone(error)) throw error;
    if (error instanceof InterruptedError) throw unconfirmed(error, target, mayHaveBeenMade);
    failure = error;
  }
  // What was refused isn't waited for.
  const isRefused = failure !== undefined && !isAnswerLost(failure);
  const missingIn = (listed: readonly PermissionResource[] | undefined) => listed && missingOf(changes, listed);
  const reading = readUntil(
    (listed) => isRefused || !missingIn(listed)?.length,
    context,
    async () => await listedShares(target, remote, failure),
  );
  const permissions = await duringRequests(terminal, 'Reading permissions', reading);
  const missing = missingIn(permissions);
  if (failure && missing?.length === 0) terminal.note(`Note: ${failure.message} The change was made anyway.`);
  else if (failure) {
    if (missing && isRefused) throw failure;
    const words = missing ? `${missing.join(' ')} The service may still be working on it.` : mayHaveBeenMade;
    throw unconfirmed(failure, target, words);
  } else if (missing && missing.length > 0)
    throw new PaconnError(`The service accepted the change, but it isn't in effect. ${missing.join(' ')}`, {
      hint: checkHint(target),
    });
  return permissions;
}

const mayHaveBeenMade = 'The change may have been made anyway.';

function unconfirmed(error: PaconnError, target: Target, words: string): UnconfirmedError {
  return new UnconfirmedError(error, words, checkHint(target));
}

function checkHint({ environment, connectorId }: Target): string {
  const named = `--environment ${commandWord(environment)} --connector ${commandWord(connectorId)}`;
  return `Check with:\n  paconn share list ${named}`;
}

/** Who can use the connector. Undefined where the service refuses to say, or cannot after a failure. */
async function listedShares(
  target: Target,
  remote: Remote,
  failure: PaconnError | undefined,
): Promise<readonly PermissionResource[] | undefined> {
  try {
    return await remote.listPermissions(target);
  } catch (error) {
    if (error instanceof InterruptedError) throw failure ? unconfirmed(error, target, mayHaveBeenMade) : error;
    if (error instanceof PaconnError && (failure || isRefusal(error))) return undefined;
    throw error;
  }
}

/** A sentence for each part of a change that isn't in effect. Roles that aren't known may be as good as the one that was sent. */
function missingOf({ put, remove }: ShareChanges, permissions: readonly PermissionResource[]): readonly string[] {
  const isGiven = ({ id, role }: GivenShare): boolean =>
    permissions.some(({ properties: { roleName, principal } }) => {
      const isOther = roleName === (role === 'CanView' ? 'CanEdit' : 'CanView');
      return principal.id.toLowerCase() === id.toLowerCase() && !isOther;
    });
  return [
    ...put
      .filter((one) => !isGiven(one))
      .map(({ written }) => `The connector isn't shared with ${written} as requested.`),
    ...remove
      .filter(({ name }) => permissions.some((one) => one.name === name))
      .map(({ written }) => `The connector is still shared with ${written}.`),
  ];
}
