/** A member of a JSON object, its value as the text that was written. */
export interface RawMember {
  readonly name: string;
  readonly text: string;
  /** Where the value starts in the text of the object. */
  readonly offset: number;
}

/**
 * The members of a JSON object without losing what objects lose: the order of keys, integers of 64 bits, `1.0`.
 * Nothing when the text is another JSON value. The text has to be JSON, which lets definitions of a megabyte be cut up
 * fast enough for measurements.
 */
export function rawMembers(text: string): RawMember[] | undefined {
  if (!isJsonObject(text)) return undefined;
  const members: RawMember[] = [];
  let position = text.indexOf('"');
  while (position >= 0) {
    const nameEnd = valueEnd(text, position);
    const name = rawString(text.slice(position, nameEnd)) ?? '';
    const offset = nameEnd + text.slice(nameEnd).search(/[^\s:]/);
    const end = valueEnd(text, offset);
    members.push({ name, text: text.slice(offset, end), offset });
    position = text.indexOf('"', end);
  }
  return members;
}

/** The text of an object of the given members. */
export function rawObject(members: Iterable<readonly [name: string, text: string]>): string {
  return `{${[...members].map(([name, text]) => `${JSON.stringify(name)}:${text}`).join(',')}}`;
}

/** The value of a JSON string. Nothing when the text is anything else. */
export function rawString(text: string | undefined): string | undefined {
  const value = text?.startsWith('"') ? parsed(text) : undefined;
  return typeof value === 'string' ? value : undefined;
}

/** Whether a JSON text is that of an object. */
export function isJsonObject(text: string): boolean {
  return text.trimStart().startsWith('{');
}

/** The value of a text. Nothing when it is not JSON. */
export function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Where the JSON value ends that starts at a position. */
function valueEnd(text: string, start: number): number {
  const first = text.charAt(start);
  if (first === '"') return stringEnd(text, start);
  if (first !== '{' && first !== '[') return start + text.slice(start).search(/[\s,}\]]|$/);
  let depth = 0;
  for (let position = start; position < text.length; position += 1) {
    const character = text.charAt(position);
    if (character === '"') position = stringEnd(text, position) - 1;
    else if (character === '{' || character === '[') depth += 1;
    else if (character === '}' || character === ']') depth -= 1;
    if (depth === 0) return position + 1;
  }
  return text.length;
}

function stringEnd(text: string, start: number): number {
  let position = start + 1;
  while (position < text.length && text.charAt(position) !== '"') position += text.charAt(position) === '\\' ? 2 : 1;
  return position + 1;
}
