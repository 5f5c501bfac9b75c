import type { Remote } from '../api/remote.ts';
import { checkValues } from '../check/check-values.ts';
import type { Connector } from '../connector/connector.ts';
import { isEnvironmentExpression } from '../connector/expression.ts';
import type { Context } from '../context.ts';
import { listedBy, valuesFor, type ValuesRequest } from '../environment/values-for.ts';
import { concealing } from '../values/concealed-values.ts';
import { withSecrets, withValues } from '../values/place-values.ts';

export interface ConnectorForEnvironment {
  readonly connector: Connector;
  /** The pointers to all values that it has for the environment. */
  readonly pointers: readonly string[];
  /** The pointers to client secrets among the values: no environment shows whether it has them. */
  readonly secretPointers: readonly string[];
}

interface ConnectorRequest extends Omit<ValuesRequest, 'use'> {
  readonly skipValidation: boolean;
}

/**
 * The connector as an environment is to have it: what its files say, with the values for that environment. What is checked is
 * what is sent: raises `PaconnError` for values that the service would refuse.
 */
export async function connectorFor(
  { skipValidation, ...request }: ConnectorRequest,
  remote: Remote,
  context: Context,
): Promise<ConnectorForEnvironment> {
  const { settings, settingsFile, connector: before } = request;
  const { values, secrets, concealed, places } = await valuesFor(
    { ...request, use: 'send files' },
    listedBy(remote, context),
    context,
  );
  const after = concealing(withValues(before, values), concealed);
  if (values.size > 0 && !skipValidation) {
    await checkValues({ settings, settingsFile, before, after, places }, context);
  }
  for (const { text } of [...secrets.values()].flatMap((secret) => secret ?? [])) {
    const secret: unknown = JSON.parse(text);
    if (!isEnvironmentExpression(secret)) context.terminal.concealGiven(String(secret));
  }
  return {
    connector: withSecrets(after, secrets),
    pointers: [...values.keys(), ...secrets.keys()],
    secretPointers: [...secrets.keys()],
  };
}
