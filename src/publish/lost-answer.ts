import { isRefusal } from '../api/refusals.ts';
import { ApiError, ConflictError, InterruptedError, NetworkError, PaconnError, UnconfirmedError } from '../errors.ts';

/** Whether a request that failed may have done its work all the same, as nothing says that it was refused. */
export function isAnswerLost(error: unknown): error is PaconnError {
  if (error instanceof NetworkError) return error.mayHaveArrived;
  // A server error can come after the work was done, and an answer we cannot read from a service that did it.
  if (error instanceof ApiError) return error.status >= 500 || error.status === 408 || error.status < 300;
  return error instanceof InterruptedError;
}

/**
 * Whether only the service can show that a request that was sent and failed has done nothing. A gateway can refuse it after it has passed
 * it on, and a refused token can fail to be renewed; the service's own refusals have a code.
 */
export function mayBeDone(error: unknown): error is PaconnError {
  if (error instanceof ApiError) return !isRefusal(error) || error.code === undefined;
  if (error instanceof NetworkError) return error.mayHaveArrived;
  // These two are the result of a look.
  return error instanceof PaconnError && !(error instanceof ConflictError || error instanceof UnconfirmedError);
}

/** The error of a change that wasn't made, at least until now. */
export function notMadeError(cause: PaconnError, words: string, hint: string): PaconnError {
  const { detail, answer } = cause;
  return new PaconnError(`${cause.message} ${words}`, { detail, answer, hint, cause });
}
