import * as z from 'zod';
import { isObject, isString, member } from '../json/value.ts';

// One schema for many members: creating a schema takes longer than using it.
const text = z.string().nullish();

/** What we read of an API definition (OpenAPI 2.0). All else goes on as written. */
export const apiDefinitionSchema = z.looseObject({
  info: z.looseObject({ title: text, description: text }).nullish(),
  host: text,
  basePath: text,
  schemes: z.array(z.string()).nullish(),
});

export type ApiDefinition = z.infer<typeof apiDefinitionSchema>;

/** Whether a JSON value is an API definition, by the members that no other document has. */
export function isApiDefinition(value: unknown): boolean {
  return isString(member(value, 'swagger')) || isObject(member(value, 'paths'));
}

/**
 * The URL of the service behind the connector, from first scheme, host and base path. A missing part is left out the way
 * Python's `urlunparse` does it: `https:///v1` without host, `//host/v1` without schemes.
 */
export function backendServiceUrl({ schemes, host, basePath }: ApiDefinition): string {
  const scheme = schemes?.[0] ?? '';
  const path = basePath ?? '';
  // urlunparse writes the two slashes for a host, and for a scheme that is known to have one.
  const hasAuthority = Boolean(host) || (withAuthority.has(scheme) && !path.startsWith('//'));
  const rest = hasAuthority ? `//${host ?? ''}${path === '' || path.startsWith('/') ? '' : '/'}${path}` : path;
  return scheme ? `${scheme}:${rest}` : rest;
}

const withAuthority = new Set(['http', 'https', 'ws', 'wss']);
