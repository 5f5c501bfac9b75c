import { copiedText, type OutNode, outText, stringOfOut } from './output-tree.ts';
import { type SourceNode, sourceText } from './source.ts';
import { isBlank } from './words.ts';

/** A text of a collection, in which null stands for nothing. */
export function statedText(node: SourceNode | undefined): string | undefined {
  return node?.kind === 'null' ? undefined : sourceText(node);
}

/** A text, or an object with one. */
export function postmanText(node: SourceNode | undefined): OutNode | undefined {
  const text = node?.kind === 'object' ? node.members.get('content') : node;
  return text && !isBlank(statedText(text)) ? copiedText(text) : undefined;
}

/** Texts about the same thing as one, each once. */
export function joinedTexts(texts: readonly (OutNode | undefined)[]): OutNode | undefined {
  const stated = texts.filter((text) => text !== undefined);
  const different = new Set(stated.map((text) => stringOfOut(text)));
  return different.size > 1
    ? outText([...different].join('\n\n'), stated.find(({ origin }) => origin)?.origin)
    : stated[0];
}
