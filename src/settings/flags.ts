import * as z from 'zod';
import { UsageError } from '../errors.ts';
import { mismatch } from '../json/mismatch.ts';

/** How many connectors are worked on at a time. */
export const concurrencySchema = z.number().int().min(1).max(64).default(8);

/** The flags of a command, checked. Raises {@link UsageError}. */
export function parseFlags<T>(given: unknown, schema: z.ZodType<T>): T {
  const { success, data, error } = schema.safeParse(given);
  if (success) return data;
  const why = mismatch(error, given, ([name]) => `--${kebabCase(String(name))}`);
  throw new UsageError(`${why}.`, { cause: error });
}

function kebabCase(name: string): string {
  return name.replaceAll(/[A-Z]/gu, (letter) => `-${letter.toLowerCase()}`);
}
