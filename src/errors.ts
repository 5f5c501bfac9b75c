import { oneSentence } from './one-line.ts';

/** What the process ends with. Scripts rely on 0 against not 0; the rest says why. */
export const ExitCode = {
  done: 0,
  failed: 1,
  usage: 2,
  notSignedIn: 3,
  conflict: 4,
  interrupted: 130,
} as const;

export interface ErrorOptions {
  /** The next step. */
  readonly hint?: string | undefined;
  /** Further details, shown below the message. */
  readonly detail?: string | undefined;
  /** The exact response of a service, shown with `--verbose`. */
  readonly answer?: string | undefined;
  readonly cause?: unknown;
}

/** A failure we foresaw: its message is a sentence for the user. Anything else that is thrown is a bug. */
export class PaconnError extends Error {
  readonly exitCode: number = ExitCode.failed;
  readonly hint: string | undefined;
  readonly detail: string | undefined;
  readonly answer: string | undefined;

  constructor(message: string, { hint, detail, answer, cause }: ErrorOptions = {}) {
    // What it quotes is from services and files.
    super(oneSentence(message), { cause });
    this.hint = hint;
    this.detail = detail && oneSentence(detail);
    this.answer = answer;
  }
}

/** A wrong command line, or a value that is missing and nobody could be asked for. */
export class UsageError extends PaconnError {
  override readonly exitCode = ExitCode.usage;
}

export interface UnknownName {
  readonly written: string;
  readonly names: readonly string[];
}

/** A command or option that does not exist. Its report guesses which one was meant; the hint is for when none is near. */
export class UnknownNameError extends UsageError {
  readonly written: string;
  readonly names: readonly string[];

  constructor(message: string, { written, names, ...options }: ErrorOptions & UnknownName) {
    super(message, options);
    this.written = written;
    this.names = names;
  }
}

/** What failed for some of many: its exit code is the one of the worst. */
export class SeveralError extends PaconnError {
  override readonly exitCode: number;

  constructor(message: string, { exitCode, ...options }: ErrorOptions & { readonly exitCode: number }) {
    super(message, options);
    this.exitCode = exitCode;
  }
}

/** No sign-in, or one that was refused or has expired. */
export class NotSignedInError extends PaconnError {
  override readonly exitCode = ExitCode.notSignedIn;
}

/** A sign-in that is for another cloud than the settings of a connector: those of others can be in its own. */
export class OtherCloudError extends NotSignedInError {}

/** Whether an error comes from the sign-in, whichever connector is worked on. */
export function concernsSignIn(error: unknown): boolean {
  return error instanceof NotSignedInError && !(error instanceof OtherCloudError);
}

/** Continuing would lose someone's work. */
export class ConflictError extends PaconnError {
  override readonly exitCode = ExitCode.conflict;
}

/** Going on would break flows and apps, and the user hasn't agreed. */
export class BreakingError extends PaconnError {
  override readonly exitCode = ExitCode.conflict;
}

/** The user ended the run at a prompt, before anything was changed: with a key such as Escape, or by answering no. */
export class CanceledError extends PaconnError {
  override readonly exitCode: number;

  constructor({ isDeclined = false }: { readonly isDeclined?: boolean } = {}) {
    super('Canceled. Nothing was changed.');
    this.exitCode = isDeclined ? ExitCode.failed : ExitCode.interrupted;
  }
}

/** The user chose to go on with another command. */
export class InsteadError extends PaconnError {
  /** The command line, without `paconn`. */
  readonly argv: readonly string[];

  constructor(argv: readonly string[]) {
    super(`Run 'paconn ${argv.join(' ')}' instead.`);
    this.argv = argv;
  }
}

/** The user ended the run with Ctrl+C, or the system did. */
export class InterruptedError extends PaconnError {
  override readonly exitCode = ExitCode.interrupted;

  constructor(message = 'Interrupted.', options?: ErrorOptions) {
    super(message, options);
  }
}

/**
 * A change that was sent, and whose result isn't known, or isn't what was asked: the message says which of them. Ends the run as its
 * cause does.
 */
export class UnconfirmedError extends PaconnError {
  override readonly exitCode: number;
  override readonly cause: PaconnError;

  /** @param words What is known, as a sentence. */
  constructor(cause: PaconnError, words: string, check: string) {
    // Without a sign-in nobody can check.
    const hint = cause instanceof NotSignedInError ? [cause.hint, check].filter(Boolean).join('\n') : check;
    super(`${cause.message} ${words}`, { detail: cause.detail, answer: cause.answer, hint });
    this.exitCode = cause.exitCode;
    this.cause = cause;
  }
}

/** A file that is missing, unreadable, not writable, or holds something else than it should. */
export class FileError extends PaconnError {}

/** A file of our own with unexpected content. */
export class DamagedFileError extends FileError {}

/** The keychain of the system cannot be used. The message says why, as the end of a sentence about it. */
export class KeychainError extends PaconnError {}

/** No usable answer came: no connection, a broken one, a time-out, an untrusted certificate. */
export class NetworkError extends PaconnError {
  /** Whether the request may have reached the other side, so that its effect is unknown. */
  readonly mayHaveArrived: boolean;

  constructor(message: string, { mayHaveArrived, ...options }: ErrorOptions & { readonly mayHaveArrived: boolean }) {
    super(message, options);
    this.mayHaveArrived = mayHaveArrived;
  }
}

export interface ServiceAnswer {
  readonly status: number;
  /** The innermost error code of the answer, such as `ApiResourceNotFound`. */
  readonly code?: string | undefined;
  /** The innermost message of the answer. */
  readonly serviceMessage?: string | undefined;
  /** By which support finds the request. */
  readonly correlationId?: string | undefined;
}

/** A service answered, and the answer was no. Holds no header, token or query string. */
export class ApiError extends PaconnError {
  readonly status: number;
  readonly code: string | undefined;
  readonly serviceMessage: string | undefined;
  readonly correlationId: string | undefined;

  constructor(
    message: string,
    { status, code, serviceMessage, correlationId, ...options }: ErrorOptions & ServiceAnswer,
  ) {
    super(message, options);
    this.status = status;
    this.code = code;
    this.serviceMessage = serviceMessage;
    this.correlationId = correlationId;
  }
}

/** The code of an error of the system or of Node, such as `ENOENT`; undefined for any other. */
export function codeOf(error: unknown): string | undefined {
  // Errors of another context of Node are no `Error`.
  const hasCode = typeof error === 'object' && error !== null && 'code' in error;
  return hasCode && typeof error.code === 'string' ? error.code : undefined;
}
