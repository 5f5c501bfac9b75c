import type { Dispatcher } from './dispatcher.ts';
import { isString, type JsonObject } from '../../json/value.ts';
import { ReferenceNode, type ReferenceSection } from './nodes.ts';
import type { Location, Step } from './location.ts';

/** Visits the reference at a location, if there is one. */
export function visitReference(
  dispatcher: Dispatcher,
  parent: Location,
  step: Step,
  value: JsonObject,
  section: ReferenceSection,
): boolean {
  const target = value['$ref'];
  if (!isString(target)) return false;
  dispatcher.visitObject('reference', new ReferenceNode(parent, step, value, section, target));
  return true;
}
