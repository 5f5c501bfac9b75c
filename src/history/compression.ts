import { promisify } from 'node:util';
import { brotliCompress, brotliDecompress, constants } from 'node:zlib';
import { requireReadable } from '../json/readable.ts';

const compress = promisify(brotliCompress);
const decompress = promisify(brotliDecompress);

/** Far above what a connector may hold: a file that claims more is none of ours. */
const largest = 64 * 1024 * 1024;

/** Content as a file to keep. JSON is kept as it was written: in a definition the order of members is what people see. */
export async function compressed(bytes: Uint8Array): Promise<Uint8Array> {
  // Better ones take several times as long, and save a few bytes in a hundred.
  const params = { [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length, [constants.BROTLI_PARAM_QUALITY]: 5 };
  return await compress(bytes, { params });
}

/** The content in a file; undefined for a file in another format, or that inflates to more than a connector has. */
export async function decompressed(file: Uint8Array): Promise<Uint8Array | undefined> {
  try {
    const content = await decompress(file, { maxOutputLength: largest });
    requireReadable(content, 'The content');
    return content;
  } catch {
    return undefined;
  }
}
