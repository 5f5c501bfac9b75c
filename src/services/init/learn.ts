import { UsageError } from '../../errors.ts';
import type { Terminal } from '../../io/terminal/terminal.ts';

/** Something to know, and how. */
export interface Unknown {
  /** As a question says it. */
  readonly message: string;
  readonly option: string;
  /** The default. */
  readonly defaultAnswer?: string | undefined;
  /** The problem of a value, as a sentence. */
  readonly problem?: (value: string) => string | undefined;
}

/** The value that was given, else the answer of whoever is at the terminal, else the default one. Raises `UsageError`. */
export async function learn(given: string | undefined, unknown: Unknown, terminal: Terminal): Promise<string> {
  const { message, option, defaultAnswer, problem = required } = unknown;
  if (given === undefined && terminal.interactive) {
    return await terminal.ask({ message, insteadPass: option, defaultAnswer, problem });
  }
  const value = given?.trim() ?? defaultAnswer;
  if (value === undefined)
    throw new UsageError(`${message} must be specified.`, { hint: `Pass ${option} <${option.split('-').at(-1)}>.` });
  const wrong = problem(value);
  if (wrong !== undefined) throw new UsageError(`${option}: ${wrong}`);
  return value;
}

export function required(value: string): string | undefined {
  return value === '' ? 'Enter a value.' : undefined;
}

export function httpsUrl(value: string): string | undefined {
  return URL.canParse(value) && new URL(value).protocol === 'https:'
    ? undefined
    : `Use a URL that starts with https://.`;
}
