import { isAbsolute, join, resolve } from 'node:path';
import type { Context } from '../context.ts';

/** The same run in another folder: what its settings file names is found there. */
export function inFolder(context: Context, folder: string): Context {
  const named = isAbsolute(folder) ? folder : join(context.folder ?? '', folder);
  return { ...context, workingDirectory: resolve(context.workingDirectory, folder), folder: named };
}
