import type { JsonMember, JsonNode, JsonObjectNode, JsonScalarNode } from '../json/tree.ts';
import { nodeAt } from '../json/tree.ts';
import type { References } from './references.ts';

/** What a schema comes to: its reference followed, and the parts of an allOf taken together. */
export function shapeOf(schema: JsonNode | undefined, references: References): JsonNode | undefined {
  const found = references.resolve(schema);
  return found && composed(found, references, new Set());
}

function composed(schema: JsonNode, references: References, around: ReadonlySet<JsonNode>): JsonNode {
  if (schema.type !== 'object' || around.has(schema)) return schema;
  const inside = new Set([...around, schema]);
  const parts = nodeAt(schema, 'allOf');
  const composedParts = (parts?.type === 'array' ? parts.items : []).flatMap((part) => {
    const target = references.resolve(part);
    return target ? [composed(target, references, inside)] : [];
  });
  const byName = new Map<string, JsonMember>();
  for (const part of [...composedParts, schema]) {
    for (const member of part.type === 'object' ? part.byName.values() : []) {
      if (member.name !== 'allOf') byName.set(member.name, together(byName.get(member.name), member));
    }
  }
  // What has properties is an object, also without a word.
  if (byName.has('properties') && !byName.has('type'))
    byName.set('type', { ...at(schema), name: 'type', value: object(schema) });
  return { type: 'object', ...at(schema), members: [...byName.values()], byName };
}

/** Properties and required names of all parts count; of all else that of the last one. */
function together(one: JsonMember | undefined, other: JsonMember): JsonMember {
  if (one?.value.type === 'object' && other.value.type === 'object' && other.name === 'properties') {
    return { ...other, value: joined(one.value, other.value) };
  }
  if (one?.value.type === 'array' && other.value.type === 'array' && other.name === 'required') {
    return { ...other, value: { ...other.value, items: [...one.value.items, ...other.value.items] } };
  }
  return other;
}

function joined(one: JsonObjectNode, other: JsonObjectNode): JsonObjectNode {
  const byName = new Map([...one.byName, ...other.byName]);
  return { ...other, members: [...byName.values()], byName };
}

function at({ start, end }: JsonNode): { readonly start: number; readonly end: number } {
  return { start, end };
}

function object(schema: JsonNode): JsonScalarNode {
  return { type: 'string', ...at(schema), value: 'object', literal: '"object"' };
}
