/** How a text literal of C# is written. */
export interface StringStyle {
  readonly kind: 'regular' | 'verbatim' | 'raw';
  /** Braces that open a hole in an interpolated text; 0 when it has none. */
  readonly dollars: number;
  /** Quotes that end a raw text. */
  readonly quotes: number;
  /** A raw text that begins with a line end can go over lines. */
  readonly isMultiline: boolean;
}

/** Where a stretch of a text literal ends: with the literal, or where a hole with code opens. */
export interface TextEnd {
  readonly end: number;
  readonly opensHole: boolean;
}

const opening = /(?<prefix>@\$|\$@|\$+|@)?(?<quotes>"+)/y;
const restOfLineIsBlank = /[^\S\r\n]*[\r\n]/y;

/** The opening of a text literal at an offset; undefined when none begins there. */
export function openingAt(
  text: string,
  offset: number,
): { readonly style: StringStyle; readonly end: number } | undefined {
  opening.lastIndex = offset;
  const match = opening.exec(text);
  if (!match) return undefined;
  const prefix = match.groups?.['prefix'] ?? '';
  const quotes = match.groups?.['quotes']?.length ?? 0;
  const dollars = prefix.replace('@', '').length;
  const end = offset + prefix.length + 1;
  if (prefix.includes('@')) return { style: { kind: 'verbatim', dollars, quotes: 1, isMultiline: true }, end };
  // Two quotes are an empty text.
  if (quotes < 3)
    return { style: { kind: 'regular', dollars: Math.min(dollars, 1), quotes: 1, isMultiline: false }, end };
  const rawEnd = offset + prefix.length + quotes;
  restOfLineIsBlank.lastIndex = rawEnd;
  return { style: { kind: 'raw', dollars, quotes, isMultiline: restOfLineIsBlank.test(text) }, end: rawEnd };
}

/** What follows in a text literal, from after its opening or after a hole. */
export function afterText(text: string, start: number, style: StringStyle): TextEnd {
  return style.kind === 'raw' ? afterRawText(text, start, style) : afterPlainText(text, start, style);
}

function afterPlainText(text: string, start: number, { kind, dollars }: StringStyle): TextEnd {
  for (let offset = start; offset < text.length; offset += 1) {
    const character = text.charAt(offset);
    const isDoubled = text[offset + 1] === character;
    if (character === '"') {
      if (kind === 'regular' || !isDoubled) return { end: offset + 1, opensHole: false };
      offset += 1;
    } else if (character === '{' && dollars > 0) {
      if (!isDoubled) return { end: offset + 1, opensHole: true };
      offset += 1;
    } else if (kind === 'regular') {
      if (isLineEnd(character)) return { end: offset, opensHole: false };
      if (character === '\\' && !isLineEnd(text.charAt(offset + 1))) offset += 1;
    }
  }
  return { end: text.length, opensHole: false };
}

function afterRawText(text: string, start: number, { dollars, quotes, isMultiline }: StringStyle): TextEnd {
  for (let offset = start; offset < text.length; offset += 1) {
    const character = text.charAt(offset);
    if (character === '"' || (character === '{' && dollars > 0)) {
      const end = afterRun(text, offset);
      const opensHole = character === '{';
      if (end - offset >= (opensHole ? dollars : quotes)) return { end, opensHole };
      offset = end - 1;
    } else if (!isMultiline && isLineEnd(character)) return { end: offset, opensHole: false };
  }
  return { end: text.length, opensHole: false };
}

/** What follows the code in a hole: a format (`:N2`) if there is one, the closing braces, and more of the text. */
export function afterHole(text: string, start: number, style: StringStyle): TextEnd {
  let offset = start;
  if (text[offset] === ':') while (offset < text.length && !endsFormat(text.charAt(offset))) offset += 1;
  for (let left = Math.max(1, style.dollars); left > 0 && text[offset] === '}'; left -= 1) offset += 1;
  return afterText(text, offset, style);
}

function endsFormat(character: string): boolean {
  return character === '}' || character === '"' || isLineEnd(character);
}

/** The end of a character literal: its quote, or the line's. */
export function afterCharacter(text: string, start: number): number {
  let offset = start + 1;
  while (offset < text.length && !isLineEnd(text.charAt(offset))) {
    if (text[offset] === "'") return offset + 1;
    offset += text[offset] === '\\' && !isLineEnd(text.charAt(offset + 1)) ? 2 : 1;
  }
  return Math.min(offset, text.length);
}

/** The end of what is the same character over and over. */
export function afterRun(text: string, start: number): number {
  let end = start + 1;
  while (end < text.length && text[end] === text[start]) end += 1;
  return end;
}

export function isLineEnd(character: string): boolean {
  switch (character) {
    case '\n':
    case '\r':
    case '\u0085':
    case '\u2028':
    case '\u2029':
      return true;
    default:
      return false;
  }
}
