import { basename } from 'node:path';
import { environmentsFileName } from '../values/environments-file.ts';
import { isOfOwnKind, kindWords } from '../check/own-kind.ts';
import { describesApi } from '../connector/api-definition.ts';
import { partContent } from '../connector/connector.ts';
import type { PartContent } from '../connector/part-content.ts';
import { DefinitionContent, PropertiesContent, ScriptContent } from '../connector/part-content.ts';
import { type ConnectorPart, partFacts, type PerPart } from '../connector/part.ts';
import { UsageError } from '../errors.ts';
import { isFile } from '../io/fs/files.ts';
import { writtenPath } from '../io/fs/linked-file.ts';
import { readBytes } from '../io/fs/read-file.ts';
import { hasScriptClass } from '../validation/csharp/is-script.ts';

/**
 * Makes sure that the file that a part of a connector is to replace is one, by its name or by what is in it, and that a new one has
 * the name of one: someone else's settings file can name any file. Raises {@link UsageError}.
 */
export async function requireOwnFile(part: ConnectorPart, path: string, name: string): Promise<void> {
  if (isOwnName(part, await writtenPath(path))) return;
  if (!(await isFile(path))) {
    if (extensions[part].test(name) && basename(name).toLowerCase() !== environmentsFileName) return;
    throw new UsageError(`${name} isn't a file name for the ${partFacts[part].words}. Nothing was written.`, {
      hint: `Use a name such as ${partFacts[part].fileName} in the settings file.`,
    });
  }
  const content = partContent(part, name, await readBytes(path));
  if (content.bytes.length === 0 || isOfOwnKind(content) || isUnfinished(content)) return;
  throw new UsageError(`${name} isn't ${kindWords[part]}, so it isn't overwritten.`, {
    hint: 'Name another file in the settings file, or move this one away.',
  });
}

/** How the files of each part end. */
const extensions: PerPart<RegExp> = {
  apiDefinition: /\.json$/iu,
  apiProperties: /\.json$/iu,
  icon: /\.(?:png|jpe?g|gif|svg|ico|bmp|webp)$/iu,
  script: /\.csx?$/iu,
};

/** Whether nothing else is called so. Many files are called `….json`. */
function isOwnName(part: ConnectorPart, name: string): boolean {
  if (part === 'icon') return extensions.icon.test(name);
  if (part === 'script') return /\.csx$/iu.test(name);
  return name.toLowerCase().split(/[/\\]/u).at(-1) === partFacts[part].fileName.toLowerCase();
}

/** Such as one with conflict markers, whose words alone show what it was, or a definition without its paths. */
function isUnfinished(content: PartContent): boolean {
  if (content instanceof ScriptContent) return hasScriptClass(content.bytes);
  const text = (): string => Buffer.from(content.bytes).toString();
  if (content instanceof DefinitionContent) {
    const { value } = content.json;
    return value === undefined ? /"swagger"\s*:/u.test(text()) : describesApi(value);
  }
  return (
    content instanceof PropertiesContent &&
    content.json.value === undefined &&
    /"(?:connectionParameters|iconBrandColor)"\s*:/u.test(text())
  );
}
