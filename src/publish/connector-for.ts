import type { Remote } from '../api/remote.ts';
import type { Connector } from '../connector/connector.ts';
import { isEnvironmentExpression } from '../connector/expression.ts';
import type { Context } from '../context.ts';
import { listedBy, valuesFor, type ValuesRequest } from '../environment/values-for.ts';
import { withSecrets, withValues } from '../values/place-values.ts';

export interface ConnectorForEnvironment {
  readonly connector: Connector;
  /** The pointers to all values that it has for the environment. */
  readonly pointers: readonly string[];
  /** The pointers to client secrets among the values: no environment shows whether it has them. */
  readonly secretPointers: readonly string[];
}

/** The connector as an environment is to have it: what its files say, with the values for that environment. */
export async function connectorFor(
  request: Omit<ValuesRequest, 'use'>,
  remote: Remote,
  context: Context,
): Promise<ConnectorForEnvironment> {
  const { values, secrets } = await valuesFor({ ...request, use: 'send files' }, listedBy(remote, context), context);
  for (const { text } of [...secrets.values()].flatMap((secret) => secret ?? [])) {
    const secret: unknown = JSON.parse(text);
    if (!isEnvironmentExpression(secret)) context.terminal.concealGiven(String(secret));
  }
  return {
    connector: withSecrets(withValues(request.connector, values), secrets),
    pointers: [...values.keys(), ...secrets.keys()],
    secretPointers: [...secrets.keys()],
  };
}
