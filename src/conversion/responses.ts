import { STATUS_CODES } from 'node:http';
import { takeExample } from './examples.ts';
import { Fields } from './fields.ts';
import { followed } from './followed.ts';
import { type MediaType, rankedMediaTypes } from './media-types.ts';
import { copiedText, outObject, type OutObject, outText } from './output-tree.ts';
import { scalarType, simpleItems, simpleMembers, textSchema } from './parameter-schema.ts';
import { type SourceNode, sourceText } from './source.ts';
import { finishObject } from './finish-object.ts';
import type { ConversionState } from './state.ts';
import { isBlank } from './words.ts';
import { reportType } from './wrong-type.ts';

/** Which code of the result a code of the source has. */
export interface ResponseCode {
  readonly code: string;
  readonly node: SourceNode;
}

/** The responses that are converted, with their codes. */
export function responseCodes(responses: SourceNode, { ledger }: ConversionState): readonly ResponseCode[] {
  return [...responses.members.values()].flatMap((node) => {
    const { name } = node;
    if (name.startsWith('x-')) return [];
    if (name === 'default' || /^[1-5]\d\d$/u.test(name)) return [{ code: name, node }];
    if (!/^[1-5]XX$/iu.test(name)) return (ledger.add('response-code', node, { code: name }), []);
    const code = `${name.slice(0, 1)}00`;
    if (responses.members.has(code)) {
      ledger.add('response-range-taken', node, { range: name, code });
      return [];
    }
    ledger.add('response-range', node, { range: name, code });
    return [{ code, node }];
  });
}

export interface ConvertedResponse {
  readonly response: OutObject;
  /** The media type that it's read as. */
  readonly produces?: string | undefined;
}

/** A response, which is no reference. */
export function convertResponse(node: SourceNode, code: string, state: ConversionState): ConvertedResponse {
  const { ledger } = state;
  const fields = new Fields(node, ledger);
  const response = outObject({}, node);
  const description = fields.text('description') ?? fields.text('summary');
  if (description && !isBlank(sourceText(description))) response.members.set('description', copiedText(description));
  else describeResponse(response, description ?? node, code, state);
  const produces = readContent(fields.object('content'), response, state);
  readHeaders(fields.object('headers'), response, state);
  for (const link of fields.object('links')?.members.values() ?? []) ledger.add('link', link, { name: link.name });
  finishObject(fields, response, state);
  return { response, produces };
}

/** Gives a response the description that OpenAPI 2.0 requires. */
export function describeResponse(
  response: OutObject,
  place: SourceNode,
  code: string,
  { ledger }: Pick<ConversionState, 'ledger'>,
): void {
  const description = STATUS_CODES[code] ?? 'Response';
  response.members.set('description', outText(description, place.kind === 'string' ? place : undefined));
  ledger.add('response-description-made', place, { code, description });
}

/** Adds a response where there is none, which OpenAPI 2.0 requires. */
export function addGeneralResponse(
  responses: OutObject,
  place: SourceNode,
  id: string,
  { ledger }: Pick<ConversionState, 'ledger'>,
): void {
  if ([...responses.members.keys()].some((code) => !code.startsWith('x-'))) return;
  ledger.add('responses-made', place, { id });
  responses.members.set('default', outObject({ description: outText('Response of the API.') }));
}

function readContent(content: SourceNode | undefined, response: OutObject, state: ConversionState): string | undefined {
  const { ledger } = state;
  if (!content) return undefined;
  const all = rankedMediaTypes(content, state);
  const answers = all.filter(({ kind }) => kind !== 'form' && kind !== 'urlencoded');
  const [taken, ...others] = answers.length > 0 ? answers : all;
  if (!taken) return undefined;
  for (const other of all.filter((one) => one !== taken && !others.includes(one)).concat(others))
    ledger.add('response-media-type', other.node, { taken: taken.written, other: other.written });
  const media = new Fields(taken.node, ledger);
  const schema = readSchema(media, taken, state);
  if (schema) response.members.set('schema', schema);
  const example = takeExample(media, { taken: 'response-example', left: 'response-examples' }, state);
  if (example) response.members.set('examples', outObject({ [taken.name]: example }));
  finishObject(media, response, state);
  return taken.name;
}

function readSchema(media: Fields, { kind, written, node }: MediaType, state: ConversionState): OutObject | undefined {
  const { ledger, schemas } = state;
  const schema = media.take('schema');
  // Without a schema the response still has a body.
  if (kind === 'json') return schema ? schemas.convert(schema) : outObject({}, node);
  const resolved = (schema && schemas.written(schemas.convert(schema))) ?? outObject({}, schema);
  if (kind === 'binary') {
    ledger.add('response-binary', schema ?? node);
    return textSchema(resolved, 'binary');
  }
  if (kind === 'text') {
    ledger.add('response-text', schema ?? node);
    return scalarType(resolved) === 'string' && resolved.members.size > 0 ? resolved : textSchema(resolved);
  }
  ledger.add('response-xml', schema ?? node, { mediaType: written });
  return textSchema(resolved);
}

const headerMembers = ['required', 'style', 'explode', 'deprecated', 'content', 'allowEmptyValue', 'allowReserved'];

function readHeaders(headers: SourceNode | undefined, response: OutObject, state: ConversionState): void {
  if (!headers) return;
  const result = outObject({}, headers);
  for (const node of headers.members.values()) {
    const { name } = node;
    if (name.toLowerCase() === 'content-type') state.ledger.add('response-header-ignored', node);
    else {
      const value = followed(node, state);
      if (value && value.kind !== 'object') reportType(state.ledger, value, 'an object');
      else if (value) result.members.set(name, convertHeader(value, name, state));
    }
  }
  if (result.members.size > 0) response.members.set('headers', result);
}

/** A header of a response as OpenAPI 3 has it. */
export function convertHeader(node: SourceNode, name: string, state: ConversionState): OutObject {
  const { ledger, schemas } = state;
  const fields = new Fields(node, ledger);
  const schema = fields.take('schema');
  const resolved = (schema && schemas.written(schemas.convert(schema))) ?? outObject({}, schema);
  const description = fields.text('description');
  const result = outObject({}, node);
  const text = description ? copiedText(description) : resolved.members.get('description');
  if (text) result.members.set('description', text);
  const type = scalarType(resolved);
  if (type === 'object' || isListOfObjects(resolved, state)) {
    ledger.add('response-header', schema ?? node, { name });
    result.members.set('type', outText('string'));
  } else {
    if (!resolved.members.has('type')) result.members.set('type', outText(type, resolved.origin));
    for (const [member, value] of resolved.members) {
      if (member === 'items') result.members.set(member, simpleItems(value, { name, origin: node }, state, [resolved]));
      else if (simpleMembers.has(member) || member.startsWith('x-')) result.members.set(member, value);
      else if (value !== text) ledger.add('parameter-keyword', value.origin ?? node, { keyword: member, name });
    }
  }
  for (const member of headerMembers) {
    const value = fields.take(member);
    if (value) ledger.add('response-header-member', value, { member, name });
  }
  const example = takeExample(
    fields,
    { taken: 'parameter-example', left: 'parameter-examples', values: { name } },
    state,
  );
  if (example) result.members.set('x-example', example);
  finishObject(fields, result, state);
  return result;
}

function isListOfObjects(schema: OutObject, { schemas }: ConversionState): boolean {
  if (scalarType(schema) !== 'array') return false;
  const items = schema.members.get('items');
  const resolved = items?.kind === 'object' ? schemas.written(items) : undefined;
  return resolved === undefined || ['object', 'array'].includes(scalarType(resolved));
}

/** Reports what the list of responses says beside codes. */
export function finishResponses(responses: SourceNode, target: OutObject, state: ConversionState): void {
  for (const member of responses.members.values())
    if (member.name.startsWith('x-')) target.members.set(member.name, state.extension(member));
}
