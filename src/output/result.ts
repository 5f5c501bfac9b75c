import type { Text } from '../io/terminal/styled-text.ts';

/** What a command found or did, for programs: printed on stdout in the form that `--output` asks for. */
export interface Result {
  /** Plain JSON. Its first member is the version of its shape, which grows when a member goes or changes its meaning. */
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

export interface ResultData {
  readonly version: number;
  readonly [name: string]: unknown;
}

export interface Table {
  readonly columns: readonly string[];
  /** As many cells each as there are columns. */
  readonly rows: readonly (readonly string[])[];
  /** Columns that are never shortened: people copy IDs. */
  readonly kept?: readonly string[];
  /** Columns that are shortened when nothing else can be: people know things by their names. */
  readonly last?: readonly string[];
}
