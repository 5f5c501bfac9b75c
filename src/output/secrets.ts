import { FileSecrets } from '../validation/engine/file-secrets.ts';
import type { SourceFile } from '../validation/engine/source-file.ts';

/** A part of a line that must not be shown, in offsets from its beginning. */
interface HiddenPart {
  readonly from: number;
  readonly to: number;
}

const known = new WeakMap<SourceFile, ReadonlyMap<number, readonly HiddenPart[]>>();

/** What of a line of a file (1-based) may be a secret. */
export function secretsInLine(file: SourceFile, line: number): readonly HiddenPart[] {
  const lines = known.get(file) ?? secretsByLine(file);
  known.set(file, lines);
  return lines.get(line) ?? [];
}

function secretsByLine(file: SourceFile): ReadonlyMap<number, readonly HiddenPart[]> {
  const lines = new Map<number, HiddenPart[]>();
  for (const { start, end } of FileSecrets.of(file).stretches) {
    const [first, last] = [file.positionAt(start), file.positionAt(end)];
    for (let line = first.line; line <= last.line; line += 1) {
      const from = line === first.line ? first.column - 1 : 0;
      const to = line === last.line ? last.column - 1 : Infinity;
      const parts = lines.get(line) ?? [];
      parts.push({ from, to });
      lines.set(line, parts);
    }
  }
  return lines;
}
