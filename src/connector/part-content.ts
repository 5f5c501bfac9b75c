import { createHash } from 'node:crypto';
import * as z from 'zod';
import { canonicalJson } from '../json/canonical.ts';
import { JsonDocument, type RawJson } from '../json/document.ts';
import { type JsonReading, readJson } from '../json/reading.ts';
import { type JsonNode, parseTree } from '../json/tree.ts';
import { type ApiDefinition, apiDefinitionSchema } from './api-definition.ts';
import { type ApiProperties, apiPropertiesSchema, downloadedApiProperties } from './api-properties.ts';
import { withoutClientSecrets } from './client-secret.ts';

/**
 * The content of a part of a connector: bytes that were read once, from wherever they come, and are sent or written as they
 * are. What follows from them is worked out when it is first asked for, and kept.
 */
export class PartContent {
  /** As the user knows it: the path of a file, or words. */
  readonly name: string;
  readonly bytes: Uint8Array;
  #hash: string | undefined;

  constructor(name: string, bytes: Uint8Array) {
    this.name = name;
    this.bytes = bytes;
  }

  /** SHA-256 of what counts in a comparison, in hexadecimal digits. */
  get hash(): string {
    return (this.#hash ??= createHash('sha256').update(this.compared()).digest('hex'));
  }

  /** How many bytes a comparison uses. */
  get size(): number {
    return Buffer.byteLength(this.compared());
  }

  /** The content that a comparison uses. */
  protected compared(): string | Uint8Array {
    return this.bytes;
  }
}

/** The picture that the service shows for a connector without an icon. */
export class DefaultIconContent extends PartContent {}

/** A script compares as text: which line ends git or an editor has given it is no difference. */
export class ScriptContent extends PartContent {
  protected override compared(): Uint8Array {
    return withUnixLineEnds(this.bytes);
  }
}

function withUnixLineEnds(bytes: Uint8Array): Uint8Array {
  // One character for each byte, in whatever encoding the text is.
  return Buffer.from(Buffer.from(bytes).toString('latin1').replaceAll('\r\n', '\n'), 'latin1');
}

/** Facts about a document that are known in advance. */
interface Known<T> {
  readonly json?: JsonReading;
  readonly document?: JsonDocument<T>;
}

/** A part that is JSON. Documents compare by value: order of members and formatting are no difference. */
abstract class DocumentContent<T> extends PartContent {
  readonly #schema: z.ZodType<T>;
  #json: JsonReading | undefined;
  #document: JsonDocument<T> | undefined;
  #tree: JsonNode | undefined;

  constructor(name: string, bytes: Uint8Array, schema: z.ZodType<T>, { json, document }: Known<T>) {
    super(name, bytes);
    this.#schema = schema;
    this.#json = json;
    this.#document = document;
  }

  /** The parsed bytes with all syntax errors, for checks. */
  get json(): JsonReading {
    return (this.#json ??= readJson(this.bytes));
  }

  /** The document as it was written. Raises `FileError` for one that has faults, or is not what it should be. */
  get document(): JsonDocument<T> {
    return (this.#document ??= JsonDocument.of(this.json, this.#schema, this.name));
  }

  /** The JSON that a comparison uses. Raises `FileError` for syntax errors. */
  get comparedJson(): RawJson {
    return JsonDocument.of(this.json, z.unknown(), this.name);
  }

  /** The tree of what counts in a comparison. Raises as {@link comparedJson}. */
  get tree(): JsonNode {
    return (this.#tree ??= parseTree(this.comparedJson.text));
  }

  protected override compared(): string {
    return canonicalJson(this.comparedJson);
  }
}

export class DefinitionContent extends DocumentContent<ApiDefinition> {
  constructor(name: string, bytes: Uint8Array, known: Known<ApiDefinition> = {}) {
    super(name, bytes, apiDefinitionSchema, known);
  }
}

/** Of API properties what a download keeps is compared, and never a client secret. */
export class PropertiesContent extends DocumentContent<ApiProperties> {
  #compared: RawJson | undefined;

  constructor(name: string, bytes: Uint8Array, known: Known<ApiProperties> = {}) {
    super(name, bytes, apiPropertiesSchema, known);
  }

  override get comparedJson(): RawJson {
    return (this.#compared ??= downloadedApiProperties(withoutClientSecrets(this.document)));
  }

  /** The same under the same name, with another document in place of its own. */
  with(document: JsonDocument<ApiProperties>): PropertiesContent {
    return new PropertiesContent(this.name, Buffer.from(document.text), { document });
  }
}
