import { promisify } from 'node:util';
import { brotliDecompress, inflate, inflateRaw, unzip } from 'node:zlib';

/**
 * The content of a packed body, all of it. Raises the error of the system for one that is cut short, damaged, or unpacks to
 * more bytes than the limit.
 *
 * @param encoding As the header Content-Encoding says; one that nobody asked for leaves the body as it is.
 */
export async function unpacked(body: Buffer, encoding: string, limit = Infinity): Promise<Buffer> {
  const options = Number.isFinite(limit) ? { maxOutputLength: Math.max(limit, 1) } : {};
  if (encoding === 'br') return await promisify(brotliDecompress)(body, options);
  if (['gzip', 'x-gzip', 'compress', 'x-compress'].includes(encoding)) return await promisify(unzip)(body, options);
  if (encoding !== 'deflate') return body;
  // Some servers leave out the header, whose first four bits are always 8.
  return await promisify(((body[0] ?? 0) & 0x0f) === 8 ? inflate : inflateRaw)(body, options);
}
