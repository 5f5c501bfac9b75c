/** A text in lines of a bearable length, and where what was in it is now. */
export interface Layout {
  readonly text: string;
  readonly moved: (offset: number) => number;
}

interface Token {
  readonly text: string;
  readonly start: number;
}

interface PlacedToken extends Token {
  readonly newStart: number;
}

const token = /"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s{}[\],:"]+/gu;

/** Breaks a JSON text where objects and arrays do not fit on a line. What is no JSON stays as it is. */
export function layOutJson(text: string, width: number): Layout {
  const asItIs: Layout = { text, moved: (offset) => offset };
  if (text.split('\n').every((line) => line.length <= width)) return asItIs;
  const tokens = [...text.matchAll(token)].map((match) => ({ text: match[0], start: match.index }));
  const closings = closingsOf(tokens);
  if (!closings) return asItIs;
  const placed = new LayoutWriter(tokens, closings, width).write();
  return { text: placed.text, moved: (offset) => movedOffset(placed.tokens, offset) };
}

/** Of each opening bracket the index of its closing one; undefined when there is none for some. */
function closingsOf(tokens: readonly Token[]): ReadonlyMap<number, number> | undefined {
  const closings = new Map<number, number>();
  const open: number[] = [];
  for (const [index, { text }] of tokens.entries()) {
    if (text === '{' || text === '[') open.push(index);
    if (text !== '}' && text !== ']') continue;
    const start = open.pop();
    if (start === undefined || tokens[start]?.text !== (text === '}' ? '{' : '[')) return undefined;
    closings.set(start, index);
  }
  return open.length === 0 ? closings : undefined;
}

class LayoutWriter {
  readonly #tokens: readonly Token[];
  readonly #closings: ReadonlyMap<number, number>;
  readonly #width: number;
  readonly #placed: PlacedToken[] = [];
  #text = '';

  constructor(tokens: readonly Token[], closings: ReadonlyMap<number, number>, width: number) {
    this.#tokens = tokens;
    this.#closings = closings;
    this.#width = width;
  }

  write(): { readonly text: string; readonly tokens: readonly PlacedToken[] } {
    /** For each bracket that is open: whether its members are on lines of their own. */
    const broken: boolean[] = [];
    for (const [index, { text }] of this.#tokens.entries()) {
      const isClosing = text === '}' || text === ']';
      const isBroken = isClosing ? broken.pop() : broken.at(-1);
      this.#space(index, isBroken === true, broken.length);
      this.#place(index);
      const closing = this.#closings.get(index);
      if (closing !== undefined) broken.push(!this.#fits(index, closing));
    }
    return { text: this.#text, tokens: this.#placed };
  }

  #space(index: number, isBroken: boolean, depth: number): void {
    const before = this.#tokens[index - 1]?.text;
    const { text = '' } = this.#tokens[index] ?? {};
    if (before === undefined || text === ',' || text === ':') return;
    const isEmpty = (before === '{' && text === '}') || (before === '[' && text === ']');
    const isBoundary = before === '{' || before === '[' || before === ',' || text === '}' || text === ']';
    if (isEmpty) return;
    if (isBoundary && isBroken) this.#text += `\n${'  '.repeat(depth)}`;
    else if (before !== '[' && text !== ']') this.#text += ' ';
  }

  #place(index: number): void {
    const placed = this.#tokens[index];
    if (!placed) return;
    this.#placed.push({ ...placed, newStart: this.#text.length });
    this.#text += placed.text;
  }

  #fits(start: number, end: number): boolean {
    const column = this.#text.length - (this.#text.lastIndexOf('\n') + 1);
    const inside = this.#tokens.slice(start + 1, end + 1);
    const length = inside.reduce((sum, { text }) => sum + text.length + (text === ',' || text === ':' ? 0 : 1), 0);
    return column + length <= this.#width;
  }
}

function movedOffset(tokens: readonly PlacedToken[], offset: number): number {
  const at = tokens.findLast(({ start }) => start <= offset);
  return at ? at.newStart + Math.min(offset - at.start, at.text.length) : 0;
}
