import { isOfOwnKind, kindWords } from '../check/own-kind.ts';
import { partContent } from '../connector/connector.ts';
import type { PartContent } from '../connector/part-content.ts';
import { DefinitionContent, PropertiesContent } from '../connector/part-content.ts';
import { type ConnectorPart, partFacts } from '../connector/part.ts';
import { UsageError } from '../errors.ts';
import { isFile } from '../io/fs/files.ts';
import { writtenPath } from '../io/fs/linked-file.ts';
import { readBytes } from '../io/fs/read-file.ts';

/**
 * Makes sure that the file that a part of a connector is to replace is one, by its name or by what is in it: someone else's
 * settings file can name any file. Raises {@link UsageError}.
 */
export async function requireOwnFile(part: ConnectorPart, path: string, name: string): Promise<void> {
  if (isOwnName(part, await writtenPath(path)) || !(await isFile(path))) return;
  const content = partContent(part, name, await readBytes(path));
  if (content.bytes.length === 0 || isOfOwnKind(content) || isDamagedDocument(content)) return;
  throw new UsageError(`${name} isn't ${kindWords[part]}, so it isn't overwritten.`, {
    hint: 'Name another file in the settings file, or move this one away.',
  });
}

/** Whether nothing else is called so. Many files are called `….json`. */
function isOwnName(part: ConnectorPart, name: string): boolean {
  if (part === 'icon') return /\.(?:png|jpe?g|gif|svg|ico|bmp|webp)$/iu.test(name);
  if (part === 'script') return /\.csx$/iu.test(name);
  return name.toLowerCase().split(/[/\\]/u).at(-1) === partFacts[part].fileName.toLowerCase();
}

/** Such as one with conflict markers: what it was can be told by its words alone. */
function isDamagedDocument(content: PartContent): boolean {
  const text = (): string => Buffer.from(content.bytes).toString();
  if (content instanceof DefinitionContent) return content.json.value === undefined && /"swagger"\s*:/u.test(text());
  return (
    content instanceof PropertiesContent &&
    content.json.value === undefined &&
    /"(?:connectionParameters|iconBrandColor)"\s*:/u.test(text())
  );
}
