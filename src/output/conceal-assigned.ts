import { namesSecret } from '../connector/secret-word.ts';
import type { Context } from '../context.ts';

/**
 * Hides the secrets of values as `--set` has them that were given for paths, as where `--set` is short for `--settings`: each error
 * about a path quotes it.
 */
export function concealAssigned(paths: readonly unknown[], { terminal }: Context): void {
  for (const path of paths) {
    const [, pointer, value] = (typeof path === 'string' && /^([^=]+)=(.+)$/su.exec(path)) || [];
    if (pointer !== undefined && value !== undefined && namesSecret(pointer)) terminal.concealNamed(pointer, value);
  }
}
