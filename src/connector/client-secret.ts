import * as z from 'zod';
import { type JsonDocument, toJson } from '../json/document.ts';
import type { ApiProperties } from './api-properties.ts';
import { isObject, isText, member } from '../json/value.ts';
import { isEnvironmentExpression } from './expression.ts';
import { namesSecret } from './secret-word.ts';

/** A location in the API properties for an OAuth 2.0 client secret. */
export interface ClientSecretLocation {
  /** The path to the `oAuthSettings` object. */
  readonly path: readonly (string | number)[];
  /** The name of the connection parameter set it is in, if it is in one. */
  readonly set: string | undefined;
  /** Whether a new connector can't do without: the Python tool asks for that of `token` alone. */
  readonly isNeeded: boolean;
}

/** A client secret, and the connection parameter set it is for; without one it is for all places. */
export interface ClientSecret {
  readonly value: string;
  readonly set: string | undefined;
}

const oAuthParameterSchema = z.looseObject({ oAuthSettings: z.record(z.string(), z.unknown()) });

/**
 * Where client secrets go: `oAuthSettings` of the connection parameter `token`, of the others where that has none, and the same
 * in each set.
 */
export function clientSecretLocations({ properties }: ApiProperties): ClientSecretLocation[] {
  const candidates = [
    { parameters: properties.connectionParameters, path: ['properties', 'connectionParameters'], set: undefined },
    ...(properties.connectionParameterSets?.values ?? []).map(({ name, parameters }, index) => ({
      parameters,
      path: ['properties', 'connectionParameterSets', 'values', index, 'parameters'],
      set: name || undefined,
    })),
  ];
  return candidates.flatMap(({ parameters, path, set }) => {
    const names = Object.entries(parameters ?? {}).flatMap(([name, value]) => (hasOAuthSettings(value) ? name : []));
    const isNeeded = names.includes('token');
    const meant = isNeeded ? ['token'] : names;
    return meant.map((name) => ({ path: [...path, name, 'oAuthSettings'], set, isNeeded }));
  });
}

/** The names of all connection parameter sets, whether they take a client secret or not. */
export function parameterSetNames({ properties }: ApiProperties): string[] {
  return (properties.connectionParameterSets?.values ?? []).flatMap(({ name }) => name || []);
}

/** The Python tool treats an empty `oAuthSettings` as missing. */
function hasOAuthSettings(parameter: unknown): boolean {
  const { success, data } = oAuthParameterSchema.safeParse(parameter);
  return success && Object.keys(data.oAuthSettings).length > 0;
}

/** Reads `NAME=VALUE` as the secret of a set where NAME is the name of one; secrets may hold `=` themselves. */
export function parseClientSecret(given: string, setNames: readonly string[]): ClientSecret {
  const set = setNames
    .filter((name) => given.startsWith(`${name}=`))
    .toSorted((a, b) => b.length - a.length)
    .at(0);
  return set === undefined ? { value: given, set } : { value: given.slice(set.length + 1), set };
}

/**
 * The API properties without any client secret: the service never gives one back, so none is a part of a state. A reference to
 * an environment variable is no secret.
 */
export function withoutClientSecrets(document: JsonDocument<ApiProperties>): JsonDocument<ApiProperties> {
  return document.withEach(pathsOfSecrets(document.value).map((path) => ({ path, value: undefined })));
}

/** The API properties with stars in place of each client secret, for people to see. */
export function withMaskedClientSecrets(document: JsonDocument<ApiProperties>): JsonDocument<ApiProperties> {
  return document.withEach(pathsOfSecrets(document.value).map((path) => ({ path, value: toJson('***') })));
}

/** Whether the API properties contain a client secret that isn't empty. */
export function hasClientSecret({ value }: JsonDocument<ApiProperties>): boolean {
  return clientSecretPaths(value).length > 0;
}

/** The locations of client secrets that aren't empty. */
export function clientSecretPaths(value: unknown): readonly Path[] {
  return pathsOfSecrets(value).filter((path) => isText(path.reduce(member, value)));
}

/** The names under which the service reads a client secret. */
const secretNames = ['clientSecret', 'ClientSecret'] as const;

/** Names that read like that of a client secret. The service does not know most of them; whoever wrote them meant one. */
const anySecretName = /^(?:.*(?:client|app|application|consumer)[\s_-]*)?secret(?:[\s_-]?value)?$/iu;

/** Whether a value under this name is taken for a client secret. */
export function isSecretName(name: string): boolean {
  return anySecretName.test(name);
}

/** Whether there is a client secret anywhere in a value. */
export function hasLiteralSecret(value: unknown): boolean {
  return pathsOfSecrets(value).length > 0;
}

/** Whether a value has anything that reads like a secret: a text, `{ "value": … }`, or the value of a header, that is no expression. */
export function hasSecretText(value: unknown): boolean {
  if (Array.isArray(value)) return value.some(hasSecretText);
  if (!isObject(value)) return false;
  const members = Object.entries(value);
  const isNamed = members.some(([name, content]) => /(?:^|\.)(?:key|name)$/iu.test(name) && namesSecretIn(content));
  return members.some(([name, content]) => {
    const text = isObject(content) ? content['value'] : content;
    const isSecret = namesSecret(name) || (isNamed && /(?:^|\.)value$/iu.test(name));
    return (isSecret && isText(text) && !text.startsWith('@')) || hasSecretText(content);
  });
}

function namesSecretIn(content: unknown): boolean {
  return typeof content === 'string' && namesSecret(content);
}

type Path = readonly (string | number)[];

/** Where client secrets are, and texts under names that read like them; references to environment variables are none. */
function pathsOfSecrets(value: unknown, path: Path = []): readonly Path[] {
  if (Array.isArray(value)) return value.flatMap((item, index) => pathsOfSecrets(item, [...path, index]));
  if (!isObject(value)) return [];
  const isSettings = path.at(-1) === 'oAuthSettings';
  return Object.entries(value).flatMap(([name, content]) => {
    const isOwn = isSettings && secretNames.some((secret) => secret === name);
    const isLike = anySecretName.test(name) && typeof content === 'string' && content !== '';
    if (!isOwn && !isLike) return pathsOfSecrets(content, [...path, name]);
    return isEnvironmentExpression(content) ? [] : [[...path, name]];
  });
}

/** The name that the settings at a path have for their client secret. */
export function secretName(document: JsonDocument<ApiProperties>, path: readonly (string | number)[]): string {
  return secretNames.find((name) => document.at([...path, name]) !== undefined) ?? secretNames[0];
}

/** Where OAuth2 settings are, of whichever connection parameter. */
export function oAuthSettingsPaths({ properties }: ApiProperties): readonly (readonly (string | number)[])[] {
  const { connectionParameters, connectionParameterSets } = properties;
  const groups = [
    { parameters: connectionParameters, path: ['properties', 'connectionParameters'] },
    ...(connectionParameterSets?.values ?? []).map(({ parameters }, index) => ({
      parameters,
      path: ['properties', 'connectionParameterSets', 'values', index, 'parameters'],
    })),
  ];
  return groups.flatMap(({ parameters, path }) =>
    Object.keys(parameters ?? {}).map((name) => [...path, name, 'oAuthSettings']),
  );
}

/** The secret for a place: its own, else the one for all. The last of several counts, as on any command line. */
export function secretFor(place: ClientSecretLocation, secrets: readonly ClientSecret[]): string | undefined {
  const own = secrets.findLast(({ set }) => set !== undefined && set === place.set);
  return (own ?? secrets.findLast(({ set }) => set === undefined))?.value;
}
