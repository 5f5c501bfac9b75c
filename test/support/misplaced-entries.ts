import type { ReportEntry } from '../../src/conversion/report.ts';
import { pointerPath } from '../../src/json/pointer.ts';

/** Entries about members of objects whose line and column isn't where the text has the name of the member. */
export function misplaced(entries: readonly ReportEntry[], text: string): readonly string[] {
  const lines = text.split(/\r\n|\n|\r/u);
  return entries
    .filter(({ pointer, line, column }) => {
      const name = pointerPath(pointer).at(-1);
      const found = (lines[line - 1] ?? '').slice(column - 1);
      if (name === undefined) return line !== 1 || column !== 1;
      const isItem = /^\d+$/u.test(name) && !/^["']?\d+["']?\s*:/u.test(found);
      return (
        !isItem && ![name, JSON.stringify(name), `'${name.replaceAll("'", "''")}'`].some((one) => found.startsWith(one))
      );
    })
    .map(({ rule, pointer, line, column }) => `${rule} ${pointer} ${line}:${column}`);
}
