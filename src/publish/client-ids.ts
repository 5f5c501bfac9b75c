import type { Connector } from '../connector/connector.ts';
import { lostClientIds, unusableClientIds } from '../connector/client-id.ts';
import type { PropertiesContent } from '../connector/part-content.ts';
import { PaconnError } from '../errors.ts';
import type { Terminal } from '../io/terminal/terminal.ts';
import type { Replacement } from './another-connector.ts';

/** Raises {@link PaconnError} where a placeholder, or nothing, would replace the client ID that users sign in with. */
export function requireNoClientIdLost(
  remote: PropertiesContent,
  { target: { connectorId }, connector: { apiProperties }, force, command }: Replacement,
): void {
  const [lost] = force ? [] : lostClientIds(remote.document, apiProperties.document);
  if (!lost) return;
  const replacement = lost.sent === '' ? 'no client ID' : `the placeholder '${lost.sent}' as client ID`;
  throw new PaconnError(
    `${apiProperties.name} has ${replacement}, but ${connectorId} has the client ID '${lost.live}'. Nothing was updated.`,
    {
      hint: `Write the client ID into ${apiProperties.name}. To replace it anyway:\n  paconn ${command} --force`,
    },
  );
}

/**
 * Raises {@link PaconnError} for a placeholder as client ID, unless the environment has it, too. That it would replace another one is
 * said by {@link requireNoClientIdLost}.
 *
 * @param remote The API properties in the environment; undefined for a new connector.
 */
export function requireNoPlaceholder(
  { apiProperties }: Connector,
  remote: PropertiesContent | undefined,
  { force, command }: Pick<Replacement, 'force' | 'command'>,
): void {
  if (remote && lostClientIds(remote.document, apiProperties.document).length > 0) return;
  const known = remote ? unusableClientIds(remote.document) : [];
  const clientId = unusableClientIds(apiProperties.document).find((one) => one !== '' && !known.includes(one));
  if (clientId === undefined || force) return;
  throw new PaconnError(
    `${apiProperties.name} has the placeholder '${clientId}' as client ID, so users can't sign in. Nothing was sent.`,
    {
      hint: `Write the client ID of your application into ${apiProperties.name}. To send it anyway:\n  paconn ${command} --force`,
    },
  );
}

/** Warns of client IDs that users can't sign in with: the service accepts them. */
export function warnOfPlaceholders({ apiProperties }: Connector, { note }: Pick<Terminal, 'note'>): void {
  for (const clientId of unusableClientIds(apiProperties.document)) {
    const words = clientId === '' ? 'an empty client ID' : `the placeholder '${clientId}' as client ID`;
    note(`Warning: ${apiProperties.name} has ${words}. Users can't sign in until you replace it.`);
  }
}
