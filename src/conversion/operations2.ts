import { consumesFile, withOneBody2 } from './bodies2.ts';
import { Fields } from './fields.ts';
import { writeTexts } from './operations.ts';
import { clone, memberText, outArray, outObject, type OutNode, type OutObject, outText } from './output-tree.ts';
import { addPathParameters, keyOf2, ofPath2, type Path2 } from './path-parameters2.ts';
import { convertResponses2 } from './responses2.ts';
import type { SourceOperation } from './source-operations.ts';
import type { ConversionState } from './state.ts';
import { wordsOf } from './words.ts';

export interface OperationParts2 {
  /** As the source has it. */
  readonly copy: OutObject;
  readonly path: Path2;
  /** Parameters of the path that go to its operations, and those that stay there. */
  readonly inherited: readonly OutNode[];
  readonly staying: readonly OutNode[];
  /** Whether the operation gets nothing but what makes it valid. */
  readonly repairsOnly: boolean;
}

/** An operation of OpenAPI 2.0 with an ID, a summary, responses, and names of parameters that makers can read. */
export function finishOperation2(
  operation: SourceOperation,
  { copy, path, inherited, staying, repairsOnly }: OperationParts2,
  state: ConversionState,
): OutObject {
  const texts = outObject({ operationId: outText(operation.id, operation.node.members.get('operationId')) });
  if (!repairsOnly) writeTexts(operation, new Fields(operation.node, state.ledger), texts, state);
  const result = outObject({}, copy.origin);
  // What is added comes first; what is there keeps its place.
  for (const [name, value] of texts.members) if (!copy.members.has(name)) result.members.set(name, value);
  for (const [name, value] of copy.members) result.members.set(name, texts.members.get(name) ?? value);
  const list = copy.members.get('parameters');
  const own = ofPath2(list, path, state);
  const isOwn = (parameter: OutNode): boolean => {
    const { name, place } = keyOf2(parameter, state.references);
    return own.map((one) => keyOf2(one, state.references)).some((one) => one.name === name && one.place === place);
  };
  const others = inherited.filter((parameter) => !isOwn(parameter));
  const one = withOneBody2(own, others, state);
  const parameters = repairsOnly ? one : one.map((parameter) => named(parameter, state));
  if (list || parameters.length > 0) result.members.set('parameters', outArray(parameters, list?.origin));
  addPathParameters(path, { result, ofPath: staying, pathNode: operation.pathItem.node }, state);
  const consumes = consumesFile(operation, [...parameters, ...staying], result.members.get('consumes'), state);
  if (consumes) result.members.set('consumes', consumes);
  if (!copy.members.has('responses')) result.members.set('responses', convertResponses2(operation, state));
  return result;
}

/** A parameter of a form, query, header, or path with a name for makers. */
function named(parameter: OutNode, { ledger }: ConversionState): OutNode {
  const name = parameter.kind === 'object' ? memberText(parameter, 'name') : undefined;
  if (parameter.kind !== 'object' || name === undefined || parameter.members.has('x-ms-summary')) return parameter;
  if (memberText(parameter, 'in') === 'body') return parameter;
  const summary = wordsOf(name) || name;
  const result = clone(parameter);
  result.members.set('x-ms-summary', outText(summary));
  if (parameter.origin) ledger.add('parameter-summary-made', parameter.origin, { name, summary });
  return result;
}
