import { checkFirst, type CheckFirstOptions } from '../check/check-first.ts';
import { requireOwnDefinition } from '../check/own-definition.ts';
import { readConnector } from '../check/read-connector.ts';
import type { Connector } from '../connector/connector.ts';
import type { Context } from '../context.ts';
import type { Settings } from '../settings/settings.ts';

/**
 * The connector in the files that the settings name, or in a solution, read once and checked: what is checked is what is sent. Raises
 * `UsageError` and `FileError`, and `PaconnError` for what the service would refuse.
 */
export async function readConnectorToSend(
  settings: Settings,
  checking: CheckFirstOptions,
  context: Context,
): Promise<Connector> {
  const connector = checking.solution?.connector ?? (await readConnector(settings, context));
  await checkFirst(connector, settings, checking, context);
  // Without the check, too, another kind of document can't be sent: it is said what it is.
  if (connector.apiDefinition) await requireOwnDefinition(connector.apiDefinition);
  // Loaded once the files are known to be there: it reads scripts.
  const { requireOwnKinds } = await import('./require-own-kinds.ts');
  requireOwnKinds(connector, checking);
  return connector;
}
