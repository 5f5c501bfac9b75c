import { UsageError } from '../errors.ts';

/**
 * A path as it was given. On Windows the mark that ends `"My Folder\\"` is a part of it, and so is all that follows. Raises
 * {@link UsageError}, which shows none of that: it can be a secret.
 */
export function readPath(text: string): string {
  const [, folder] = /^([^"]*)"(?:\s|$)/u.exec(text) ?? [];
  if (folder === undefined) return text;
  throw new UsageError(`A path has a quotation mark in it: ${folder}"…`, {
    hint: String.raw`On Windows, \" doesn't end a path. Leave out the last \, as in "${folder}"`,
  });
}
