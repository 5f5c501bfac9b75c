import { finishLimits } from './finish-schema.ts';
import type { Ledger } from './ledger.ts';
import { outBoolean, outObject, type OutObject, outText } from './output-tree.ts';
import { isMapOfNames } from './reach.ts';
import { schemaName } from './schema-names.ts';
import { isTrue, type SourceNode } from './source.ts';
import { isInValue } from './texts2.ts';

/** Sets members of an object of OpenAPI 2.0 without which the document isn't valid. */
export function repairObject2(node: SourceNode, result: OutObject, ledger: Ledger): void {
  if (isInValue(node)) return;
  const { members } = node;
  const [type, place] = [members.get('type'), members.get('in')];
  if (node.parent?.name === 'securityDefinitions' && type?.text === 'oauth2' && !members.has('scopes')) {
    ledger.add('security-scopes-made', node, { name: node.name });
    result.members.set('scopes', outObject());
  }
  if (place?.text === 'path' && members.has('name') && !isTrue(members.get('required'))) {
    ledger.add('path-parameter-required', members.get('required') ?? node, { name: members.get('name')?.text ?? '' });
    result.members.set('required', outBoolean(true, members.get('required')));
  }
  if (place?.text === 'path' && members.get('name')?.text === 'connectionId') {
    ledger.add('parameter-connection-id', node, {}, 'kept');
    result.members.set('name', outText('connection_id', members.get('name')));
  }
  if (!isMapOfNames(node)) finishLimits(result, { ledger, node });
  if (type?.kind === 'string' && type.text === 'array' && !members.has('items')) {
    result.members.set('items', outObject(isSimple(node) ? { type: outText('string') } : {}));
    ledger.add('schema-items-made', node, { name: members.get('name')?.text ?? schemaName(node) });
  }
  if (type?.kind !== 'string' || type.text !== 'file' || place || isWholeResponse(node)) return;
  result.members.set('type', outText('string', type));
  if (!members.has('format')) result.members.set('format', outText('binary'));
  ledger.add('schema-file', type, { name: node.name });
}

const limits = new Set(
  (
    'multipleOf minimum maximum exclusiveMinimum exclusiveMaximum minLength maxLength minItems maxItems ' +
    'minProperties maxProperties uniqueItems pattern'
  ).split(' '),
);

/** Whether a member limits the values of a schema, parameter, or header. */
export function isLimit2(member: SourceNode): boolean {
  const { name, kind, parent } = member;
  return (
    limits.has(name) && kind !== 'object' && parent?.kind === 'object' && !isMapOfNames(parent) && !isInValue(member)
  );
}

/** Whether an object is a parameter or a header, or items of one. */
function isSimple(node: SourceNode): boolean {
  let at = node;
  while (at.name === 'items' && at.parent && !isMapOfNames(at.parent)) at = at.parent;
  return at.members.has('in') || at.parent?.name === 'headers';
}

/** Whether a schema is that of a response, which is a file as a whole. */
function isWholeResponse({ name, parent }: SourceNode): boolean {
  return name === 'schema' && parent !== undefined && !parent.members.has('in');
}
