import type { Remote } from '../api/remote.ts';
import { ApiError, PaconnError } from '../errors.ts';
import { commandWord } from '../io/terminal/command-word.ts';

/** Whether the service doesn't create a connector because another one has its name. */
export function isNameInUse(error: unknown): error is ApiError {
  return error instanceof ApiError && error.code === 'DisplayNameIsInUse';
}

/** The same error, with the connector that has the name, where it is in the list. */
export async function explainNameInUse(
  error: ApiError,
  { displayName, environment }: { readonly displayName: string; readonly environment: string },
  remote: Remote,
): Promise<ApiError> {
  const named = await connectorsNamed(displayName, environment, remote);
  const rename = 'To create another one, change "title" in the API definition.';
  const hint =
    named.length === 0
      ? `The connector may belong to someone else who hasn't shared it with you. ${rename}`
      : `The name '${displayName}' belongs to ${named.join(', ')}. ${rename} To update it with these files, run:\n  paconn update --environment ${commandWord(environment)} --connector ${named[0]} --api-properties FILE --api-definition FILE`;
  const { message, status, code, serviceMessage, answer } = error;
  return new ApiError(message, { status, code, serviceMessage, answer, hint, cause: error });
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
