import { isRefusal } from '../api/refusals.ts';
import { ApiError, InterruptedError, NetworkError, NotSignedInError, PaconnError } from '../errors.ts';

/** Whether a request that failed may have done its work all the same, as nothing says that it was refused. */
export function isAnswerLost(error: unknown): error is PaconnError {
  if (error instanceof NetworkError) return error.mayHaveArrived;
  // A server error can come after the work was done, and an answer we cannot read from a service that did it.
  if (error instanceof ApiError) return error.status >= 500 || error.status === 408 || error.status < 300;
  return error instanceof InterruptedError;
}

/**
 * The same, and whether a refusal is to be believed only where the service shows that nothing was done: a gateway can refuse after it has
 * passed a request on. The service's own refusals have a code.
 */
export function mayBeDone(error: unknown): error is PaconnError {
  if (error instanceof ApiError) return !isRefusal(error) || error.code === undefined;
  return isAnswerLost(error) || error instanceof NotSignedInError;
}

/** The error of a change that wasn't made, at least until now. */
export function notMadeError(cause: PaconnError, words: string, hint: string): PaconnError {
  const { detail, answer } = cause;
  return new PaconnError(`${cause.message} ${words}`, { detail, answer, hint, cause });
}
