import { isArray, isObject, type JsonObject, member } from '../../src/json/value.ts';

/** A place at which two API definitions differ, and the values at it. */
export interface DefinitionDifference {
  /** Steps joined with blanks: parameters by place and name, references to them and to responses followed. */
  readonly path: string;
  readonly before: unknown;
  readonly after: unknown;
  /** The objects that the values are members of. */
  readonly around: { readonly before: unknown; readonly after: unknown };
}

const methods: ReadonlySet<string> = new Set(['get', 'put', 'post', 'delete', 'options', 'head', 'patch']);

/**
 * All differences of two API definitions but those of components that nothing in the second one names, and with the definitions that
 * the second one has for bodies in their places. Schemas of which one is a
 * reference, or has parts, and the other isn't, differ as a whole.
 */
export function definitionDifferences(before: unknown, after: unknown): readonly DefinitionDifference[] {
  const found: DefinitionDifference[] = [];
  type Around = DefinitionDifference['around'];
  const compare = (one: unknown, other: unknown, path: string, around: Around): void => {
    const isOtherForm = ['allOf', '$ref'].some(
      (name) => isObject(one) && name in one && !(isObject(other) && name in other),
    );
    if (isObject(one) && isObject(other) && !isOtherForm) {
      for (const name of new Set([...Object.keys(one), ...Object.keys(other)])) {
        compare(one[name], other[name], path === '' ? name : `${path} ${name}`, { before: one, after: other });
      }
    } else if (isArray(one) && isArray(other) && one.length === other.length) {
      one.forEach((item, index) => {
        compare(item, other[index], `${path} ${index}`, around);
      });
    } else if (one !== other) found.push({ path, before: one, after: other, around });
  };
  const [one, other] = [comparable(before, after), comparable(withBodiesInPlace(after, before), after)];
  compare(one, other, '', { before: one, after: other });
  return found;
}

/** A definition with its shared parameters and responses in place. */
function comparable(definition: unknown, after: unknown): unknown {
  if (!isObject(definition)) return definition;
  const known = member(after, 'definitions');
  const { paths, definitions, parameters: _parameters, responses: _responses, ...rest } = definition;
  const { security, securityDefinitions } = rest;
  const own = isObject(definitions) ? Object.entries(definitions).filter(([name]) => member(known, name)) : [];
  const items = isObject(paths) ? Object.entries(paths) : [];
  return {
    ...rest,
    ...(isArray(security) && { security: security.map(withCleanNames) }),
    ...(isObject(securityDefinitions) && { securityDefinitions: withCleanNames(securityDefinitions) }),
    definitions: Object.fromEntries(own),
    paths: Object.fromEntries(
      items.map(([path, item]) => [
        path.replaceAll(/\{([^{}/]+)\}/gu, (_, name: string) => `{${cleanName(name)}}`),
        withInPlace(item, definition),
      ]),
    ),
  };
}

/** A definition without those of the bodies of requests that the one before it doesn't have. */
function withBodiesInPlace(definition: unknown, before: unknown): unknown {
  const definitions = member(definition, 'definitions');
  if (!isObject(definition) || !isObject(definitions)) return definition;
  const isMade = (name: string): boolean =>
    name.endsWith('Body') && member(member(before, 'definitions'), name) === undefined;
  const kept = Object.fromEntries(Object.entries(definitions).filter(([name]) => !isMade(name)));
  const inPlace: unknown = JSON.parse(JSON.stringify(definition['paths'] ?? {}), (key, value: unknown) => {
    const [, name = ''] = /^#\/definitions\/([^/]+)$/u.exec(String(member(value, '$ref'))) ?? [];
    return key === 'schema' && isMade(name) ? definitions[name] : value;
  });
  return { ...definition, definitions: kept, paths: inPlace };
}

/** Names of components and of variables in paths have few characters in OpenAPI 3.0. */
function cleanName(name: string): string {
  return name.replaceAll(/[^A-Za-z0-9_.-]+/gu, '_');
}

function withCleanNames(value: unknown): unknown {
  const entries = isObject(value) ? Object.entries(value) : [];
  return Object.fromEntries(entries.map(([name, one]) => [cleanName(name), one]));
}

function withInPlace(item: unknown, definition: JsonObject): unknown {
  if (!isObject(item)) return item;
  const { parameters, ...rest } = item;
  const members = Object.entries(rest).map(([name, value]) => {
    if (!methods.has(name) || !isObject(value)) return [name, value] as const;
    const own = [parameters, value['parameters']].flatMap((list) => (isArray(list) ? list : []));
    const responses = isObject(value['responses']) ? Object.entries(value['responses']) : [];
    const inPlace = {
      ...value,
      parameters: Object.fromEntries(own.map((one) => named(followed(one, definition)))),
      responses: Object.fromEntries(responses.map(([code, one]) => [code, followed(one, definition)])),
    };
    return [name, inPlace] as const;
  });
  return Object.fromEntries(members);
}

function named(parameter: unknown): readonly [string, unknown] {
  const place = member(parameter, 'in');
  if (!isObject(parameter) || place === 'body') return ['body', parameter];
  const name = place === 'path' ? cleanName(String(parameter['name'])) : parameter['name'];
  return [`${String(place)}:${String(name)}`, { ...parameter, name }];
}

function followed(value: unknown, definition: JsonObject): unknown {
  const reference = member(value, '$ref');
  if (typeof reference !== 'string' || !reference.startsWith('#/')) return value;
  return reference
    .slice(2)
    .split('/')
    .reduce<unknown>((found, step) => member(found, step.replaceAll('~1', '/').replaceAll('~0', '~')), definition);
}
