import { isAbsolute, join } from 'node:path';
import type { Context } from '../context.ts';

/** The path of a file of the connector as it is seen from where the user is. */
export function pathFromHere(path: string, { folder = '' }: Pick<Context, 'folder'>): string {
  return isAbsolute(path) || folder === '' ? path : join(folder, path);
}
