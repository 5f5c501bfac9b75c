import type { Remote } from '../api/remote.ts';
import { ApiError, PaconnError } from '../errors.ts';

/** Whether the service doesn't create a connector because another one has its name. */
export function isNameInUse(error: unknown): error is ApiError {
  return error instanceof ApiError && error.code === 'DisplayNameIsInUse';
}

export interface RefusedName {
  readonly displayName: string;
  readonly environment: string;
  /** What follows a command that is to work with the files in the same environment; undefined where there are none. */
  readonly named: string | undefined;
  /** The connector that was to be updated; undefined for a new one. */
  readonly connectorId?: string;
}

/** The same error, with the connector that has the name, where it is in the list. */
export async function explainNameInUse(
  error: ApiError,
  { displayName, environment, named: files, connectorId }: RefusedName,
  remote: Remote,
): Promise<ApiError> {
  const all = await connectorsNamed(displayName, environment, remote);
  const named = all.filter((name) => name !== connectorId);
  const [first, second] = named;
  const [it, which] = second === undefined ? ['it', first] : ['one of them', '<connector>'];
  const update =
    first === undefined || files === undefined
      ? ''
      : ` To update ${it} with these files:\n  paconn deploy${files} --connector ${which}`;
  const purpose = connectorId === undefined ? 'create another one' : 'use another name';
  const rename = `To ${purpose}, change "title" in the API definition.`;
  const hint =
    named.length === 0
      ? `The connector may belong to someone else who hasn't shared it with you. ${rename}`
      : `The name '${displayName}' belongs to ${named.join(', ')}. ${rename}${update}`;
  const { message, status, code, serviceMessage, correlationId, detail, answer } = error;
  return new ApiError(message, { status, code, serviceMessage, correlationId, detail, answer, hint, cause: error });
}

async function connectorsNamed(name: string, environment: string, remote: Remote): Promise<readonly string[]> {
  const wanted = name.normalize().toLowerCase();
  try {
    const connectors = await remote.listConnectors(environment);
    const named = connectors.filter(({ properties }) => properties?.displayName?.normalize().toLowerCase() === wanted);
    return named.map((connector) => connector.name);
  } catch (error) {
    // The error that is explained counts; this one is about its explanation.
    if (error instanceof PaconnError) return [];
    throw error;
  }
}
