import { isArray, member } from './value.ts';

/** Where a value is: member names and array indexes, from the root down. */
export type JsonPath = readonly (string | number)[];

/** Names of a hostile document can have megabytes each, and a thousand findings below them would fill the memory. */
const longestPointer = 10_000;

/** RFC 6901. One that would be too long leads to the nearest object around the value for which it is not. */
export function jsonPointer(path: JsonPath): string {
  let pointer = '';
  for (const step of path) {
    const name = String(step);
    if (pointer.length + name.length > longestPointer) break;
    pointer += `/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`;
  }
  return pointer;
}

/** The path of a JSON pointer, or of the fragment of a reference: both `/a~1b` and `#/a~1b` give `['a/b']`. */
export function pointerPath(pointer: string): readonly string[] {
  const text = pointer.startsWith('#') ? decodeFragment(pointer.slice(1)) : pointer;
  return text
    .split('/')
    .slice(1)
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));
}

/** A reference without escapes of URLs: `#/definitions/A%20B` and `#/definitions/A B` are the same. */
export function plainReference(reference: string): string {
  return reference.startsWith('#/') ? `#${jsonPointer(pointerPath(reference))}` : reference;
}

/** The path of a pointer in a value, with numbers for items of arrays; undefined where it leads to nothing. */
export function pathIn(value: unknown, pointer: string): JsonPath | undefined {
  const path: (string | number)[] = [];
  let inside = value;
  for (const name of pointerPath(pointer)) {
    const step = isArray(inside) && /^(?:0|[1-9]\d*)$/u.test(name) ? Number(name) : name;
    inside = member(inside, step);
    if (inside === undefined) return undefined;
    path.push(step);
  }
  return path;
}

function decodeFragment(fragment: string): string {
  if (!fragment.includes('%')) return fragment;
  // A name such as "100%" is often written without its escape: then it means itself.
  return fragment.replace(/(?:%[0-9a-f]{2})+/giu, (escaped) => decoder.decode(bytesOf(escaped)));
}

const decoder = new TextDecoder();

function bytesOf(escaped: string): Uint8Array {
  return Uint8Array.from(escaped.slice(1).split('%'), (hex) => Number.parseInt(hex, 16));
}
