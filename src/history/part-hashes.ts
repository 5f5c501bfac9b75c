import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { brotliCompress, brotliDecompress, constants } from 'node:zlib';
import * as z from 'zod';
import { type ConnectorPart, connectorParts, type ConnectorState } from '../connector/connector-state.ts';
import { canonicalJson } from '../json/canonical.ts';
import { JsonDocument } from '../json/document.ts';

/** What tells the content of each part from any other; none for a part that is not there. */
export type PartHashes = { readonly [Part in ConnectorPart]?: string | undefined };

/**
 * SHA-256 of each part in hexadecimal digits: of JSON by its canonical value, so that order of members, formatting and ways
 * to write a number are no difference, of icon and script by their bytes.
 */
export function partHashes(state: ConnectorState): PartHashes {
  return Object.fromEntries(connectorParts.map((part) => [part, hashOf(state[part])]));
}

/** One hash for the content of all parts. */
export function hashOfAll(hashes: PartHashes): string {
  return createHash('sha256')
    .update(connectorParts.map((part) => hashes[part] ?? '').join())
    .digest('hex');
}

/** The hash of one part. */
function hashOf(content: Uint8Array | JsonDocument | undefined): string | undefined {
  if (content === undefined) return undefined;
  const hashed = content instanceof JsonDocument ? canonicalJson(content) : content;
  return createHash('sha256').update(hashed).digest('hex');
}

/** The parts that are not the same in two states. */
export function differentParts(one: PartHashes, other: PartHashes): ConnectorPart[] {
  return connectorParts.filter((part) => one[part] !== other[part]);
}

const compress = promisify(brotliCompress);
const decompress = promisify(brotliDecompress);

/** Far above what a connector may hold: a file that claims more is none of ours. */
const largest = 64 * 1024 * 1024;

/** A part as a file to keep. JSON is kept as it was written: in a definition the order of members is what people see. */
export async function compressed(content: Uint8Array | JsonDocument): Promise<Uint8Array> {
  const bytes = content instanceof JsonDocument ? Buffer.from(content.text) : content;
  // Better ones take several times as long, and save a few bytes in a hundred.
  const params = { [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length, [constants.BROTLI_PARAM_QUALITY]: 5 };
  return await compress(bytes, { params });
}

/** The part in a file, or undefined when it is not what its hash says. */
export async function decompressed(
  part: ConnectorPart,
  file: Uint8Array,
  hash: string,
): Promise<Uint8Array | JsonDocument | undefined> {
  const bytes = await decompress(file, { maxOutputLength: largest }).catch(() => undefined);
  const content = bytes && (part === 'icon' || part === 'script' ? bytes : parsed(bytes));
  return hashOf(content) === hash ? content : undefined;
}

function parsed(bytes: Uint8Array): JsonDocument | undefined {
  try {
    return JsonDocument.parse(new TextDecoder().decode(bytes), z.unknown(), 'A base');
  } catch {
    // Damage is told from what was written by the hash, and this has none.
    return undefined;
  }
}
