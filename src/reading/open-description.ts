import { basename, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Context } from '../context.ts';
import type { DescriptionFile } from '../conversion/source.ts';
import { PaconnError, UsageError } from '../errors.ts';
import { readLargeFile } from '../io/fs/read-file.ts';
import { isLoopback } from '../io/net/hosts.ts';
import { withoutQuery } from '../io/net/request-failure.ts';
import { openNetwork } from '../remote/network.ts';

/** The description of an API, read from its source. */
export interface OpenedDescription {
  readonly file: DescriptionFile;
  /** Where it comes from, if that is a URL: an API is there unless its description says otherwise. */
  readonly url: URL | undefined;
  /** The words of its name, for a description without a title. */
  readonly titleFromName: string;
}

/** The largest source. */
export const largestSource = 32 * 1024 * 1024;

/**
 * Reads a description from a file, a URL, or stdin (`-`). Raises `UsageError` for a URL without https, `FileError` for what isn't
 * JSON or YAML, `PaconnError` and `NetworkError` when it isn't available.
 */
export async function openDescription(source: string, context: Context): Promise<OpenedDescription> {
  const { workingDirectory, terminal } = context;
  const { readSource } = await import('../conversion/read-source.ts');
  const url = /^https?:/iu.test(source) && URL.canParse(source) ? new URL(source) : undefined;
  if (url) {
    const shown = withoutQuery(url);
    const bytes = await fetchDescription(url, context);
    const file = await readSource({ shown, url: shown, bytes });
    return { file, url, titleFromName: titleFrom(url.pathname) ?? url.hostname };
  }
  if (source === '-') {
    const bytes = await terminal.readInput(largestSource);
    const file = await readSource({ shown: '-', url: pathToFileURL(resolve(workingDirectory, 'stdin')).href, bytes });
    return { file, url: undefined, titleFromName: 'Connector' };
  }
  const path = resolve(workingDirectory, source);
  const bytes = await readLargeFile(path, source, largestSource);
  const file = await readSource({ shown: source, url: pathToFileURL(path).href, bytes });
  return { file, url: undefined, titleFromName: titleFrom(path) ?? 'Connector' };
}

/** `contoso-orders.yaml` is Contoso orders. */
function titleFrom(path: string): string | undefined {
  const words = basename(path)
    .replace(/\.\w+$/u, '')
    .replaceAll(/[\s._-]+/gu, ' ')
    .trim();
  return words === '' ? undefined : `${words[0]?.toUpperCase()}${words.slice(1)}`;
}

async function fetchDescription(url: URL, context: Context): Promise<Uint8Array> {
  const shown = withoutQuery(url);
  if (url.protocol !== 'https:' && !isLoopback(url))
    throw new UsageError(`${shown} isn't fetched because its URL doesn't start with https://.`);
  const http = openNetwork(context);
  const answer = http.send({
    method: 'GET',
    url,
    repeatable: true,
    followRedirects: 'public',
    sizeLimit: largestSource,
  });
  const { status, body } = await context.terminal.during(`Fetching ${shown}`, answer);
  if (status !== 200) throw new PaconnError(`${shown} responded with status ${status}.`);
  return body;
}
