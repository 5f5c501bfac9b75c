import { followed } from './followed.ts';
import { knownMembers } from './known-members2.ts';
import { outObject, type OutObject, outText } from './output-tree.ts';
import { addGeneralResponse, convertResponse, describeResponse, responseCodes } from './responses.ts';
import { convertHeaders2 } from './simple2.ts';
import type { SourceOperation } from './source-operations.ts';
import { referenceOf, type SourceNode } from './source.ts';
import type { ConversionState } from './state.ts';
import { reportType } from './wrong-type.ts';

/** The responses of an operation of OpenAPI 2.0, each with a code and a description. */
export function convertResponses2({ id, node }: SourceOperation, state: ConversionState): OutObject {
  const source = node.members.get('responses');
  const result = outObject({}, source);
  const codes = new Map(
    source?.kind === 'object' ? responseCodes(source, state).map((one) => [one.node, one.code]) : [],
  );
  for (const [name, member] of source?.members ?? []) {
    const code = codes.get(member);
    const response = code === undefined ? undefined : convertResponse2(member, code, state);
    if (name.startsWith('x-')) result.members.set(name, state.extension(member));
    else if (code !== undefined && response) result.members.set(code, response);
  }
  addGeneralResponse(result, source ?? node, id, state);
  return result;
}

/** A response of OpenAPI 2.0 with a description. What is written as in OpenAPI 3 is converted like that. */
export function convertResponse2(node: SourceNode, code: string, state: ConversionState): OutObject | undefined {
  const { ledger, names, references, schemas } = state;
  const reference = referenceOf(node);
  const target = reference === undefined ? undefined : references.resolve(node, reference);
  const shared = target && 'node' in target && names.keeps(target.node) ? target.node : undefined;
  if (shared?.parent?.name === 'definitions') {
    ledger.add('response-schema', node.members.get('$ref') ?? node);
    const result = outObject({ schema: schemas.convert(node) }, node);
    describeResponse(result, node, code, state);
    return result;
  }
  if (shared && shared.parent?.name !== 'responses') {
    ledger.add('response-reference', node, { ref: reference ?? '' });
    return undefined;
  }
  const response = followed(node, state);
  if (response && response.kind !== 'object') reportType(ledger, response, 'an object');
  if (response?.kind !== 'object') return undefined;
  if (shared) return outObject({ $ref: outText(names.referenceTo(shared, reference), node.members.get('$ref')) }, node);
  const { members } = response;
  if (members.has('content') && !members.has('schema')) return convertResponse(response, code, state).response;
  const result = knownMembers('response', response, state, {
    schema: schemas.convert,
    headers: (headers) => convertHeaders2(headers, state),
  });
  if (!result.members.has('description')) describeResponse(result, members.get('description') ?? response, code, state);
  return result;
}
