import { schemaProperties } from './combine.ts';
import { Fields } from './fields.ts';
import { isBinary, type MediaType } from './media-types.ts';
import type { Obstacle } from './obstacle.ts';
import {
  memberText,
  outLiteral,
  outObject,
  type OutNode,
  type OutObject,
  outText,
  stringOfOut,
} from './output-tree.ts';
import {
  describedParameter,
  type ParameterDraft,
  scalarType,
  textSchema,
  takeConnectionId,
} from './parameter-schema.ts';
import { isFalse, type SourceNode, sourceText } from './source.ts';
import { finishHomeless } from './finish-object.ts';
import type { ConversionState } from './state.ts';
import { reportType } from './wrong-type.ts';

/** What a body has become. */
export interface ConvertedBody {
  readonly parameters: readonly OutObject[];
  /** The media type that it's sent as. */
  readonly consumes?: string | undefined;
  /** What its operation can't be converted for. */
  readonly obstacle?: Obstacle | undefined;
}

/** A form: each property of its schema is a field. */
export function convertForm(body: Fields, taken: MediaType, id: string, state: ConversionState): ConvertedBody {
  const { ledger, schemas, version } = state;
  const media = new Fields(taken.node, ledger);
  const node = media.take('schema');
  const schema = node && schemas.written(schemas.convert(node));
  if (!node || !schema || schemaProperties(schema).size === 0) {
    const form = node ?? taken.node;
    ledger.add('form-not-object', form, { id });
    return { parameters: [], obstacle: { node: form, words: 'its form' } };
  }
  const required = body.flag('required');
  const description = body.text('description');
  if (description) ledger.add('member-unknown', description, { name: 'description', version });
  const encoding = media.object('encoding');
  if (required) ledger.add('form-required', required);
  const list = schema.members.get('required');
  const isRequired = (name: string): OutNode | undefined => {
    const item = list?.kind === 'array' ? list.items.find((one) => stringOfOut(one) === name) : undefined;
    return item && outLiteral(String(!isFalse(required)), item.origin);
  };
  const properties = new Map(schemaProperties(schema));
  const obstacle = takeConnectionId(properties, isRequired, { id, node }, state);
  if (obstacle) return { parameters: [], obstacle };
  const parameters = [...properties].flatMap(([name, value]) => {
    const field = { name, value, encoding: encoding?.members.get(name), required: isRequired(name), place: node };
    return convertField(field, taken, state);
  });
  ledger.add('form', node, { n: parameters.length });
  reportOpen(schema, node, state);
  for (const example of [media.take('example'), media.take('examples')])
    if (example) ledger.add('body-examples', example, { key: example.name });
  reportEncoding(encoding, state);
  finishHomeless(body, 'request bodies', state);
  finishHomeless(media, 'media types', state);
  return { parameters, consumes: taken.name };
}

interface Field {
  readonly name: string;
  readonly value: OutNode;
  readonly encoding: SourceNode | undefined;
  readonly required: OutNode | undefined;
  /** Where it's reported when nothing else is known. */
  readonly place: SourceNode;
}

function convertField(field: Field, taken: MediaType, state: ConversionState): readonly OutObject[] {
  const { name, value, encoding, required, place } = field;
  const { ledger, schemas, references } = state;
  const origin = value.origin ?? place;
  const schema = (value.kind === 'object' ? schemas.written(value) : undefined) ?? outObject();
  const readOnly = schema.members.get('readOnly');
  if (readOnly?.kind === 'scalar' && readOnly.json === 'true') {
    ledger.add('form-read-only', origin, { name });
    return [];
  }
  const draft: ParameterDraft = { name, place: 'formData', required, description: undefined, schema, origin };
  const source = references.valueOf(origin);
  const type = scalarType(schema);
  const isFile = isBinary(source) || memberText(schema, 'format') === 'binary';
  if (isFile) return [fileField(draft, taken, state)];
  if (type === 'array') return [listField(draft, encoding, taken, state)];
  if (type === 'object') {
    ledger.add('form-object', origin, { name });
    return [describedParameter({ ...draft, schema: textSchema(schema) }, state)];
  }
  return [describedParameter(draft, state)];
}

function fileField(draft: ParameterDraft, { kind }: MediaType, state: ConversionState): OutObject {
  const { name, schema, origin } = draft;
  const text = textSchema(schema);
  const isUpload = kind === 'form';
  state.ledger.add(isUpload ? 'form-file' : 'form-file-urlencoded', origin, { name });
  if (isUpload) text.members.set('type', outText('file'));
  return describedParameter({ ...draft, schema: text }, state);
}

function listField(
  draft: ParameterDraft,
  encoding: SourceNode | undefined,
  taken: MediaType,
  state: ConversionState,
): OutObject {
  const { name, schema, origin } = draft;
  const { ledger, schemas, references } = state;
  const value = schema.members.get('items');
  const items = value?.kind === 'object' ? (schemas.written(value) ?? outObject()) : outObject();
  if (memberText(items, 'format') === 'binary' || isBinary(references.valueOf(value?.origin ?? origin))) {
    ledger.add('form-files', origin, { name });
    return fileField(draft, taken, state);
  }
  if (scalarType(items) === 'object') {
    ledger.add('form-object', origin, { name });
    return describedParameter({ ...draft, schema: textSchema(schema) }, state);
  }
  const style = sourceText(encoding?.members.get('style')) ?? 'form';
  const isExploded = !isFalse(encoding?.members.get('explode')) && style === 'form';
  const delimited: Readonly<Record<string, string>> = { spaceDelimited: 'ssv', pipeDelimited: 'pipes' };
  const collectionFormat = delimited[style] ?? (isExploded ? 'multi' : 'csv');
  ledger.add('form-array', origin, { name, collectionFormat });
  return describedParameter({ ...draft, collectionFormat, itemsRule: 'form-object' }, state);
}

function reportOpen(schema: OutObject, node: SourceNode, { ledger }: ConversionState): void {
  const known = new Set(['type', 'properties', 'required']);
  for (const [keyword, value] of schema.members) {
    if (known.has(keyword)) continue;
    const place = value.origin ?? node;
    if (keyword === 'additionalProperties') {
      if (!(value.kind === 'scalar' && value.json === 'false')) ledger.add('form-open', place);
      else ledger.add('schema-keyword', place, { keyword });
    } else ledger.add('schema-keyword', place, { keyword });
  }
}

function reportEncoding(encoding: SourceNode | undefined, { ledger }: ConversionState): void {
  for (const field of encoding?.members.values() ?? []) {
    if (field.kind !== 'object') reportType(ledger, field, 'an object');
    for (const member of field.members.values())
      if (member.name === 'style' || member.name === 'explode')
        ledger.add('parameter-style', member, { member: member.name, name: field.name });
      else ledger.add('form-encoding', member, { member: member.name, name: field.name });
  }
}
