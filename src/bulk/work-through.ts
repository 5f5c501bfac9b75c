import type { Context } from '../context.ts';
import {
  ApiError,
  BreakingError,
  concernsSignIn,
  ConflictError,
  ExitCode,
  InterruptedError,
  NotSignedInError,
  PaconnError,
  SeveralError,
  UnconfirmedError,
} from '../errors.ts';
import { plainText } from '../io/terminal/styled-text.ts';
import type { Terminal } from '../io/terminal/terminal.ts';
import { errorData } from '../output/error-data.ts';
import { aligned } from '../output/given-options.ts';
import { counted } from '../output/report.ts';
import type { Result, Table } from '../output/result.ts';
import { mapBounded } from '../io/async.ts';
import { BulkProgress } from './bulk-progress.ts';
import { shareNetwork } from '../remote/share-network.ts';
import { type Said, taskTerminal } from './task-terminal.ts';

/** The work on one of many connectors. */
export interface Task {
  /** Its name in messages. */
  readonly name: string;
  /** Its identity in data: the first members of its entry in the result. */
  readonly facts: Readonly<Record<string, unknown>>;
  /** Its report is shown in its line, or in lines below its name. `result` in its data is counted in the summary. */
  readonly work: (context: Context) => Promise<Result | void>;
}

export interface WorkOptions {
  /** Such as `Downloading`, for the line of progress. */
  readonly doing: string;
  /** How many are worked on at a time. */
  readonly concurrency: number;
  /** The noun for one of them. */
  readonly noun?: string;
}

interface Worked {
  readonly task: Task;
  readonly said: Said;
  readonly result?: Result | undefined;
  readonly error?: PaconnError | undefined;
  /** Whether it was left out, because something had gone wrong for all. */
  readonly isUntried?: boolean;
}

/**
 * Does the same for many connectors, several at a time. Each is told of in their order; failures are collected,
 * and raised together after the result has been printed, with the exit code of the worst. What fails for all, such as a
 * missing sign-in, ends the work. Raises {@link InterruptedError} once all that was begun has come to an end.
 */
export async function workThrough(
  tasks: readonly Task[],
  { doing, concurrency, noun = 'connector' }: WorkOptions,
  context: Context,
): Promise<Result> {
  const { signal } = context;
  const terminal = readingOnce(context.terminal);
  const shared = shareNetwork(context);
  const progress = new BulkProgress(doing, tasks.length);
  let isFirst = true;
  const turns = new Turns<Worked>((worked) => {
    tell(worked, terminal, { isFirst });
    isFirst &&= worked.said.printed.length === 0;
  });
  let ended = false;
  const working = mapBounded([...tasks.entries()], concurrency, async ([index, task]): Promise<Worked> => {
    const { terminal: own, said } = taskTerminal(terminal);
    if (ended || signal.aborted) return { task, said, isUntried: true };
    progress.begin(task.name);
    const worked: Worked = { task, said, ...(await outcomeOf(task, { ...shared, terminal: own })) };
    progress.end(task.name);
    ended ||= concernsAll(worked.error);
    turns.take(index, worked);
    return worked;
  });
  const all = await terminal.during(() => progress.words(), working);
  requireUninterrupted(all, noun, signal);
  terminal.report(summary(all, noun));
  const exitCode = worstOf(all);
  const failure = failureOf(all, noun, exitCode);
  const data = { connectors: all.map((worked) => entryOf(worked, terminal)) };
  const rows = all.map((worked) => [worked.task.name, resultWords(worked), worked.error?.message ?? '']);
  const table: Table = { columns: ['Connector', 'Result', 'Error'], kinds: ['name', 'word', 'prose'], rows };
  return { data, table, exitCode, ...(failure && { failure }) };
}

/** All tasks get the same line of stdin: a client secret, say. */
function readingOnce(terminal: Terminal): Terminal {
  let reading: Promise<string> | undefined;
  return { ...terminal, columns: terminal.columns, readLine: async () => await (reading ??= terminal.readLine()) };
}

/** Any unexpected error is a bug, and raised as one. */
async function outcomeOf(task: Task, context: Context): Promise<Pick<Worked, 'result' | 'error'>> {
  try {
    const result = (await task.work(context)) ?? undefined;
    return result?.failure instanceof PaconnError ? { result, error: result.failure } : { result };
  } catch (error) {
    if (error instanceof PaconnError) return { error };
    throw error;
  }
}

/** Whether the next one would fail for the same reason. */
function concernsAll(error: PaconnError | undefined): boolean {
  const failure = error instanceof UnconfirmedError ? error.cause : error;
  return concernsSignIn(failure) || (failure instanceof ApiError && failure.status === 429);
}

/** Hands things on in their order, each as soon as all before it have been. */
class Turns<T> {
  readonly #handOn: (thing: T) => void;
  readonly #waiting = new Map<number, T>();
  #next = 0;

  constructor(handOn: (thing: T) => void) {
    this.#handOn = handOn;
  }

  take(index: number, thing: T): void {
    this.#waiting.set(index, thing);
    for (;;) {
      const next = this.#waiting.get(this.#next);
      if (next === undefined) return;
      this.#waiting.delete(this.#next);
      this.#next += 1;
      this.#handOn(next);
    }
  }
}

/** @param isFirst Whether nothing has been printed of one before. */
function tell(worked: Worked, terminal: Terminal, { isFirst }: { readonly isFirst: boolean }): void {
  const { task, said, error } = worked;
  const { name } = task;
  for (const text of said.noted) terminal.note(`${name}: ${text}`);
  // It's no matter of this connector, and said once, in the end; but what was done before is.
  if (concernsSignIn(error) && said.reported.length === 0) return;
  if (error?.exitCode === ExitCode.interrupted) {
    // As for a single one: only what may have changed is worth a line.
    if (error.hint !== undefined) terminal.note(`${name}: ${error.message}`);
    return;
  }
  const words = error ? [resultWords(worked)] : said.reported.flatMap((text) => plainText(text).split('\n'));
  if (words.length === 1) terminal.note(`${name}: ${words.join('')}`);
  else if (words.length > 1) for (const line of [`${name}:`, ...words.map((word) => `  ${word}`)]) terminal.note(line);
  // Such as the findings in its files.
  if (error) for (const text of said.reported) terminal.report(text);
  if (said.printed.length === 0) return;
  // Between the blocks of two.
  if (!isFirst) terminal.print('');
  terminal.print([{ text: `${name}:`, style: 'strong' }]);
  for (const text of said.printed) terminal.print(text);
}

function requireUninterrupted(all: readonly Worked[], noun: string, signal: AbortSignal): void {
  if (!signal.aborted) return;
  const done = all.filter(({ error, isUntried }) => !error && !isUntried).length;
  throw new InterruptedError(`Canceled after ${done} of ${counted(all.length, noun)}.`, {
    hint: 'Run the same command again to continue.',
  });
}

function summary(all: readonly Worked[], noun: string): string {
  const counts = new Map<string, number>();
  for (const worked of all) {
    const words = resultWords(worked);
    counts.set(words, (counts.get(words) ?? 0) + 1);
  }
  const listed = [...counts]
    .map(([words, count]) => (words === 'conflict' ? counted(count, words) : `${count} ${words}`))
    .join(', ');
  return `${counted(all.length, noun)}: ${listed || 'nothing to do'}.`;
}

const failureWords: ReadonlyMap<number, string> = new Map([
  [ExitCode.conflict, 'conflict'],
  [ExitCode.interrupted, 'interrupted'],
]);

function resultOf({ result, error, isUntried }: Worked): string {
  if (isUntried) return 'notTried';
  if (error instanceof BreakingError) return 'breaking';
  if (error) return failureWords.get(error.exitCode) ?? 'failed';
  const own = result?.data['result'];
  return typeof own === 'string' ? own : 'done';
}

function resultWords(worked: Worked): string {
  if (worked.isUntried) return 'not tried';
  const result = resultOf(worked);
  const isPlanned = !worked.error && worked.result?.data['isDryRun'] === true && result !== 'unchanged';
  return isPlanned ? `would be ${result}` : result;
}

function entryOf(worked: Worked, { verbosity: { completed } }: Terminal): Readonly<Record<string, unknown>> {
  const { task, result, error } = worked;
  return {
    ...task.facts,
    ...result?.data,
    result: resultOf(worked),
    ...(error && { error: errorData(error, completed) }),
  };
}

/** With its reasons, such as candidates, and the ID that support asks for. The changes of a conflict are what its hint shows. */
function wordsOf(error: PaconnError): string {
  return error instanceof ConflictError ? error.message : [error.message, error.detail].filter(Boolean).join('\n');
}

/** The worst first. A conflict is known and can be resolved; the result of a failure is unknown. */
const severity: readonly number[] = [
  ExitCode.interrupted,
  ExitCode.notSignedIn,
  ExitCode.usage,
  ExitCode.failed,
  ExitCode.conflict,
];

/** Without a failure, too, a result can be none that a script should go on with. */
function worstOf(all: readonly Worked[]): number {
  const codes = new Set(all.map(({ result, error }) => error?.exitCode ?? result?.exitCode ?? ExitCode.done));
  return severity.find((code) => codes.has(code)) ?? ExitCode.done;
}

function failureOf(all: readonly Worked[], noun: string, exitCode: number): PaconnError | undefined {
  const failed = all.flatMap(({ task, error }) => (error ? [{ name: task.name, error }] : []));
  const [first] = failed;
  if (!first) return undefined;
  const isCommon = failed.every(({ error }) => error.message === first.error.message);
  const isOfAll = concernsSignIn(first.error) || failed.length === all.length;
  if (first.error instanceof NotSignedInError && isCommon && isOfAll) return first.error;
  const lines = failed.map(({ name, error }) => `  ${name}: ${wordsOf(error).replaceAll('\n', '\n    ')}`);
  return new SeveralError(`${failed.length} of ${counted(all.length, noun)} failed:`, {
    exitCode,
    detail: lines.join('\n'),
    answer: failed.flatMap(({ error }) => error.answer ?? []).join('\n') || undefined,
    hint: hintsOf(failed),
  });
}

/** What to do next: where it isn't the same for all, below the names of those that it's for. */
function hintsOf(failed: readonly { readonly name: string; readonly error: PaconnError }[]): string | undefined {
  const hints = [...new Set(failed.flatMap(({ error }) => error.hint ?? []))];
  const [first] = hints;
  if (first === undefined || failed.every(({ error }) => error.hint === first)) return first;
  const namesFor = (hint: string): string =>
    failed.flatMap(({ name, error }) => (error.hint === hint ? [name] : [])).join(', ');
  return aligned(hints.map((hint) => `${namesFor(hint)}:\n  ${hint.replaceAll('\n', '\n  ')}`).join('\n'));
}
