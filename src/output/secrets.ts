import type { SourceFile } from '../validation/engine/source-file.ts';

/** A stretch of text that must not be shown, in offsets. */
export interface SecretRange {
  readonly start: number;
  readonly end: number;
}

const clientSecret = /"client_?secret"\s*:\s*(?:\{\s*"value"\s*:\s*)?"(?<secret>[^"\\]*(?:\\.[^"\\]*)*)/giu;

const known = new WeakMap<SourceFile, readonly SecretRange[]>();

/** Where the client secrets are in a file. */
export function secretRanges(file: SourceFile): readonly SecretRange[] {
  const ranges = known.get(file) ?? rangesIn(file.text);
  known.set(file, ranges);
  return ranges;
}

function rangesIn(text: string): readonly SecretRange[] {
  return [...text.matchAll(clientSecret)].map(({ index, 0: all, groups }) => {
    const end = index + all.length;
    return { start: end - (groups?.['secret']?.length ?? 0), end };
  });
}

/** The text with stars for each client secret. */
export function withoutSecrets(text: string): string {
  return text.replaceAll(
    clientSecret,
    (all: string, secret: string) => `${all.slice(0, all.length - secret.length)}${'*'.repeat(secret.length)}`,
  );
}
