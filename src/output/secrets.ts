import { clientSecretRanges, type SecretRange } from '../connector/client-secret-text.ts';
import type { SourceFile } from '../validation/engine/source-file.ts';

const known = new WeakMap<SourceFile, readonly SecretRange[]>();

/** Where the client secrets are in a file. */
export function secretRanges(file: SourceFile): readonly SecretRange[] {
  const ranges = known.get(file) ?? clientSecretRanges(file.text);
  known.set(file, ranges);
  return ranges;
}
