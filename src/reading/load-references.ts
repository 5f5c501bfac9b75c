import { commandWord } from '../io/terminal/command-word.ts';
import { dirname, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Context } from '../context.ts';
import type { LoadFile, ReferenceFailure } from '../conversion/references.ts';
import type { DescriptionFile } from '../conversion/source.ts';
import { PaconnError } from '../errors.ts';
import { exists } from '../io/fs/files.ts';
import { realpathOfExisting } from '../io/fs/inside.ts';
import { isInside } from '../io/fs/is-inside.ts';
import { readLargeFile } from '../io/fs/read-file.ts';
import { withoutQuery } from '../io/net/request-failure.ts';
import { mayBePublic } from '../io/net/public-address.ts';
import { openNetwork } from '../remote/network.ts';
import { largestSource, type OpenedDescription } from './open-description.ts';

export interface ReferenceLimits {
  /** The folder that references may reach; the one of the source unless it's named. */
  readonly root: string | undefined;
  /** Hosts that references may be fetched from. */
  readonly hosts: readonly string[];
}

const mostFiles = 200;
/** Of all files of a conversion together. */
const mostBytes = 64 * 1024 * 1024;
const mostRedirections = 5;

/** Reads files that references lead to, as far as the user allows it. */
export function referenceLoader(
  opened: OpenedDescription,
  { root, hosts }: ReferenceLimits,
  context: Context,
): LoadFile {
  const { workingDirectory } = context;
  const { file: source, url: origin } = opened;
  const folder = rootFolder(source, root, workingDirectory);
  let files = 1;
  let bytes = source.text.length;
  let { values } = source;
  return async (reference) => {
    const url = new URL(reference);
    const limit = Math.min(largestSource, mostBytes - bytes);
    if (files >= mostFiles) return unreadable(`a conversion reads at most ${mostFiles} files`);
    if (limit <= 0) return unreadable('all files together have more than 64 MB');
    try {
      const isFile = url.protocol === 'file:';
      if (isFile && (origin || url.host !== '')) return outside(root ?? '.');
      const path = isFile ? pathOf(url) : '';
      if (path === undefined) return unreadable("its path has an escape sequence that paths of files can't have");
      const read = isFile
        ? await readInside(path, folder, { limit, shownRoot: root ?? '.', workingDirectory })
        : await fetchAllowed(url, { origin, hosts, limit }, context);
      if ('rule' in read) return read;
      files += 1;
      bytes += read.bytes.length;
      const { readSource } = await import('../conversion/read-source.ts');
      const file = await readSource({ shown: read.shown, url: reference, bytes: read.bytes, valuesBefore: values });
      values += file.values;
      return file;
    } catch (error) {
      if (error instanceof PaconnError && error.exitCode === 1) return unreadable(asReason(error.message));
      throw error;
    }
  };
}

/** The path of a file; undefined for a URL that is none of a file, such as one with an encoded slash. */
function pathOf(url: URL): string | undefined {
  try {
    return fileURLToPath(url);
  } catch {
    return undefined;
  }
}

function rootFolder(source: DescriptionFile, root: string | undefined, workingDirectory: string): string {
  if (root !== undefined) return resolve(workingDirectory, root);
  return source.url.startsWith('file:') ? dirname(fileURLToPath(source.url)) : workingDirectory;
}

function unreadable(why: string): ReferenceFailure {
  return { rule: 'ref-unreadable', values: { why } };
}

function outside(root: string): ReferenceFailure {
  return { rule: 'ref-outside', values: { root: root === '.' ? 'the folder of the source' : root } };
}

/** A sentence as a part of another one. */
function asReason(message: string): string {
  return message.replace(/\.$/u, '');
}

type Read = { readonly bytes: Uint8Array; readonly shown: string } | ReferenceFailure;

interface FileLimits {
  readonly limit: number;
  readonly shownRoot: string;
  readonly workingDirectory: string;
}

async function readInside(path: string, folder: string, limits: FileLimits): Promise<Read> {
  const { limit, shownRoot, workingDirectory } = limits;
  const shown = relative(workingDirectory, path) || path;
  // Links are followed before it's decided.
  const real = await realpathOfExisting(path);
  if (!isInside(await realpathOfExisting(folder), real)) return outside(shownRoot);
  if (!(await exists(real))) return unreadable(`${shown} doesn't exist`);
  return { bytes: await readLargeFile(real, shown, limit), shown };
}

interface FetchLimits {
  readonly origin: URL | undefined;
  readonly hosts: readonly string[];
  readonly limit: number;
}

async function fetchAllowed(start: URL, { origin, hosts, limit }: FetchLimits, context: Context): Promise<Read> {
  const shown = withoutQuery(start);
  let url = start;
  for (let count = 0; count <= mostRedirections; count += 1) {
    const isOwn = url.origin === origin?.origin;
    const isAllowed = isOwn || (url.protocol === 'https:' && isListed(url, hosts));
    if (!isAllowed || (!isOwn && !mayBePublic(url))) return notFetched(url);
    const { status, body, headers } = await openNetwork(context).send({
      method: 'GET',
      url,
      repeatable: true,
      sizeLimit: limit,
      publicOnly: !isOwn,
    });
    if (status === 200) return { bytes: body, shown };
    const { location } = headers;
    if (status < 300 || status >= 400 || location === undefined || !URL.canParse(location, url.href))
      return unreadable(`${shown} responded with status ${status}`);
    url = new URL(location, url);
  }
  return unreadable(`${shown} was redirected more than ${mostRedirections} times`);
}

function isListed({ host, hostname }: URL, hosts: readonly string[]): boolean {
  return hosts.some((allowed) => [host, hostname].includes(allowed.toLowerCase()));
}

/** Only a host that could be allowed is named. */
function notFetched(url: URL): ReferenceFailure {
  const isPossible = url.protocol === 'https:' && mayBePublic(url);
  return { rule: 'ref-not-fetched', values: isPossible ? { host: commandWord(url.host) } : {} };
}
