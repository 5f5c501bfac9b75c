import { resolve } from 'node:path';
import { partContent } from '../connector/connector.ts';
import { FileError } from '../errors.ts';
import { isFile } from '../io/fs/files.ts';
import { leadsInto } from '../io/fs/inside.ts';
import { decodeBytes } from '../json/decode.ts';
import { readJson } from '../json/reading.ts';
import { rootMembers } from '../json/scan.ts';
import { settingsFileSchema } from '../settings/settings.ts';
import type { FileRole } from '../validation/engine/connector-source.ts';
import { hasScriptClass } from '../validation/csharp/is-script.ts';
import { problemsInFile } from '../values/environments-file.ts';
import { isOfOwnKind, kindWords } from './own-kind.ts';

/** The content of a file, as far as it identifies the file. */
interface Content {
  readonly name: string;
  /** The same as the user knows it. */
  readonly shown?: string | undefined;
  readonly bytes: Uint8Array;
}

/** The roles of a connector's files. */
export type FileKind = FileRole | 'environments';

/** What a role has in each of its files, also in one with errors or merge marks; and how that is called. */
const kinds: Readonly<Record<FileKind, { readonly words: string; readonly has: (content: Content) => boolean }>> = {
  definition: {
    words: kindWords.apiDefinition,
    // One in another format is said to be that.
    has: ({ bytes }) =>
      hasRootName(bytes, ['swagger', 'openapi', 'paths', 'info']) ||
      /^["']?(?:swagger|openapi)["']?[ \t]*:/mu.test(textOf(bytes)),
  },
  properties: { words: kindWords.apiProperties, has: ({ bytes }) => hasRootName(bytes, ['properties']) },
  icon: { words: kindWords.icon, has: ({ name, bytes }) => isOfOwnKind(partContent('icon', name, bytes)) },
  script: { words: kindWords.script, has: ({ bytes }) => hasScriptClass(bytes) },
  settings: {
    words: 'a settings file of a connector',
    has: ({ bytes }) => hasRootName(bytes, [...Object.keys(settingsFileSchema.shape), 'paconn']),
  },
  environments: {
    words: 'a file with values for environments',
    has: ({ bytes }) =>
      problemsInFile(readJson(bytes).value).every(({ kind }) => kind !== 'shape' && kind !== 'pointer'),
  },
};

function hasRootName(bytes: Uint8Array, names: readonly string[]): boolean {
  const root = rootMembers(textOf(bytes));
  return names.some((name) => root.has(name));
}

function textOf(bytes: Uint8Array): string {
  return decodeBytes(bytes).text ?? '';
}

/**
 * Makes sure that a file is what its role says, unless it is in the folder. Settings and links can come with someone else's
 * repository, and lead to a file that is none of the connector's, such as a key: nothing of it is shown, compared, or sent. Raises
 * {@link FileError}.
 */
export async function requireOwnKind(
  role: FileKind,
  content: Content,
  folder: string,
  workingDirectory: string,
): Promise<void> {
  const { words, has } = kinds[role];
  const path = resolve(workingDirectory, content.name);
  if (!(await leadsElsewhere(path, resolve(workingDirectory, folder))) || has(content)) return;
  throw new FileError(
    `${content.shown ?? content.name} isn't ${words}. It leads to another folder, so nothing of it is shown or uploaded.`,
    {
      hint: 'Check that the file belongs to the connector.',
    },
  );
}

/**
 * Makes sure that a file that nobody has named is really in its folder. Raises {@link FileError}.
 *
 * @param whole What it would be a part of, such as `the solution`.
 */
export async function requireInside(
  path: string,
  folder: string,
  whole: string,
  workingDirectory: string,
): Promise<void> {
  if (!(await leadsElsewhere(resolve(workingDirectory, path), resolve(workingDirectory, folder)))) return;
  throw new FileError(`${path} leads to another folder, so it isn't read.`, {
    hint: `Replace the link with the file, if it belongs to ${whole}.`,
  });
}

/** A pipe has no location. Raises `FileError`. */
async function leadsElsewhere(path: string, folder: string): Promise<boolean> {
  return (await isFile(path)) && !(await leadsInto([folder], path));
}
