import { createHash } from 'node:crypto';
import { join } from 'node:path';
import * as z from 'zod';
import { FileError, NetworkError, NotSignedInError, type PaconnError } from '../errors.ts';
import { readOwnJson, removeFile, writePrivateFile } from '../io/fs/files.ts';

/** In the config directory while the last renewal has failed. */
export const renewalFailureName = 'renewal-failure.json';

const failureSchema = z.object({
  /** Of what was to be renewed. */
  key: z.string(),
  /** In milliseconds since 1970. */
  failedAt: z.number(),
  kind: z.enum(['network', 'sign-in']),
  message: z.string(),
  hint: z.string().optional(),
  detail: z.string().optional(),
});

/** What is to be renewed: a token, for which more can be asked. */
export interface RefusedToken {
  readonly token: string;
  readonly claims: string | undefined;
}

/**
 * What became of the renewal of a token that another run has tried since then, if it failed: who waited for that one would wait
 * for the same failure once more, and twelve commands at once for twelve time-outs, one after the other.
 */
export async function failureSince(
  since: number,
  refused: RefusedToken,
  directory: string,
): Promise<PaconnError | undefined> {
  const failure = await orNothing(readOwnJson(join(directory, renewalFailureName), failureSchema));
  const isOurs = failure?.key === keyOf(refused) && failure.failedAt >= since && failure.failedAt <= Date.now();
  if (!failure || !isOurs) return undefined;
  const { kind, message, hint, detail } = failure;
  return kind === 'network'
    ? new NetworkError(message, { hint, detail, mayHaveArrived: true })
    : new NotSignedInError(message, { hint, detail });
}

/** Tells those who wait that the renewal of a token has failed. Other errors than of the network and of sign-in are their own. */
export async function rememberFailure(error: unknown, refused: RefusedToken, directory: string): Promise<void> {
  if (!(error instanceof NetworkError || error instanceof NotSignedInError)) return;
  const kind = error instanceof NetworkError ? 'network' : 'sign-in';
  const { message, hint, detail } = error;
  const failure = { key: keyOf(refused), failedAt: Date.now(), kind, message, hint, detail };
  await orNothing(writePrivateFile(join(directory, renewalFailureName), JSON.stringify(failure)));
}

export async function forgetFailure(directory: string): Promise<void> {
  await orNothing(removeFile(join(directory, renewalFailureName)));
}

/** Nobody has the token by it. */
function keyOf({ token, claims = '' }: RefusedToken): string {
  return createHash('sha256').update(`${token}\n${claims}`).digest('hex');
}

/** Without it, each command would find out separately. */
async function orNothing<T>(work: Promise<T>): Promise<T | undefined> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof FileError) return undefined;
    throw error;
  }
}
