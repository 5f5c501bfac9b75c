import { dirname, resolve } from 'node:path';
import type { CheckFirstOptions } from '../check/check-first.ts';
import { isOfOwnKind, kindWords } from '../check/own-kind.ts';
import type { Connector } from '../connector/connector.ts';
import { connectorParts } from '../connector/part.ts';
import type { Context } from '../context.ts';
import { PaconnError } from '../errors.ts';
import { isFile } from '../io/fs/files.ts';
import { leadsInto } from '../io/fs/inside.ts';

/**
 * Makes sure that what is about to be sent is a connector. A settings file can come with somebody else's repository, name a file
 * that is none of the connector's, such as a key, and ignore the rules that would notice. Where the validation is skipped, that
 * counts for files elsewhere only: nobody means to send those unread. Raises {@link PaconnError}.
 */
export async function requireOwnKinds(
  connector: Connector,
  { settingsFile, skipValidation }: CheckFirstOptions,
  { workingDirectory }: Pick<Context, 'workingDirectory'>,
): Promise<void> {
  const folderOf = (name: string): string => dirname(resolve(workingDirectory, name));
  for (const part of connectorParts) {
    const { [part]: content } = connector;
    if (!content || isOfOwnKind(content)) continue;
    const folders = [workingDirectory, folderOf(settingsFile ?? content.name)];
    const isElsewhere = await leadsElsewhere(resolve(workingDirectory, content.name), folders);
    if (skipValidation && !isElsewhere) continue;
    const where = isElsewhere ? ' It is in another folder.' : '';
    throw new PaconnError(`${content.name} isn't ${kindWords[part]}, so nothing was uploaded.${where}`, {
      hint: isElsewhere
        ? 'Check that the file belongs to the connector.'
        : 'Fix the file, or pass --skip-validation to upload it anyway.',
    });
  }
}

/** Of a pipe nobody can say where it is. */
async function leadsElsewhere(path: string, folders: readonly string[]): Promise<boolean> {
  return (await isFile(path)) && !(await leadsInto(folders, path));
}
