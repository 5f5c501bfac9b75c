import { takeExample } from './examples.ts';
import { Fields } from './fields.ts';
import { followed } from './followed.ts';
import { type ConvertedBody, convertForm } from './forms.ts';
import { type MediaType, rankedMediaTypes } from './media-types.ts';
import { copied, copiedText, outObject, type OutObject, outText } from './output-tree.ts';
import { textSchema } from './parameter-schema.ts';
import { isTrue, pathOf, type SourceNode, sourceText } from './source.ts';
import { finishObject } from './finish-object.ts';
import type { ConversionState } from './state.ts';
import { reportType } from './wrong-type.ts';

export interface BodyPlace {
  readonly id: string;
  readonly method: string;
}

/** The body of a request. */
export function convertBody(body: SourceNode, place: BodyPlace, state: ConversionState): ConvertedBody {
  const { ledger } = state;
  const node = followed(body, state);
  if (!node) return { parameters: [] };
  if (node.kind !== 'object') return (reportType(ledger, node, 'an object'), { parameters: [] });
  const { method, id } = place;
  if (method === 'get' || method === 'head') {
    const isRefused = isTrue(node.members.get('required'));
    ledger.add('body-get', body, { method: method.toUpperCase(), id }, isRefused ? 'refused' : 'dropped');
    return isRefused ? { parameters: [], obstacle: { node: body, words: 'its body' } } : { parameters: [] };
  }
  const fields = new Fields(node, ledger);
  const content = fields.object('content');
  if (!content || content.members.size === 0) {
    ledger.add('body-empty', body);
    return { parameters: [] };
  }
  const [taken, ...others] = rankedMediaTypes(content, state);
  if (!taken) return (ledger.add('body-empty', body), { parameters: [] });
  for (const other of others) ledger.add('body-media-type', other.node, { taken: taken.written, other: other.written });
  return taken.kind === 'form' || taken.kind === 'urlencoded'
    ? convertForm(fields, taken, id, state)
    : convertWhole(fields, taken, state);
}

const nameExtensions = ['x-ms-requestBody-name', 'x-codegen-request-body-name', 'x-bodyName'];

function convertWhole(fields: Fields, taken: MediaType, state: ConversionState): ConvertedBody {
  const { node } = fields;
  const description = fields.text('description');
  const required = fields.flag('required');
  const named = nameExtensions.map((name) => fields.take(name)).find((name) => sourceText(name) !== undefined);
  const parameter = outObject(
    {
      name: outText(sourceText(named) || 'body', named),
      in: outText('body'),
      description: description && copiedText(description),
      required: required && copied(required),
    },
    node,
  );
  const media = new Fields(taken.node, state.ledger);
  parameter.members.set('schema', bodySchema(media, taken, state));
  const example = takeExample(media, { taken: 'body-example', left: 'body-examples' }, state);
  if (example) parameter.members.set('x-example', example);
  const encoding = media.object('encoding');
  if (encoding) state.ledger.add('form-encoding', encoding, { member: 'encoding', name: parameter.kind });
  finishObject(fields, parameter, state);
  finishObject(media, parameter, state);
  return { parameters: [parameter], consumes: taken.name };
}

function bodySchema(media: Fields, { kind, written, node }: MediaType, state: ConversionState): OutObject {
  const { ledger, schemas } = state;
  const schema = media.take('schema');
  if (kind === 'json') return schema ? jsonSchema(schema, state) : outObject({}, node);
  const resolved = (schema && schemas.written(schemas.convert(schema))) ?? outObject({}, schema);
  if (kind === 'binary') {
    ledger.add('body-binary', schema ?? node);
    return textSchema(resolved, 'binary');
  }
  if (kind === 'text') {
    const type = resolved.members.get('type');
    const isText = type?.kind === 'scalar' && type.json === '"string"';
    ledger.add('body-text', schema ?? node);
    return isText ? resolved : textSchema(resolved);
  }
  ledger.add('body-xml', schema ?? node, { mediaType: written });
  return textSchema(resolved);
}

/** An object that a component has in place is a definition, because several operations can have it. */
function jsonSchema(schema: SourceNode, { schemas, names }: ConversionState): OutObject {
  const converted = schemas.convert(schema);
  const [root, section] = pathOf(schema);
  const isInComponent = root === 'components' && section === 'requestBodies';
  if (!isInComponent || !converted.members.has('properties')) return converted;
  return outObject({ $ref: outText(names.referenceTo(schema), schema) }, schema);
}
