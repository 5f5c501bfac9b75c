import { ApiError, InterruptedError, NetworkError, type PaconnError } from '../errors.ts';

/** Whether a request that failed may have done its work all the same. */
export function isAnswerLost(error: unknown): error is PaconnError {
  if (error instanceof NetworkError) return error.mayHaveArrived;
  // A server error can come after the work was done, and an answer we cannot read from a service that did it.
  if (error instanceof ApiError) return error.status >= 500 || error.status === 408 || error.status < 300;
  return error instanceof InterruptedError;
}
