import type { JsonPath } from './pointer.ts';
import { type Edit, type Node, parseTree, visit } from 'jsonc-parser';
import type * as z from 'zod';
import { FileError } from '../errors.ts';
import { isSound, type JsonReading } from './reading.ts';
import { notText } from './decode.ts';
import { parseStrictly } from './syntax.ts';
import { mismatch } from './mismatch.ts';

/** JSON text that is inserted unchanged. */
export interface RawJson {
  readonly text: string;
}

/** A member that is set or removed. */
export interface MemberChange {
  readonly path: JsonPath;
  readonly value: RawJson | undefined;
}

/**
 * Somebody's JSON document: its text, and its value for reading. `JSON.parse` puts integer-like names first, rounds
 * 64-bit integers and drops the `.0` of `1.0`, so a document is never written from its value: changes are edits of the
 * text, and all other text stays byte for byte.
 */
export class JsonDocument<T = unknown> implements RawJson {
  readonly text: string;
  readonly #schema: z.ZodType<T>;
  #value: { readonly read: T } | undefined;
  #root: { readonly read: Node | undefined } | undefined;
  /** The members of objects that were asked for, by name: one by one they would take the time of all of them each time. */
  readonly #members = new Map<Node, ReadonlyMap<unknown, Node>>();

  private constructor(text: string, schema: z.ZodType<T>, value?: T) {
    this.text = text;
    this.#schema = schema;
    this.#value = value === undefined ? undefined : { read: value };
  }

  /** Reads a text, without byte order mark. Raises {@link FileError}; `shown` is what the user calls the document. */
  static parse<T>(text: string, schema: z.ZodType<T>, shown: string): JsonDocument<T> {
    return JsonDocument.#of(text, parseStrictly(text, shown), schema, shown);
  }

  /** The document in a file that has been read already: parsed again only where its text has faults. Raises as {@link parse}. */
  static of<T>(reading: JsonReading, schema: z.ZodType<T>, shown: string): JsonDocument<T> {
    if (reading.encodingFault !== undefined) throw notText(shown);
    return isSound(reading)
      ? JsonDocument.#of(reading.text, reading.value, schema, shown)
      : JsonDocument.parse(reading.text, schema, shown);
  }

  /** A text that is known to be JSON, and to fit the schema: its value is parsed when it is first asked for. */
  static written<T>(text: string, schema: z.ZodType<T>): JsonDocument<T> {
    return new JsonDocument(text, schema);
  }

  static #of<T>(text: string, value: unknown, schema: z.ZodType<T>, shown: string): JsonDocument<T> {
    const parsed = schema.safeParse(value);
    if (!parsed.success) throw new FileError(`${shown}: ${mismatch(parsed.error, value)}.`, { cause: parsed.error });
    return new JsonDocument(text, schema, parsed.data);
  }

  get value(): T {
    return (this.#value ??= { read: this.#schema.parse(JSON.parse(this.text)) }).read;
  }

  /**
   * The document with these members in the object at `path`. One that is there keeps its place and gets the new value;
   * the others follow at the end, in order.
   */
  withMembers(path: JsonPath, members: Readonly<Record<string, RawJson>>): JsonDocument<T> {
    const object = this.#object(path);
    if (!object) throw new TypeError(`No object found at /${path.join('/')}.`);
    const edits: Edit[] = [];
    const added: string[] = [];
    for (const [name, { text }] of Object.entries(members)) {
      const value = this.#member(object, name)?.children?.[1];
      if (value) edits.push({ offset: value.offset, length: value.length, content: text });
      else added.push(`${JSON.stringify(name)}: ${text}`);
    }
    const last = object.children?.at(-1);
    const end = last ? last.offset + last.length : object.offset + 1;
    if (added.length > 0) edits.push({ offset: end, length: 0, content: `${last ? ', ' : ''}${added.join(', ')}` });
    return this.#edited(edits);
  }

  /** The document with other values where these paths lead, none of which is in another one. All other text stays. */
  replaced(values: readonly (readonly [path: JsonPath, value: RawJson])[]): JsonDocument<T> {
    const edits = values.flatMap(([path, { text }]) => {
      const node = this.#nodeAt(path);
      return node ? [{ offset: node.offset, length: node.length, content: text }] : [];
    });
    return this.#edited(edits);
  }

  /** The document without this member, however often it is there. */
  without(path: JsonPath): JsonDocument<T> {
    const name = path.at(-1);
    const object = this.#object(path.slice(0, -1));
    const members = object?.children ?? [];
    const kept = members.filter((member) => memberName(member) !== name);
    const [first] = members;
    const last = members.at(-1);
    if (!first || !last || kept.length === members.length) return this;
    const content = kept.map((member) => this.#slice(member)).join(', ');
    return this.#edited([{ offset: first.offset, length: last.offset + last.length - first.offset, content }]);
  }

  /**
   * The document with all these changes, in one go; none is of a member in another one's. Where there is no object to hold a member
   * nothing changes.
   */
  withEach(changes: readonly MemberChange[]): JsonDocument<T> {
    const byObject = new Map<Node, Map<string, RawJson | undefined>>();
    for (const { path, value } of changes) {
      const object = this.#object(path.slice(0, -1));
      if (!object) continue;
      const values = byObject.get(object) ?? new Map<string, RawJson | undefined>();
      byObject.set(object, values.set(String(path.at(-1)), value));
    }
    return this.#edited([...byObject].flatMap(([object, values]) => this.#editsOf(object, values)));
  }

  #editsOf(object: Node, values: ReadonlyMap<string, RawJson | undefined>): Edit[] {
    const members = object.children ?? [];
    const removed = new Set<unknown>();
    const added: string[] = [];
    const edits: Edit[] = [];
    for (const [name, value] of values) {
      const known = this.#member(object, name)?.children?.[1];
      if (!value) removed.add(name);
      else if (known) edits.push({ offset: known.offset, length: known.length, content: value.text });
      else added.push(`${JSON.stringify(name)}: ${value.text}`);
    }
    const kept = members.findLast((member) => !removed.has(memberName(member)));
    const end = kept ? kept.offset + kept.length : object.offset + 1;
    // Before what is removed behind it.
    if (added.length > 0) edits.push({ offset: end, length: 0, content: `${kept ? ', ' : ''}${added.join(', ')}` });
    return [...edits, ...removals(members, removed)];
  }

  /** The exact text of the value at `path`. Of members with the same name the last counts, as in JSON.parse. */
  at(path: JsonPath): RawJson | undefined {
    const node = this.#nodeAt(path);
    return node && { text: this.#slice(node) };
  }

  #object(path: JsonPath): Node | undefined {
    const node = this.#nodeAt(path);
    return node?.type === 'object' ? node : undefined;
  }

  #nodeAt(path: JsonPath): Node | undefined {
    return path.reduce((node, step) => node && this.#childAt(node, step), this.#tree());
  }

  #childAt(node: Node, step: string | number): Node | undefined {
    if (typeof step === 'number') return node.type === 'array' ? node.children?.[step] : undefined;
    return node.type === 'object' ? this.#member(node, step)?.children?.[1] : undefined;
  }

  /** Of members with the same name the last. */
  #member(object: Node, name: string): Node | undefined {
    const known = this.#members.get(object);
    if (known) return known.get(name);
    const members = new Map((object.children ?? []).map((member) => [memberName(member), member]));
    this.#members.set(object, members);
    return members.get(name);
  }

  #tree(): Node | undefined {
    return (this.#root ??= { read: parseTree(this.text) }).read;
  }

  #slice(node: Node): string {
    return this.text.slice(node.offset, node.offset + node.length);
  }

  #edited(edits: Edit[]): JsonDocument<T> {
    const parts: string[] = [];
    let from = 0;
    for (const { offset, length, content } of edits.toSorted((one, other) => one.offset - other.offset)) {
      parts.push(this.text.slice(from, offset), content);
      from = offset + length;
    }
    return JsonDocument.written([...parts, this.text.slice(from)].join(''), this.#schema);
  }
}

/** The JSON text of a value of ours. */
export function toJson(value: unknown): RawJson {
  return { text: JSON.stringify(value) };
}

/** The JSON text of an object with these members, in this order. */
export function toJsonObject(members: readonly (readonly [name: string, value: RawJson])[]): RawJson {
  return { text: `{${members.map(([name, { text }]) => `${JSON.stringify(name)}:${text}`).join(',')}}` };
}

/** How JSON is laid out. */
export interface JsonLayout {
  /** What breaks a line, with the indentation of the line on which the value begins; undefined for a value on one line. */
  readonly lineBreak: string | undefined;
  /** The indentation of a level. */
  readonly unit: string;
  /** The text between a name and its value. */
  readonly colon: string;
}

const defaultLayout: JsonLayout = { lineBreak: '\n', unit: '  ', colon: ': ' };

/**
 * The same JSON, formatted again: indented, by default by two spaces, as Python's `json.dumps(…, indent=2)` does it.
 * Order and numbers stay unchanged; escaped characters that can stand for themselves do.
 */
export function indented({ text }: RawJson, { lineBreak, unit, colon }: JsonLayout = defaultLayout): string {
  const parts: string[] = [];
  let depth = 0;
  let first = true;
  // On one line there is space after a comma where there is some after a colon.
  const space = lineBreak === undefined && colon.endsWith(' ') ? ' ' : '';
  const breakLine = (): void => void parts.push(lineBreak === undefined ? '' : `${lineBreak}${unit.repeat(depth)}`);
  const separate = (): void => {
    if (depth === 0) return;
    if (!first) parts.push(`,${space}`);
    breakLine();
  };
  let afterName = false;
  const beforeValue = (): void => {
    if (!afterName) separate();
    afterName = false;
    first = false;
  };
  const open = (bracket: string): void => {
    beforeValue();
    parts.push(bracket);
    depth += 1;
    first = true;
  };
  const close = (bracket: string): void => {
    depth -= 1;
    if (!first) breakLine();
    parts.push(bracket);
    first = false;
  };
  visit(text, {
    onObjectBegin: () => open('{'),
    onObjectEnd: () => close('}'),
    onArrayBegin: () => open('['),
    onArrayEnd: () => close(']'),
    onObjectProperty: (_name, offset, length) => {
      separate();
      first = false;
      parts.push(plainString(text.slice(offset, offset + length)), colon);
      afterName = true;
    },
    onLiteralValue: (_value, offset, length) => {
      beforeValue();
      const literal = text.slice(offset, offset + length);
      parts.push(literal.startsWith('"') ? plainString(literal) : literal);
    },
  });
  return parts.join('');
}

function plainString(literal: string): string {
  return literal.includes('\\') ? JSON.stringify(JSON.parse(literal)) : literal;
}

function memberName(member: Node): unknown {
  return member.children?.[0]?.value;
}

/** The edits that take members out of an object, with the commas between them. */
function removals(members: readonly Node[], names: ReadonlySet<unknown>): Edit[] {
  const isRemoved = (member: Node): boolean => names.has(memberName(member));
  const lastKept = members.findLastIndex((member) => !isRemoved(member));
  const edits = members.flatMap((member, index) => {
    const next = members[index + 1];
    return next && index < lastKept && isRemoved(member) ? [between(member.offset, next.offset)] : [];
  });
  const [first, last, kept] = [members[0], members.at(-1), members[lastKept]];
  if (!first || !last || kept === last) return edits;
  return [...edits, between(kept ? kept.offset + kept.length : first.offset, last.offset + last.length)];
}

function between(offset: number, end: number): Edit {
  return { offset, length: end - offset, content: '' };
}
