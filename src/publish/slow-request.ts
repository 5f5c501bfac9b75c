import type { Terminal } from '../io/terminal/terminal.ts';

/** Milliseconds after which it is said where no terminal shows what is going on. */
const patience = 5000;

/** Waits for requests that may take long, and says so: otherwise the run would seem to hang. */
export async function duringRequests<T>(terminal: Terminal, doing: string, requests: Promise<T>): Promise<T> {
  return await terminal.during(`${doing}…`, requests, { noteAfter: patience });
}

/** The same for a request that the service may take minutes for. */
export async function duringSlowRequest<T>(terminal: Terminal, doing: string, request: Promise<T>): Promise<T> {
  return await terminal.during(`${doing}… (the service can take minutes)`, request, { noteAfter: patience });
}
