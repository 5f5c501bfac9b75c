import type { JsonObject } from '../../json/value.ts';
import type { Location } from '../engine/location.ts';
import type { Rule } from '../engine/rule.ts';

function isString({ value }: Location<JsonObject>): boolean {
  return value['type'] === 'string';
}

export const binaryRules: readonly Rule[] = [
  {
    id: 'binary-misplaced',
    level: 'warning',
    message: 'string/binary is allowed at the top level only.',
    hint: 'Use the format "byte", which is text in Base64.',
    reason: 'Raw bytes can be a whole body, or a field of a form. Inside JSON they have no place.',
    sources: ['SV'],
    good: [
      {
        definition: `{ "paths": { "/files": { "post": { "parameters": [
  { "name": "body", "in": "body", "schema": { "type": "string", "format": "binary" } }] } } } }`,
      },
      {
        definition: `{ "paths": { "/files": { "post": { "parameters": [{ "name": "body", "in": "body", "schema": {
  "properties": { "content": { "type": "string", "format": "byte" } } } }] } } } }`,
      },
      {
        definition: `{ "paths": { "/files": { "post": { "parameters": [{ "name": "body", "in": "body", "schema": {
  "properties": { "content": { "type": "integer", "format": "binary" } } } }] } } } }`,
      },
      {
        definition: `{ "paths": { "/files": { "get": { "responses": { "200": { "schema": {
  "properties": { "content": { "type": "string", "format": "binary" } } } } } } } } }`,
      },
    ],
    bad: [
      {
        definition: `{ "paths": { "/files": { "post": { "parameters": [{ "name": "body", "in": "body", "schema": {
  "properties": { "content": { "type": "string", "format": ⟦"binary"⟧ } } } }] } } } }`,
      },
    ],
    checkMember: {
      names: ['format'],
      of: {
        usedSchema: (member, report, node) => {
          if (member.value === 'binary' && isString(node) && node.use.role === 'input' && !node.use.isTop)
            report(member);
        },
      },
    },
  },
];
