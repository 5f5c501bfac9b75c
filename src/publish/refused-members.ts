import type { ApiProperties } from '../connector/api-properties.ts';
import { connectorPayload, type PayloadSource } from '../connector/payload.ts';
import { ApiError } from '../errors.ts';
import type { Terminal } from '../io/terminal/terminal.ts';
import type { JsonDocument } from '../json/document.ts';

/** Members that some environments do not know and refuse: where a file can have them. */
const refusableMembers: ReadonlyMap<string, readonly (readonly string[])[]> = new Map([
  ['$schema', [['$schema'], ['properties', '$schema']]],
  ['stackOwner', [['properties', 'stackOwner'], ['stackOwner']]],
]);

export interface Sent<T> {
  readonly answer: T;
  /** Those that were sent in the end. */
  readonly apiProperties: JsonDocument<ApiProperties>;
}

/**
 * Sends a connector. Some environments refuse a member that others want; such a one is left out, which is said, and the
 * rest is sent again: what was refused has changed nothing.
 */
export async function sendPayload<T>(
  source: PayloadSource,
  send: (payload: JsonDocument<ApiProperties>, apiProperties: JsonDocument<ApiProperties>) => Promise<T>,
  { note }: Pick<Terminal, 'note'>,
): Promise<Sent<T>> {
  let { apiProperties } = source;
  for (;;) {
    try {
      return { answer: await send(connectorPayload({ ...source, apiProperties }), apiProperties), apiProperties };
    } catch (error) {
      const member = refusedMember(error);
      const without = member && withoutMember(apiProperties, member);
      if (!without || without === apiProperties) throw error;
      note(
        `This environment doesn't support '${member}'. It was left out of the request. Your file still contains it.`,
      );
      apiProperties = without;
    }
  }
}

function refusedMember(error: unknown): string | undefined {
  if (!(error instanceof ApiError) || error.status !== 400 || error.code !== 'InvalidRequestContent') return undefined;
  return /Could not find member '([^']+)'/u.exec(error.serviceMessage ?? '')?.[1];
}

function withoutMember(document: JsonDocument<ApiProperties>, member: string): JsonDocument<ApiProperties> {
  return (refusableMembers.get(member) ?? []).reduce((changed, path) => changed.without(path), document);
}
