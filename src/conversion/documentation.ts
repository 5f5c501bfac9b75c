import { Fields } from './fields.ts';
import { copiedText, inOrderOf, outArray, type OutNode, outObject, setMembers } from './output-tree.ts';
import type { Ledger } from './ledger.ts';
import { type SourceNode, sourceText } from './source.ts';
import { finishObject, type ObjectContext } from './finish-object.ts';
import { isBlank } from './words.ts';
import { reportType } from './wrong-type.ts';

/** Where documentation is; nothing without a URL, which OpenAPI 2.0 requires. */
export function convertDocumentation(node: SourceNode | undefined, context: ObjectContext): OutNode | undefined {
  if (!node) return undefined;
  const fields = new Fields(node, context.ledger);
  const [description, url] = [fields.text('description'), fields.text('url')];
  if (!url || isBlank(sourceText(url))) {
    context.ledger.add('documentation-url', node);
    return undefined;
  }
  const result = outObject({}, node);
  setMembers(result, { description: description && copiedText(description), url: copiedText(url) });
  finishObject(fields, result, context);
  return inOrderOf(node, result);
}

/** A list of texts, each once. Items of another type are reported. */
export function copiedTexts(list: SourceNode, ledger: Ledger): OutNode {
  const known = new Set<string>();
  const items = list.items.flatMap((item) => {
    const text = item.kind === 'null' ? undefined : sourceText(item);
    if (text === undefined) return (reportType(ledger, item, 'text'), []);
    if (known.has(text)) return (ledger.add('text-twice', item, { text }), []);
    known.add(text);
    return [copiedText(item)];
  });
  return outArray(items, list);
}
