import { createTwoFilesPatch } from 'diff';
import type { FileChange } from '../validation/mend.ts';
import { withoutSecrets } from './secrets.ts';

/** Changes of files as `git apply` takes them, but that client secrets are starred out. */
export function unifiedDiff(changes: readonly FileChange[]): string {
  return changes
    .map(({ name, before, after }) => {
      const path = name.replaceAll('\\', '/');
      // A tab behind the name, so that one with spaces is read to its end.
      const patch = createTwoFilesPatch(
        `a/${path}`,
        `b/${path}`,
        withoutSecrets(before),
        withoutSecrets(after),
        '',
        '',
      );
      // The line above the names is for another tool.
      return patch.replace(/^=+\n/u, '');
    })
    .join('')
    .trimEnd();
}
