import { copiedText, type OutNode } from './output-tree.ts';
import { type SourceNode, sourceText } from './source.ts';
import { isBlank } from './words.ts';

/** A text, or an object with one. */
export function postmanText(node: SourceNode | undefined): OutNode | undefined {
  const text = node?.kind === 'object' ? node.members.get('content') : node;
  return text && !isBlank(sourceText(text)) && text.kind !== 'null' ? copiedText(text) : undefined;
}
