import type { Connector } from '../connector/connector.ts';
import type { Terminal } from '../io/terminal/terminal.ts';
import type { JsonDocument } from '../json/document.ts';

/** The members of API properties that a solution has no place for. */
const outside = ['capabilities', 'publisher', 'stackOwner'] as const;

/**
 * The connector of a solution with what another document has of these members: of the environment, where an update from a
 * solution leaves them as they are, or of what it's compared with.
 */
export function withMembersOutside(connector: Connector, other: Pick<JsonDocument, 'at'>): Connector {
  const { apiProperties } = connector;
  const members = outside.flatMap((name) => {
    const value = other.at(['properties', name]);
    return value === undefined || value.text === 'null' ? [] : [[name, value] as const];
  });
  if (members.length === 0) return connector;
  const document = apiProperties.document.withMembers(['properties'], Object.fromEntries(members));
  return { ...connector, apiProperties: apiProperties.with(document) };
}

/** Says once what a connector that is created from a solution doesn't have. */
export function reportMembersOutside({ note }: Pick<Terminal, 'note'>): void {
  note(`A solution doesn't contain ${outside.join(', ')}. The connector is created without them.`);
}
