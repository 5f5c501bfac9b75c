import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { changeWords } from '../../src/comparison/change.ts';
import { compareStates } from '../../src/comparison/compare-states.ts';
import { canonicalJson } from '../../src/json/canonical.ts';
import { wildJson } from '../json/wild-json.ts';
import { jsonText, sharedConnectors } from '../support/shared-connectors.ts';
import { stateOf, type StateChoices } from '../support/states.ts';
import { told } from './told.ts';

/** The same members from Z to A. */
function reordered(text: string): string {
  return JSON.stringify(JSON.parse(text), (_name, value: unknown) =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).toReversed())
      : value,
  );
}

const pet = {
  operationId: 'GetPet',
  summary: 'Get',
  parameters: [
    { name: 'id', in: 'path', required: true, type: 'integer' },
    { name: 'kind', in: 'query', type: 'string', enum: ['cat', 'dog'] },
    {
      name: 'body',
      in: 'body',
      schema: { type: 'object', required: ['a'], properties: { a: { type: 'string' }, b: {} } },
    },
  ],
  responses: { 200: { description: 'OK', schema: { type: 'object', properties: { name: { type: 'string' } } } } },
};

function definition(operation: object, rest: object = {}): StateChoices {
  return {
    apiDefinition: JSON.stringify({ info: { title: 'T' }, paths: { '/pets/{id}': { get: operation } }, ...rest }),
  };
}

const [id, kind, body] = pet.parameters;

describe('operations', () => {
  const schema = (properties: object, required = ['a']) => ({
    ...pet,
    parameters: [id, kind, { name: 'body', in: 'body', schema: { type: 'object', required, properties } }],
  });
  const answer = (response: object) => ({ ...pet, responses: response });
  test.each<readonly [string, object, readonly string[]]>([
    ['summary', { ...pet, summary: 'Get it' }, ['operation GetPet: summary "Get" → "Get it"']],
    [
      'name',
      { ...pet, operationId: 'FetchPet' },
      ['operation GetPet renamed to FetchPet !! flows and apps refer to it by its old operationId'],
    ],
    [
      'optional parameter added',
      { ...pet, parameters: [...pet.parameters, { name: 'top', in: 'query', type: 'integer' }] },
      ['operation GetPet: parameter top (query) added'],
    ],
    [
      'required parameter added',
      { ...pet, parameters: [{ name: 'top', in: 'query', required: true, type: 'integer' }, ...pet.parameters] },
      ["operation GetPet: parameter top (query) added !! flows and apps don't set this required parameter"],
    ],
    [
      'required parameter with an internal default added',
      {
        ...pet,
        parameters: [
          ...pet.parameters,
          { name: 'v', in: 'query', required: true, type: 'string', default: '1', 'x-ms-visibility': 'internal' },
        ],
      },
      ['operation GetPet: parameter v (query) added'],
    ],
    [
      'parameter removed',
      { ...pet, parameters: [id, body] },
      ['operation GetPet: parameter kind (query) removed !! flows and apps set a value for it'],
    ],
    [
      'parameter required now, and of another type',
      { ...pet, parameters: [id, { ...kind, required: true, type: 'integer' }, body] },
      [
        'operation GetPet: parameter kind (query), type "string" → "integer" !! flows and apps expect the old type',
        "operation GetPet: parameter kind (query), required added !! flows and apps that don't set it stop working",
      ],
    ],
    [
      'enum narrowed and widened',
      { ...pet, parameters: [id, { ...kind, enum: ['bird', 'cat'] }, body] },
      [
        'operation GetPet: parameter kind (query), value "dog" removed !! flows and apps may use this value',
        'operation GetPet: parameter kind (query), value "bird" added',
      ],
    ],
    ['order of parameters', { ...pet, parameters: [kind, id, body] }, ['operation GetPet: parameter order changed']],
    [
      'member of the body removed, another added as required',
      schema({ a: { type: 'string' }, c: { type: 'string' } }, ['a', 'c']),
      [
        'operation GetPet: parameter body (body), required "c" added !! flows and apps that don\'t set it stop working',
        'operation GetPet: parameter body (body), property b removed !! flows and apps may set a value for it',
        'operation GetPet: parameter body (body), property c added',
      ],
    ],
    [
      'answer has another type and a new member',
      answer({
        200: { description: 'OK', schema: { type: 'object', properties: { name: { type: 'integer' }, age: {} } } },
      }),
      [
        'operation GetPet: response 200, property name, type "string" → "integer" !! flows and apps expect the old type',
        'operation GetPet: response 200, property age added',
      ],
    ],
    [
      'answer removed',
      answer({ 204: { description: 'None' } }),
      [
        'operation GetPet: response 200 removed !! flows and apps may use its content',
        'operation GetPet: response 204 added',
      ],
    ],
    [
      'trigger',
      { ...pet, 'x-ms-trigger': 'single' },
      ['operation GetPet: x-ms-trigger added !! flows use it as an action, but it becomes a trigger'],
    ],
    [
      'what designers show of a member called type',
      schema({ a: { type: 'string' }, b: {}, type: { type: 'string', 'x-ms-summary': 'T' } }),
      ['operation GetPet: parameter body (body), property type added'],
    ],
  ])('%s', (_name, after, expected) => {
    expect(told(definition(pet), definition(after))).toEqual(expected);
  });

  test('are matched at another path, and otherwise added and removed', () => {
    const paths = (items: object): StateChoices => ({ apiDefinition: JSON.stringify({ paths: items }) });
    expect(told(paths({ '/a': { get: pet } }), paths({ '/b': { post: pet } }))).toEqual([
      'operation GetPet: path GET /a → POST /b !! flows and apps can still call the old path',
    ]);
    expect(told(paths({ '/a/{id}': { get: pet } }), paths({ '/a/{key}': { get: pet } }))).toEqual([
      'operation GetPet: path GET /a/{id} → GET /a/{key}',
    ]);
    expect(told(paths({ '/a': { get: pet } }), paths({ '/b': { get: { ...pet, operationId: 'Other' } } }))).toEqual([
      'operation GetPet removed !! flows and apps that use it stop working',
      'operation Other added',
    ]);
    expect(told(paths({ '/a': { get: {} } }), paths({ '/a': { get: {}, put: {} } }))).toEqual([
      'operation PUT /a added',
    ]);
  });

  test('can have a method in capital letters', () => {
    const paths = (items: object): StateChoices => ({ apiDefinition: JSON.stringify({ paths: items }) });
    expect(told(paths({ '/a': { GET: pet, put: {} } }), paths({ '/a': { put: {} } }))).toEqual([
      'operation GetPet removed !! flows and apps that use it stop working',
    ]);
  });
});

describe('shared definitions', () => {
  const uses = (reference: string) => ({
    ...pet,
    responses: { 200: { description: 'OK', schema: { $ref: `#/definitions/${reference}` } } },
  });
  const Pet = { type: 'object', properties: { owner: { $ref: '#/definitions/Owner' } } };
  const Owner = {
    type: 'object',
    required: ['name'],
    properties: { name: { type: 'string' }, age: { type: 'integer' } },
  };

  test('are shown with all operations that use them', () => {
    const after = { Pet, Owner: { ...Owner, required: ['name', 'age'], properties: { name: { type: 'boolean' } } } };
    expect(
      told(definition(uses('Pet'), { definitions: { Pet, Owner } }), definition(uses('Pet'), { definitions: after })),
    ).toEqual([
      'definition Owner: required "age" added (used by GetPet)',
      'definition Owner: property name, type "string" → "boolean" (used by GetPet) !! flows and apps expect the old type',
      'definition Owner: property age removed (used by GetPet) !! flows and apps may use its value',
    ]);
  });

  test('are not breaking under another name', () => {
    expect(
      told(
        definition(uses('Pet'), { definitions: { Pet, Owner } }),
        definition(uses('Animal'), { definitions: { Owner, Animal: Pet } }),
      ),
    ).toEqual(['operation GetPet: response 200, schema changed', 'definition Pet renamed to Animal (used by GetPet)']);
  });

  test('are breaking with another shape', () => {
    const Other = { type: 'object', properties: {} };
    const definitions = { Pet, Owner, Other };
    expect(told(definition(uses('Pet'), { definitions }), definition(uses('Other'), { definitions }))).toEqual([
      'operation GetPet: response 200, schema changed !! flows and apps expect the old shape: property owner removed',
    ]);
  });

  test('breaks flows when a response moves there without one of its properties, which is named', () => {
    const response = (properties: object): object => ({ description: 'ok', schema: { type: 'object', properties } });
    const all = { name: { type: 'string' }, age: { type: 'number' } };
    const before = { ...pet, responses: { 200: response(all) } };
    const after = { ...pet, responses: { 200: { $ref: '#/responses/Ok' } } };
    expect(told(definition(before), definition(after, { responses: { Ok: response({ name: all.name }) } }))).toContain(
      'operation GetPet: response 200 {description, schema} → {$ref} !! flows and apps expect the old shape: property age removed',
    );
    expect(told(definition(before), definition(after, { responses: { Ok: response(all) } })).join('\n')).not.toContain(
      '!!',
    );
  });

  test('may refer to itself', () => {
    const circle = (name: string) => ({ [name]: { properties: { next: { $ref: `#/definitions/${name}` } } } });
    expect(
      told(definition(uses('A'), { definitions: circle('A') }), definition(uses('B'), { definitions: circle('B') })),
    ).toEqual([
      'operation GetPet: response 200, schema changed',
      'definition A removed (used by GetPet)',
      'definition B added (used by GetPet)',
    ]);
  });
});

test('the rest of a definition', () => {
  const before = { info: { title: 'T', version: '1' }, host: 'a.example', schemes: ['https'], security: [{ key: [] }] };
  const after = {
    info: { title: 'U', version: '1' },
    host: 'b.example',
    schemes: ['http', 'https'],
    tags: [{ name: 'x' }],
  };
  const states = [before, after].map((value) => ({ title: value.info.title, apiDefinition: JSON.stringify(value) }));
  expect(told(states[0] ?? {}, states[1] ?? {})).toEqual([
    'information: title "T" → "U"',
    'service: host "a.example" → "b.example"',
    'service: scheme "http" added',
    'security: security removed',
    'information: tags added',
  ]);
});

test('a name that differs from the title is a separate difference', () => {
  expect(told({ title: 'Shown' }, { title: 'T' })).toEqual(['title "Shown" → "T"']);
});

describe('API properties', () => {
  const properties = (value: object): StateChoices => ({ apiProperties: JSON.stringify({ properties: value }) });
  const required = (value: string) => ({ type: 'string', uiDefinition: { constraints: { required: value } } });
  const policy = (title: string, value: string) => ({ title, templateId: 'setheader', parameters: { value } });
  test.each<readonly [string, object, object, readonly string[]]>([
    [
      'connection parameters',
      { connectionParameters: { a: required('false'), gone: required('false') } },
      { connectionParameters: { a: required('true'), added: required('true'), optional: { type: 'string' } } },
      [
        'connection parameter a: uiDefinition, constraints, required "false" → "true" !! existing connections don\'t have it',
        'connection parameter gone removed !! existing connections use it',
        "connection parameter added added !! existing connections don't have it",
        'connection parameter optional added',
      ],
    ],
    [
      'sets of them',
      { connectionParameterSets: { values: [{ name: 'key', parameters: { a: required('false') } }, { name: 'b' }] } },
      {
        connectionParameterSets: { values: [{ name: 'key', parameters: { a: { type: 'int' }, b: required('true') } }] },
      },
      [
        'connection parameter set key: parameter a, type "string" → "int" !! existing connections use it',
        'connection parameter set key: parameter a, uiDefinition removed',
        "connection parameter set key: parameter b added !! existing connections don't have it",
        'connection parameter set b removed !! existing connections use it',
      ],
    ],
    [
      'policies',
      { policyTemplateInstances: [policy('One', 'a'), policy('Two', 'b')] },
      { policyTemplateInstances: [policy('Two', 'c'), policy('One', 'a')] },
      ['policy Two (setheader): parameter value "b" → "c"', 'policy order changed'],
    ],
    [
      'the others',
      { iconBrandColor: '#000000', capabilities: ['a'] },
      { iconBrandColor: '#ffffff', capabilities: ['a', 'b'], publisher: 'P' },
      [
        'property: iconBrandColor "#000000" → "#ffffff"',
        'property: capabilities, "b" added',
        'property: publisher added',
      ],
    ],
    [
      'client secrets, which are part of no state',
      { connectionParameters: { token: { oAuthSettings: { clientSecret: 'one' } } } },
      { connectionParameters: { token: { oAuthSettings: { clientSecret: 'two' } } } },
      [],
    ],
  ])('%s', (_name, before, after, expected) => {
    expect(told(properties(before), properties(after))).toEqual(expected);
  });
});

test('icon and script', () => {
  expect(told({ icon: 'a', script: 'b' }, { icon: 'bc' })).toEqual(['icon 1 bytes → 2 bytes', 'script removed']);
});

test.each([
  ['{"a":1.0,"b":[1e3,-0]}', '{ "b": [1000, 0],\n"a": 1 }'],
  ['{"a":"\\u00e9\\/"}', '{"a":"é/"}'],
  ['{"a":1,"a":2}', '{"a":2}'],
])('%s and %s are the same', (before, after) => {
  expect(told({ apiDefinition: before }, { apiDefinition: after })).toEqual([]);
});

test.each<[string, StateChoices, StateChoices, readonly string[]]>([
  ['an icon that came', {}, { icon: 'abc' }, ['icon added']],
  ['an icon that went', { icon: 'abc' }, {}, ['icon removed']],
  ['a script with other line ends', { script: 'a\r\nb\r\n' }, { script: 'a\nbc\n' }, ['script 4 bytes → 5 bytes']],
  ['a script of another size', { script: 'a' }, { script: 'abc' }, ['script 1 bytes → 3 bytes']],
  ['a definition that came', {}, { apiDefinition: '{}' }, ['information: API definition added']],
  ['a definition that went', { apiDefinition: '{}' }, {}, ['information: API definition removed']],
  ['a name that came', {}, { title: 'Pets' }, ['title added']],
  ['a name that went', { title: 'Pets' }, {}, ['title removed']],
])('%s is one change', (_what, before, after, expected) => {
  expect(told(before, after)).toEqual(expected);
});

test.each([
  ['what is renamed says its new name', { kind: 'renamed', before: 'Cat', after: 'Dog' }, 'renamed to Dog'],
  ['what is changed says both values', { kind: 'changed', before: '1', after: '2' }, '1 → 2'],
  ['one value alone says nothing', { kind: 'changed', before: undefined, after: '2' }, 'changed'],
  ['nor does the other', { kind: 'changed', before: '1', after: undefined }, 'changed'],
  ['values that read the same are not repeated', { kind: 'changed', before: '1', after: '1' }, 'changed'],
] as const)('in words: %s', (_what, change, words) => {
  expect(changeWords(change)).toBe(words);
});

describe('changes that break connections', () => {
  const required = { uiDefinition: { constraints: { required: 'true' } } };
  const of = (connectionParameters: object): StateChoices => ({
    apiProperties: JSON.stringify({ properties: { connectionParameters } }),
  });
  const sets = (values: readonly object[]): StateChoices => ({
    apiProperties: JSON.stringify({ properties: { connectionParameterSets: { values } } }),
  });

  test.each<[string, StateChoices, StateChoices, boolean]>([
    [
      'a parameter that is required now',
      of({ key: { type: 'string' } }),
      of({ key: { type: 'string', ...required } }),
      true,
    ],
    [
      'one that was required before',
      of({ key: { type: 'string', ...required } }),
      of({ key: { type: 'int', ...required } }),
      true,
    ],
    [
      'another text of one that is required',
      of({ key: { ...required, a: 1 } }),
      of({ key: { ...required, a: 2 } }),
      false,
    ],
    ['one that came and is not required', of({}), of({ key: { type: 'string' } }), false],
    ['a type that came', of({ key: {} }), of({ key: { type: 'string' } }), false],
    ['a set that went', sets([{ name: 'one' }, { name: 'two' }]), sets([{ name: 'one' }]), true],
    ['a set that came', sets([{ name: 'one' }]), sets([{ name: 'one' }, { name: 'two' }]), false],
    [
      'the words of a set',
      sets([{ name: 'one', uiDefinition: { displayName: 'A' } }]),
      sets([{ name: 'one', uiDefinition: { displayName: 'B' } }]),
      false,
    ],
  ])('%s', (_what, before, after, breaks) => {
    const changes = compareStates(stateOf(before), stateOf(after));
    expect(changes.length).toBeGreaterThan(0);
    expect(changes.some(({ breaking }) => breaking !== undefined)).toBe(breaks);
    expect(changes.every(({ part, pointer }) => part === 'apiProperties' && pointer.startsWith('/properties/'))).toBe(
      true,
    );
  });
});

test('large integers differ in their last digit', () => {
  expect(told({ apiDefinition: '{"a":9007199254740993}' }, { apiDefinition: '{"a":9007199254740992}' })).toEqual([
    'information: a 9007199254740993 → 9007199254740992',
  ]);
});

test('thousands of renamed definitions are compared quickly', () => {
  const named = (prefix: string): StateChoices => {
    const definitions = Array.from({ length: 6000 }, (_none, index) => [`${prefix}${index}`, { type: 'object' }]);
    return { apiDefinition: JSON.stringify({ definitions: Object.fromEntries(definitions) }) };
  };
  const started = performance.now();
  expect(told(named('A'), named('B'))).toHaveLength(12_000);
  expect(performance.now() - started).toBeLessThan(20_000);
});

/** API properties with any value in them. */
function policies(text: string): StateChoices {
  return { apiProperties: `{"properties":{"policyTemplateInstances":${text}}}` };
}

test('there are changes exactly when the values differ', () => {
  fc.assert(
    fc.property(wildJson, wildJson, ({ text: one }, { text: other }) => {
      const expected = canonicalJson({ text: one }) === canonicalJson({ text: other });
      expect(told({ apiDefinition: one }, { apiDefinition: other }).length === 0).toBe(expected);
      expect(told(policies(one), policies(other)).length === 0).toBe(expected);
      expect(told({ apiDefinition: one }, { apiDefinition: one })).toEqual([]);
    }),
    { numRuns: 500 },
  );
});

describe.runIf(sharedConnectors().length > 0)('real connectors', () => {
  const texts = sharedConnectors().flatMap(({ apiDefinition }) => jsonText(apiDefinition) ?? []);

  test('are equal to themselves with members in another order', () => {
    for (const text of texts.filter(({ length }) => length < 100_000)) {
      expect(told({ apiDefinition: text }, { apiDefinition: reordered(text) })).toEqual([]);
    }
  });

  test('of a megabyte are compared, too', () => {
    const [largest = '', other = ''] = texts.toSorted((a, b) => b.length - a.length);
    expect(largest.length).toBeGreaterThan(1_000_000);
    expect(told({ apiDefinition: largest }, { apiDefinition: other }).length).toBeGreaterThan(100);
  });
});
