import { type Selection, selector, tagsOf } from './selection.ts';
import type { SourceOperation } from './source-operations.ts';

/** The operations that the user wants. Raises `UsageError` for a pattern or tag that none has. */
export function select(all: readonly SourceOperation[], selection: Selection): readonly SourceOperation[] {
  const selectable = all.map((operation) => ({ ...operation, tags: tagsOf(operation) }));
  const isSelected = selector(selectable, selection);
  return all.filter((_, index) => {
    const one = selectable[index];
    return one !== undefined && isSelected(one);
  });
}
