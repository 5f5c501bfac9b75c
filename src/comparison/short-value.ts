import type { JsonNode } from '../json/tree.ts';

const longest = 80;

/** A value in a few words: texts are cut, of objects only the names are told. */
export function shortValue(node: JsonNode): string {
  return cut(wordsOf(node));
}

function wordsOf(node: JsonNode): string {
  if (node.type === 'object') return `{${[...node.byName.keys()].map(cut).join(', ')}}`;
  if (node.type !== 'array') return node.type === 'string' ? JSON.stringify(node.value) : node.literal;
  const isPlain = node.items.every((item) => 'value' in item);
  return isPlain ? `[${node.items.map(wordsOf).join(', ')}]` : `[${node.items.length} items]`;
}

function cut(text: string): string {
  const characters = Array.from(text.slice(0, 2 * longest));
  return characters.length <= longest ? text : `${characters.slice(0, longest - 1).join('')}…`;
}
