import { ApiError, type PaconnError } from '../errors.ts';
import type { ResultError } from '../results/members.ts';
import { asciiControls } from './ascii-controls.ts';

/**
 * A failure for programs, with what the service said of it where that's the reason.
 *
 * @param completed Adds the options of the run to the commands in its words.
 */
export function errorData(error: PaconnError, completed: (words: string) => string = (words) => words): ResultError {
  const { message, exitCode } = error;
  const [detail, hint] = [error.detail, error.hint].map((words) => (words === undefined ? null : completed(words)));
  const { correlationId = null, code = null } = answerBehind(error) ?? {};
  return { message, detail: detail ?? null, hint: hint ?? null, exitCode, correlationId, code };
}

/** The same as JSON in one line, with the words that were said of it, and the exit code of the run. */
export function errorJson(
  error: PaconnError,
  said: { readonly detail: string | undefined; readonly hint: string | undefined; readonly exitCode: number },
): string {
  const { detail = null, hint = null, exitCode } = said;
  return asciiControls(JSON.stringify({ error: { ...errorData(error), detail, hint, exitCode } }));
}

function answerBehind(error: unknown): ApiError | undefined {
  if (error instanceof ApiError) return error;
  return error instanceof Error && error.cause !== undefined ? answerBehind(error.cause) : undefined;
}
