import type { Change } from '../comparison/change.ts';
import type { Table } from './result.ts';

/** A change for programs. */
export function changeJson({ breaking, usedBy, subject, detail, before, after, ...change }: Change) {
  return {
    ...change,
    subject: subject ?? null,
    detail: detail ?? null,
    before: before ?? null,
    after: after ?? null,
    breaking: breaking !== undefined,
    reason: breaking ?? null,
    usedBy,
  };
}

/** Changes as a table. */
export function changeTable(changes: readonly Change[]): Table {
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
  return { columns, rows, kept: ['Kind', 'Area', 'Subject'] };
}
