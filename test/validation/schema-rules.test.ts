import { describe, expect, test } from 'vitest';
import { checkConnector } from '../../src/validation/check.ts';
import type { Finding, Fix } from '../../src/validation/engine/finding.ts';

function findingsOf(rule: string, definition: object): readonly Finding[] {
  const bytes = new TextEncoder().encode(JSON.stringify(definition));
  const source = { definition: { name: 'apiDefinition.swagger.json', bytes } };
  return checkConnector(source, { certification: true, info: true }).filter((finding) => finding.rule === rule);
}

function pointersOf(rule: string, definition: object): readonly string[] {
  return findingsOf(rule, definition).map((finding) => finding.pointer);
}

function fixOf(rule: string, definition: object): Fix | undefined {
  return findingsOf(rule, definition)[0]?.fix?.change;
}

const schema = (value: object): object => ({ definitions: { A: value } });
const body = (value: object, operation: object = {}): { readonly paths: object } => ({
  paths: {
    '/a': { post: { operationId: 'A', parameters: [{ name: 'body', in: 'body', schema: value }], ...operation } },
  },
});
const reference = (name: string | number): object => ({ $ref: `#/definitions/${name}` });
const many = (count: number, value: (index: number) => object): object =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [index, value(index)]));
const text = { type: 'string' };

describe('schema-count', () => {
  test.each([
    ['511 properties', { properties: many(511, () => text) }, 0],
    ['512 properties', { properties: many(512, () => text) }, 1],
    ['items, parts and additional properties', { items: { allOf: [{ additionalProperties: text }] } }, 0],
  ])('counts %s', (_what, value, count) => {
    expect(pointersOf('schema-count', body(value))).toHaveLength(count);
  });

  test('counts referenced definitions once per reference', () => {
    const inner = { properties: many(255, () => text) };
    const definition = (uses: number): object => ({
      ...body({ properties: many(uses, () => reference('Inner')) }),
      definitions: { Inner: inner },
    });
    expect(pointersOf('schema-count', definition(1))).toEqual([]);
    expect(pointersOf('schema-count', definition(2))).toEqual(['/paths/~1a/post/parameters/0/schema']);
  });

  test('ends in circles, and in chains longer than a stack', () => {
    const tree = { properties: { left: reference('A'), right: reference('A') } };
    expect(pointersOf('schema-count', { ...body(reference('A')), ...schema(tree) })).toEqual([]);
    const chain = many(20_000, (index) => ({ items: reference(index + 1) }));
    expect(pointersOf('schema-count', { ...body(reference(0)), definitions: chain })).toEqual(['/definitions/0']);
  });

  test('takes no time that grows with the number of ways through shared schemas', () => {
    const doubling = many(60, (index) => ({ properties: { a: reference(index + 1), b: reference(index + 1) } }));
    const definition = { ...body(reference(0)), definitions: { ...doubling, 60: text } };
    expect(pointersOf('schema-count', definition)).toEqual(['/definitions/0']);
  });
});

describe('a misspelled value is fixed only if the correction is unambiguous', () => {
  test.each<[what: string, rule: string, definition: object, fix: Fix | undefined]>([
    ['a text that is a boolean', 'default-type', schema({ type: 'boolean', default: 'false' }), { replace: false }],
    ['a text that is a number', 'default-type', schema({ type: 'integer', default: '10' }), { replace: 10 }],
    ['no number of the type', 'default-type', schema({ type: 'integer', default: '1.5' }), undefined],
    ['a number written oddly', 'default-type', schema({ type: 'number', default: '010' }), undefined],
    ['what no number holds', 'constraint-type', schema({ maximum: '9007199254740993' }), undefined],
    ['any other text', 'default-type', schema({ type: 'boolean', default: 'yes' }), undefined],
    ['texts in an enum', 'enum-type', schema({ type: 'boolean', enum: ['true'] }), { replace: true }],
    [
      'the case of a visibility',
      'visibility-case',
      schema({ 'x-ms-visibility': 'IMPORTANT' }),
      { replace: 'important' },
    ],
    ['a near extension', 'extension-misspelled', schema({ 'x-ms-visbility': 'x' }), { rename: 'x-ms-visibility' }],
    [
      'a near extension that is there too',
      'extension-misspelled',
      schema({ 'x-ms-sumary': 'a', 'x-ms-summary': 'b' }),
      undefined,
    ],
    ['the case of a type', 'schema-type-invalid', schema({ type: 'String' }), { replace: 'string' }],
    ['another type', 'schema-type-invalid', schema({ type: 'int' }), undefined],
    ['one type or null', 'schema-type-array', schema({ type: ['null', 'string'] }), { replace: 'string' }],
    ['two types', 'schema-type-array', schema({ type: ['string', 'integer'] }), undefined],
    ['required that is false', 'required-not-array', schema({ required: false }), { remove: true }],
    ['required that is true', 'required-not-array', schema({ required: true }), undefined],
  ])('%s', (_what, rule, definition, fix) => {
    expect(findingsOf(rule, definition)).toHaveLength(1);
    expect(fixOf(rule, definition)).toEqual(fix);
  });
});

describe('no problem', () => {
  test.each<[what: string, rule: string, definition: object]>([
    ['null as a default', 'default-type', schema({ type: 'string', default: null })],
    [
      'a required property of another part',
      'required-undefined',
      schema({ allOf: [{ required: ['a'], properties: {} }] }),
    ],
    [
      'names that objects inherit',
      'required-undefined',
      schema({ required: ['toString'], properties: { toString: {} } }),
    ],
    ['a pattern of .NET', 'pattern-invalid', schema({ pattern: '(?i)^a+$' })],
    ['a harmless format', 'format-unknown', schema({ type: 'string', format: 'guid' })],
    [
      'an escaped reference',
      'unused-definition',
      { definitions: { 'a/b': { items: { $ref: '#/definitions/a~1b' } } } },
    ],
    [
      'a discriminator of a part',
      'discriminator-invalid',
      {
        definitions: {
          Pet: { required: ['kind'], properties: { kind: text } },
          Dog: { discriminator: 'kind', allOf: [reference('Pet')] },
        },
      },
    ],
    ['a file as a shared response', 'schema-file-misplaced', schema({ type: 'file' })],
    ['a property with the name of an extension', 'extension-unknown', schema({ properties: { 'x-ms-mine': text } })],
    ['a header with the name of an extension', 'extension-misplaced', schema({ properties: { 'x-ms-trigger': text } })],
  ])('%s', (_what, rule, definition) => {
    expect(pointersOf(rule, definition)).toEqual([]);
  });
});

describe('dynamic extensions', () => {
  const list = (parameters: object): object => ({ operationId: 'GetItems', parameters, itemValuePath: 'id' });
  const withTarget = (extension: object, parameters: readonly object[], definitions: object = {}): object => {
    const { paths } = body({ properties: { owner: { properties: { id: text } }, item: extension } });
    return { paths: { ...paths, '/items': { post: { operationId: 'GetItems', parameters } } }, definitions };
  };
  const calling = (parameters: object): object => ({ ...text, 'x-ms-dynamic-list': list(parameters) });
  const top = { name: 'top', in: 'query', type: 'integer' };
  const inBody = (value: object): object => ({ name: 'filter', in: 'body', schema: value });

  test.each<[what: string, passed: string, count: number]>([
    ['the body and a path in it', 'body/owner/id', 0],
    ['a path in the body', 'owner/id', 0],
    ['a property alone', 'id', 0],
    ["what doesn't exist", 'body/customer', 1],
    ['names that objects inherit', 'constructor', 1],
  ])('a reference to %s', (_what, parameterReference, count) => {
    const definition = withTarget(calling({ top: { parameterReference } }), [top]);
    expect(pointersOf('dynamic-reference-unknown', definition)).toHaveLength(count);
  });

  test.each<[what: string, parameters: readonly object[], definitions: object, count: number]>([
    ['a parameter', [{ ...top, name: 'size' }], {}, 0],
    ['a property of the body', [inBody({ properties: { size: text } })], {}, 0],
    ['a property of a circle of schemas', [inBody(reference('A'))], { A: { items: reference('A') } }, 1],
    ['a body that takes any property', [inBody({ additionalProperties: true })], {}, 0],
    ['a body that is known at run time only', [inBody({ 'x-ms-dynamic-schema': { operationId: 'A' } })], {}, 0],
    ['parameters that cannot be read', [{ $ref: '#/parameters/lost' }], {}, 0],
    ['other parameters', [top], {}, 1],
  ])('a value for %s', (_what, parameters, definitions, count) => {
    const definition = withTarget(calling({ size: { value: 1 } }), parameters, definitions);
    expect(pointersOf('dynamic-parameter-unknown', definition)).toHaveLength(count);
  });

  test('both calls of a tree are checked', () => {
    const tree = { open: { operationId: 'None' }, browse: { operationId: 'GetItems', parameters: {} } };
    const definition = withTarget({ 'x-ms-dynamic-tree': tree }, [{ ...top, required: true }]);
    expect(findingsOf('dynamic-operation-not-found', definition).map(({ message }) => message)).toEqual([
      "Operation 'None' doesn't exist.",
    ]);
    expect(pointersOf('dynamic-required-parameter-missing', definition)).toEqual([
      '/paths/~1a/post/parameters/0/schema/properties/item/x-ms-dynamic-tree/browse/parameters',
    ]);
  });

  test('what is built in needs no operation', () => {
    const values = { capability: 'file-picker', 'value-path': 'id', parameters: { isFolder: true, filter: [] } };
    const definition = body({ properties: { file: { ...text, 'x-ms-dynamic-values': values } } });
    const rules = ['invalid', 'unknown-key', 'parameter-shape', 'operation-not-found', 'parameter-unknown'];
    expect(rules.flatMap((rule) => pointersOf(`dynamic-${rule}`, definition))).toEqual([]);
  });

  test("the other extension's word for a parameter is renamed", () => {
    const definition = withTarget(calling({ top: { parameter: 'id' } }), [top]);
    expect(fixOf('dynamic-parameter-shape', definition)).toEqual({ rename: 'parameterReference' });
    const both = withTarget(calling({ top: { parameter: 'id', value: 1, parameterReference: 'id' } }), [top]);
    expect(findingsOf('dynamic-parameter-shape', both)).toHaveLength(1);
    expect(fixOf('dynamic-parameter-shape', both)).toBeUndefined();
  });
});

describe('notification URLs', () => {
  const url = { ...text, 'x-ms-notification-url': true };
  const webhook = (value: object, definitions: object): object => ({
    ...body(value, { 'x-ms-trigger': 'single' }),
    definitions,
  });

  test.each<[what: string, value: object, definitions: object, count: number]>([
    ['in the body', { properties: { url } }, {}, 1],
    ['behind references', reference('A'), { A: { items: reference('B') }, B: { allOf: [{ properties: { url } }] } }, 1],
    ['in a circle', reference('A'), { A: { items: reference('B'), properties: { url } }, B: reference('A') }, 1],
    ['in another definition', reference('A'), { A: { items: reference('A') }, B: { properties: { url } } }, 0],
    ['that are none', { properties: { url: { 'x-ms-notification-url': false } } }, {}, 0],
  ])('are found %s', (_what, value, definitions, count) => {
    expect(pointersOf('webhook-content-missing', webhook(value, definitions))).toHaveLength(count);
  });
});

test.each([
  ['in a circle', { a: reference('b'), b: reference('a') }],
  ['in a chain that no person wrote', many(5000, (index) => reference((index + 1) % 5000))],
])('references %s end', (_what, definitions) => {
  const [first = ''] = Object.keys(definitions);
  expect(pointersOf('ref-unresolved', { ...body({ items: reference(first) }), definitions })).toEqual([]);
});

test('security schemes with names that objects inherit are not defined by that', () => {
  expect(pointersOf('security-requirement-undefined', { security: [{ constructor: [] }] })).toEqual([
    '/security/0/constructor',
  ]);
});
