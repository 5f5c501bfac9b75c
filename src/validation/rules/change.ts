import { type ChangeRule, changeSummary } from '../../comparison/change.ts';
import type { Rule } from '../engine/rule.ts';

/** Reports the changes of a kind. */
function changes(rule: ChangeRule): Pick<Rule, 'check'> {
  return {
    check: {
      change: ({ change, location }, report) => {
        if (change.rule !== rule) return;
        const { usedBy } = change;
        const users =
          usedBy.length === 0
            ? ''
            : ` (used by ${usedBy.slice(0, mostUsers).join(', ')}${usedBy.length > mostUsers ? ', …' : ''})`;
        report(location, { change: `${changeSummary(change)}${users}` });
      },
    },
  };
}

/** More operations that use what has changed are not named. */
const mostUsers = 3;

const keepBoth = 'Keep the published operation and mark it as deprecated. Add the new one next to it.';

/** The definition of a small connector with one operation, and with other things. */
function pets(operation: string, rest = ''): string {
  return `{ "paths": { "/pets": { "get": ${operation} } }${rest} }`;
}

function listPets(members: string): string {
  return pets(`{ "operationId": "ListPets", ${members} }`);
}

const published = { definition: listPets('"responses": {}') };

const ofCertification =
  'Certification compares the definition with the published one, and reports this as an error: existing flows and apps stay unchanged.';

/** What certification says of changes to what is published: found when the published connector is known. */
export const changeRules: readonly Rule[] = [
  {
    id: 'change-operation-removed',
    level: 'warning',
    certified: 'error',
    message: 'A published operation was removed or renamed: {change}.',
    hint: keepBoth,
    reason: `${ofCertification} Those that use the operation stop working.`,
    sources: ['I4168', 'OV'],
    good: [
      { published, definition: listPets('"deprecated": true, "responses": {}') },
      { definition: '{ "paths": {} }' },
    ],
    bad: [
      { published, definition: pets('{ "operationId": ⟦"FindPets"⟧, "responses": {} }') },
      { published, definition: '{ "paths": ⟦{⟧ "/dogs": { "get": { "operationId": "ListDogs" } } } }' },
    ],
    ...changes('operation-removed'),
  },
  {
    id: 'change-operation-hidden',
    level: 'warning',
    certified: 'error',
    message: 'A published operation is internal now: {change}.',
    hint: 'Mark it as deprecated instead.',
    reason: `${ofCertification} The designer no longer shows the operation where they use it.`,
    sources: ['I4215', 'OV'],
    good: [
      { published, definition: listPets('"x-ms-visibility": "advanced", "responses": {}') },
      {
        published: { definition: listPets('"x-ms-visibility": "internal"') },
        definition: listPets('"x-ms-visibility": "internal"'),
      },
    ],
    bad: [{ published, definition: listPets('"x-ms-visibility": ⟦"internal"⟧, "responses": {}') }],
    ...changes('operation-hidden'),
  },
  {
    id: 'change-operation-trigger',
    level: 'warning',
    certified: 'error',
    message: 'A published operation is another kind of trigger, or became one, or an action: {change}.',
    hint: keepBoth,
    reason: 'Flows start with a trigger, and can only use an action after it: those that use the operation break.',
    sources: ['OV'],
    good: [
      {
        published: { definition: listPets('"x-ms-trigger": "batch"') },
        definition: listPets('"x-ms-trigger": "batch"'),
      },
    ],
    bad: [
      { published, definition: listPets('"responses": {}, "x-ms-trigger": ⟦"batch"⟧') },
      {
        published: { definition: listPets('"x-ms-trigger": "batch"') },
        definition: listPets('"x-ms-trigger": ⟦"single"⟧'),
      },
    ],
    ...changes('operation-trigger'),
  },
  {
    id: 'change-path',
    level: 'warning',
    certified: 'error',
    message: 'The path of a published operation changed: {change}.',
    hint: keepBoth,
    reason: ofCertification,
    sources: ['I3648', 'I3499', 'OV'],
    good: [{ published, definition: listPets('"summary": "List", "responses": {}') }],
    bad: [
      {
        published,
        definition: '{ "paths": { "/animals": { "get": ⟦{ "operationId": "ListPets", "responses": {} }⟧ } } }',
      },
    ],
    ...changes('path'),
  },
  {
    id: 'change-location',
    level: 'warning',
    certified: 'error',
    message: 'A published parameter is in another location: {change}.',
    hint: keepBoth,
    reason: `${ofCertification} They send the parameter where it was.`,
    sources: ['I3648', 'OV'],
    good: [
      {
        published: { definition: listPets('"parameters": [{ "name": "kind", "in": "query" }]') },
        definition: listPets('"parameters": [{ "name": "kind", "in": "query", "description": "Kind of pet" }]'),
      },
    ],
    bad: [
      {
        published: { definition: listPets('"parameters": [{ "name": "kind", "in": "query" }]') },
        definition: listPets('"parameters": [⟦{ "name": "kind", "in": "header" }⟧]'),
      },
    ],
    ...changes('location'),
  },
  {
    id: 'change-input-required',
    level: 'warning',
    certified: 'error',
    message: 'A published operation requires another input: {change}.',
    hint: 'Make the input optional.',
    reason: `${ofCertification} They don't send the new input.`,
    sources: ['I3499', 'I3656', 'OV'],
    good: [
      { published, definition: listPets('"responses": {}, "parameters": [{ "name": "kind", "in": "query" }]') },
      {
        published,
        definition: listPets(
          '"responses": {}, "parameters": [{ "name": "v", "in": "query", "required": true, "x-ms-visibility": "internal", "default": "1" }]',
        ),
      },
    ],
    bad: [
      {
        published,
        definition: listPets('"responses": {}, "parameters": [⟦{ "name": "kind", "in": "query", "required": true }⟧]'),
      },
      {
        published: { definition: listPets('"parameters": [{ "name": "kind", "in": "query" }]') },
        definition: listPets('"parameters": [{ "name": "kind", "in": "query", "required": ⟦true⟧ }]'),
      },
    ],
    ...changes('input-required'),
  },
  {
    id: 'change-input-removed',
    level: 'warning',
    certified: 'error',
    message: 'A published input was removed or renamed: {change}.',
    hint: 'Keep the input, optional.',
    reason: 'Flows that pass a value for the input can no longer be saved, and their value is lost.',
    sources: ['OV'],
    good: [
      {
        published: { definition: listPets('"parameters": [{ "name": "kind", "in": "query", "required": true }]') },
        definition: listPets('"parameters": [{ "name": "kind", "in": "query" }]'),
      },
    ],
    bad: [
      {
        published: {
          definition: listPets('"parameters": [{ "name": "kind", "in": "query" }, { "name": "id", "in": "query" }]'),
        },
        definition: listPets('"parameters": ⟦[⟧{ "name": "id", "in": "query" }]'),
      },
    ],
    ...changes('input-removed'),
  },
  {
    id: 'change-input-value-removed',
    level: 'warning',
    certified: 'error',
    message: 'A value of a published input was removed: {change}.',
    hint: 'Keep the value.',
    reason: `${ofCertification} They send the value.`,
    sources: ['I3287', 'OV'],
    good: [
      {
        published: { definition: listPets('"parameters": [{ "name": "kind", "in": "query", "enum": ["cat"] }]') },
        definition: listPets('"parameters": [{ "name": "kind", "in": "query", "enum": ["dog", "cat"] }]'),
      },
    ],
    bad: [
      {
        published: {
          definition: listPets('"parameters": [{ "name": "kind", "in": "query", "enum": ["cat", "dog"] }]'),
        },
        definition: listPets('"parameters": [{ "name": "kind", "in": "query", "enum": ⟦[⟧"dog"] }]'),
      },
    ],
    ...changes('input-value-removed'),
  },
  {
    id: 'change-output-removed',
    level: 'warning',
    certified: 'error',
    message: 'A published output was removed or renamed: {change}.',
    hint: 'Keep the output.',
    reason: `${ofCertification} They may use the output.`,
    sources: ['I3656', 'OV'],
    good: [
      {
        published: { definition: listPets('"responses": { "200": { "schema": { "properties": {} } } }') },
        definition: listPets('"responses": { "200": { "schema": { "properties": { "name": {} } } } }'),
      },
    ],
    bad: [
      {
        published: {
          definition: listPets('"responses": { "200": { "schema": { "properties": { "name": {}, "id": {} } } } }'),
        },
        definition: listPets('"responses": { "200": { "schema": { "properties": ⟦{⟧ "id": {} } } } }'),
      },
      {
        published: {
          definition: pets(
            '{ "operationId": "ListPets", "responses": { "200": { "schema": { "$ref": "#/definitions/Pet" } } } }',
            ', "definitions": { "Pet": { "properties": { "name": { "type": "string" } } } }',
          ),
        },
        definition: pets(
          '{ "operationId": "ListPets", "responses": { "200": { "schema": { "$ref": "#/definitions/Pet" } } } }',
          ', "definitions": { "Pet": { "properties": ⟦{⟧} } }',
        ),
      },
    ],
    ...changes('output-removed'),
  },
  {
    id: 'change-type',
    level: 'warning',
    certified: 'error',
    message: 'A published type changed: {change}.',
    hint: keepBoth,
    reason: `${ofCertification} They send and expect the old type.`,
    sources: ['I4168', 'I3546', 'OV'],
    good: [
      {
        published: { definition: listPets('"parameters": [{ "name": "kind", "in": "query", "type": "string" }]') },
        definition: listPets('"parameters": [{ "name": "kind", "in": "query", "type": "string", "format": "uuid" }]'),
      },
    ],
    bad: [
      {
        published: { definition: listPets('"parameters": [{ "name": "kind", "in": "query", "type": "string" }]') },
        definition: listPets('"parameters": [{ "name": "kind", "in": "query", "type": ⟦"integer"⟧ }]'),
      },
    ],
    ...changes('type'),
  },
  {
    id: 'change-connection',
    level: 'warning',
    message: "Existing connections don't fit: {change}.",
    hint: 'Keep the published connection parameters. New ones can be optional.',
    reason: 'Existing connections were created with the published parameters.',
    sources: ['CP', 'OV'],
    good: [
      {
        published: { properties: '{ "properties": { "connectionParameters": {} } }' },
        properties: '{ "properties": { "connectionParameters": { "api_key": { "type": "securestring" } } } }',
      },
    ],
    bad: [
      {
        published: {
          properties: '{ "properties": { "connectionParameters": { "key": { "type": "securestring" } } } }',
        },
        properties: '{ "properties": { "connectionParameters": { "key": { "type": ⟦"string"⟧ } } } }',
      },
    ],
    ...changes('connection'),
  },
];
