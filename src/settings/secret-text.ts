import { UsageError } from '../errors.ts';
import type { Question } from '../io/terminal/question.ts';
import type { Terminal } from '../io/terminal/terminal.ts';

/** What to pass for an option of a secret to have it read from stdin. */
export const fromStdin = '-';

/** The first line of stdin, not shown when the user types it. Raises as {@link requireDecoded}. */
export async function readSecret(
  { interactive, readLine, askSecret }: Pick<Terminal, 'interactive' | 'readLine' | 'askSecret'>,
  question: Question,
): Promise<string> {
  return requireDecoded(interactive ? await askSecret(question) : await readLine(), 'client secret');
}

/**
 * A secret that was read, where it is text. Windows PowerShell writes files as UTF-16, which isn't visible in an editor;
 * read as UTF-8 they are full of characters that no secret has.
 *
 * @param what Such as `client secret`.
 */
export function requireDecoded(secret: string, what: string): string {
  if (!/[\0\ufffd]/u.test(secret)) return secret;
  throw new UsageError(`The ${what} isn't UTF-8 text.`, {
    hint: "Save the file as UTF-8 or ASCII. In Windows PowerShell: Set-Content -Encoding ascii secret.txt '<secret>'",
  });
}
