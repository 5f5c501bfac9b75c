import type { JsonPath } from './pointer.ts';
import { afterString, maximumDepth } from './scan.ts';
import { memberName } from './positions.ts';

interface FaultBase {
  readonly start: number;
  readonly end: number;
  /** The object or array around the fault. */
  readonly path: JsonPath;
}

/** One fault of a JSON text: each kind is a rule. */
export type JsonFault =
  | (FaultBase & { readonly kind: 'syntax'; readonly expected: string; readonly found: string })
  | (FaultBase & { readonly kind: 'trailing-comma'; readonly bracket: string })
  | (FaultBase & { readonly kind: 'comment' })
  | (FaultBase & { readonly kind: 'control-character'; readonly hex: string })
  | (FaultBase & { readonly kind: 'trailing-data' })
  | (FaultBase & { readonly kind: 'duplicate-name'; readonly name: string; readonly first: readonly [number, number] });

export interface FaultyJson {
  readonly faults: readonly JsonFault[];
  /** JSON of the same length in which each fault is blanked out; undefined when a fault cannot be read over. */
  readonly repaired: string | undefined;
}

/** A file with more isn't JSON: reading on would only cost memory. */
const maximumFaults = 10_000;

/** An object or array that is open. */
interface Frame {
  readonly isObject: boolean;
  /** The names so far, with the range of each. */
  readonly names: Map<string, readonly [number, number]>;
  /** The member or item being read; undefined before the first. */
  step: string | number | undefined;
}

/** Thrown inside this file only, where a text cannot be read on. */
class Unreadable extends Error {}

/** Reads a text that is not JSON, or has duplicate names, for all its faults. Takes a stack of its own, not the process's. */
export function readFaults(text: string): FaultyJson {
  const reader = new FaultReader(text);
  try {
    reader.read();
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error;
    return { faults: reader.faults, repaired: undefined };
  }
  return { faults: reader.faults, repaired: reader.repaired() };
}

class FaultReader {
  readonly faults: JsonFault[] = [];
  readonly #text: string;
  readonly #frames: Frame[] = [];
  /** What is not JSON, and what stands for it; of the same length. */
  readonly #blanks: { readonly start: number; readonly end: number; readonly filler: string }[] = [];
  #offset = 0;

  constructor(text: string) {
    this.#text = text;
  }

  read(): void {
    this.#skipSpace();
    this.#readValue();
    for (let frame = this.#frames.at(-1); frame; frame = this.#frames.at(-1)) this.#readNext(frame);
    this.#skipSpace();
    if (this.#offset >= this.#text.length) return;
    const end = this.#text.trimEnd().length;
    this.#add({ kind: 'trailing-data', start: this.#offset, end: Math.max(end, this.#offset + 1), path: [] });
    this.#blank(this.#offset, this.#text.length);
  }

  repaired(): string {
    const parts: string[] = [];
    let from = 0;
    for (const { start, end, filler } of this.#blanks.toSorted((one, other) => one.start - other.start)) {
      parts.push(this.#text.slice(from, start), filler.repeat(end - start));
      from = end;
    }
    parts.push(this.#text.slice(from));
    return parts.join('');
  }

  /** Reads one member or item as far as its value is complete or opened, or the end of the container. */
  #readNext(frame: Frame): void {
    const close = frame.isObject ? '}' : ']';
    const isFirst = frame.step === undefined;
    this.#skipSpace();
    if (!isFirst && !this.#at(close)) this.#readComma(close);
    if (this.#at(close)) {
      this.#offset += 1;
      this.#frames.pop();
      return;
    }
    if (frame.isObject) this.#readName(frame, isFirst);
    else frame.step = typeof frame.step === 'number' ? frame.step + 1 : 0;
    this.#readValue();
  }

  #readComma(close: string): void {
    if (!this.#at(',')) this.#fail(`',' or '${close}'`);
    const comma = this.#offset;
    this.#offset += 1;
    this.#skipSpace();
    if (!this.#at(close)) return;
    this.#add({ kind: 'trailing-comma', start: comma, end: comma + 1, path: this.#path(-1), bracket: close });
    this.#blank(comma, comma + 1);
  }

  #readName(frame: Frame, isFirst: boolean): void {
    if (!this.#at('"')) this.#fail(isFirst ? `a name in double quotes or '}'` : 'a name in double quotes');
    const start = this.#offset;
    const name = this.#readString();
    const first = frame.names.get(name);
    if (first) {
      this.#add({ kind: 'duplicate-name', start, end: this.#offset, path: [...this.#path(-1), name], name, first });
    } else frame.names.set(name, [start, this.#offset]);
    frame.step = name;
    this.#skipSpace();
    if (!this.#at(':')) this.#fail(`':'`);
    this.#offset += 1;
    this.#skipSpace();
  }

  /** Reads a value that is no container, or opens one. */
  #readValue(): void {
    const character = this.#text[this.#offset];
    if (character === '{' || character === '[') {
      if (this.#frames.length >= maximumDepth) this.#fail(`at most ${maximumDepth} levels of nesting`, 'more');
      this.#frames.push({ isObject: character === '{', names: new Map(), step: undefined });
      this.#offset += 1;
      return;
    }
    if (character === '"') {
      this.#readString();
      return;
    }
    literal.lastIndex = this.#offset;
    const match = literal.exec(this.#text);
    if (!match) this.#fail('a value');
    this.#offset += match[0].length;
  }

  /** Reads over raw control characters and wrong escapes, which are faults but leave no doubt where the string ends. */
  #readString(): string {
    const start = this.#offset;
    const blanksBefore = this.#blanks.length;
    let hasLineEnd = false;
    let offset = start + 1;
    for (;;) {
      notPlain.lastIndex = offset;
      const special = notPlain.exec(this.#text);
      if (!special) this.#fail('a closing quotation mark', 'the end of the file');
      offset = special.index;
      const character = special[0];
      if (character === '"') break;
      if (character === '\\') offset = this.#readEscape(offset);
      else {
        if (isLineEnd(character) && !hasLineEnd) this.#checkLineEnd(start, offset);
        hasLineEnd ||= isLineEnd(character);
        const hex = character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0');
        this.#add({ kind: 'control-character', start: offset, end: offset + 1, path: this.#path(), hex });
        this.#blank(offset, offset + 1);
        offset += 1;
      }
    }
    this.#offset = offset + 1;
    const isFaulty = this.#blanks.length > blanksBefore;
    return isFaulty ? this.#text.slice(start + 1, offset) : memberName(this.#text, start, this.#offset);
  }

  #readEscape(offset: number): number {
    escape.lastIndex = offset;
    const match = escape.exec(this.#text);
    if (match) return offset + match[0].length;
    const found = this.#text.slice(offset, offset + 2);
    const expected = 'one of the escapes \\" \\\\ \\/ \\b \\f \\n \\r \\t \\uXXXX';
    const end = offset + found.length;
    this.#add({ kind: 'syntax', start: offset, end, path: this.#path(), expected, found: `'${found}'` });
    // The character after the backslash stays: it may be one that closes the string or starts a line.
    this.#blank(offset, offset + 1, '?');
    return offset + 1;
  }

  /** A line end is a raw control character if the string is closed after it; otherwise its quotation mark was forgotten. */
  #checkLineEnd(start: number, offset: number): void {
    const end = afterString(this.#text, start);
    afterAnyString.lastIndex = end;
    if (this.#text[end - 1] === '"' && afterAnyString.test(this.#text)) return;
    const found = 'the end of the line';
    this.#stop({ start, end: offset, expected: 'a closing quotation mark', found });
  }

  #skipSpace(): void {
    for (;;) {
      whiteSpace.lastIndex = this.#offset;
      this.#offset += whiteSpace.exec(this.#text)?.[0].length ?? 0;
      if (this.#text[this.#offset] !== '/') return;
      const end = this.#commentEnd();
      if (end === undefined) return;
      this.#add({ kind: 'comment', start: this.#offset, end, path: this.#path() });
      this.#blank(this.#offset, end);
      this.#offset = end;
    }
  }

  #commentEnd(): number | undefined {
    const next = this.#text[this.#offset + 1];
    if (next === '/') {
      lineEnd.lastIndex = this.#offset;
      return lineEnd.exec(this.#text)?.index ?? this.#text.length;
    }
    if (next !== '*') return undefined;
    const end = this.#text.indexOf('*/', this.#offset + 2);
    if (end === -1) this.#fail("'*/'", 'the end of the file');
    return end + 2;
  }

  #at(character: string): boolean {
    return this.#text[this.#offset] === character;
  }

  /** The path to the member being read; without the last step, to the container. */
  #path(end?: number): JsonPath {
    return this.#frames.slice(0, end).flatMap(({ step }) => (step === undefined ? [] : [step]));
  }

  #blank(start: number, end: number, filler = ' '): void {
    this.#blanks.push({ start, end, filler });
  }

  #add(fault: JsonFault): void {
    this.faults.push(fault);
    if (this.faults.length >= maximumFaults) throw new Unreadable();
  }

  #fail(expected: string, found?: string): never {
    const token = tokenAt(this.#text, this.#offset);
    const shown = mergeMark.test(this.#text.slice(this.#offset, this.#offset + 7))
      ? 'the mark of a merge'
      : token.shown;
    this.#stop({ start: this.#offset, end: this.#offset + token.length, expected, found: found ?? shown });
  }

  #stop(fault: { start: number; end: number; expected: string; found: string }): never {
    this.faults.push({ kind: 'syntax', path: this.#path(), ...fault });
    throw new Unreadable();
  }
}

const literal = /true\b|false\b|null\b|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?(?![\w.])/uy;
const notPlain = /["\\\u0000-\u001f]/gu;
const escape = /\\(?:["\\/bfnrt]|u[\da-fA-F]{4})/uy;
const whiteSpace = /[ \t\r\n]*/uy;
const lineEnd = /[\r\n]/gu;
const afterAnyString = /[ \t\r\n]*(?:[,:}\]]|$)/uy;
/** What a merge writes around values that both sides have changed. */
const mergeMark = /^(?:<{7}|={7}|>{7})$/u;
const token = /"(?:[^"\\\r\n]|\\.){0,1000}"|[\w$+.-]+|[^]/uy;
const longestToken = 40;

function isLineEnd(character: string): boolean {
  return character === '\n' || character === '\r';
}

function tokenAt(text: string, offset: number): { readonly length: number; readonly shown: string } {
  if (offset >= text.length) return { length: 0, shown: 'the end of the file' };
  token.lastIndex = offset;
  const found = token.exec(text)?.[0] ?? '';
  if (found.startsWith('"')) return { length: found.length, shown: 'a string' };
  return { length: found.length, shown: `'${found.slice(0, longestToken)}'` };
}
