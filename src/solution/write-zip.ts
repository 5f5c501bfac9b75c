import { zipSync, type Zippable } from 'fflate';

/** A file of an archive that is written. */
export interface ArchiveEntry {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** Formats that are already compressed. */
const compressed = /\.(?:zip|png)$/iu;

/**
 * A ZIP file with these entries in this order. The same entries give the same bytes: all have the first time that the format
 * knows, in whatever time zone, and fflate compresses alike on every version of Node.
 */
export function writeZip(entries: readonly ArchiveEntry[]): Uint8Array {
  const files: Zippable = {};
  for (const { name, bytes } of entries) files[name] = [bytes, { level: compressed.test(name) ? 0 : 6 }];
  return zipSync(files, { mtime: new Date(1980, 0, 1) });
}
