import type { EncodingFault } from '../../json/decode.ts';
import type { JsonFault } from '../../json/faults.ts';
import { type JsonReading, readJson } from '../../json/reading.ts';
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

  constructor(name: string, bytes: Uint8Array, reading: JsonReading = readJson(bytes)) {
    const { text, json, value, faults, encodingFault } = reading;
    super(name, text, bytes.length);
    this.faults = faults;
    this.json = json;
    this.root = json === undefined ? undefined : rootLocation(this, value);
    this.encodingFault = encodingFault;
  }
}
