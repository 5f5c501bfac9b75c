import type { Dispatcher } from './dispatcher.ts';
import { isString, type JsonObject } from './json-value.ts';
import {
  type DefinitionKind,
  type DefinitionObject,
  type Nodes,
  ReferenceNode,
  type ReferenceSection,
} from './nodes.ts';
import type { Place, Step } from './place.ts';

/** Visits a node for the rules of its kind and those about any object. */
export function visitObject<Kind extends DefinitionKind>(
  dispatcher: Dispatcher,
  kind: Kind,
  node: Nodes[Kind] & DefinitionObject,
): void {
  dispatcher.visit(kind, node);
  dispatcher.visit('object', node);
}

/** Visits the reference at a place, if there is one. */
export function visitReference(
  dispatcher: Dispatcher,
  parent: Place,
  step: Step,
  value: JsonObject,
  section: ReferenceSection,
): boolean {
  const target = value['$ref'];
  if (!isString(target)) return false;
  visitObject(dispatcher, 'reference', new ReferenceNode(parent, step, value, section, target));
  return true;
}
