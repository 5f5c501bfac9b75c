import type { Ledger } from './ledger.ts';
import { NamesInUse } from './names-in-use.ts';
import type { ConversionState } from './state.ts';
import { memberText, outArray, outObject, type OutObject, outText, outValue, setMembers } from './output-tree.ts';
import { reportEvents, reportMembers, reportVariables } from './postman-members.ts';
import { cleanVariable } from './path-names.ts';
import { convertPostmanBody, type PostmanBody } from './postman-bodies.ts';
import { schemaByExample, exampleOf, typeOfText } from './postman-examples.ts';
import { optionalParameter } from './postman-parameters.ts';
import { joinedTexts, postmanText, statedText } from './postman-text.ts';
import { nameOfFolder, type PostmanRequest } from './postman-requests.ts';
import { STATUS_CODES } from 'node:http';
import type { SourceNode } from './source.ts';
import { usableSummary } from './summaries.ts';
import { isBlank, wordsOf } from './words.ts';

/** Headers that connectors send themselves. */
const ownHeaders = new Set('accept content-type authorization cookie host user-agent content-length'.split(' '));

export interface PostmanPath {
  readonly path: string;
  /** With what the URL says about them. */
  readonly variables: readonly { readonly name: string; readonly node: SourceNode | undefined }[];
}

/** Requests that call the same, which are one operation. */
export interface RequestGroup {
  readonly first: PostmanRequest;
  readonly others: readonly PostmanRequest[];
  readonly path: PostmanPath;
}

const variablePart = /^:([\w.-]+)|\{\{([^{}]*)\}\}|\{([^{}]+)\}/gu;

/** The path of the result: `:id`, `{{id}}`, and `{id}` are `{id}`. */
export function postmanPath({ url }: PostmanRequest): PostmanPath {
  const described = new Map(
    (url.node?.members.get('variable')?.items ?? []).map(
      (node) => [statedText(node.members.get('key') ?? node.members.get('id')) ?? '', node] as const,
    ),
  );
  const names = new NamesInUse();
  const variables: { name: string; node: SourceNode | undefined }[] = [];
  const segments = url.segments.map((segment) =>
    segment.replaceAll(variablePart, (_, colon?: string, braces?: string, brace?: string) => {
      const written = colon ?? braces ?? brace ?? '';
      const wanted = cleanVariable(written.trim());
      const name = names.take(wanted, wanted.replace(/(?<!\d)\d+$/u, ''));
      variables.push({ name, node: described.get(written) });
      return `{${name}}`;
    }),
  );
  return { path: `/${segments.join('/')}`, variables };
}

function reportPath({ url }: PostmanRequest, ledger: Ledger): void {
  const { node, segments } = url;
  if (!node) return;
  for (const segment of segments) {
    for (const [part, ...names] of segment.matchAll(variablePart)) {
      ledger.add('postman-path', node, { part });
      if (names.some((name) => name?.trim() === 'connectionId'))
        ledger.add('parameter-connection-id', node, {}, 'kept');
    }
    const isValue = /^\d+$|^[\da-f]{8}-(?:[\da-f]{4}-){3}[\da-f]{12}$/iu.test(segment);
    if (isValue) ledger.add('postman-path-literal', node, { segment });
  }
}

/** An operation of requests: texts and tag of the first, parameters and saved responses of all, and the first body. */
export function postmanOperation(
  { first, others, path }: RequestGroup,
  signInHeaders: ReadonlySet<string>,
  state: ConversionState,
): OutObject {
  const { node, id, name, folders } = first;
  const { ledger } = state;
  const all = [first, ...others];
  for (const request of all) reportPath(request, ledger);
  const result = outObject({}, node);
  const tag = folders.map((folder) => nameOfFolder(folder)).join(' / ');
  if (folders.length > 0) result.members.set('tags', outArray([outText(tag)]));
  const nameNode = node.members.get('name');
  const { summary, rest } = usableSummary(name, { node: nameNode ?? node, id }, ledger);
  const texts = [node, first.request].map(({ members }) => postmanText(members.get('description')));
  const [, second] = texts;
  if (second?.origin && texts[0]) ledger.add('postman-description', second.origin);
  setMembers(result, {
    operationId: outText(id),
    summary: outText(summary || wordsOf(id), nameNode),
    description: joinedTexts([rest === undefined ? undefined : outText(rest), ...texts]),
  });
  const body = firstBody(all, state);
  if (body.consumes !== undefined && body.consumes !== 'application/json')
    result.members.set('consumes', outArray([outText(body.consumes)]));
  const parameters = [
    ...path.variables.map(({ name: variable, node: described }) =>
      pathParameter(variable, described?.members.get('description')),
    ),
    ...all.flatMap((request) => queryParameters(request, state)),
    ...all.flatMap((request) => headerParameters(request, signInHeaders, state)),
    ...body.parameters,
  ];
  if (parameters.length > 0) result.members.set('parameters', outArray(distinct(parameters)));
  result.members.set('responses', responses(all, first, state));
  for (const request of all) reportRest(request, postmanPath(request), state);
  return result;
}

function firstBody(requests: readonly PostmanRequest[], state: ConversionState): PostmanBody {
  for (const request of requests) {
    const body = convertPostmanBody(request, state);
    if (body.parameters.length > 0) return body;
  }
  return { parameters: [] };
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

function queryParameters({ url }: PostmanRequest, { ledger }: ConversionState): readonly OutObject[] {
  return url.query.flatMap(({ name, value, node }) => {
    const parameter = optionalParameter(name, 'query', { node, type: typeOfText(value) }, ledger);
    if (parameter) ledger.add('postman-query', node, { name });
    return parameter ?? [];
  });
}

function headerParameters(
  { request }: PostmanRequest,
  signInHeaders: ReadonlySet<string>,
  { ledger }: ConversionState,
): readonly OutObject[] {
  return (request.members.get('header')?.items ?? []).flatMap((node) => {
    const name = statedText(node.members.get('key')) ?? '';
    const lowerCase = name.toLowerCase();
    const isLeft = ownHeaders.has(lowerCase) || lowerCase.startsWith('postman-') || signInHeaders.has(lowerCase);
    if (isBlank(name) || isLeft || !/^[\w!#$%&'*+.^`|~-]+$/u.test(name)) {
      ledger.add('postman-header-left', node, { name });
      return [];
    }
    const parameter = optionalParameter(name, 'header', { node, type: 'string' }, ledger);
    if (parameter) ledger.add('postman-header', node, { name });
    return parameter ?? [];
  });
}

/** The first parameter of each name and place. */
function distinct(parameters: readonly OutObject[]): readonly OutObject[] {
  const keys = parameters.map((one) => `${memberText(one, 'in')} ${memberText(one, 'name')}`);
  return parameters.filter((_, index) => keys.indexOf(keys[index] ?? '') === index);
}

function responses(
  requests: readonly PostmanRequest[],
  { node, name }: PostmanRequest,
  { ledger }: ConversionState,
): OutObject {
  const result = outObject();
  const byCode = new Map<string, SourceNode[]>();
  for (const saved of requests.flatMap((request) => request.node.members.get('response')?.items ?? [])) {
    const code = statedText(saved.members.get('code')) ?? '';
    if (/^[1-5]\d\d$/u.test(code)) byCode.set(code, [...(byCode.get(code) ?? []), saved]);
    else ledger.add('response-code', saved, { code });
  }
  for (const [code, saved] of [...byCode].toSorted(([one], [other]) => Number(one) - Number(other))) {
    const [first] = saved;
    const named = saved.map((one) => one.members.get('name')).find((one) => !isBlank(statedText(one)));
    const description = outText(statedText(named) ?? STATUS_CODES[code] ?? 'Response', named);
    const examples = saved.flatMap((one) => exampleOf(statedText(one.members.get('body')) ?? '') ?? []);
    const schema = examples.length > 0 ? schemaByExample(examples, undefined) : undefined;
    result.members.set(code, outObject({ description, schema }, first));
    for (const one of saved) {
      ledger.add('postman-response', one, { code, n: saved.length });
      for (const header of one.members.get('header')?.items ?? [])
        ledger.add('postman-header-left', header, { name: statedText(header.members.get('key')) ?? '' });
    }
  }
  if (result.members.size > 0) return result;
  ledger.add('postman-response-made', node, { name });
  result.members.set('default', outObject({ description: outText('Response of the API.') }));
  return result;
}

function reportRest(
  { node, request, url }: PostmanRequest,
  { variables }: PostmanPath,
  { ledger }: ConversionState,
): void {
  reportEvents(node, ledger);
  reportVariables(node, ledger);
  reportMembers(node, 'item', ledger);
  reportMembers(request, 'request', ledger);
  reportMembers(url.node, 'url', ledger);
  const inPath = new Set(variables.flatMap(({ node: variable }) => variable ?? []));
  for (const variable of url.node?.members.get('variable')?.items ?? []) {
    const name = statedText(variable.members.get('key') ?? variable.members.get('id')) ?? '';
    if (!inPath.has(variable)) ledger.add('postman-variable', variable, { name });
  }
}
