import { createRequire } from 'node:module';
import * as z from 'zod';

const resultSchema = z.object({ openapi: z.record(z.string(), z.unknown()) });

const converterSchema = z.object({
  convertObj: z.custom<(definition: unknown, options: Readonly<Record<string, unknown>>) => Promise<unknown>>(
    (value) => typeof value === 'function',
  ),
});

// The package comes without types.
const { convertObj } = converterSchema.parse(createRequire(import.meta.url)('swagger2openapi'));

/** A definition of OpenAPI 2.0 as OpenAPI 3.0. */
export async function openApi3Of(definition: unknown): Promise<Readonly<Record<string, unknown>>> {
  const copy: unknown = JSON.parse(JSON.stringify(definition));
  return resultSchema.parse(await convertObj(copy, { patch: true, warnOnly: true })).openapi;
}
