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
    message: 'Binary strings are allowed only at the top level.',
    hint: 'Use the format "byte", which is Base64 text.',
    reason: "Raw bytes can be a whole body or a form field. JSON can't contain them.",
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
