import type { JsonPath } from './pointer.ts';
import { afterSpace, afterString, afterValue } from './scan.ts';

/** Where a value stands in a text: offsets in UTF-16 units, ends exclusive. */
export interface Found {
  /** The name of the member in its quotes; empty for items and the root. */
  readonly nameStart: number;
  readonly nameEnd: number;
  readonly start: number;
  readonly end: number;
}

/** What is at a path or, when nothing is, the nearest object around it. */
export interface Located {
  readonly found: Found;
  /** The part of the path that exists. */
  readonly path: JsonPath;
}

/** The paths that are looked for, as a tree. */
interface Wanted {
  readonly below: Map<string, Wanted>;
  found: Found | undefined;
}

/**
 * Where these paths are in a JSON text, found in one pass that skips all other values. Of members with the
 * same name the last counts, as in JSON.parse. The text must be JSON, and not deeper than a stack.
 */
export function locate(text: string, paths: readonly JsonPath[]): readonly Located[] {
  const root = newWanted();
  for (const path of paths) want(root, path);
  const start = afterSpace(text, 0);
  readValue(text, start, root, { nameStart: start, nameEnd: start });
  return paths.map((path) => nearest(root, path));
}

function newWanted(): Wanted {
  return { below: new Map(), found: undefined };
}

function want(root: Wanted, path: JsonPath): void {
  let wanted = root;
  for (const step of path) {
    const name = String(step);
    let next = wanted.below.get(name);
    if (!next) wanted.below.set(name, (next = newWanted()));
    wanted = next;
  }
}

function nearest(root: Wanted, path: JsonPath): Located {
  let wanted = root;
  let found = root.found ?? { nameStart: 0, nameEnd: 0, start: 0, end: 0 };
  let length = 0;
  for (const step of path) {
    const next = wanted.below.get(String(step));
    if (!next?.found) break;
    wanted = next;
    found = next.found;
    length += 1;
  }
  return { found, path: path.slice(0, length) };
}

type NameRange = Pick<Found, 'nameStart' | 'nameEnd'>;

/** Returns the offset after the value. */
function readValue(text: string, start: number, wanted: Wanted, name: NameRange): number {
  const end = wanted.below.size === 0 ? afterValue(text, start) : readBelow(text, start, wanted);
  wanted.found = { ...name, start, end };
  return end;
}

function readBelow(text: string, start: number, wanted: Wanted): number {
  const open = text[start];
  if (open === '{') return readMembers(text, start, wanted);
  return open === '[' ? readItems(text, start, wanted) : afterValue(text, start);
}

function readMembers(text: string, start: number, wanted: Wanted): number {
  let offset = afterSpace(text, start + 1);
  while (offset < text.length && text[offset] !== '}') {
    const nameStart = offset;
    const nameEnd = afterString(text, nameStart);
    const next = wanted.below.get(memberName(text, nameStart, nameEnd));
    const valueStart = afterSpace(text, afterSpace(text, nameEnd) + 1);
    if (next) {
      forget(next);
      offset = readValue(text, valueStart, next, { nameStart, nameEnd });
    } else offset = afterValue(text, valueStart);
    offset = afterSeparator(text, offset);
  }
  return offset + 1;
}

function readItems(text: string, start: number, wanted: Wanted): number {
  let offset = afterSpace(text, start + 1);
  for (let index = 0; offset < text.length && text[offset] !== ']'; index += 1) {
    const next = wanted.below.get(String(index));
    offset = next ? readValue(text, offset, next, { nameStart: offset, nameEnd: offset }) : afterValue(text, offset);
    offset = afterSeparator(text, offset);
  }
  return offset + 1;
}

function afterSeparator(text: string, start: number): number {
  const offset = afterSpace(text, start);
  return text[offset] === ',' ? afterSpace(text, offset + 1) : offset;
}

/** What an earlier member of the same name held does not count. */
function forget(wanted: Wanted): void {
  if (!wanted.found) return;
  wanted.found = undefined;
  for (const below of wanted.below.values()) forget(below);
}

/** The name that a string literal stands for. */
export function memberName(text: string, start: number, end: number): string {
  const name = text.slice(start + 1, end - 1);
  return name.includes('\\') ? String(JSON.parse(`"${name}"`)) : name;
}
