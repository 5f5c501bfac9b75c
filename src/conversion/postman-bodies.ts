import { outObject, type OutObject, outText } from './output-tree.ts';
import { exampleOf, schemaByExample, typeOfText } from './postman-examples.ts';
import { saysNothing } from './postman-members.ts';
import { optionalParameter } from './postman-parameters.ts';
import { statedText } from './postman-text.ts';
import type { PostmanRequest } from './postman-requests.ts';
import { memberOf, type SourceNode } from './source.ts';
import type { ConversionState } from './state.ts';
import { isBlank } from './words.ts';

export interface PostmanBody {
  readonly parameters: readonly OutObject[];
  readonly consumes?: string;
}

const nothing: PostmanBody = { parameters: [] };

/** The body of a request, described by its example. */
export function convertPostmanBody({ request, method, id }: PostmanRequest, { ledger }: ConversionState): PostmanBody {
  const body = request.members.get('body');
  const mode = statedText(body?.members.get('mode'));
  const content = mode === undefined ? undefined : body?.members.get(mode);
  if (!body || saysNothing(body)) return nothing;
  if (mode === undefined || !content || saysNothing(content)) return (ledger.add('postman-body-empty', body), nothing);
  if (method === 'get' || method === 'head') {
    ledger.add('body-get', body, { method: method.toUpperCase(), id }, 'dropped');
    return nothing;
  }
  switch (mode) {
    case 'raw':
      return rawBody(body, content, request, ledger);
    case 'urlencoded':
    case 'formdata':
      return formBody(body, content, mode, ledger);
    case 'file':
      ledger.add('postman-body-file', body);
      return { parameters: [bodyParameter(body, binary())], consumes: 'application/octet-stream' };
    case 'graphql': {
      ledger.add('postman-body-graphql', body);
      const properties = outObject({
        query: outObject({ type: outText('string') }),
        variables: outObject({ type: outText('object') }),
      });
      return { parameters: [bodyParameter(body, outObject({ type: outText('object'), properties }))] };
    }
    default:
      ledger.add('postman-setting', body, { name: mode });
      return nothing;
  }
}

function binary(): OutObject {
  return outObject({ type: outText('string'), format: outText('binary') });
}

function bodyParameter(body: SourceNode, schema: OutObject): OutObject {
  return outObject({ name: outText('body'), in: outText('body'), schema }, body);
}

function rawBody(
  body: SourceNode,
  content: SourceNode,
  request: SourceNode,
  ledger: ConversionState['ledger'],
): PostmanBody {
  const example = exampleOf(statedText(content) ?? '');
  const language = statedText(memberOf(body, 'options', 'raw', 'language'));
  if (example !== undefined || language === 'json') {
    ledger.add('postman-body-json', body);
    return {
      parameters: [bodyParameter(body, example === undefined ? outObject() : schemaByExample([example], undefined))],
    };
  }
  ledger.add('postman-body-text', body);
  const header = (request.members.get('header')?.items ?? []).find(
    (one) => statedText(one.members.get('key'))?.toLowerCase() === 'content-type',
  );
  const stated = (statedText(header?.members.get('value')) ?? '').split(';')[0]?.trim() ?? '';
  const isMediaType = /^[\w.+-]+\/[\w.+-]+$/u.test(stated);
  const types: Readonly<Record<string, string>> = { xml: 'application/xml', html: 'text/html' };
  const consumes = isMediaType ? stated : (types[language ?? ''] ?? 'text/plain');
  return { parameters: [bodyParameter(body, outObject({ type: outText('string') }))], consumes };
}

function formBody(body: SourceNode, content: SourceNode, mode: string, ledger: ConversionState['ledger']): PostmanBody {
  const fields = content.items.flatMap((node) => {
    const name = statedText(node.members.get('key'));
    if (name === undefined || isBlank(name)) return [];
    const isFile = mode === 'formdata' && statedText(node.members.get('type')) === 'file';
    const type = isFile ? 'file' : typeOfText(statedText(node.members.get('value')));
    return optionalParameter(name, 'formData', { node, type }, ledger) ?? [];
  });
  ledger.add('postman-body-form', body, { n: fields.length });
  const consumes = mode === 'formdata' ? 'multipart/form-data' : 'application/x-www-form-urlencoded';
  return fields.length === 0 ? nothing : { parameters: fields, consumes };
}
