/**
 * What breaking changes lead to: a question at a terminal and a warning elsewhere, a warning everywhere, or the end of the
 * run. For one of many connectors there is no prompt: at a terminal it waits until it's deployed alone. A restore is
 * confirmed at a terminal whatever it changes.
 */
export type BreakingPolicy = 'ask' | 'ask alone' | 'warn' | 'stop' | 'confirm';
