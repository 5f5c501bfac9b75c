import { withReferencesOf } from '../connector/as-sent.ts';
import type { Connector } from '../connector/connector.ts';
import { type Base, hasUnsent, readBaseState } from './base.ts';

/** What tells which references to environment variables a connector has in place of client secrets. */
export interface ReferenceRequest {
  /** The local files, as they are to be sent. */
  readonly files: Connector;
  /** What the environment holds, as the service shows it. */
  readonly current: Connector;
  readonly base: Base | undefined;
  /** Where the base is. */
  readonly directory: string | undefined;
}

/**
 * The state that has the references that were last sent to an environment, which the service never shows: the base where the files
 * have changes since. Else it is taken for granted that they were sent. Raises `FileError`.
 */
export async function knownReferences({ files, current, base, directory }: ReferenceRequest): Promise<Connector> {
  if (!base || directory === undefined || !hasUnsent(files, base)) return files;
  // Where the content of the base isn't there, its hash tells whether it had the references of the files, or none.
  const candidates = [files, current, withReferencesOf(files, current)];
  return (await readBaseState(directory, base, candidates, { mayHaveStars: true })) ?? current;
}
