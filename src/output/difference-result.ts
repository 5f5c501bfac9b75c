import type { Change } from '../comparison/change.ts';
import type { Result, Table } from './result.ts';

/** A change for programs. */
export function changeJson({ kind, part, area, pointer, breaking, usedBy, subject, detail, before, after }: Change) {
  return {
    kind,
    part,
    area,
    pointer,
    subject: subject ?? null,
    detail: detail ?? null,
    before: before ?? null,
    after: after ?? null,
    breaking: breaking !== undefined,
    reason: breaking ?? null,
    usedBy,
  };
}

function changeTable(changes: readonly Change[]): Table {
  const columns = ['Kind', 'Area', 'Subject', 'Detail', 'Before', 'After', 'Breaking'];
  const rows = changes.map(({ kind, area, subject = '', detail = '', before = '', after = '', breaking = '' }) => [
    kind,
    area,
    subject,
    detail,
    before,
    after,
    breaking,
  ]);
  return { columns, kinds: ['word', 'word', 'name', 'text', 'text', 'text', 'text'], rows };
}

/** Changes for programs, with the states that they are between. */
export function differenceResult(
  changes: readonly Change[],
  { from, to }: { readonly from: string; readonly to: string },
): Result {
  const breaking = changes.filter((change) => change.breaking !== undefined).length;
  const data = { version: 1, from, to, differences: changes.length, breaking, changes: changes.map(changeJson) };
  return { data, table: changeTable(changes) };
}
