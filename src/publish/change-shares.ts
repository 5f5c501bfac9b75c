import { isRefusal } from '../api/refusals.ts';
import type { Remote, Target } from '../api/remote.ts';
import type { PermissionResource } from '../api/resources.ts';
import type { Context } from '../context.ts';
import { InterruptedError, PaconnError } from '../errors.ts';
import { commandWord } from '../io/terminal/command-word.ts';
import { isAnswerLost } from './lost-answer.ts';
import { longReading, readUntil } from './read-until.ts';

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
  let lost: PaconnError | undefined;
  try {
    const sending = remote.modifyPermissions(target, { put, remove: remove.map(({ name }) => name) });
    await terminal.during('Sharing the connector', sending);
  } catch (error) {
    if (!isAnswerLost(error)) throw error;
    if (error instanceof InterruptedError) throw lostError(error, target, mayHaveBeenMade);
    lost = error;
  }
  const missingIn = (listed: readonly PermissionResource[] | undefined) => listed && missingOf(changes, listed);
  const reading = readUntil(
    (listed) => !missingIn(listed)?.length,
    context,
    async () => await listedShares(target, remote, lost),
  );
  const permissions = await terminal.during('Reading permissions…', reading, { noteAfter: longReading });
  const missing = missingIn(permissions);
  if (lost && missing?.length === 0) terminal.note(`Note: ${lost.message} The change was made anyway.`);
  else if (lost)
    throw lostError(
      lost,
      target,
      missing ? `${missing.join(' ')} The service may still be working on it.` : mayHaveBeenMade,
    );
  else if (missing && missing.length > 0)
    throw new PaconnError(`The service accepted the change, but it isn't in effect. ${missing.join(' ')}`, {
      hint: checkHint(target),
    });
  return permissions;
}

const mayHaveBeenMade = 'The change may have been made anyway.';

function lostError(error: PaconnError, target: Target, words: string): PaconnError {
  const message = `${error.message} ${words}`;
  const options = { detail: error.detail, answer: error.answer, hint: checkHint(target), cause: error };
  return error instanceof InterruptedError ? new InterruptedError(message, options) : new PaconnError(message, options);
}

function checkHint({ environment, connectorId }: Target): string {
  const named = `--environment ${commandWord(environment)} --connector ${commandWord(connectorId)}`;
  return `Check with:\n  paconn share list ${named}`;
}

/** Who can use the connector. Undefined where the service refuses to say, or cannot after a lost answer. */
async function listedShares(
  target: Target,
  remote: Remote,
  lost: PaconnError | undefined,
): Promise<readonly PermissionResource[] | undefined> {
  try {
    return await remote.listPermissions(target);
  } catch (error) {
    if (error instanceof InterruptedError) throw lost ? lostError(error, target, mayHaveBeenMade) : error;
    if (error instanceof PaconnError && (lost || isRefusal(error))) return undefined;
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
