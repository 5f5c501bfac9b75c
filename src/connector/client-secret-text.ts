import { isEnvironmentExpression } from './expression.ts';

/** A stretch of text that must not be shown, in offsets. */
export interface SecretRange {
  readonly start: number;
  readonly end: number;
}

/** Also without the colon or a quote that JSON needs: a file with such a mistake has a secret nevertheless. */
const name = String.raw`(?:(?<quote>["'])client_?secret\k<quote>\s*|["']?\bclient_?secret\b["']?\s*[:=]\s*)`;
const value = String.raw`(?:"(?<secret>[^"\\]*(?:\\.[^"\\]*)*)|(?<bare>(?!(?:null|true|false)\b)[^\s"{}[\],:=]+))`;
const clientSecret = new RegExp(String.raw`${name}(?:\{\s*"value"\s*:\s*)?${value}`, 'dgiu');

/** Where the client secrets are in a JSON text, whether it is valid or not. References to environment variables are none. */
export function clientSecretRanges(text: string): readonly SecretRange[] {
  return [...text.matchAll(clientSecret)].flatMap(({ indices, groups }) => {
    const [start = 0, end = 0] = indices?.groups?.['secret'] ?? indices?.groups?.['bare'] ?? [];
    return start === end || isEnvironmentExpression(unescaped(groups?.['secret'] ?? '')) ? [] : [{ start, end }];
  });
}

/** The client secrets in a JSON text. */
export function clientSecretsIn(text: string): readonly string[] {
  return clientSecretRanges(text).map(({ start, end }) => unescaped(text.slice(start, end)));
}

/** The text with stars for each client secret. */
export function withoutClientSecretTexts(text: string): string {
  return clientSecretRanges(text).reduceRight(
    (shown, { start, end }) => `${shown.slice(0, start)}${'*'.repeat(end - start)}${shown.slice(end)}`,
    text,
  );
}

function unescaped(written: string): string {
  try {
    return String(JSON.parse(`"${written}"`));
  } catch {
    // A mistake in it does not make it less secret.
    return written;
  }
}
