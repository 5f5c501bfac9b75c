import type { Connector } from '../connector/connector.ts';
import { member } from '../json/value.ts';
import type { NamedFile } from '../validation/engine/connector-source.ts';
import { type NamedPaths, type SeenFrom, readConnector } from './read-connector.ts';

/**
 * The connector in the files that the settings name, to be compared with another. Raises as `readConnector` does, and `FileError`
 * for another document in the place of the API definition.
 */
export async function readOwnConnector(settings: NamedPaths, place: SeenFrom): Promise<Connector> {
  const connector = await readConnector(settings, place);
  if (connector.apiDefinition) await requireOwnDefinition(connector.apiDefinition);
  return connector;
}

/** Raises `FileError` for another document in the place of an API definition: nothing can be compared with it. */
export async function requireOwnDefinition(definition: NamedFile): Promise<void> {
  if (member(definition.json?.value, 'swagger') !== undefined) return;
  const { foreignDefinition } = await import('./no-connector.ts');
  const error = foreignDefinition(definition);
  if (error) throw error;
}
