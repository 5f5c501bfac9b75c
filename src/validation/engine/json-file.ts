import { decodeBytes, type EncodingFault } from '../../json/decode.ts';
import { type JsonFault, maximumDepth, readFaults } from '../../json/faults.ts';
import { countMembers, measure } from '../../json/scan.ts';
import { type Location, rootLocation } from './location.ts';
import { SourceFile } from './source-file.ts';

/** A JSON file of a connector: the value in it, if there is one, and what is wrong with its text. */
export class JsonFile extends SourceFile {
  /** JSON with the same offsets as the text: the text itself unless it has faults. Undefined when it cannot be read. */
  readonly json: string | undefined;
  /** The root of the document; undefined when it cannot be read. */
  readonly root: Location | undefined;
  readonly faults: readonly JsonFault[];
  readonly encodingFault: EncodingFault | undefined;

  constructor(name: string, bytes: Uint8Array) {
    const { text, fault } = decodeBytes(bytes);
    super(name, text ?? '', bytes.length);
    const { faults, json, value } = text === undefined ? unreadable : readJson(text);
    this.faults = faults;
    this.json = json;
    this.root = json === undefined ? undefined : rootLocation(this, value);
    this.encodingFault = fault;
  }
}

interface JsonReading {
  readonly faults: readonly JsonFault[];
  readonly json: string | undefined;
  readonly value: unknown;
}

const unreadable: JsonReading = { faults: [], json: undefined, value: undefined };

/**
 * JSON.parse is several times faster than anything that knows positions, so a document without faults goes through it
 * alone: it is free of duplicate names when its text has as many members as its value.
 */
function readJson(text: string): JsonReading {
  const { members, depth } = measure(text);
  // JSON.parse takes seconds over a text of brackets.
  const value = depth > maximumDepth ? undefined : parse(text);
  if (value !== undefined && members === countMembers(value)) return { faults: [], json: text, value };
  const { faults, repaired } = readFaults(text);
  return { faults, json: repaired, value: repaired === undefined ? undefined : parse(repaired) };
}

/** The value of a JSON text; no JSON text has the value undefined. */
function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // What is wrong, and where, readFaults says.
    return undefined;
  }
}
