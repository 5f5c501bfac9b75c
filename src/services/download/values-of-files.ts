import type { Remote } from '../../api/remote.ts';
import { withReferencesOf } from '../../connector/as-sent.ts';
import type { Connector } from '../../connector/connector.ts';
import { DefinitionContent, PropertiesContent } from '../../connector/part-content.ts';
import { withRedirectsOf } from '../../connector/service-writing.ts';
import type { Context } from '../../context.ts';
import { listedBy, valuesFor } from '../../environment/values-for.ts';
import { FileError } from '../../errors.ts';
import type { LocalFiles } from '../../publish/local-files.ts';
import type { Base } from '../../history/base.ts';
import { knownReferences } from '../../history/known-references.ts';
import { settingsFileName } from '../../settings/settings-file.ts';
import { concealing } from '../../values/concealed-values.ts';
import { requireSameElements } from '../../values/moved-elements.ts';
import { valuesAt, withValues } from '../../values/place-values.ts';

export interface ValuesOfFiles {
  /** The local files as they are in the environment. */
  readonly localThere: LocalFiles;
  /** What an environment has, with the references to environment variables that were last sent: the service shows none. */
  readonly withReferences: (state: Connector, base: Base | undefined) => Promise<Connector>;
  /** The same with the redirect URLs of the local files: each connector has its own in each environment. */
  readonly withRedirects: (state: Connector) => Connector;
  /**
   * The same, with the values of the local files, and their references where it has none. Raises `ConflictError` if it can't be
   * detected which values aren't theirs.
   */
  readonly asInFiles: (state: Connector) => Connector;
}

/** How the files in a folder and an environment differ by the values for that environment. */
export async function valuesOfFiles(
  local: LocalFiles,
  { directory, environment }: { readonly directory: string; readonly environment: string },
  remote: Remote,
  context: Pick<Context, 'terminal' | 'configDirectory' | 'variables'>,
): Promise<ValuesOfFiles> {
  const apiDefinition = readable(local.apiDefinition);
  const apiProperties = readable(local.apiProperties);
  const connector = {
    displayName: undefined,
    apiDefinition: apiDefinition ?? new DefinitionContent('', noMembers),
    apiProperties: apiProperties ?? new PropertiesContent('', noMembers),
    icon: local.icon,
    script: local.script,
  };
  const { values, concealed } = await valuesFor(
    { settings: {}, settingsFile: settingsFileName, set: [], connector, environment, use: 'see through' },
    listedBy(remote, context),
    { ...context, workingDirectory: directory },
  );
  const there = withValues(connector, values);
  const withRedirects = (state: Connector): Connector => {
    if (!apiProperties) return concealing(state, concealed);
    const document = withRedirectsOf(apiProperties.document, state.apiProperties.document);
    return { ...concealing(state, concealed), apiProperties: state.apiProperties.with(document) };
  };
  return {
    localThere: {
      ...local,
      ...(apiDefinition && { apiDefinition: there.apiDefinition }),
      ...(apiProperties && { apiProperties: there.apiProperties }),
    },
    withReferences: async (current, base) => {
      const files = apiProperties ? there : { ...there, apiProperties: current.apiProperties };
      return withReferencesOf(await knownReferences({ files, current, base, directory }), current);
    },
    withRedirects,
    asInFiles: (state) => {
      const pointers = [...values.keys()];
      requireSameElements(connector, { there: state, values, concealed }, 'downloaded');
      const placed = withValues(withRedirects(state), valuesAt(connector, pointers));
      return apiProperties ? withReferencesOf(connector, placed) : placed;
    },
  };
}

/** A file that isn't there, or isn't JSON any more, has no values. */
const noMembers = Buffer.from('{}');

function readable<Content extends DefinitionContent | PropertiesContent>(
  content: Content | undefined,
): Content | undefined {
  try {
    return content?.document && content;
  } catch (error) {
    if (error instanceof FileError) return undefined;
    throw error;
  }
}
