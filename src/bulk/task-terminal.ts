import { UsageError } from '../errors.ts';
import type { Text } from '../io/terminal/styled-text.ts';
import type { Question } from '../io/terminal/question.ts';
import type { Terminal } from '../io/terminal/terminal.ts';

/** The output of a task: on stdout, its result in words, and other messages. */
export interface Said {
  readonly printed: readonly Text[];
  readonly reported: readonly Text[];
  readonly noted: readonly string[];
}

/**
 * The terminal for one of many tasks that are worked on side by side: what it says is kept until it is its turn, nobody is
 * asked anything, and what is going on is told by whoever has the tasks done.
 */
export function taskTerminal(terminal: Terminal): { readonly terminal: Terminal; readonly said: Said } {
  const [printed, reported, noted]: [Text[], Text[], string[]] = [[], [], []];
  const own: Terminal = {
    ...terminal,
    interactive: false,
    columns: terminal.columns,
    print: (text) => void printed.push(text),
    report: (text) => void reported.push(text),
    note: (text) => void noted.push(text),
    fail: (text) => void noted.push(text),
    during: async (_what, work) => await work,
    confirm: nobodyIsAsked,
    choose: nobodyIsAsked,
    ask: nobodyIsAsked,
    askSecret: nobodyIsAsked,
    with: () => own,
  };
  return { terminal: own, said: { printed, reported, noted } };
}

async function nobodyIsAsked({ message, insteadPass }: Question): Promise<never> {
  const error = new UsageError(`paconn can't prompt while it processes several connectors: ${message}`, {
    hint: `Pass ${insteadPass}.`,
  });
  return await Promise.reject(error);
}
