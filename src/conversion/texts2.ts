import { isMapOfNames } from './reach.ts';
import type { SourceNode } from './source.ts';

/** Members of OpenAPI 2.0 that are text, and lists of which each item is. */
const texts = new Set(
  (
    'swagger title description termsOfService version name url email host basePath summary operationId in type format ' +
    'collectionFormat pattern discriminator authorizationUrl tokenUrl flow $ref'
  ).split(' '),
);
const lists = new Set(['tags', 'consumes', 'produces', 'schemes', 'required']);

/** Below these are values of the API, which are of any type. */
const values = new Set(['default', 'enum', 'example', 'examples']);

/** Whether a scalar stands where OpenAPI 2.0 has a text: YAML may have taken it for something else. */
export function isTextMember({ name, kind, parent }: SourceNode): boolean {
  if (kind === 'object' || kind === 'array' || !parent || isInValue(parent)) return false;
  if (parent.kind === 'array') return lists.has(parent.name);
  return texts.has(name) && !isMapOfNames(parent);
}

/** Whether a node is in a value of the API or in an extension. */
export function isInValue(node: SourceNode): boolean {
  for (let at = node; at.parent; at = at.parent)
    if ((values.has(at.name) || at.name.startsWith('x-')) && !isMapOfNames(at.parent)) return true;
  return false;
}
