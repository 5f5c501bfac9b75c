import { convertBody } from './bodies.ts';
import { convertDocumentation, copiedTexts } from './documentation.ts';
import { Fields } from './fields.ts';
import { followed } from './followed.ts';
import {
  copied,
  copiedText,
  outArray,
  outObject,
  type OutNode,
  type OutObject,
  outText,
  setMembers,
} from './output-tree.ts';
import { leaveOutFor } from './obstacle.ts';
import type { OperationParameters } from './path-parameters.ts';
import { addGeneralResponse, convertResponse, finishResponses, responseCodes } from './responses.ts';
import { type ConvertedSecurity, operationSecurity } from './security.ts';
import type { SharedParts } from './shared-parts.ts';
import type { SourceOperation } from './source-operations.ts';
import { type SourceNode, sourceText } from './source.ts';
import { finishObject } from './finish-object.ts';
import type { ConversionState } from './state.ts';
import { usableSummary } from './summaries.ts';
import { firstSentence, isBlank, wordsOf } from './words.ts';
import { reportType } from './wrong-type.ts';

export interface OperationContext {
  readonly state: ConversionState;
  readonly shared: SharedParts;
  readonly security: ConvertedSecurity;
  readonly parameters: OperationParameters;
}

/** An operation of OpenAPI 3; undefined for one that connectors can't have, which is reported. */
export function convertOperation(operation: SourceOperation, context: OperationContext): OutObject | undefined {
  const { state, security, parameters } = context;
  const { node, method, id } = operation;
  const fields = new Fields(node, state.ledger);
  const body = fields.object('requestBody');
  const converted = body ? convertBody(body, { method, id }, state) : { parameters: [] };
  const list = fields.list('parameters');
  const obstacle = converted.obstacle ?? parameters.obstacle;
  if (obstacle) return (leaveOutFor(operation, obstacle, state.ledger), undefined);
  const result = outObject({}, node);
  writeTexts(operation, fields, result, state);
  const all = [...parameters.own, ...converted.parameters];
  if (converted.consumes !== undefined && converted.consumes !== 'application/json')
    result.members.set('consumes', outArray([outText(converted.consumes)]));
  if (all.length > 0 || list) result.members.set('parameters', outArray(all, list));
  writeResponses(operation, fields.object('responses'), result, context);
  const requirement = fields.list('security');
  const own = requirement && operationSecurity(requirement, id, security, state);
  if (own) result.members.set('security', own);
  fields.list('servers');
  for (const callback of fields.object('callbacks')?.members.values() ?? [])
    state.ledger.add('callback', callback, { name: callback.name });
  const deprecated = fields.flag('deprecated');
  setMembers(result, {
    deprecated: deprecated && copied(deprecated),
    externalDocs: convertDocumentation(fields.object('externalDocs'), state),
  });
  finishObject(fields, result, state);
  return result;
}

/** Tags, ID, summary, and description. */
export function writeTexts(
  operation: SourceOperation,
  fields: Fields,
  result: OutObject,
  state: ConversionState,
): void {
  const { node, id } = operation;
  const tags = fields.list('tags');
  if (tags) result.members.set('tags', copiedTexts(tags, state.ledger));
  const statedId = fields.text('operationId');
  const description = fields.text('description') ?? textOfPath(operation, 'description', state);
  const { summary, rest } = summaryFor(operation, fields.text('summary'), sourceText(description), state);
  const texts = [rest, sourceText(description)].filter((text) => text !== undefined && text !== '').join('\n\n');
  setMembers(result, {
    operationId: outText(id, statedId ?? node.members.get('operationId')),
    summary,
    description: rest === undefined ? description && copiedText(description) : outText(texts, description),
  });
}

function textOfPath({ pathItem }: SourceOperation, name: string, { ledger }: ConversionState): SourceNode | undefined {
  for (const layer of pathItem.layers) {
    const text = layer.members.get(name);
    if (!text || text.kind === 'null' || sourceText(text) === undefined) continue;
    ledger.add('path-text', text, { name });
    return text;
  }
  return undefined;
}

function isUsed(text: SourceNode | undefined): text is SourceNode {
  return !isBlank(sourceText(text));
}

function summaryFor(
  operation: SourceOperation,
  own: SourceNode | undefined,
  description: string | undefined,
  state: ConversionState,
): { readonly summary: OutNode; readonly rest?: string } {
  const { ledger } = state;
  const { node, id, pathItem } = operation;
  const ofPath = isUsed(own) ? undefined : pathItem.layers.map((layer) => layer.members.get('summary')).find(isUsed);
  if (ofPath) ledger.add('path-text', ofPath, { name: 'summary' });
  const stated = isUsed(own) ? own : ofPath;
  const text = sourceText(stated);
  if (!stated || text === undefined) {
    const made = firstSentence(description ?? '') ?? wordsOf(id);
    ledger.add('summary-made', own ?? node, { id, summary: made });
    return { summary: outText(made, own) };
  }
  const { summary, rest } = usableSummary(text, { node: stated, id }, ledger);
  return { summary: outText(summary || wordsOf(id), stated), ...(rest !== undefined && { rest }) };
}

function writeResponses(
  { id, node }: SourceOperation,
  source: SourceNode | undefined,
  result: OutObject,
  { state, shared }: OperationContext,
): void {
  const responses = outObject({}, source);
  const produced = new Set<string>();
  for (const { code, node: response } of source ? responseCodes(source, state) : []) {
    const target = followed(response, state);
    if (!target) continue;
    if (target.kind !== 'object') {
      reportType(state.ledger, target, 'an object');
      continue;
    }
    const component = shared.response(response, target, code, state);
    const converted = component ?? convertResponse(target, code, state);
    if (converted.produces !== undefined) produced.add(converted.produces);
    responses.members.set(code, component ? component.reference : converted.response);
  }
  addGeneralResponse(responses, source ?? node, id, state);
  if (source) finishResponses(source, responses, state);
  const list = [...produced];
  if (list.length > 1 || (list[0] !== undefined && list[0] !== 'application/json'))
    result.members.set('produces', outArray(list.map((type) => outText(type))));
  result.members.set('responses', responses);
}
