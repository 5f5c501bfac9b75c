/** What breaking changes lead to: a question at a terminal and a warning elsewhere, a warning everywhere, or the end of the run. */
export type BreakingPolicy = 'ask' | 'warn' | 'stop';
