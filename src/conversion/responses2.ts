import { outObject, memberText, type OutNode, type OutObject } from './output-tree.ts';
import { addGeneralResponse, convertResponse, describeResponse, responseCodes } from './responses.ts';
import type { SourceOperation } from './source-operations.ts';
import type { SourceNode } from './source.ts';
import type { ConversionState } from './state.ts';
import { reportType } from './wrong-type.ts';

/** The responses of an operation of OpenAPI 2.0, each with a code and a description. */
export function repairedResponses2(
  { id, node }: SourceOperation,
  copy: OutNode | undefined,
  state: ConversionState,
): OutObject {
  const source = node.members.get('responses');
  const result = outObject({}, source);
  const codes = new Map(
    source?.kind === 'object' ? responseCodes(source, state).map((one) => [one.node, one.code]) : [],
  );
  for (const [name, value] of copy?.kind === 'object' ? copy.members : []) {
    const member = source?.members.get(name);
    const code = member && codes.get(member);
    if (name.startsWith('x-')) result.members.set(name, value);
    else if (member && code !== undefined && value.kind !== 'object') reportType(state.ledger, member, 'an object');
    else if (member && code !== undefined && value.kind === 'object')
      result.members.set(code, repairedResponse2(member, value, code, state));
  }
  addGeneralResponse(result, source ?? node, id, state);
  return result;
}

/** A response of OpenAPI 2.0 with a description. What is written as in OpenAPI 3 is converted like that. */
export function repairedResponse2(node: SourceNode, copy: OutObject, code: string, state: ConversionState): OutObject {
  if (copy.members.has('$ref')) return copy;
  if (node.members.has('content') && !node.members.has('schema')) return convertResponse(node, code, state).response;
  if (memberText(copy, 'description') === undefined)
    describeResponse(copy, node.members.get('description') ?? node, code, state);
  return copy;
}
