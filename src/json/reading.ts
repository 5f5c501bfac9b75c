import { decodeBytes, type EncodingFault } from './decode.ts';
import { type JsonFault, readFaults } from './faults.ts';
import { countMembers, maximumDepth, measure } from './scan.ts';

/** What the bytes of a JSON file say: the value in them, if there is one, and what is wrong with them. */
export interface JsonReading {
  /** Without byte order mark; empty when the encoding is none that we read. */
  readonly text: string;
  readonly encodingFault: EncodingFault | undefined;
  readonly faults: readonly JsonFault[];
  /** JSON with the same offsets as the text: the text itself unless it has faults. Undefined when it cannot be read. */
  readonly json: string | undefined;
  /** The value of that JSON. */
  readonly value: unknown;
}

/** Reads bytes as JSON, whatever they are. Raises nothing: faults are part of the reading. */
export function readJson(bytes: Uint8Array): JsonReading {
  const { text, fault } = decodeBytes(bytes);
  if (text === undefined) return { text: '', encodingFault: fault, ...unreadable };
  return { text, encodingFault: fault, ...readText(text) };
}

/** Whether a text is JSON without any fault, in an encoding that all read. */
export function isSound({ text, json, encodingFault, faults }: JsonReading): boolean {
  return json === text && encodingFault === undefined && faults.length === 0;
}

const unreadable = { faults: [], json: undefined, value: undefined };

/**
 * JSON.parse is several times faster than anything that knows positions, so a document without faults goes through it
 * alone: it is free of duplicate names when its text has as many members as its value.
 */
function readText(text: string): Pick<JsonReading, 'faults' | 'json' | 'value'> {
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
