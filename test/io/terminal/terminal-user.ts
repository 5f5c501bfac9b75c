import { createTerminal } from '../../../src/io/terminal/terminal.ts';
import { orderSchema, takeSteps } from './terminal-steps.ts';

// Run by `terminal.test.ts` as a process of its own, with what to do as JSON.

const order = orderSchema.parse(JSON.parse(process.argv[2] ?? ''));
await takeSteps(
  order,
  createTerminal(process, () => new AbortController().signal),
);
