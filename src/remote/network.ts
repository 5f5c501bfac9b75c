import type { Context } from '../context.ts';
import { createHttp, type Http } from '../io/net/http.ts';
import { readVariables } from '../settings/variables.ts';

/** The network of a run. Raises `UsageError` for an environment variable with a value it cannot have. */
export function openNetwork({ shared, variables, version, signal, terminal }: Context): Http {
  if (shared) return shared.http;
  const { timeoutSeconds, slowTimeoutSeconds } = readVariables(variables);
  return createHttp({
    userAgent: `paconn/${version}`,
    timeout: timeoutSeconds * 1000,
    slowTimeout: slowTimeoutSeconds * 1000,
    signal,
    trace: terminal.trace,
    announce: terminal.note,
    detailed: terminal.verbosity.debug,
    variables,
  });
}
