import * as z from 'zod';
import { UsageError } from '../errors.ts';

/** How many connectors are worked on at a time. */
export const concurrencySchema = z.number().int().min(1).max(64).default(8);

/** The flags of a command, checked. Raises {@link UsageError}. */
export function parseFlags<T>(given: unknown, schema: z.ZodType<T>): T {
  const { success, data, error } = schema.safeParse(given);
  if (!success) throw new UsageError(`An option cannot be used:\n${z.prettifyError(error)}`);
  return data;
}
