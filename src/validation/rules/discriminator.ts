import { isArray, type JsonObject, member as memberOf } from '../../json/value.ts';
import type { ParsedConnector } from '../engine/parsed-connector.ts';
import type { Location } from '../engine/location.ts';
import type { Rule } from '../engine/rule.ts';
import { schemaParts } from '../engine/schema-parts.ts';

/** Whether the schema or a part of it requires a text of this name. */
function isRequiredText(
  name: string,
  parts: readonly Location<JsonObject>[],
  { definition }: ParsedConnector,
): boolean {
  const isRequired = parts.some(({ value: { required } }) => isArray(required) && required.includes(name));
  if (!isRequired) return false;
  return parts.some((part) => {
    const property = definition?.follow(part.at('properties', name));
    return memberOf(property?.value, 'type') === 'string';
  });
}

export const discriminatorRules: readonly Rule[] = [
  {
    id: 'discriminator-invalid',
    level: 'error',
    message: "'discriminator' must name a required string property.",
    reason: 'The value of this property selects the schema of the object, so it must be a required string.',
    sources: ['SV'],
    good: [
      {
        definition: `{ "definitions": { "Pet": { "discriminator": "kind", "required": ["kind"],
  "properties": { "kind": { "type": "string" } } } } }`,
      },
      { definition: '{ "definitions": { "Pet": { "discriminator": { "propertyName": "kind" } } } }' },
    ],
    bad: [
      {
        definition: `{ "definitions": { "Pet": { "discriminator": ⟦"kind"⟧, "properties": { "kind": { "type": "string" } } } } }`,
      },
      {
        definition: `{ "definitions": { "Pet": { "discriminator": ⟦"kind"⟧, "required": ["name"],
  "properties": { "kind": { "type": "string" } } } } }`,
      },
    ],
    checkMember: {
      names: ['discriminator'],
      of: {
        schema: (member, report, node, connector) => {
          const { value } = member;
          if (typeof value !== 'string' || !connector.definition) return;
          if (!isRequiredText(value, schemaParts(connector.definition, node), connector)) report(member);
        },
      },
    },
  },
];
