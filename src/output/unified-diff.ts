import { createTwoFilesPatch } from 'diff';
import type { FileChange } from '../validation/engine/fix.ts';
import { withoutClientSecretTexts } from '../connector/client-secret-text.ts';

/** Changes of files as `git apply` takes them, but that client secrets are starred out. */
export function unifiedDiff(changes: readonly FileChange[]): string {
  return changes
    .map(({ name, before, after }) => {
      const path = name.replaceAll('\\', '/');
      // A tab tells where a name with spaces ends.
      const end = /\s/u.test(path) ? '\t' : '';
      const patch = createTwoFilesPatch(path, path, withoutClientSecretTexts(before), withoutClientSecretTexts(after));
      return `--- a/${path}${end}\n+++ b/${path}${end}\n${patch.slice(patch.indexOf('@@'))}`;
    })
    .join('')
    .trimEnd();
}
