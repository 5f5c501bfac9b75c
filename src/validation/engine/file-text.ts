import { decodeBytes } from '../../json/decode.ts';
import type { NamedFile } from './connector-source.ts';
import { SourceFile } from './source-file.ts';

/** The text of a file, in the lines and columns that findings have; empty when it has none. */
export function fileText({ name, bytes }: NamedFile): SourceFile {
  return new SourceFile(name, (bytes && decodeBytes(bytes).text) ?? '', bytes?.length ?? 0);
}
