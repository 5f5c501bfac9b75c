import type { Ledger } from './ledger.ts';
import { outObject, type OutObject, outText, setMembers } from './output-tree.ts';
import { postmanText } from './postman-text.ts';
import type { SourceNode } from './source.ts';
import { wordsOf } from './words.ts';

/** A parameter without its value; undefined for a name that the service doesn't accept, which is reported. */
export function optionalParameter(
  name: string,
  place: 'query' | 'header' | 'formData',
  { node, type }: { readonly node: SourceNode; readonly type: string },
  ledger: Ledger,
): OutObject | undefined {
  if (name === 'connectionId') {
    ledger.add('parameter-connection-id', node, {}, 'dropped');
    return undefined;
  }
  const result = outObject({ name: outText(name, node.members.get('key')), in: outText(place) }, node);
  setMembers(result, {
    description: postmanText(node.members.get('description')),
    'x-ms-summary': outText(wordsOf(name) || name),
    type: outText(type),
  });
  return result;
}
