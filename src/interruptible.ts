import { type Context, createContext, Script } from 'node:vm';
import { codeOf, InterruptedError } from './errors.ts';

const script = new Script('run()');
const sandbox: { run: () => void } = { run: () => undefined };
/** One for all: to make one takes a millisecond. */
let context: Context | undefined;

/**
 * The result of work that nothing waits in, and that Ctrl+C ends all the same: a handler of signals has its turn only when work pauses,
 * but what goes on in a context of Node can be ended. Raises {@link InterruptedError} then, and what the work raises.
 *
 * @param timeout In milliseconds. Longer work ends with an error with the code `ERR_SCRIPT_EXECUTION_TIMEOUT`.
 */
export function interruptible<T>(work: () => T, timeout?: number): T {
  let done: { readonly value: T } | undefined;
  sandbox.run = () => {
    done = { value: work() };
  };
  context ??= createContext(sandbox);
  try {
    script.runInContext(context, { breakOnSigint: true, ...(timeout !== undefined && { timeout }) });
  } catch (error) {
    if (codeOf(error) === 'ERR_SCRIPT_EXECUTION_INTERRUPTED') throw new InterruptedError();
    throw error;
  }
  if (!done) throw new Error('nothing was done');
  return done.value;
}
