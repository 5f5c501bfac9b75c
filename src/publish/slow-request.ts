import type { Terminal } from '../io/terminal/terminal.ts';

/** Milliseconds after which it is said where no terminal shows what is going on. */
const patience = 10_000;

/** Waits for a request that the service may take minutes for, and says so: otherwise it would seem to hang. */
export async function duringSlowRequest<T>(terminal: Terminal, doing: string, request: Promise<T>): Promise<T> {
  return await terminal.during(`${doing}… (the service can take minutes)`, request, { noteAfter: patience });
}
