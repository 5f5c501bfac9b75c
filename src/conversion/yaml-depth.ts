import { Lexer } from 'yaml';

/**
 * Where a YAML text has more levels inside each other than a number of them; undefined for one that hasn't. The parser goes down by
 * recursion, and takes long before it gives up, so that this is known before.
 */
export function tooDeepAt(text: string, most: number): number | undefined {
  if (!mayBeDeep(text, most)) return undefined;
  /** The columns at which the collections around the place begin that are told apart by indentation. */
  const indents: number[] = [];
  let [offset, lineStart, flow] = [0, 0, 0];
  for (const token of new Lexer().lex(text)) {
    // Tokens that say what follows are no part of the text.
    if (/^[\u0002\u0018\u001F\uFEFF]$/u.test(token)) continue;
    if (token === '[' || token === '{') flow += 1;
    else if (token === ']' || token === '}') flow = Math.max(flow - 1, 0);
    else if (flow === 0 && token.trim() !== '' && token !== ':') {
      const column = offset - lineStart;
      while ((indents.at(-1) ?? -1) > column) indents.pop();
      if ((indents.at(-1) ?? -1) < column) indents.push(column);
    }
    if (indents.length + flow > most) return offset;
    const lineBreak = token.lastIndexOf('\n');
    offset += token.length;
    if (lineBreak >= 0) lineStart = offset - token.length + lineBreak + 1;
  }
  return undefined;
}

/** Whether a text has enough of what opens a level at all. Most have not, and that is seen at once. */
function mayBeDeep(text: string, most: number): boolean {
  const least = Math.ceil(most / 2);
  if (new RegExp(`^ {${least}}|(?:[-?] +){${least}}`, 'mu').test(text)) return true;
  // A name in braces, as paths have it, holds nothing.
  const opening = /[[{](?![\w.-]*[\]}])/gu;
  for (let count = 0; opening.test(text); count += 1) if (count >= least) return true;
  return false;
}
