import { Fields } from './fields.ts';
import { finishObject } from './finish-object.ts';
import { finishLimits } from './finish-schema.ts';
import { knownMembers } from './known-members2.ts';
import {
  copied,
  copiedText,
  outArray,
  outBoolean,
  type OutNode,
  outObject,
  type OutObject,
  outText,
} from './output-tree.ts';
import { describedParameter, scalarType, textSchema } from './parameter-schema.ts';
import { convertParameter } from './parameters.ts';
import type { ReferenceResolver } from './references.ts';
import { readKeyword } from './schema-keywords.ts';
import { convertSimple2, formatsIn, isSimpleMember } from './simple2.ts';
import { isTrue, referenceOf, type SourceNode, sourceText } from './source.ts';
import type { ConversionState } from './state.ts';
import { isBlank } from './words.ts';
import { reportType } from './wrong-type.ts';

const places = new Set(['query', 'header', 'path', 'formData', 'body']);

/** The parameters of an operation or a path that a connector can have. Others are reported. */
export function convertParameters2(list: SourceNode, state: ConversionState): OutNode {
  return outArray(
    usableParameters(list, state).flatMap((item) => convertItem(item, state)),
    list,
  );
}

function convertItem(item: SourceNode, state: ConversionState): readonly OutNode[] {
  const { ledger, names, references } = state;
  const reference = referenceOf(item);
  if (reference === undefined) return convertParameter2(item, state);
  const target = references.resolve(item, reference);
  if ('failure' in target) return [];
  for (const member of item.members.values())
    if (member.name !== '$ref') ledger.add('reference-siblings', member, { name: member.name });
  const parameter = parameterOf(item, references);
  const isShared =
    parameter && target.node.parent?.name === 'parameters' && names.keeps(target.node) && !isOpenApi3(parameter);
  if (!isShared) return parameter ? convertParameter2(parameter, state) : [];
  return [outObject({ $ref: outText(names.referenceTo(target.node, reference), item.members.get('$ref')) }, item)];
}

/** Whether a parameter is written as in OpenAPI 3. An object can become several then, and has to be where it's used. */
export function isOpenApi3({ members }: SourceNode): boolean {
  const isBody = sourceText(members.get('in')) === 'body';
  return !isBody && !members.has('type') && (members.has('schema') || members.has('content'));
}

/** A parameter that a connector can have, which is no reference. Objects that are written as in OpenAPI 3 can become several. */
export function convertParameter2(node: SourceNode, state: ConversionState): readonly OutObject[] {
  const { members } = node;
  const [place, name] = [sourceText(members.get('in')) ?? '', sourceText(members.get('name')) ?? ''];
  if (place === 'body') return [convertBody2(node, name, state)];
  if (isOpenApi3(node) && place !== 'formData') return convertParameter(node, state).parameters;
  if (isOpenApi3(node)) return [fieldWithSchema(node, name, state)];
  return [convertValue2(node, { name, place }, state)];
}

function convertValue2(
  node: SourceNode,
  { name, place }: { readonly name: string; readonly place: string },
  state: ConversionState,
): OutObject {
  const { ledger } = state;
  const isInPath = place === 'path';
  const owner = { kind: 'parameter', name, isField: place === 'formData', formats: formatsIn(place) } as const;
  const result = convertSimple2(node, owner, state, {
    schema: (schema) => {
      ledger.leaveOutFor('parameter-keyword', schema, { keyword: 'schema', name });
      return undefined;
    },
    allowEmptyValue: (member) => {
      if (place === 'query' || place === 'formData') return copied(member);
      ledger.add('parameter-empty-value', member, { name, place });
      return undefined;
    },
  });
  const required = node.members.get('required');
  if (isInPath && !isTrue(required)) {
    ledger.add('path-parameter-required', required ?? node, { name });
    result.members.set('required', outBoolean(true, required));
  }
  if (isInPath && name === 'connectionId') {
    ledger.add('parameter-connection-id', node, {}, 'kept');
    result.members.set('name', outText('connection_id', node.members.get('name')));
  }
  return result;
}

/** A field of a form whose type is in a schema, as OpenAPI 3 has it. */
function fieldWithSchema(node: SourceNode, name: string, state: ConversionState): OutObject {
  const { ledger, schemas } = state;
  const fields = new Fields(node, ledger);
  const [nameNode, placeNode, description] = [fields.text('name'), fields.text('in'), fields.text('description')];
  const [required, source] = [fields.flag('required'), fields.take('schema')];
  const written = (source && schemas.written(schemas.convert(source))) ?? outObject({}, source);
  const isObject = scalarType(written) === 'object';
  if (isObject) ledger.add('form-object', source ?? node, { name });
  const result = describedParameter(
    {
      name,
      nameNode,
      place: 'formData',
      placeNode,
      origin: node,
      required: required && copied(required),
      description: description && copiedText(description),
      schema: isObject ? textSchema(written) : written,
    },
    state,
  );
  finishObject(fields, result, state);
  return result;
}

/** A body has a schema. What says so beside it, or in its place, is that schema, or goes. */
function convertBody2(node: SourceNode, name: string, state: ConversionState): OutObject {
  const { ledger, version, schemas, extension, example } = state;
  const hasSchema = node.members.has('schema');
  const typing = [...node.members.values()].filter((member) => isSimpleMember(member.name));
  const leaveOut = (member: SourceNode): undefined => {
    ledger.leaveOutFor('body-keyword', member, { keyword: member.name });
    return undefined;
  };
  const converters = { schema: schemas.convert, allowEmptyValue: leaveOut, collectionFormat: leaveOut };
  const result = knownMembers('parameter', node, state, converters, isSimpleMember);
  if (hasSchema) for (const member of typing) leaveOut(member);
  if (result.members.has('schema')) return result;
  const schema = outObject();
  const around = { schema: node, name, out: schema, ledger, version, convert: schemas.convert, extension, example };
  for (const member of hasSchema ? [] : typing) {
    readKeyword(member, around);
    ledger.add('body-schema', member, { keyword: member.name }, 'kept');
  }
  if (schema.members.size === 0) ledger.add('body-schema', node, {}, 'made');
  finishLimits(schema, { node, ledger });
  result.members.set('schema', schema);
  return result;
}

/** Whether a connector can have a parameter. One that it can't have is reported. */
export function isUsableParameter(item: SourceNode, target: SourceNode, { ledger }: ConversionState): boolean {
  const named = target.members.get('name');
  const [name, place] = [named?.kind === 'null' ? undefined : sourceText(named), sourceText(target.members.get('in'))];
  const isRequired = isTrue(target.members.get('required'));
  if (place === 'cookie' && name !== undefined) {
    const consequence = isRequired ? '. The API may reject calls without it' : '';
    ledger.leaveOutFor('parameter-cookie', item, { name, consequence });
  } else if (place === undefined || !places.has(place) || isBlank(name)) {
    ledger.leaveOutFor('parameter-unusable', item);
  } else if (name === 'connectionId' && place !== 'path') {
    ledger.leaveOutFor('parameter-connection-id', item, {}, 'dropped');
  } else return true;
  return false;
}

function usableParameters(list: SourceNode, state: ConversionState): readonly SourceNode[] {
  const { ledger, references } = state;
  const known = new Set<string>();
  return list.items.filter((item) => {
    const target = references.valueOf(item);
    if (!target) return false;
    if (target.kind !== 'object') {
      reportType(ledger, item, 'an object');
      return false;
    }
    if (!isUsableParameter(item, target, state)) return false;
    const { name, place } = nameAndPlace(target);
    const key = `${place} ${place === 'header' ? name.toLowerCase() : name}`;
    const isNew = !known.has(key);
    known.add(key);
    if (!isNew) ledger.leaveOutFor('parameter-twice', item, { name, place });
    return isNew;
  });
}

/** The parameter that an item of a list is or refers to. */
export function parameterOf(item: SourceNode, references: ReferenceResolver): SourceNode | undefined {
  const target = references.valueOf(item);
  return target?.kind === 'object' ? target : undefined;
}

export function nameAndPlace({ members }: SourceNode): { readonly name: string; readonly place: string } {
  return { name: sourceText(members.get('name')) ?? '', place: sourceText(members.get('in')) ?? '' };
}
