import type { PaconnError } from '../errors.ts';

/** Whether a failure is JSON where `--output` is this: in version 1 of the shapes it was text. */
export function failsAsJson(format: unknown, version: unknown): boolean {
  return String(version) !== '1' && (format === 'json' || format === 'jsonc');
}

/** A failure for programs, in one line: notes can come before it. */
export async function failureJson(
  failure: PaconnError,
  said: { readonly detail: string | undefined; readonly hint: string | undefined; readonly exitCode: number },
): Promise<string> {
  return (await import('../output/error-data.ts')).errorJson(failure, said);
}
