import * as z from 'zod';

/**
 * A connector ID, which also names a directory on download: letters, digits, `_`, `.`, `-`, and no way up. IDs come from
 * settings files and from the service, so neither may lead out of the destination.
 */
export const connectorIdSchema = z
  .string()
  .regex(/^(?!.*\.\.)[\w.-]+$/u, "isn't a connector ID (letters, digits, _ . -)")
  .refine((id) => id !== '.', "isn't a connector ID");
