import type { Change } from '../comparison/change.ts';
import { shownPointer } from '../connector/secret-stretches.ts';
import type { DifferencesData } from '../results/files.ts';
import type { ResultChange } from '../results/members.ts';
import type { Result, Table } from './result.ts';

/** A change for programs. */
export function changeData(change: Change): ResultChange {
  const { kind, part, area, pointer, breaking, usedBy, subject, detail, before, after } = change;
  return {
    kind,
    part,
    area,
    pointer: shownPointer(pointer),
    target: subject ?? null,
    description: detail ?? null,
    before: before ?? null,
    after: after ?? null,
    isBreaking: breaking !== undefined,
    reason: breaking ?? null,
    usedBy,
  };
}

/** Changes as a table: what breaks is nearer to the eye than the values. */
export function changeTable(changes: readonly ResultChange[]): Table {
  const rows = changes.map(({ kind, area, target, description, isBreaking, before, after }) => [
    kind,
    area,
    target ?? '',
    description ?? '',
    isBreaking ? 'yes' : '',
    before ?? '',
    after ?? '',
  ]);
  return {
    columns: ['Kind', 'Area', 'Target', 'Description', 'Breaking', 'Before', 'After'],
    kinds: ['word', 'word', 'name', 'text', 'word', 'text', 'text'],
    rows,
  };
}

/** Changes for programs, with the states that they are between. */
export function differenceResult(
  changes: readonly Change[],
  { from, to, notCompared }: Pick<DifferencesData, 'from' | 'to' | 'notCompared'>,
): Result {
  const data: DifferencesData = {
    result: changes.length === 0 ? 'equal' : 'different',
    from,
    to,
    differences: changes.length,
    breakingCount: changes.filter(({ breaking }) => breaking !== undefined).length,
    changes: changes.map(changeData),
    notCompared: notCompared.map(shownPointer),
  };
  return { data, table: changeTable(data.changes) };
}
