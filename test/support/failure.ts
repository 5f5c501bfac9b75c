import type * as z from 'zod';
import { failureSchema } from '../../src/results/results.ts';

/** The error that a command has printed in the last line of stderr, as it does with `--output json`. */
export function failureIn(stderr: string): z.infer<typeof failureSchema>['error'] {
  return failureSchema.parse(JSON.parse(stderr.trimEnd().split('\n').at(-1) ?? '')).error;
}
