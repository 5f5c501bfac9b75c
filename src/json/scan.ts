/**
 * The parts of JSON that can be read without a grammar, over text that is known to be JSON. They are the fast way through
 * a document without faults, so they look at each character once and make nothing.
 */

const quote = 34;
const backslash = 92;
const openBrace = 123;
const closeBrace = 125;
const openBracket = 91;
const closeBracket = 93;
const colon = 58;
const comma = 44;
const space = 32;

/** The offset after the string that opens at `start`. */
export function afterString(text: string, start: number): number {
  let end = text.indexOf('"', start + 1);
  while (end !== -1) {
    let before = end - 1;
    while (text.charCodeAt(before) === backslash) before -= 1;
    if ((end - before) % 2 === 1) return end + 1;
    end = text.indexOf('"', end + 1);
  }
  return text.length;
}

export function afterSpace(text: string, start: number): number {
  let offset = start;
  while (offset < text.length && text.charCodeAt(offset) <= space) offset += 1;
  return offset;
}

/** The offset after the value that begins at `start`. */
export function afterValue(text: string, start: number): number {
  const first = text.charCodeAt(start);
  if (first === quote) return afterString(text, start);
  if (first === openBrace || first === openBracket) return afterContainer(text, start);
  let offset = start;
  while (offset < text.length) {
    const code = text.charCodeAt(offset);
    if (code <= space || code === comma || code === closeBrace || code === closeBracket) break;
    offset += 1;
  }
  return offset;
}

function afterContainer(text: string, start: number): number {
  let depth = 0;
  let offset = start;
  while (offset < text.length) {
    const code = text.charCodeAt(offset);
    if (code === quote) {
      offset = afterString(text, offset);
      continue;
    }
    offset += 1;
    if (code === openBrace || code === openBracket) depth += 1;
    else if (code === closeBrace || code === closeBracket) {
      depth -= 1;
      if (depth === 0) break;
    }
  }
  return offset;
}

/** The members of the root object and where the value of each begins, in a text that may end, or be wrong, anywhere. */
export function rootMembers(text: string): ReadonlyMap<string, number> {
  const names = new Map<string, number>();
  let offset = afterSpace(text, 0);
  if (text.charCodeAt(offset) !== openBrace) return names;
  let depth = 0;
  while (offset < text.length) {
    const code = text.charCodeAt(offset);
    if (code === quote) {
      const end = afterString(text, offset);
      const after = afterSpace(text, end);
      if (depth === 1 && text.charCodeAt(after) === colon)
        names.set(text.slice(offset + 1, end - 1), afterSpace(text, after + 1));
      offset = end;
      continue;
    }
    offset += 1;
    if (code === openBrace || code === openBracket) depth += 1;
    else if (code === closeBrace || code === closeBracket) depth -= 1;
  }
  return names;
}

/** Levels of objects and arrays inside each other. No connector needs more, and who walks through a value calls itself for each. */
export const maximumDepth = 500;

export interface Measures {
  /** Of all objects together, counting each of the same name. */
  readonly members: number;
  /** All values, those in others included. */
  readonly values: number;
  /** How deep the document goes. */
  readonly depth: number;
}

/** How large a document is. */
export function measure(text: string): Measures {
  let members = 0;
  let values = 1;
  let depth = 0;
  let deepest = 0;
  let offset = 0;
  while (offset < text.length) {
    const code = text.charCodeAt(offset);
    if (code === quote) {
      offset = afterString(text, offset);
      continue;
    }
    offset += 1;
    if (code === colon) members += 1;
    else if (code === comma) values += 1;
    else if (code === openBrace || code === openBracket) {
      depth += 1;
      if (depth > deepest) deepest = depth;
      const next = text.charCodeAt(afterSpace(text, offset));
      if (next !== closeBrace && next !== closeBracket) values += 1;
    } else if (code === closeBrace || code === closeBracket) depth -= 1;
  }
  return { members, values, depth: deepest };
}

/** How many members the objects of a parsed value have together. The value must not be deeper than a stack. */
export function countMembers(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  let count = 0;
  if (Array.isArray(value)) {
    for (const item of value) if (typeof item === 'object') count += countMembers(item);
    return count;
  }
  const items: readonly unknown[] = Object.values(value);
  count = items.length;
  for (const item of items) if (typeof item === 'object') count += countMembers(item);
  return count;
}
