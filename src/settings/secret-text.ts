import { UsageError } from '../errors.ts';

/**
 * A secret that was read, where it is text. Windows PowerShell writes files as UTF-16, which nobody sees who looks at them;
 * read as UTF-8 they are full of characters that no secret has.
 *
 * @param what Such as `client secret`.
 */
export function requireDecoded(secret: string, what: string): string {
  if (!/[\0\ufffd]/u.test(secret)) return secret;
  throw new UsageError(`The ${what} isn't UTF-8 text.`, {
    hint: 'Save the file as UTF-8 or ASCII. In Windows PowerShell: Set-Content -Encoding ascii secret.txt SECRET',
  });
}
