import { join } from 'node:path';
import { hasSecretText } from '../connector/client-secret.ts';
import { type Connector, partContent, type PartContents, type PartHashes } from '../connector/connector.ts';
import { type PartContent, PropertiesContent } from '../connector/part-content.ts';
import { type ConnectorPart, connectorParts, partFacts } from '../connector/part.ts';
import { FileError } from '../errors.ts';
import { isFile, readDirectory, removeFile } from '../io/fs/files.ts';
import { readBytes } from '../io/fs/read-file.ts';
import type { NewFile } from '../io/fs/replace-files.ts';
import { compressed, decompressed } from './compression.ts';

/** The folder with the content of the last synced versions, in files named by its hash and compressed. */
export const contentDirectoryName = 'paconn.base';

/** The content with this hash; undefined where it is not there, or is not what its hash says. */
export async function readContent<Part extends ConnectorPart>(
  directory: string,
  part: Part,
  hash: string,
): Promise<PartContents[Part] | undefined> {
  const path = await existingContent(directory, hash);
  if (path === undefined) return undefined;
  const bytes = await decompressed(await readBytes(path));
  const content = bytes && partContent(part, `The ${partFacts[part].words} in ${contentDirectoryName}`, bytes);
  return content && isCalled(hash, content) ? content : undefined;
}

function isCalled(hash: string, content: PartContent): boolean {
  try {
    return content.hash === hash;
  } catch (error) {
    // A file that isn't JSON isn't ours.
    if (error instanceof FileError) return false;
    throw error;
  }
}

/** The base is committed. Its hash alone tells that such a content has changed. */
function hasSecret(content: PartContent): boolean {
  return content instanceof PropertiesContent && hasSecretText(content.document.value);
}

/** The files of a state that aren't there yet. Existing content stays: another version of the compression may write it differently, which would show up in git. */
export async function contentFiles(directory: string, state: Connector, hashes: PartHashes): Promise<NewFile[]> {
  const files = await Promise.all(
    connectorParts.map(async (part) => {
      const content = state[part];
      const hash = hashes[part];
      if (content === undefined || hash === undefined || hasSecret(content)) return [];
      if ((await readContent(directory, part, hash)) !== undefined) return [];
      return [{ path: contentPath(directory, hash), content: await compressed(content.bytes) }];
    }),
  );
  return files.flat();
}

/** Removes all content but that with these hashes. Raises `FileError`. */
export async function removeContentBut(used: ReadonlySet<string>, directory: string): Promise<void> {
  const { files = [] } = (await readDirectory(join(directory, contentDirectoryName))) ?? {};
  const needed = new Set([...used].map((hash) => contentName(hash)));
  // What has the long name of an earlier version stays until it has the short one.
  const isNeeded = (name: string): boolean =>
    needed.has(name) || (used.has(name.slice(0, 64)) && !files.includes(contentName(name)));
  const stale = files.filter((name) => /^[\da-f]{20}(?:[\da-f]{44})?\.br$/u.test(name) && !isNeeded(name));
  for (const name of stale) await removeFile(join(directory, contentDirectoryName, name));
}

function contentPath(directory: string, hash: string): string {
  return join(directory, contentDirectoryName, contentName(hash));
}

/** As many digits as tell contents apart, since paths on Windows are short. */
function contentName(hash: string): string {
  return `${hash.slice(0, 20)}.br`;
}

/** Earlier versions named contents by the whole hash. */
async function existingContent(directory: string, hash: string): Promise<string | undefined> {
  for (const path of [contentPath(directory, hash), join(directory, contentDirectoryName, `${hash}.br`)])
    if (await isFile(path)) return path;
  return undefined;
}
