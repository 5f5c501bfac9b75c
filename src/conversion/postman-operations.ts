import type { ConversionState } from './state.ts';
import {
  clone,
  memberText,
  outArray,
  outObject,
  type OutObject,
  outText,
  outValue,
  setMembers,
} from './output-tree.ts';
import { convertPostmanBody } from './postman-bodies.ts';
import { schemaByExample, exampleOf, typeOfText } from './postman-examples.ts';
import { postmanText } from './postman-text.ts';
import { nameOfFolder, type PostmanRequest } from './postman-requests.ts';
import { STATUS_CODES } from 'node:http';
import { type SourceNode, sourceText } from './source.ts';
import { cutAtWord, isBlank, longestSummary, wordsOf } from './words.ts';

/** Headers that connectors send themselves. */
const ownHeaders = new Set('accept content-type authorization cookie host user-agent content-length'.split(' '));

export interface PostmanPath {
  readonly path: string;
  readonly variables: readonly { readonly name: string; readonly description: SourceNode | undefined }[];
}

/** The path of the result: `:id` and `{{id}}` are `{id}`. */
export function postmanPath({ url }: PostmanRequest, { ledger }: ConversionState): PostmanPath {
  const described = new Map(
    (url.node?.members.get('variable')?.items ?? []).map(
      (node) => [sourceText(node.members.get('key')) ?? '', node] as const,
    ),
  );
  const names = new Set<string>();
  const variables: { name: string; description: SourceNode | undefined }[] = [];
  const segments = url.segments.map((segment) =>
    segment.replaceAll(/^:([\w.-]+)|\{\{([^{}]*)\}\}/gu, (part: string, colon?: string, braces?: string) => {
      const written = colon ?? braces ?? '';
      let name = written.trim().replaceAll(/[^A-Za-z0-9_.-]+/gu, '_') || 'value';
      for (let number = 2; names.has(name); number += 1) name = `${name.replace(/(?<!\d)\d+$/u, '')}${number}`;
      names.add(name);
      variables.push({ name, description: described.get(written)?.members.get('description') });
      if (url.node) ledger.add('postman-path', url.node, { part });
      return `{${name}}`;
    }),
  );
  for (const segment of segments) {
    const isValue = /^\d+$|^[\da-f]{8}-(?:[\da-f]{4}-){3}[\da-f]{12}$/iu.test(segment);
    if (isValue && url.node) ledger.add('postman-path-literal', url.node, { segment });
  }
  return { path: `/${segments.join('/')}`, variables };
}

/** An operation of a request. */
export function postmanOperation(
  request: PostmanRequest,
  { variables }: PostmanPath,
  signInHeaders: ReadonlySet<string>,
  state: ConversionState,
): OutObject {
  const { node, id, name, folders } = request;
  const { ledger } = state;
  const result = outObject({}, node);
  const tag = folders.map((folder) => nameOfFolder(folder)).join(' / ');
  if (folders.length > 0) result.members.set('tags', outArray([outText(tag)]));
  const summary = name
    .replaceAll(/[/\\<>*%&?]/gu, ' ')
    .replaceAll(/\s+/gu, ' ')
    .trim();
  const nameNode = node.members.get('name');
  if (nameNode && summary !== name) ledger.add('summary-characters', nameNode, { id, characters: '/ \\ < > * % & ?' });
  const description = postmanText(node.members.get('description') ?? request.request.members.get('description'));
  setMembers(result, {
    operationId: outText(id),
    summary: outText(cutAtWord(summary, longestSummary) || wordsOf(id), nameNode),
    description,
  });
  const body = convertPostmanBody(request, state);
  if (body.consumes !== undefined && body.consumes !== 'application/json')
    result.members.set('consumes', outArray([outText(body.consumes)]));
  const parameters = [
    ...variables.map((variable) => pathParameter(variable.name, variable.description)),
    ...queryParameters(request, state),
    ...headerParameters(request, signInHeaders, state),
    ...body.parameters,
  ];
  if (parameters.length > 0) result.members.set('parameters', outArray(distinct(parameters)));
  result.members.set('responses', responses(request, state));
  reportRest(request, state);
  return result;
}

function pathParameter(name: string, description: SourceNode | undefined): OutObject {
  const result = outObject({ name: outText(name), in: outText('path') });
  setMembers(result, {
    description: postmanText(description),
    required: outValue(true),
    'x-ms-summary': outText(wordsOf(name) || name),
    type: outText('string'),
    'x-ms-url-encoding': outText('single'),
  });
  return result;
}

function optionalParameter(name: string, place: 'query' | 'header', node: SourceNode, type: string): OutObject {
  const result = outObject({ name: outText(name, node.members.get('key')), in: outText(place) }, node);
  setMembers(result, {
    description: postmanText(node.members.get('description')),
    'x-ms-summary': outText(wordsOf(name) || name),
    type: outText(type),
  });
  return result;
}

function queryParameters({ url }: PostmanRequest, { ledger }: ConversionState): readonly OutObject[] {
  return url.query.map(({ name, value, node }) => {
    ledger.add('postman-query', node, { name });
    return optionalParameter(name, 'query', node, typeOfText(value));
  });
}

function headerParameters(
  { request }: PostmanRequest,
  signInHeaders: ReadonlySet<string>,
  { ledger }: ConversionState,
): readonly OutObject[] {
  return (request.members.get('header')?.items ?? []).flatMap((node) => {
    const name = sourceText(node.members.get('key')) ?? '';
    const lowerCase = name.toLowerCase();
    const isLeft = ownHeaders.has(lowerCase) || lowerCase.startsWith('postman-') || signInHeaders.has(lowerCase);
    if (isBlank(name) || isLeft || !/^[\w!#$%&'*+.^`|~-]+$/u.test(name)) {
      ledger.add('postman-header-left', node, { name });
      return [];
    }
    ledger.add('postman-header', node, { name });
    return [optionalParameter(name, 'header', node, 'string')];
  });
}

/** The first parameter of each name and place. */
function distinct(parameters: readonly OutObject[]): readonly OutObject[] {
  const keys = parameters.map((one) => `${memberText(one, 'in')} ${memberText(one, 'name')}`);
  return parameters.filter((_, index) => keys.indexOf(keys[index] ?? '') === index);
}

function responses({ node, name }: PostmanRequest, { ledger }: ConversionState): OutObject {
  const result = outObject();
  const byCode = new Map<string, SourceNode[]>();
  for (const saved of node.members.get('response')?.items ?? []) {
    const code = sourceText(saved.members.get('code')) ?? '';
    if (/^[1-5]\d\d$/u.test(code)) byCode.set(code, [...(byCode.get(code) ?? []), saved]);
    else ledger.add('response-code', saved, { code });
  }
  for (const [code, saved] of [...byCode].toSorted(([one], [other]) => Number(one) - Number(other))) {
    const [first] = saved;
    const description = STATUS_CODES[code] ?? sourceText(first?.members.get('name')) ?? 'Response';
    const examples = saved.flatMap((one) => exampleOf(sourceText(one.members.get('body')) ?? '') ?? []);
    const schema = examples.length > 0 ? schemaByExample(examples, undefined) : undefined;
    result.members.set(code, outObject({ description: outText(description), schema }, first));
    for (const one of saved) {
      ledger.add('postman-response', one, { code, n: saved.length });
      for (const header of one.members.get('header')?.items ?? [])
        ledger.add('postman-header-left', header, { name: sourceText(header.members.get('key')) ?? '' });
    }
  }
  if (result.members.size > 0) return result;
  ledger.add('postman-response-made', node, { name });
  result.members.set('default', outObject({ description: outText('Response of the API.') }));
  return result;
}

function reportRest({ node }: PostmanRequest, { ledger }: ConversionState): void {
  reportEvents(node, ledger);
  const protocol = node.members.get('protocolProfileBehavior');
  if (protocol) ledger.add('postman-setting', protocol, { name: protocol.name });
  for (const name of ['proxy', 'certificate']) {
    const setting = node.members.get('request')?.members.get(name);
    if (setting) ledger.add('postman-setting', setting, { name });
  }
}

export function reportEvents(node: SourceNode, ledger: ConversionState['ledger']): void {
  for (const event of node.members.get('event')?.items ?? []) ledger.add('postman-script', event);
}

/** The operation of two requests that call the same: parameters of both, and the body of the first that has one. */
export function joinedOperation(first: OutObject, other: OutObject): OutObject {
  const result = clone(first);
  const [own, more] = [first, other].map((one) => {
    const list = one.members.get('parameters');
    return list?.kind === 'array' ? list.items.flatMap((item) => (item.kind === 'object' ? item : [])) : [];
  });
  const hasBody = own?.some((one) => ['body', 'formData'].includes(memberText(one, 'in') ?? ''));
  const added = (more ?? []).filter((one) => !(hasBody && ['body', 'formData'].includes(memberText(one, 'in') ?? '')));
  const all = distinct([...(own ?? []), ...added]);
  if (all.length > 0) result.members.set('parameters', outArray(all));
  const consumes = other.members.get('consumes');
  if (!hasBody && consumes) result.members.set('consumes', consumes);
  return result;
}
