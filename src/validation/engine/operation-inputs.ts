import type { Definition } from './definition.ts';
import { isArray, isString, type JsonObject, member as memberOf } from '../../json/value.ts';
import { objectItems, type OperationNode, type ParameterNode, type PathItemNode } from './nodes.ts';
import { isObjectLocation, type Location } from './location.ts';
import type { ReportOptions } from './rule.ts';
import { innerSchemas } from './walk-schema.ts';

/** What an operation can be given. */
interface Inputs {
  readonly names: ReadonlySet<string>;
  readonly bodies: readonly ParameterNode[];
  /** Parameters that must be given: not part of a body, and without a default. */
  readonly required: readonly string[];
  /** A reference to a parameter leads nowhere, or one is in an unknown location, so there is no saying what else it has. */
  readonly isIncomplete: boolean;
}

const known = new WeakMap<OperationNode, Inputs>();

export function inputsOf(definition: Definition, operation: OperationNode): Inputs {
  const before = known.get(operation);
  if (before) return before;
  const parameters = definition.parametersOf(operation);
  const inputs = {
    names: new Set(parameters.flatMap(({ parameterName }) => parameterName ?? [])),
    bodies: parameters.filter((parameter) => parameter.in === 'body'),
    required: parameters.filter(mustBeGiven).flatMap(({ parameterName }) => parameterName ?? []),
    isIncomplete:
      parameters.some((parameter) => parameter.in !== undefined && !parameter.isBody && !parameter.isOutsideBody) ||
      [operation.pathItem, operation].some((owner) => hasLostReference(definition, owner.at('parameters'))),
  };
  known.set(operation, inputs);
  return inputs;
}

function mustBeGiven({ isOutsideBody, value }: ParameterNode): boolean {
  return isOutsideBody && value['required'] === true && value['default'] === undefined;
}

function hasLostReference(definition: Definition, parameters: Location): boolean {
  return objectItems(parameters.value).some(
    ([, { $ref: reference }]) => reference !== undefined && !(isString(reference) && definition.resolve(reference)),
  );
}

/**
 * Whether an operation has an input of this name: a parameter, a property of its body, or a path to one, such as
 * `body/owner/id` or, in the older extensions, `owner.id`. What cannot be known, such as the properties of a dynamic schema, counts as there.
 */
export function hasInput(definition: Definition, operation: OperationNode, name: string): boolean {
  const { names, bodies, isIncomplete } = inputsOf(definition, operation);
  if (isIncomplete || names.has(name)) return true;
  const [first = '', ...rest] = name.split('/');
  const isInBody = bodies.some(({ parameterName }) => parameterName === first);
  if (rest.length > 0 && names.has(first) && !isInBody) return true;
  const steps = isInBody ? rest : [first, ...rest];
  return bodies.some((body) => {
    const { names: properties, isOpen } = propertiesOf(definition, body.at('schema'));
    return isOpen || steps.every((step) => properties.has(step)) || hasDottedPath(definition, body, name);
  });
}

/** The names of all inputs of an operation, of which one may be meant by a name that is none. */
export function inputNames(definition: Definition, operation: OperationNode): readonly string[] {
  const { names, bodies } = inputsOf(definition, operation);
  return [...names, ...bodies.flatMap((body) => [...propertiesOf(definition, body.at('schema')).names])];
}

/** What a name that an operation has no input of may be due to: a parameter that lacks its name, or is none. */
export function missingInput(
  definition: Definition,
  operations: readonly OperationNode[],
  name: string,
): Pick<ReportOptions, 'because' | 'lack'> {
  const oneOf = operations.flatMap((operation) =>
    definition.parametersOf(operation).map((parameter) => parameter.at('name')),
  );
  const isIn = (written: unknown): boolean => {
    const parameters = isArray(written) ? written : [isString(written) ? definition.resolve(written)?.value : written];
    return written === name || parameters.some((parameter) => memberOf(parameter, 'name') === name);
  };
  return { because: operations.map((operation) => operation.at('parameters')), lack: { name, oneOf, isIn } };
}

/** Whether `owner.id` or `body.owner.id` leads to a property. */
function hasDottedPath(definition: Definition, body: ParameterNode, name: string): boolean {
  if (!name.includes('.') || name.includes('/')) return false;
  const schema = body.at('schema');
  const start = `${body.parameterName ?? ''}.`;
  return (
    leadsOn(definition, schema, name) ||
    (name.startsWith(start) && leadsOn(definition, schema, name.slice(start.length)))
  );
}

/**
 * Whether each step of a path is a property of what the steps before it lead to; a property can have a dot in its name. Arrays
 * are stepped into, and parts of an allOf taken together.
 */
function leadsOn(definition: Definition, schema: Location, path: string): boolean {
  const open = [{ location: schema, rest: path }];
  const seen = new Map<string, Set<unknown>>();
  let count = 0;
  for (let next = open.pop(); next && count < mostSchemas; next = open.pop()) {
    const { rest } = next;
    const target = definition.follow(next.location);
    if (!target || !isObjectLocation(target)) continue;
    const before = seen.get(rest) ?? new Set();
    if (before.has(target.value)) continue;
    seen.set(rest, before.add(target.value));
    count += 1;
    for (const { location, step, within } of innerSchemas(target)) {
      if (within === 'additionalProperties') continue;
      if (within !== 'properties') open.push({ location: location.at(step), rest });
      else if (rest === step) return true;
      else if (rest.startsWith(`${step}.`))
        open.push({ location: location.at(step), rest: rest.slice(`${step}.`.length) });
    }
  }
  return false;
}

interface Properties {
  /** However deep: paths are written from the body or from inside it. */
  readonly names: ReadonlySet<string>;
  /** There may be others. */
  readonly isOpen: boolean;
}

/** So many schemas are searched for names: the bodies of many operations can share a large definition. */
const mostSchemas = 250;

const knownProperties = new WeakMap<JsonObject, Properties>();

function propertiesOf(definition: Definition, schema: Location): Properties {
  const target = definition.follow(schema);
  if (!target || !isObjectLocation(target)) return { names: new Set(), isOpen: false };
  const before = knownProperties.get(target.value);
  if (before) return before;
  const properties = collectProperties(definition, target);
  knownProperties.set(target.value, properties);
  return properties;
}

function collectProperties(definition: Definition, schema: Location<JsonObject>): Properties {
  const names = new Set<string>();
  const seen = new Set<JsonObject>();
  const open: Location[] = [schema];
  for (let next = open.pop(); next; next = open.pop()) {
    const target = definition.follow(next);
    if (!target || !isObjectLocation(target) || seen.has(target.value)) continue;
    if (seen.size >= mostSchemas || takesMore(target.value)) return { names, isOpen: true };
    seen.add(target.value);
    for (const { location, step, within } of innerSchemas(target)) {
      if (within === 'properties') names.add(String(step));
      open.push(location.at(step));
    }
  }
  return { names, isOpen: false };
}

/** It takes properties that nobody can list. */
function takesMore(schema: JsonObject): boolean {
  const { additionalProperties } = schema;
  return (
    schema['x-ms-dynamic-schema'] !== undefined ||
    schema['x-ms-dynamic-properties'] !== undefined ||
    (additionalProperties !== undefined && additionalProperties !== false)
  );
}

const operationsByPathItem = new WeakMap<Definition, ReadonlyMap<PathItemNode, readonly OperationNode[]>>();

/** The operations of a path item. */
export function operationsIn(definition: Definition, pathItem: PathItemNode): readonly OperationNode[] {
  let grouped = operationsByPathItem.get(definition);
  if (!grouped) operationsByPathItem.set(definition, (grouped = groupOperations(definition)));
  return grouped.get(pathItem) ?? [];
}

function groupOperations({ operations }: Definition): ReadonlyMap<PathItemNode, readonly OperationNode[]> {
  const grouped = new Map<PathItemNode, OperationNode[]>();
  for (const operation of operations) {
    const list = grouped.get(operation.pathItem);
    if (list) list.push(operation);
    else grouped.set(operation.pathItem, [operation]);
  }
  return grouped;
}
