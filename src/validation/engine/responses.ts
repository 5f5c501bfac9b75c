import { has, isObject, isString, member } from '../../json/value.ts';
import type { Definition } from './definition.ts';
import type { Location } from './location.ts';
import type { OperationNode } from './nodes.ts';

/** The codes of an operation's responses, extensions left out; undefined when it has no object of responses. */
export function codesOf(operation: OperationNode): readonly string[] | undefined {
  const { responses } = operation.value;
  return isObject(responses) ? Object.keys(responses).filter((code) => !code.startsWith('x-')) : undefined;
}

/** Whether OpenAPI allows a name of a response. */
export function isResponseCode(code: string): boolean {
  return /^[1-5]\d\d$/u.test(code) || code === 'default';
}

/** Whether a code stands for success. */
export function isSuccess(code: string): boolean {
  return /^2\d\d$/u.test(code);
}

/** Whether an operation's response has a schema, also where it is a reference. */
export function hasSchema(operation: OperationNode, code: string, definition: Definition | undefined): boolean {
  const response = member(operation.value['responses'], code);
  const isReference = isString(member(response, '$ref'));
  const meant = isReference ? definition?.follow(operation.at('responses', code))?.value : response;
  return isObject(member(meant, 'schema'));
}

/** What a schema can have besides a type and properties. */
export const schemaContents = [
  'additionalProperties',
  'allOf',
  'items',
  'enum',
  'x-ms-dynamic-schema',
  'x-ms-dynamic-properties',
] as const;

/** The responses of success that operations share. */
export function successes(definition: Definition | undefined): ReadonlySet<unknown> {
  const known = definition && knownSuccesses.get(definition);
  if (known || !definition) return known ?? new Set();
  const found = new Set<unknown>();
  for (const operation of definition.operations) {
    if (operation.isAgentic) continue;
    const codes = (codesOf(operation) ?? []).filter(isSuccess);
    for (const code of codes) found.add(definition.follow(operation.at('responses', code))?.value);
  }
  knownSuccesses.set(definition, found);
  return found;
}

const knownSuccesses = new WeakMap<Definition, ReadonlySet<unknown>>();

/** The schemas of responses that have nothing in them. */
export function emptySchemas(definition: Definition): ReadonlySet<unknown> {
  const known = knownEmpty.get(definition);
  if (known) return known;
  const found = new Set<unknown>();
  const addOf = (response: Location): void => {
    const schema = definition.follow(response.at('schema'))?.value;
    if (isEmptySchema(schema)) found.add(schema);
  };
  for (const name of definition.sharedNames('responses')) addOf(definition.root.at('responses', name));
  for (const operation of definition.operations) {
    if (operation.isAgentic) continue;
    for (const code of codesOf(operation) ?? []) if (code !== 'default') addOf(operation.at('responses', code));
  }
  knownEmpty.set(definition, found);
  return found;
}

const knownEmpty = new WeakMap<Definition, ReadonlySet<unknown>>();

/** Whether a schema describes nothing. */
export function isEmptySchema(schema: unknown): boolean {
  if (!isObject(schema)) return false;
  const { type, properties } = schema;
  if (type !== undefined && type !== 'object') return false;
  if (properties !== undefined && !(isObject(properties) && Object.keys(properties).length === 0)) return false;
  return !schemaContents.some((name) => has(schema, name));
}
