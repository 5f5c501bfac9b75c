import type * as z from 'zod';
import { failureSchema } from '../../src/results/results.ts';

/** The error that a command has printed in the last line of stderr, as it does with `--output json`. */
export function failureIn(stderr: string): z.infer<typeof failureSchema>['error'] {
  return failureSchema.parse(JSON.parse(stderr.trimEnd().split('\n').at(-1) ?? '')).error;
}

/** What a run has printed on stderr, with such an error in the words that it has without `--output json`. */
export function withFailureAsText(stderr: string): string {
  if (!stderr.endsWith('}}\n')) return stderr;
  const { message, detail, hint } = failureIn(stderr);
  const notes = stderr.trimEnd().split('\n').slice(0, -1);
  return [...notes, `Error: ${message}`, detail, hint, ''].filter((line) => line !== null).join('\n');
}
