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

/**
 * Whether a JSON value is an API definition as the service keeps them: OpenAPI 2.0 with the members that it requires. Its paths may be
 * none yet.
 */
export function isApiDefinition(value: unknown): boolean {
  return (
    /^2(?:\.|$)/u.test(String(member(value, 'swagger'))) &&
    isObject(member(value, 'info')) &&
    isObject(member(value, 'paths'))
  );
}

/** Whether a JSON value is meant to describe an API, also in another format or with parts of it missing. */
export function describesApi(value: unknown): boolean {
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
