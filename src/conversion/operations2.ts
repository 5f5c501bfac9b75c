import { Fields } from './fields.ts';
import { writeTexts } from './operations.ts';
import { clone, memberText, outArray, outObject, type OutNode, type OutObject, outText } from './output-tree.ts';
import { addPathParameters, withoutStray } from './path-parameters2.ts';
import type { SourceOperation } from './source-operations.ts';
import type { ConversionState } from './state.ts';
import { wordsOf } from './words.ts';

/** An operation of OpenAPI 2.0 with an ID, a summary, and names of parameters that makers can read. */
export function finishOperation2(operation: SourceOperation, copy: OutObject, state: ConversionState): OutObject {
  const texts = outObject();
  writeTexts(operation, new Fields(operation.node, state.ledger), texts, state);
  const result = outObject({}, copy.origin);
  // What is added comes first; what is there keeps its place.
  for (const [name, value] of texts.members) if (!copy.members.has(name)) result.members.set(name, value);
  for (const [name, value] of copy.members)
    result.members.set(
      name,
      name === 'parameters'
        ? named(withoutStray(value, operation.path, state), state)
        : (texts.members.get(name) ?? value),
    );
  addPathParameters(operation, result, state);
  return result;
}

/** Parameters with a name for makers, those of forms, queries, headers, and paths. */
function named(parameters: OutNode, { ledger }: ConversionState): OutNode {
  if (parameters.kind !== 'array') return parameters;
  const items = parameters.items.map((item) => {
    const name = item.kind === 'object' ? memberText(item, 'name') : undefined;
    if (item.kind !== 'object' || name === undefined || item.members.has('x-ms-summary')) return item;
    if (memberText(item, 'in') === 'body') return item;
    const summary = wordsOf(name) || name;
    const result = clone(item);
    result.members.set('x-ms-summary', outText(summary));
    if (item.origin) ledger.add('parameter-summary-made', item.origin, { name, summary });
    return result;
  });
  return outArray(items, parameters.origin);
}
