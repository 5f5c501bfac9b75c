import type { JsonPath } from '../../json/pointer.ts';
import { isObject, type JsonObject, member } from '../../json/value.ts';
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

  get path(): JsonPath {
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
  readonly path: JsonPath;

  constructor(file: SourceFile, start: number, end: number, path: JsonPath = []) {
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

export function isObjectLocation(location: Location): location is Location<JsonObject> {
  return isObject(location.value);
}
