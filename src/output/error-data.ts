import { ApiError, type PaconnError } from '../errors.ts';
import type { ResultError } from '../results/members.ts';

/** A failure for programs, with what the service said of it where that's the reason. */
export function errorData(error: PaconnError): ResultError {
  const { message, detail = null, hint = null, exitCode } = error;
  const { correlationId = null, code = null } = answerBehind(error) ?? {};
  return { message, detail, hint, exitCode, correlationId, code };
}

function answerBehind(error: unknown): ApiError | undefined {
  if (error instanceof ApiError) return error;
  return error instanceof Error && error.cause !== undefined ? answerBehind(error.cause) : undefined;
}
