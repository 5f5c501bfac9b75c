import { createHash } from 'node:crypto';
import { join } from 'node:path';
import * as z from 'zod';
import { hasExactly, type SentState } from '../connector/as-sent.ts';
import { hashOfAll, partHashes, type RemoteState, titleOf } from '../connector/connector.ts';
import { PropertiesContent } from '../connector/part-content.ts';
import { FileError } from '../errors.ts';
import { readOwnJson, removeFile, writePrivateFile } from '../io/fs/files.ts';
import type { Base, BaseTarget } from './base.ts';

/*
 * What is about to be sent is remembered in the config directory before it is sent: a folder can be read-only, and whoever
 * looks into it does not want to see this. It holds hashes, and API properties without client secrets, which the comparison
 * needs to know what the service writes itself.
 */

/** Which files are sent from, and where to. */
export interface Sending {
  readonly configDirectory: string;
  /** Where the base of the files is: another folder with the same connector has other changes. Undefined for a restore. */
  readonly directory: string | undefined;
  readonly target: BaseTarget;
}

const optionalText = z.string().optional();

const stateSchema = z.object({
  title: optionalText,
  apiDefinition: optionalText,
  apiProperties: z.string(),
  icon: optionalText,
  script: optionalText,
});

const fileSchema = z.object({
  version: z.literal(1),
  /** What tells the base that the files had then: another branch, or a pull, has another one. */
  base: z.string(),
  sent: z.array(stateSchema),
});

/** A request that was given up can still arrive after the next one; older ones do not. */
const mostStates = 4;

/** Remembers what is about to be sent. Raises `FileError`. */
export async function rememberSent(sending: Sending, base: Base | undefined, state: SentState): Promise<void> {
  const { title, hashes, apiProperties } = state;
  const entry = { title, ...hashes, apiProperties: apiProperties.comparedJson.text };
  const sent = [...(await readEntries(sending, base)), entry].slice(-mostStates);
  const content = { version: 1, base: baseKey(base), sent } satisfies z.infer<typeof fileSchema>;
  await writePrivateFile(pathOf(sending), `${JSON.stringify(content, undefined, 2)}\n`);
}

/** Removes the record of an upload, which the base now contains. Raises `FileError`. */
export async function forgetSent(sending: Sending): Promise<void> {
  await removeFile(pathOf(sending));
}

/**
 * The base as it would be, had the last run come to its end: where the environment has exactly what was sent from these files
 * since the recorded base. Else the recorded one.
 */
export async function baseAfterSending(
  sending: Sending,
  recorded: Base | undefined,
  { state, ...lastChange }: RemoteState,
): Promise<Base | undefined> {
  const entries = await readEntries(sending, recorded);
  const own = entries.find(({ title: _title, apiProperties, ...hashes }) =>
    hasExactly(state, { hashes, apiProperties: propertiesOf(apiProperties) }),
  );
  if (!own) return recorded;
  const title = titleOf(state);
  // Who has renamed it cannot be known unless it has the name that was sent.
  const isOwnTitle = recorded === undefined || title === own.title;
  return {
    title: isOwnTitle ? title : recorded.title,
    ...lastChange,
    hashes: { ...partHashes(state), icon: own.icon },
  };
}

function propertiesOf(text: string): PropertiesContent {
  return new PropertiesContent('The last upload', Buffer.from(text));
}

/** None where the file is damaged or cannot be read: then it is as if nothing were remembered. */
async function readEntries(sending: Sending, base: Base | undefined): Promise<z.infer<typeof fileSchema>['sent']> {
  try {
    const file = await readOwnJson(pathOf(sending), fileSchema);
    return file?.base === baseKey(base) ? file.sent : [];
  } catch (error) {
    if (error instanceof FileError) return [];
    throw error;
  }
}

function baseKey(base: Base | undefined): string {
  return base ? `${base.changedTime ?? ''} ${hashOfAll(base.hashes)}` : '';
}

function pathOf({ configDirectory, directory = '', target: { environment, connectorId } }: Sending): string {
  const key = JSON.stringify([directory, environment, connectorId]);
  return join(configDirectory, 'sent', `${createHash('sha256').update(key).digest('hex').slice(0, 32)}.json`);
}
