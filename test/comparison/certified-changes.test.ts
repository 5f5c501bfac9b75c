import { describe, expect, test } from 'vitest';
import { compareDefinitions } from '../../src/comparison/compare-definitions.ts';
import { parseTree } from '../../src/json/tree.ts';

type Json = Readonly<Record<string, unknown>>;

const text = { type: 'string' };
const object = (properties: Json): Json => ({ type: 'object', properties });
const ref = (name: string): Json => ({ $ref: `#/definitions/${name}` });

/** What certification is told, each with the operations that use what changed. */
function rules(before: Json, after: Json): readonly string[] {
  const [was, is] = [before, after].map((one) => parseTree(JSON.stringify(one)));
  if (!was || !is) return [];
  return compareDefinitions(was, is).flatMap(({ rule, usedBy }) =>
    rule === undefined ? [] : [[rule, ...usedBy].join(' ')],
  );
}

describe('what a webhook gets is its output', () => {
  const hook = { post: { operationId: 'OnPet', 'x-ms-trigger': 'single', responses: {} } };
  const withContent = (schema: Json | undefined, definitions: Json = {}, path = '/hook'): Json => ({
    definitions,
    paths: { [path]: { 'x-ms-notification-content': { description: 'Pet', ...(schema && { schema }) }, ...hook } },
  });
  const published = object({ a: text, b: text });

  test.each<[what: string, after: Json | undefined, expected: readonly string[]]>([
    ['a property less', object({ a: text }), ['output-removed']],
    ['another type', object({ a: { type: 'integer' }, b: text }), ['type']],
    ['another schema', { type: 'array', items: published }, ['output-removed', 'output-removed', 'type']],
    ['no schema', undefined, ['output-removed']],
    ['a property more', object({ a: text, b: text, c: text }), []],
  ])('%s', (_what, after, expected) => {
    expect(rules(withContent(published), withContent(after)).toSorted()).toEqual(expected);
  });

  test('also in a definition, which the operation uses', () => {
    expect(
      rules(withContent(ref('Pet'), { Pet: published }), withContent(ref('Pet'), { Pet: object({ a: text }) })),
    ).toEqual(['output-removed OnPet']);
  });

  test('and goes with its path', () => {
    expect(rules(withContent(published), { paths: {}, definitions: {} })).toEqual(['operation-removed']);
    expect(rules(withContent(published), withContent(published, {}, '/hooks'))).toEqual(['path']);
  });
});

describe('shapes that are composed of parts', () => {
  const definitions = {
    Base: object({ ba: text, bb: object({ deep: text }) }),
    Derived: { allOf: [ref('Base'), object({ da: text })] },
    Out: object({ a: text }),
  };
  const shared = (own: Json, schema: Json = ref('Derived')): Json => ({
    definitions: { ...definitions, ...own },
    responses: { Ok: { description: 'OK', schema } },
    paths: { '/pets': { get: { operationId: 'ListPets', responses: { 200: { $ref: '#/responses/Ok' } } } } },
  });
  const inline = (schema: Json): Json => ({
    definitions,
    paths: { '/pets': { get: { operationId: 'ListPets', responses: { 200: { description: 'OK', schema } } } } },
  });

  test.each<[what: string, after: Json, expected: readonly string[]]>([
    ['a shared response with another schema', shared({}, ref('Out')), ['output-removed ListPets']],
    ['a shared response with a list', shared({}, { type: 'array', items: ref('Derived') }), ['type ListPets']],
    ['a part less', shared({ Derived: { allOf: [object({ da: text })] } }), ['output-removed ListPets']],
    ['one schema with less', shared({ Derived: object({ da: text }) }), ['output-removed ListPets']],
    ['one schema with the same', shared({ Derived: object({ da: text, ba: text, bb: object({ deep: text }) }) }), []],
    ['another order', shared({ Derived: { allOf: [object({ da: text }), ref('Base')] } }), []],
    ['a part more', shared({ Derived: { allOf: [...definitions.Derived.allOf, object({ dc: text })] } }), []],
    ['a definition that is another one', shared({ Derived: ref('Out') }), ['output-removed ListPets']],
    [
      'a property less of a part',
      shared({ Base: object({ bb: object({ deep: text }) }) }),
      ['output-removed ListPets'],
    ],
  ])('%s', (_what, after, expected) => {
    expect([...new Set(rules(shared({}), after))]).toEqual(expected);
  });

  test('in an operation', () => {
    expect(rules(inline(ref('Derived')), inline(ref('Out')))).toEqual(['output-removed']);
    expect(rules(inline(ref('Derived')), inline({ type: 'array', items: ref('Derived') }))).toEqual(['type']);
    expect(rules(inline(ref('Derived')), inline({ allOf: [ref('Derived')] }))).toEqual([]);
  });

  test('in a circle', () => {
    const circle = { allOf: [ref('Derived'), object({ x: text })] };
    expect(rules(shared({}), shared({ Derived: circle }))).toEqual(['output-removed ListPets']);
  });
});

describe('paths', () => {
  const id = (name: string): Json => ({ name, in: 'path', required: true, type: 'string' });
  const own = (path: string, ...parameters: readonly Json[]): Json => ({
    paths: { [path]: { get: { operationId: 'GetPet', parameters, responses: {} } } },
  });
  const around = (path: string, ...parameters: readonly Json[]): Json => ({
    paths: { [path]: { parameters, get: { operationId: 'GetPet', responses: {} } } },
  });

  test.each([own, around])('with another name of a variable are one change', (form) => {
    expect(rules(form('/pets/{id}', id('id')), form('/pets/{petId}', id('petId')))).toEqual(['path']);
  });

  test.each([own, around])('that are others have the same parameters', (form) => {
    expect(rules(form('/pets/{id}', id('id')), form('/animals/{id}', id('id')))).toEqual(['path']);
    const top = { name: 'top', in: 'query', type: 'integer' };
    expect(rules(form('/pets/{id}', id('id'), top), form('/animals/{id}', id('id')))).toEqual([
      'path',
      'input-removed',
    ]);
  });

  test('have a parameter that was of the operation', () => {
    expect(rules(own('/pets/{id}', id('id')), around('/animals/{id}', id('id')))).toEqual(['path']);
    expect(rules(around('/pets/{id}', id('id')), own('/animals/{id}', id('id')))).toEqual(['path']);
  });
});

describe('required properties', () => {
  const body = (properties: Json, required?: readonly string[]): Json => ({
    definitions: {
      Pet: { ...object({ x: text, ...properties }), ...(required && { required }) },
      Kind: { default: 1 },
    },
    paths: {
      '/pets': {
        post: {
          operationId: 'AddPet',
          parameters: [{ name: 'body', in: 'body', schema: ref('Pet') }],
          responses: {},
        },
      },
    },
  });
  const internal = { ...text, 'x-ms-visibility': 'internal' };

  test.each<[what: string, z: Json, expected: readonly string[]]>([
    ['that the platform sets', { ...internal, default: '1' }, []],
    ['whose default is elsewhere', { 'x-ms-visibility': 'internal', $ref: '#/definitions/Kind' }, []],
    ['without a default', internal, ['input-required AddPet']],
    ['that users see', { ...text, default: '1' }, ['input-required AddPet']],
  ])('%s', (_what, z, expected) => {
    expect(rules(body({}, ['x']), body({ z }, ['x', 'z']))).toEqual(expected);
    expect(rules(body({}), body({ z }, ['z']))).toEqual(expected);
  });
});

test('what is in requests and in responses is an output', () => {
  const pets = (properties: Json): Json => ({
    definitions: { Pet: object(properties) },
    paths: {
      '/pets': {
        post: {
          operationId: 'AddPet',
          parameters: [{ name: 'body', in: 'body', schema: ref('Pet') }],
          responses: { 200: { description: 'OK', schema: ref('Pet') } },
        },
      },
    },
  });
  expect(rules(pets({ a: text, b: text }), pets({ a: text }))).toEqual(['output-removed AddPet']);
});
