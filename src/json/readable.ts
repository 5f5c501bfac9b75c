import { FileError } from '../errors.ts';

/** In bytes. No file of a connector is larger but a ZIP file, nor one of ours; the limits of the service are far below. */
const largestText = 32 * 1024 * 1024;
/** In values of JSON or elements of XML: small ones take a hundred times as much memory as room in a file. */
const mostValues = 1_000_000;
const mostLines = 4_000_000;

/** Raises {@link FileError} for more than any text of a connector has. */
export function requireReadable(bytes: Uint8Array, shown: string): void {
  if (isZip(bytes)) return;
  if (bytes.length > largestText) throw tooLarge(shown, largestText);
  // Not byte by byte: megabytes are searched in a quarter of the time. Each value takes two bytes at least.
  if (bytes.length > 2 * mostValues && countAtMost(mostValues, bytes, ',[{<') > mostValues)
    throw tooMany(shown, mostValues, 'values');
  if (bytes.length > mostLines && countAtMost(mostLines, bytes, '\n') > mostLines)
    throw tooMany(shown, mostLines, 'lines');
}

/** By what each ZIP file begins with. */
function isZip(bytes: Uint8Array): boolean {
  return Buffer.from(bytes.subarray(0, 4)).toString('latin1') === 'PK\u0003\u0004';
}

/** How many of these characters there are; more than `most` aren't counted. */
function countAtMost(most: number, bytes: Uint8Array, characters: string): number {
  let count = 0;
  for (const mark of Buffer.from(characters)) {
    for (let at = bytes.indexOf(mark); at !== -1 && count <= most; at = bytes.indexOf(mark, at + 1)) count += 1;
  }
  return count;
}

function tooMany(shown: string, most: number, what: string): FileError {
  return new FileError(`${shown} has more than ${most.toLocaleString('en')} ${what}, which is more than paconn reads.`);
}

/** The error for a file of more bytes than are read. */
export function tooLarge(shown: string, most: number): FileError {
  return new FileError(`${shown} has more than ${Math.floor(most / 1024 / 1024)} MB, which is more than paconn reads.`);
}
