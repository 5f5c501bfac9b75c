import { resolve } from 'node:path';
import { type ApiDefinition, apiDefinitionSchema } from '../../connector/api-definition.ts';
import type { Context } from '../../context.ts';
import { FileError, PaconnError, UsageError } from '../../errors.ts';
import { readBytes } from '../../io/fs/files.ts';
import { isLoopback } from '../../io/net/hosts.ts';
import { withoutQuery } from '../../io/net/http.ts';
import { JsonDocument } from '../../json/document.ts';
import { decodeText } from '../../json/decode.ts';
import { openNetwork } from '../../remote/network.ts';
import { parseStrictly } from '../../json/syntax.ts';
import { isObject } from '../../json/value.ts';
import { foreignDocument } from '../../validation/engine/foreign-document.ts';
import { JsonFile } from '../../validation/engine/json-file.ts';

/** An API definition that somebody has published or keeps. */
export interface SourceDefinition {
  readonly document: JsonDocument<ApiDefinition>;
  /** Where it comes from, when that is a URL: an API is there unless its definition says otherwise. */
  readonly url: URL | undefined;
}

/** Larger ones are not taken: the service refuses them, too. */
const sizeLimit = 10 * 1024 * 1024;

const convert = 'paconn requires OpenAPI 2.0 in JSON. Convert the file first, for example with api-spec-converter.';

/**
 * Reads an API definition from a file or a URL. Raises `UsageError` for a URL without https, `FileError` for anything but
 * OpenAPI 2.0 in JSON, `PaconnError` and `NetworkError` when it cannot be had.
 */
export async function readDefinition(from: string, context: Context): Promise<SourceDefinition> {
  const url = /^https?:/iu.test(from) && URL.canParse(from) ? new URL(from) : undefined;
  const shown = url ? withoutQuery(url) : from;
  const bytes = url ? await fetchBytes(url, context) : await readBytes(resolve(context.workingDirectory, from), from);
  const text = decodeText(bytes, shown);
  const foreign = foreignDocument(new JsonFile(shown, bytes), 'definition');
  if (foreign) throw new FileError(`${shown} is ${foreign.words}.`, { hint: convert });
  // A mistake in what begins as JSON is shown with its place.
  if (!/^\s*[{["]/u.test(text)) throw new FileError(`${shown} isn't JSON.`, { hint: convert });
  const value = parseStrictly(text, shown);
  if (!isObject(value))
    throw new FileError(`${shown} isn't an API definition: it must be an object with the member "swagger".`);
  if (value['swagger'] !== '2.0') {
    throw new FileError(`${shown} isn't an API definition: it must have the member "swagger": "2.0".`, {
      hint: convert,
    });
  }
  return { document: JsonDocument.parse(text, apiDefinitionSchema, shown), url };
}

async function fetchBytes(url: URL, context: Context): Promise<Uint8Array> {
  if (url.protocol !== 'https:' && !isLoopback(url)) {
    throw new UsageError(`${withoutQuery(url)} is not asked: an API definition is fetched with https only.`);
  }
  const http = openNetwork(context);
  const answer = http.send({ method: 'GET', url, repeatable: true, followRedirects: true, sizeLimit });
  const { status, body } = await context.terminal.during(`Fetching ${withoutQuery(url)}`, answer);
  if (status !== 200) throw new PaconnError(`${withoutQuery(url)} answers with status ${status}.`);
  return body;
}
