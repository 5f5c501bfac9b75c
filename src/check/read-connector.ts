import { join, resolve } from 'node:path';
import { type Connector, partContent } from '../connector/connector.ts';
import { type ConnectorPart, partFacts } from '../connector/part.ts';
import type { Context } from '../context.ts';
import { UsageError } from '../errors.ts';
import { inOrder } from '../io/async.ts';
import { isFile } from '../io/fs/files.ts';
import { pathWord } from '../io/terminal/command-word.ts';
import type { Settings } from '../settings/settings.ts';
import { settingsFileName } from '../settings/settings-file.ts';
import type { FileRole } from '../validation/engine/connector-source.ts';
import { readFileOf } from './read-connector-file.ts';
import { pathFromHere } from '../settings/path-from-here.ts';

/** The paths of the parts of a connector. */
export type NamedPaths = Pick<
  Settings,
  'apiDefinition' | 'apiProperties' | 'icon' | 'script' | 'filesFolder' | 'settingsFolder'
>;

export type SeenFrom = Pick<Context, 'workingDirectory' | 'folder'>;

/**
 * The connector in the files that the settings name, each of which is read once, so that it may be a pipe. One that is named
 * and does not exist is an error: the Python tool skips a missing icon or script, and so removes the script from the connector.
 * The files are named from where the user is. Raises `UsageError` and `FileError`.
 */
export async function readConnector(settings: NamedPaths, place: SeenFrom): Promise<Connector> {
  const { apiProperties: propertiesPath, apiDefinition: definitionPath } = settings;
  if (propertiesPath === undefined) {
    throw await unnamed('apiProperties', definitionPath, place);
  }
  if (definitionPath === undefined) {
    throw await unnamed('apiDefinition', definitionPath, place);
  }
  const from = { workingDirectory: place.workingDirectory, folder: ownFolder(settings) };
  const read = async <Part extends ConnectorPart>(part: Part, role: FileRole, path: string) =>
    partContent(
      part,
      pathFromHere(path, place),
      (await readFileOf(role, path, { ...from, shown: pathFromHere(path, place) })).bytes,
    );
  const { icon: iconPath, script: scriptPath } = settings;
  const [apiProperties, apiDefinition, icon, script] = await inOrder([
    read('apiProperties', 'properties', propertiesPath),
    read('apiDefinition', 'definition', definitionPath),
    iconPath === undefined ? Promise.resolve(undefined) : read('icon', 'icon', iconPath),
    scriptPath === undefined ? Promise.resolve(undefined) : read('script', 'script', scriptPath),
  ]);
  return { displayName: undefined, apiDefinition, apiProperties, icon, script };
}

/** The folder whose files are the connector's whatever is in them: a settings file can name any file elsewhere. */
export function ownFolder({ settingsFolder, filesFolder }: Pick<Settings, 'filesFolder' | 'settingsFolder'>): string {
  return settingsFolder ?? filesFolder ?? '.';
}

/** As the Python tool calls them. */
const missingWords = {
  apiProperties: { what: 'API Properties', flag: '--api-properties' },
  apiDefinition: { what: 'API Definition', flag: '--api-definition' },
} as const;

/** The error for a part that nothing names, with the way on from what is there in place of an API definition. */
async function unnamed(
  part: keyof typeof missingWords,
  definition: string | undefined,
  { workingDirectory, folder = '.' }: SeenFrom,
): Promise<UsageError> {
  const { descriptionsIn, descriptionWords } = await import('./no-connector.ts');
  const instead =
    definition === undefined
      ? (await descriptionsIn(workingDirectory, folder)).join('\n')
      : await descriptionWords(resolve(workingDirectory, definition), join(folder, definition));
  const { what, flag } = missingWords[part];
  const path = join(folder, partFacts[part].fileName);
  const isThere = await isFile(resolve(workingDirectory, partFacts[part].fileName));
  // An option doesn't say which of several folders it is for.
  const way = folder === '.' ? `Pass ${flag} <file>` : isThere ? `Pass ${flag} ${pathWord(path)}` : `Add ${path}`;
  const settings = folder === '.' ? 'the settings file' : join(folder, settingsFileName);
  const ways =
    folder === '.' && part === 'apiProperties' && definition === undefined
      ? `${way}, "${part}" in the settings file, or the folder of a connector.`
      : `${way}, or "${part}" in ${settings}.`;
  return new UsageError(`${what} must be specified.`, { hint: instead || ways });
}
