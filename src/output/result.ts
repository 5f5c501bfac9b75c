import type { Text } from '../io/terminal/styled-text.ts';

/** What a command found or did, for programs: printed on stdout in the form that `--output` asks for. */
export interface Result {
  /** Plain JSON in the current shape, as `results/results.ts` describes it; the number of that is added when it's printed. */
  readonly data: ResultData;
  /** For people and for `tsv`: where it is missing, the members of the data are shown. */
  readonly table?: Table;
  /** Printed in place of the data where neither `--output` nor `--query` asks for that; nothing where it is empty. */
  readonly unasked?: Text;
  /** Where it is not 0: the work was done, but what came of it is no success. */
  readonly exitCode?: number;
  /** Raised after the data has been printed. */
  readonly failure?: unknown;
}

export type ResultData = Readonly<Record<string, unknown>>;

/**
 * How a column gives way where a line has an end: names at their end, IDs in their middle, times by their clock, prose by more
 * lines, words and numbers not at all. Properties are the names of what is behind them in a second column.
 */
export type ColumnKind = 'property' | 'name' | 'id' | 'time' | 'text' | 'prose' | 'word' | 'number';

export interface Table {
  /** The most important ones first: the last ones are left out first. */
  readonly columns: readonly string[];
  /** Of the columns, by position; texts where there is none. */
  readonly kinds?: readonly ColumnKind[];
  /** As many cells each as there are columns. */
  readonly rows: readonly (readonly string[])[];
  /** Lines that follow at a terminal: how many there are, and what to type next. A line that doesn't fit is left out. */
  readonly footer?: readonly string[];
}
