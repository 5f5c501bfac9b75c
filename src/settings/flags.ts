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

/** Raises {@link UsageError} for flags that were given and mean nothing in this use of a command. */
export function requireOnlyFitting(
  given: unknown,
  options: Readonly<Record<string, string>>,
  { use, hint }: { readonly use: string; readonly hint: string },
): void {
  const values = z.looseObject({}).safeParse(given).data ?? {};
  const stray = Object.entries(options).flatMap(([name, option]) => (isGiven(values[name]) ? [option] : []));
  if (stray.length > 0) throw new UsageError(`${stray.join(', ')} can't be used ${use}.`, { hint });
}

function isGiven(value: unknown): boolean {
  return value !== undefined && value !== false && !(Array.isArray(value) && value.length === 0);
}
