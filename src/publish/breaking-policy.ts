/**
 * What breaking changes lead to: a question at a terminal and a warning elsewhere, a warning everywhere, or
 * the end of the run. A restore is confirmed at a terminal whatever it changes.
 */
export type BreakingPolicy = 'ask' | 'warn' | 'stop' | 'confirm';
