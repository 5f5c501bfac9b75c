import { type Connector, partContent } from '../connector/connector.ts';
import type { ConnectorPart } from '../connector/part.ts';
import { UsageError } from '../errors.ts';
import { inOrder } from '../io/async.ts';
import type { Settings } from '../settings/settings.ts';
import { readConnectorFile } from './read-connector-file.ts';

/** The paths of the parts of a connector. */
type NamedPaths = Pick<Settings, 'apiDefinition' | 'apiProperties' | 'icon' | 'script'>;

/**
 * The connector in the files that the settings name, each of which is read once, so that it may be a pipe. One that is named
 * and does not exist is an error: the Python tool skips a missing icon or script, and so removes the script from the connector.
 * Raises `UsageError` and `FileError`.
 */
export async function readConnector(settings: NamedPaths, directory: string): Promise<Connector> {
  const propertiesPath = required(settings.apiProperties, 'API Properties', '--api-properties', 'apiProperties');
  const definitionPath = required(settings.apiDefinition, 'API Definition', '--api-definition', 'apiDefinition');
  const read = async <Part extends ConnectorPart>(part: Part, path: string) =>
    partContent(part, path, (await readConnectorFile(path, directory)).bytes);
  const { icon: iconPath, script: scriptPath } = settings;
  const [apiProperties, apiDefinition, icon, script] = await inOrder([
    read('apiProperties', propertiesPath),
    read('apiDefinition', definitionPath),
    iconPath === undefined ? Promise.resolve(undefined) : read('icon', iconPath),
    scriptPath === undefined ? Promise.resolve(undefined) : read('script', scriptPath),
  ]);
  return { displayName: undefined, apiDefinition, apiProperties, icon, script };
}

function required(path: string | undefined, what: string, flag: string, key: string): string {
  if (path !== undefined) return path;
  throw new UsageError(`${what} must be specified.`, { hint: `Pass ${flag} FILE, or "${key}" in the settings file.` });
}
