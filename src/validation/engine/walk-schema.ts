import type { Dispatcher } from './dispatcher.ts';
import { isObject, type JsonObject, isString } from '../../json/value.ts';
import {
  ObjectNode,
  ReferenceNode,
  type ReferenceSection,
  objectItems,
  objectMembers,
  type SchemaContext,
  SchemaNode,
} from './nodes.ts';
import type { Location, Step } from './location.ts';

/** Visits a schema and those in it, as they are written. The depth of a document bounds the depth of this. */
export function walkSchema(
  dispatcher: Dispatcher,
  parent: Location,
  step: Step,
  value: JsonObject,
  context: SchemaContext,
): void {
  if (visitReference(dispatcher, parent, step, value, 'definitions')) return;
  const schema = new SchemaNode(parent, step, value, context);
  dispatcher.visitObject('schema', schema);
  for (const { location, step: name, value: inner, within } of innerSchemas(schema)) {
    const { role, owner, depth } = context;
    walkSchema(dispatcher, location, name, inner, { role, owner, depth: depth + 1, within, outer: schema });
  }
}

interface InnerSchema {
  readonly location: Location;
  readonly step: Step;
  readonly value: JsonObject;
  readonly within: 'properties' | 'items' | 'allOf' | 'additionalProperties';
}

const none: readonly never[] = [];

/** The schemas directly in a schema, references not followed. */
export function innerSchemas(schema: Location<JsonObject>): readonly InnerSchema[] {
  const { properties, items, allOf, additionalProperties } = schema.value;
  if (!properties && !items && !allOf && !additionalProperties) return none;
  const inner: InnerSchema[] = [];
  if (isObject(properties)) {
    const location = schema.at('properties');
    for (const [step, value] of objectMembers(properties)) inner.push({ location, step, value, within: 'properties' });
  }
  if (isObject(items)) inner.push({ location: schema, step: 'items', value: items, within: 'items' });
  if (Array.isArray(allOf)) {
    const location = schema.at('allOf');
    for (const [step, value] of objectItems(allOf)) inner.push({ location, step, value, within: 'allOf' });
  }
  if (isObject(additionalProperties)) {
    inner.push({
      location: schema,
      step: 'additionalProperties',
      value: additionalProperties,
      within: 'additionalProperties',
    });
  }
  return inner;
}

/** Visits the reference at a location, if there is one. */
export function visitReference(
  dispatcher: Dispatcher,
  parent: Location,
  step: Step,
  value: JsonObject,
  section: ReferenceSection,
): boolean {
  const target = value['$ref'];
  if (target === undefined) return false;
  if (isString(target)) dispatcher.visitObject('reference', new ReferenceNode(parent, step, value, section, target));
  else dispatcher.visitObject('brokenReference', new ObjectNode('brokenReference', parent, step, value));
  return true;
}
