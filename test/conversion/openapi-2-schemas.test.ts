import { expect, test } from 'vitest';
import { converted } from '../support/converted.ts';
import { body, expectEntry, expectRepaired, type Kind, ofSchema, openApi2, text } from '../support/openapi-2.ts';

/** What a file of a response can't have. */
const fileKinds = Object.fromEntries(
  Object.entries({
    items: { type: 'string' },
    properties: { a: { type: 'object' } },
    additionalProperties: false,
    allOf: [{ $ref: '#/definitions/D' }],
    discriminator: 'a',
    minLength: 1,
    maximum: 1,
    uniqueItems: true,
    pattern: 'a',
    enum: ['a'],
    xml: { name: 'a' },
  }).map(([name, value]) => {
    const schema = { type: 'file', [name]: value, format: 'binary', 'x-a': 1, example: 'a' };
    return [`a file with ${name}`, { responses: { 200: { description: 'OK', schema } }, entry: 'dropped schema-file' }];
  }),
);

const kinds: Readonly<Record<string, Kind>> = {
  ...fileKinds,
  'an object twice in a list of values, its members in another order': {
    parameters: [
      ofSchema({
        enum: [
          { a: 1, b: 2 },
          { b: 2, a: 1 },
        ],
      }),
    ],
    entry: 'dropped schema-enum',
  },
  'a list twice in a list of values': {
    parameters: [ofSchema({ enum: [[1], [1]] })],
    entry: 'dropped schema-enum',
  },
  'a text that can be null, said twice': {
    parameters: [ofSchema({ oneOf: [{ type: 'string' }, { type: 'null' }, { enum: [null] }] })],
    entry: 'kept schema-one-of',
  },
  'a reference that is a number': { parameters: [ofSchema({ $ref: 5 })], entry: 'dropped type-wrong' },
  'a value that can be null': { parameters: [ofSchema({ nullable: true })], entry: 'kept schema-nullable' },
  'a schema of two kinds': {
    parameters: [ofSchema({ oneOf: [{ type: 'string' }, { type: 'integer' }] })],
    entry: 'narrowed schema-one-of-scalars',
  },
  'one value': { parameters: [ofSchema({ const: 5 })], entry: 'kept schema-const' },
  'types in a list': { parameters: [ofSchema({ type: ['string', 'null'] })], entry: 'kept schema-nullable' },
  'items in a list': {
    parameters: [ofSchema({ type: 'array', items: [{ type: 'string' }] })],
    entry: 'narrowed schema-prefix-items',
  },
  'a property that is no schema': {
    parameters: [ofSchema({ properties: { a: null, b: 'x' } })],
    entry: 'dropped type-wrong',
  },
  'properties in a list': { parameters: [ofSchema({ properties: [] })], entry: 'dropped type-wrong' },
  'required that is no list': { parameters: [ofSchema({ required: true })], entry: 'dropped type-wrong' },
  'required that is unknown': {
    parameters: [ofSchema({ required: ['b'], properties: { a: text } })],
    entry: 'narrowed schema-required-unknown',
  },
  'an empty allOf': { parameters: [ofSchema({ allOf: [] })], entry: 'dropped schema-choice-empty' },
  'a discriminator without a property': {
    parameters: [ofSchema({ discriminator: 'kind', properties: { a: text } })],
    entry: 'dropped schema-discriminator',
  },
  'a keyword of OpenAPI 3': { parameters: [ofSchema({ writeOnly: true })], entry: 'dropped schema-write-only' },
  'an unknown keyword': { parameters: [ofSchema({ weird: 1 })], entry: 'dropped schema-keyword' },
};

test.for(Object.entries(kinds))('%s is repaired or reported', async ([, kind]) => await expectRepaired(kind));

test('a discriminator that is read-only in a request is left out, because it is no longer required', async () => {
  const kind = { type: 'string', readOnly: true };
  const schema = { type: 'object', required: ['kind'], discriminator: 'kind', properties: { kind } };
  const operation = { parameters: [{ ...body, schema: { $ref: '#/definitions/Pet' } }] };
  const document = JSON.stringify(openApi2(operation, { definitions: { Pet: schema } }));
  const { rules } = await expectEntry(document, 'dropped schema-discriminator');
  expect(rules).toContain('narrowed schema-read-only-required');
});

test('a branch of allOf that leads back to the schema is left out', async () => {
  const definitions = {
    Self: { allOf: [{ $ref: '#/definitions/Self' }, { type: 'object', properties: { a: text } }] },
    One: { allOf: [{ $ref: '#/definitions/Two' }], type: 'object' },
    Two: { type: 'object', properties: { b: text }, allOf: [{ allOf: [{ $ref: '#/definitions/One' }] }] },
    List: { type: 'array', items: { allOf: [{ $ref: '#/definitions/List' }] } },
  };
  const { definition, entries } = await expectEntry(
    JSON.stringify(openApi2({}, { definitions })),
    'dropped schema-all-of-cycle',
  );
  expect(entries.map(({ pointer }) => pointer)).toEqual([
    '/definitions/Self/allOf/0',
    '/definitions/Two/allOf/0/allOf/0',
  ]);
  expect(definition).toMatchObject({
    definitions: { One: definitions.One, Two: { allOf: [{}] }, List: definitions.List },
  });
});

test('a long chain of allOf keeps what its schemas require', async () => {
  const chain = Array.from({ length: 3000 }, (_, n) => [
    `S${n}`,
    { type: 'object', required: ['id'], properties: { [`p${n}`]: text }, allOf: [{ $ref: `#/definitions/S${n + 1}` }] },
  ]);
  const last = { type: 'object', required: ['id'], properties: { id: text } };
  const definitions = Object.fromEntries([...chain, ['S3000', last]]);
  const { definition } = await converted(JSON.stringify(openApi2({}, { definitions })));
  expect(definition).toMatchObject({
    definitions: { S0: { required: ['id'] }, S2900: { required: ['id'] }, S3000: last },
  });
});

test('a schema with too many others behind allOf is cut', async () => {
  const properties = (start: number) =>
    Object.fromEntries(Array.from({ length: 300 }, (_, n) => [`p${start + n}`, text]));
  const schema = {
    type: 'object',
    properties: { inside: { allOf: [{ properties: properties(0) }, { properties: properties(300) }] } },
  };
  const operation = { operationId: 'A', summary: 'A', parameters: [{ ...body, schema }] };
  const { errors, rules } = await converted(
    JSON.stringify({
      swagger: '2.0',
      info: { title: 'Pets', version: '1', description: 'Pets.' },
      host: 'api.pets.example',
      paths: { '/a': { post: { ...operation, responses: { 200: { description: 'OK' } } } } },
    }),
  );
  expect(errors).toEqual([]);
  expect(rules).toContain('narrowed schema-cut');
});

test('what OpenAPI 2.0 has stays as it is written', async () => {
  const document = {
    swagger: '2.0',
    info: { title: 'Pets', version: '1', description: 'Pets.' },
    host: 'api.pets.example',
    schemes: ['https'],
    paths: {
      '/a': {
        post: {
          operationId: 'A',
          summary: 'A',
          parameters: [{ ...body, schema: { $ref: '#/definitions/Kind of pet' } }],
          responses: { 200: { description: 'OK', schema: { type: 'file' } } },
        },
      },
    },
    definitions: {
      Pet: {
        type: 'object',
        required: ['kind', 'next'],
        discriminator: 'kind',
        properties: { kind: { type: 'string' }, next: { $ref: '#/definitions/Pet', description: 'Next.' } },
      },
      'Kind of pet': {
        allOf: [{ $ref: '#/definitions/Pet' }, { required: ['next', 'other'] }],
        type: 'object',
        required: ['kind'],
        example: { kind: 5 },
      },
      Value: { type: 'string', default: 5, enum: [5, 'a'] },
      Open: { required: ['anything'] },
    },
  };
  const { definition, errors, entries } = await converted(JSON.stringify(document));
  expect(definition).toEqual(document);
  expect(errors).toEqual([]);
  expect(entries).toEqual([]);
});
