import * as z from 'zod';
import type { ConnectorState } from '../../src/connector/connector-state.ts';
import { JsonDocument } from '../../src/json/document.ts';

export interface StateChoices {
  readonly title?: string;
  readonly apiDefinition?: string | undefined;
  readonly apiProperties?: string;
  readonly icon?: string | undefined;
  readonly script?: string | undefined;
}

/** A state of a connector, of the parts that a test speaks of. */
export function stateOf({ title, apiDefinition, apiProperties, icon, script }: StateChoices): ConnectorState {
  return {
    title,
    apiDefinition: apiDefinition === undefined ? undefined : documentOf(apiDefinition),
    apiProperties: documentOf(apiProperties ?? '{"properties":{}}'),
    icon: bytesOf(icon),
    script: bytesOf(script),
  };
}

export function documentOf(text: string): JsonDocument {
  return JsonDocument.parse(text, z.unknown(), 'the document');
}

function bytesOf(text: string | undefined): Uint8Array | undefined {
  return text === undefined ? undefined : new TextEncoder().encode(text);
}
