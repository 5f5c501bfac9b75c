import { UsageError } from '../errors.ts';
import type { Question } from '../io/terminal/question.ts';
import type { Terminal } from '../io/terminal/terminal.ts';

/** What to pass for an option of a secret to have it read from stdin. */
export const fromStdin = '-';

/** The first line of stdin, not shown when the user types it. Raises as {@link requireSecretText}. */
export async function readSecret(
  { interactive, readLine, askSecret }: Pick<Terminal, 'interactive' | 'readLine' | 'askSecret'>,
  question: Question,
): Promise<string> {
  return requireSecretText(interactive ? await askSecret(question) : await readLine(), 'client secret');
}

/** A secret without the line end behind it, which a file or a copied value leaves there, and no secret has. */
export function withoutLineEnd(secret: string): string {
  return secret.replace(/(?<![\r\n])[\r\n]+$/u, '');
}

/**
 * A secret that was read or passed, where it is text. Windows PowerShell writes files as UTF-16, which isn't visible in an editor;
 * read as UTF-8 they are full of characters that no secret has. Raises {@link UsageError} for these and for control characters.
 *
 * @param what Such as `client secret`.
 */
export function requireSecretText(secret: string, what: string): string {
  if (/[\0\ufffd]/u.test(secret)) {
    throw new UsageError(`The ${what} isn't UTF-8 text.`, {
      hint: "Save the file as UTF-8 or ASCII. In Windows PowerShell: Set-Content -Encoding ascii secret.txt '<secret>'",
    });
  }
  const [control] = /\p{Cc}/u.exec(secret) ?? [];
  if (control === undefined) return secret;
  const code = (control.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
  throw new UsageError(`The ${what} contains the control character U+${code}.`, {
    hint: 'Copy the secret again, without the characters around it.',
  });
}
