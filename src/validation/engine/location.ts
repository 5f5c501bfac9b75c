import type { Path } from '../../json/document.ts';
import { member } from '../../json/value.ts';
import type { SourceFile } from './source-file.ts';

export type Step = string | number;

/**
 * A value in a document, with the way to it. Nothing is known of its position in the text: that is worked out for the
 * locations which are reported, and for them only. Its value need not exist: it is then undefined, and a finding about
 * it points to the nearest object around it.
 */
export class Location<Value = unknown> {
  // Declared, so that no code stands for the fields: initializing them takes longer than all the rest of a walk.
  declare readonly file: SourceFile;
  declare readonly parent: Location | undefined;
  declare readonly step: Step;
  declare readonly value: Value;

  constructor(file: SourceFile, parent: Location | undefined, step: Step, value: Value) {
    this.file = file;
    this.parent = parent;
    this.step = step;
    this.value = value;
  }

  /** The location below this one: `operation.at('responses', '200')`. */
  at(...steps: readonly Step[]): Location {
    return steps.reduce<Location>(
      (location, step) => new Location(this.file, location, step, member(location.value, step)),
      this,
    );
  }

  /** The locations of all members or items, in the order of the parsed value. */
  *members(): Generator<Location> {
    const { value } = this;
    if (Array.isArray(value)) for (const index of value.keys()) yield this.at(index);
    else if (typeof value === 'object' && value !== null) for (const name of Object.keys(value)) yield this.at(name);
  }

  /** The member name under which the value stands. */
  get name(): string {
    return String(this.step);
  }

  get path(): Path {
    return this.parent ? [...this.parent.path, this.step] : [];
  }
}

/** The root of a document. */
export function rootLocation<Value>(file: SourceFile, value: Value): Location<Value> {
  return new Location(file, undefined, '', value);
}

/** A stretch of text: a fault of the JSON itself, a token of a script. */
export class TextRange {
  readonly file: SourceFile;
  readonly start: number;
  readonly end: number;
  readonly path: Path;

  constructor(file: SourceFile, start: number, end: number, path: Path = []) {
    this.file = file;
    this.start = start;
    this.end = end;
    this.path = path;
  }
}

/** The file as a whole: findings about it stand at its beginning. */
export function wholeFile(file: SourceFile): TextRange {
  return new TextRange(file, 0, 0);
}

/** Names of a hostile document can have megabytes each, and a thousand findings below them would fill the memory. */
const longestPointer = 10_000;

/** RFC 6901. One that would be too long leads to the nearest object around the value for which it is not. */
export function jsonPointer(path: Path): string {
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

function decodeFragment(fragment: string): string {
  if (!fragment.includes('%')) return fragment;
  // A name such as "100%" is often written without its escape: then it means itself.
  return fragment.replace(/(?:%[0-9a-f]{2})+/giu, (escaped) => decoder.decode(bytesOf(escaped)));
}

const decoder = new TextDecoder();

function bytesOf(escaped: string): Uint8Array {
  return Uint8Array.from(escaped.slice(1).split('%'), (hex) => Number.parseInt(hex, 16));
}
