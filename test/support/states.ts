import * as z from 'zod';
import { type Connector, partContent } from '../../src/connector/connector.ts';
import type { ConnectorPart } from '../../src/connector/part.ts';
import { JsonDocument } from '../../src/json/document.ts';

export interface StateChoices {
  readonly title?: string;
  readonly apiDefinition?: string | undefined;
  readonly apiProperties?: string;
  readonly icon?: string | undefined;
  readonly script?: string | undefined;
}

/** A connector, of the parts that a test speaks of. */
export function stateOf({ title, apiProperties = '{"properties":{}}', ...others }: StateChoices): Connector {
  const content = <Part extends ConnectorPart>(part: Part, text: string) =>
    partContent(part, `the ${part}`, new TextEncoder().encode(text));
  const { apiDefinition, icon, script } = others;
  return {
    displayName: title,
    apiDefinition: apiDefinition === undefined ? undefined : content('apiDefinition', apiDefinition),
    apiProperties: content('apiProperties', apiProperties),
    icon: icon === undefined ? undefined : content('icon', icon),
    script: script === undefined ? undefined : content('script', script),
  };
}

/** The bytes of a part as text. */
export function textOf(content: { readonly bytes: Uint8Array } | undefined): string | undefined {
  return content && new TextDecoder().decode(content.bytes);
}

export function documentOf(text: string): JsonDocument {
  return JsonDocument.parse(text, z.unknown(), 'the document');
}
