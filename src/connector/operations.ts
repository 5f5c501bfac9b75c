import * as z from 'zod';
import { isMethod } from './methods.ts';

/** What a connector can do. */
export interface Operation {
  readonly id: string | null;
  readonly summary: string | null;
  /** In lower case. */
  readonly method: string;
  readonly path: string;
  /** Whether flows can begin with it. */
  readonly isTrigger: boolean;
}

const operationSchema = z.object({
  operationId: z.string().nullish().catch(null),
  summary: z.string().nullish().catch(null),
  'x-ms-trigger': z.string().nullish().catch(null),
});

const pathsSchema = z.object({ paths: z.record(z.string(), z.record(z.string(), z.unknown()).catch({})).catch({}) });

/** The operations of an API definition, in its order; what is no operation is passed over. */
export function operationsOf(apiDefinition: unknown): readonly Operation[] {
  const { data } = pathsSchema.safeParse(apiDefinition);
  return Object.entries(data?.paths ?? {}).flatMap(([path, item]) =>
    Object.entries(item).flatMap(([name, value]) => {
      const method = name.toLowerCase();
      const operation = operationSchema.safeParse(value).data;
      if (!operation || !isMethod(name)) return [];
      const { operationId, summary, 'x-ms-trigger': trigger } = operation;
      return [{ id: operationId || null, summary: summary || null, method, path, isTrigger: Boolean(trigger) }];
    }),
  );
}
