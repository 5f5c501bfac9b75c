import { schemaProperties } from './combine.ts';
import { takeExample } from './examples.ts';
import { Fields } from './fields.ts';
import {
  clone,
  copied,
  copiedText,
  memberText,
  outLiteral,
  outObject,
  type OutNode,
  type OutObject,
  stringOfOut,
} from './output-tree.ts';
import type { Obstacle } from './obstacle.ts';
import {
  describedParameter,
  type ParameterDraft,
  scalarType,
  textSchema,
  takeConnectionId,
  yes,
} from './parameter-schema.ts';
import { isFalse, isTrue, type SourceNode, sourceText } from './source.ts';
import { finishObject } from './finish-object.ts';
import type { ConversionState } from './state.ts';

/** What a parameter of the source has become. */
export interface ConvertedParameter {
  readonly origin: SourceNode;
  readonly parameters: readonly OutObject[];
  /** What its style puts before its variable in the path. */
  readonly prefix?: { readonly variable: string; readonly text: string };
  /** What its operation can't be converted for. */
  readonly obstacle?: Obstacle | undefined;
}

type Place = 'query' | 'header' | 'path';

interface Style {
  readonly style: string;
  readonly explode: boolean;
  /** Where that is said. */
  readonly nodes: readonly SourceNode[];
}

const ignoredHeaders = new Set(['accept', 'content-type', 'authorization']);

/** Whether OpenAPI 3 has other ways to describe a header. */
export function isIgnoredHeader(name: string): boolean {
  return ignoredHeaders.has(name.toLowerCase());
}

/** A parameter of OpenAPI 3 as parameters of OpenAPI 2.0. */
export function convertParameter(node: SourceNode, state: ConversionState): ConvertedParameter {
  const { ledger } = state;
  const nothing = { origin: node, parameters: [] };
  const fields = new Fields(node, ledger);
  const [nameNode, placeNode] = [fields.text('name'), fields.text('in')];
  const [name, place] = [sourceText(nameNode), sourceText(placeNode)];
  if (name === undefined || name === '') return (ledger.add('parameter-unusable', node), nothing);
  if (place === 'cookie') {
    const consequence = isTrue(node.members.get('required')) ? '. The API may reject calls without it' : '';
    return (ledger.add('parameter-cookie', node, { name, consequence }), nothing);
  }
  if (place !== 'query' && place !== 'header' && place !== 'path')
    return (ledger.add('parameter-unusable', node), nothing);
  if (place === 'header' && isIgnoredHeader(name))
    return (ledger.add('parameter-header-ignored', node, { name }), nothing);
  const required = readRequired(fields, place, name, state);
  if (name === 'connectionId' && place !== 'path') {
    const isNeeded = isTrue(node.members.get('required'));
    ledger.add('parameter-connection-id', node, { id: 'The operation' }, isNeeded ? 'refused' : 'dropped');
    return isNeeded ? { ...nothing, obstacle: { node, words: `'${name}'` } } : nothing;
  }
  return convertUsable(fields, { name, nameNode, place, placeNode, required }, state);
}

function readRequired(fields: Fields, place: Place, name: string, { ledger }: ConversionState): OutNode | undefined {
  const required = fields.flag('required');
  if (place === 'path') {
    if (!isTrue(required)) ledger.add('path-parameter-required', required ?? fields.node, { name });
    return isTrue(required) && required ? copied(required) : yes;
  }
  return required && (isTrue(required) || isFalse(required)) ? copied(required) : undefined;
}

interface Known {
  readonly name: string;
  readonly nameNode: SourceNode | undefined;
  readonly place: Place;
  readonly placeNode: SourceNode | undefined;
  readonly required: OutNode | undefined;
}

function convertUsable(fields: Fields, known: Known, state: ConversionState): ConvertedParameter {
  const { node } = fields;
  const { name, place } = known;
  const style = readStyle(fields, place);
  const written = readSchema(fields, name, state);
  const description = fields.text('description');
  const draft: ParameterDraft = {
    ...known,
    description: description && copiedText(description),
    schema: written,
    origin: node,
    summary: ownSummary(fields),
  };
  const type = scalarType(written);
  const extras = outObject();
  readExtras(fields, known, extras, state);
  const result = type === 'object' ? ofObject(draft, style, state) : ofValue(draft, style, state);
  finishObject(fields, extras, state);
  const parameters = result.parameters.map((parameter) => {
    const whole = clone(parameter);
    for (const [member, value] of extras.members) whole.members.set(member, value);
    return whole;
  });
  return { origin: node, ...result, parameters };
}

function ownSummary(fields: Fields): OutNode | undefined {
  const summary = fields.text('x-ms-summary');
  return summary && copied(summary);
}

const defaultStyles: Readonly<Record<Place, string>> = { query: 'form', header: 'simple', path: 'simple' };

function readStyle(fields: Fields, place: Place): Style {
  const [style, explode] = [fields.text('style'), fields.flag('explode')];
  const name = sourceText(style) ?? defaultStyles[place];
  const nodes = [style, explode].flatMap((node) => node ?? []);
  return { style: name, explode: explode === undefined ? name === 'form' : isTrue(explode), nodes };
}

/** The schema, whatever references lead to it. Other content is text. */
function readSchema(fields: Fields, name: string, state: ConversionState): OutObject {
  const schema = fields.take('schema');
  if (schema) return state.schemas.written(state.schemas.convert(schema)) ?? outObject({}, schema);
  const content = fields.object('content');
  if (content) {
    const [mediaType] = content.members.keys();
    state.ledger.add('parameter-content', content, { name, mediaType: mediaType ?? 'other' });
  }
  return textSchema(outObject());
}

function readExtras(fields: Fields, { name, place }: Known, extras: OutObject, state: ConversionState): void {
  const { ledger } = state;
  const reserved = fields.flag('allowReserved');
  if (reserved) ledger.add('parameter-reserved', reserved, { name });
  const empty = fields.flag('allowEmptyValue');
  if (empty && place === 'query') extras.members.set('allowEmptyValue', copied(empty));
  else if (empty) ledger.add('parameter-empty-value', empty, { name, place });
  const deprecated = fields.flag('deprecated');
  if (deprecated) {
    extras.members.set('x-deprecated', copied(deprecated));
    ledger.add('parameter-deprecated', deprecated, { name });
  }
  const example = takeExample(
    fields,
    { taken: 'parameter-example', left: 'parameter-examples', values: { name } },
    state,
  );
  if (example) extras.members.set('x-example', example);
}

const formats: Readonly<Record<string, string>> = { spaceDelimited: 'ssv', pipeDelimited: 'pipes' };

function ofValue(draft: ParameterDraft, { style, explode, nodes }: Style, state: ConversionState) {
  const { name, place, schema, origin } = draft;
  const { ledger } = state;
  const isList = scalarType(schema) === 'array';
  if (place === 'path' && (style === 'label' || style === 'matrix')) {
    const text = style === 'label' ? '.' : `;${name}=`;
    if (isList && explode) {
      for (const one of [...nodes, origin.members.get('schema') ?? origin])
        ledger.add('parameter-style-path', one, { name, example: `${text}1${text}2` }, 'narrowed');
      return { parameters: [describedParameter({ ...draft, schema: textSchema(schema) }, state)] };
    }
    for (const one of nodes) ledger.add('parameter-style-path', one, { name, prefix: text }, 'kept');
    const collectionFormat = isList ? 'csv' : undefined;
    return {
      parameters: [describedParameter({ ...draft, collectionFormat }, state)],
      prefix: { variable: name, text },
    };
  }
  if (!isList) {
    for (const one of nodes) ledger.add('parameter-style', one, { name, member: one.name });
    return { parameters: [describedParameter(draft, state)] };
  }
  const collectionFormat = formats[style] ?? (place === 'query' && style === 'form' && explode ? 'multi' : 'csv');
  for (const one of nodes.length > 0 ? nodes : [origin.members.get('schema') ?? origin])
    ledger.add('parameter-array', one, { name, collectionFormat });
  return { parameters: [describedParameter({ ...draft, collectionFormat }, state)] };
}

function ofObject(draft: ParameterDraft, { style, explode, nodes }: Style, state: ConversionState) {
  const { name, place, schema, origin } = draft;
  const { ledger } = state;
  const properties = schemaProperties(schema);
  const isDeep = style === 'deepObject';
  const place1 = nodes[0] ?? origin.members.get('schema') ?? origin;
  const places = nodes.length > 0 ? [...nodes, ...typesIn(origin)] : [place1];
  if (place !== 'query' || properties.size === 0 || !(isDeep || (style === 'form' && explode))) {
    const members = [...properties.keys()].slice(0, 2).map((key) => (explode ? `${key}=1` : `${key},1`));
    for (const one of places) ledger.add('parameter-object', one, { name, example: members.join(',') || 'key,value' });
    reportProperties(schema, draft, state);
    return { parameters: [describedParameter({ ...draft, schema: textSchema(schema) }, state)] };
  }
  const rule = isDeep ? 'parameter-object-deep' : 'parameter-object-form';
  // Where its properties are parameters, no request has its name.
  const named = new Map(properties);
  const renamed = isDeep ? [] : [draft.nameNode ?? []].flat();
  for (const one of [...places, ...renamed]) ledger.add(rule, one, { name, n: properties.size }, 'kept');
  const open = schema.members.get('additionalProperties');
  const isClosed = open?.kind === 'scalar' && open.json === 'false';
  if (open && isClosed) ledger.add(rule, open.origin ?? place1, { name, n: properties.size }, 'kept');
  else if (open) ledger.add('parameter-object-open', open.origin ?? place1, { name });
  reportRest(schema, draft, state);
  const required = requiredProperties(schema, draft, state);
  const obstacle = isDeep ? undefined : takeConnectionId(named, required, { id: 'The operation', node: place1 }, state);
  if (obstacle) return { parameters: [], obstacle };
  const parameters = [...named].map(([property, value]) => {
    const resolved = value.kind === 'object' ? (state.schemas.written(value) ?? outObject()) : outObject();
    const isDeeper =
      scalarType(resolved) === 'object' &&
      (resolved.members.has('properties') || memberText(resolved, 'type') === 'object');
    if (isDeeper) ledger.add('parameter-object-deep', value.origin ?? place1, { name: property }, 'narrowed');
    const isList = scalarType(resolved) === 'array';
    return describedParameter(
      {
        ...draft,
        name: isDeep ? `${name}[${property}]` : property,
        required: required(property),
        // What has no description of its own has that of the whole.
        description: resolved.members.has('description') ? undefined : draft.description,
        summary: undefined,
        schema: isDeeper ? textSchema(resolved) : resolved,
        origin: value.origin ?? origin,
        collectionFormat: isList ? 'multi' : undefined,
      },
      state,
    );
  });
  reportUnused(draft, parameters, state);
  return { parameters };
}

/** Where the type of a parameter is written that refers to none. */
function typesIn(origin: SourceNode): readonly SourceNode[] {
  const type = origin.members.get('schema')?.members.get('type');
  return type ? [type] : [];
}

/** Which properties of an object have to be there: those that it requires, if it has to be there itself. */
function requiredProperties(
  schema: OutObject,
  { name, required, origin }: ParameterDraft,
  { ledger }: ConversionState,
): (property: string) => OutNode | undefined {
  const list = schema.members.get('required');
  const items = list?.kind === 'array' ? list.items : [];
  const isRequired = required?.kind === 'scalar' && required.json === 'true';
  const place = required?.origin ?? origin;
  if (isRequired && items.length > 0) ledger.add('parameter-object-required', place, { name }, 'kept');
  if (isRequired && items.length === 0) ledger.add('parameter-object-required', place, { name }, 'dropped');
  if (!isRequired)
    for (const item of items)
      ledger.add(
        'parameter-object-required',
        item.origin ?? place,
        { name, property: stringOfOut(item) ?? '' },
        'narrowed',
      );
  return (property) => {
    const item = items.find((one) => stringOfOut(one) === property);
    if (!isRequired) return required;
    return item && outLiteral('true', item.origin);
  };
}

/** What is said about the whole and about none of its parts. */
function reportUnused(
  { name, description, summary }: ParameterDraft,
  parameters: readonly OutObject[],
  { ledger }: ConversionState,
): void {
  const isUsed = parameters.some(({ members }) => members.get('description') === description);
  for (const text of [isUsed ? undefined : description, summary])
    if (text?.origin) ledger.add('parameter-object-text', text.origin, { name, member: text.origin.name });
}

/** Members of an object that its parameters don't have. */
function reportRest(schema: OutObject, { name, origin }: ParameterDraft, { ledger }: ConversionState): void {
  const known = new Set(['type', 'properties', 'additionalProperties', 'required']);
  for (const [keyword, value] of schema.members)
    if (!known.has(keyword)) ledger.add('parameter-keyword', value.origin ?? origin, { keyword, name });
}

function reportProperties(schema: OutObject, { name, origin }: ParameterDraft, { ledger }: ConversionState): void {
  const known = new Set(['type', 'description', 'title']);
  for (const [keyword, value] of schema.members)
    if (!known.has(keyword)) ledger.add('parameter-keyword', value.origin ?? origin, { keyword, name });
}
