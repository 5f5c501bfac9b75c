import { describe, expect, test } from 'vitest';
import { converted } from '../support/converted.ts';

const info = { title: 'Pets', version: '1', description: 'Lists the pets of a shop.' };
const error = { type: 'object', properties: { reason: { type: 'string' } } };
const openApi3 = (content: object, components: object): string =>
  JSON.stringify({
    openapi: '3.0.3',
    info,
    servers: [{ url: 'https://pets.contoso.com' }],
    paths: { '/pets': { get: { operationId: 'ListPets', summary: 'List pets', ...content } } },
    components,
  });
const openApi2 = (content: object, others: object): string =>
  JSON.stringify({
    swagger: '2.0',
    info,
    host: 'pets.contoso.com',
    paths: { '/pets': { get: { operationId: 'ListPets', summary: 'List pets', ...content } } },
    ...others,
  });
const body = (schema: object): object => ({ description: 'Failed', content: { 'application/json': { schema } } });

/** Parts that are called like a keyword whose value has no references. */
const sources: readonly (readonly [what: string, source: (reference: string) => string])[] = [
  [
    'the schema of a default response',
    (reference) => openApi3({ responses: { default: body({ $ref: reference }) } }, { schemas: { Problem: error } }),
  ],
  [
    'a shared response called enum',
    (reference) =>
      openApi3(
        { responses: { 400: { $ref: '#/components/responses/enum' } } },
        { schemas: { Problem: error }, responses: { enum: body({ $ref: reference }) } },
      ),
  ],
  [
    'a shared parameter called default',
    (reference) =>
      openApi3(
        { parameters: [{ $ref: '#/components/parameters/default' }], responses: { 200: { description: 'OK' } } },
        {
          schemas: { Problem: { type: 'string' } },
          parameters: { default: { name: 'kind', in: 'query', schema: { $ref: reference } } },
        },
      ),
  ],
  [
    'the schema of a default response in OpenAPI 2.0',
    (reference) =>
      openApi2(
        {
          responses: {
            default: {
              description: 'Failed',
              schema: { $ref: reference.replace('components/schemas', 'definitions') },
            },
          },
        },
        { definitions: { Problem: error } },
      ),
  ],
];

describe.each(sources)('%s', (_what, source) => {
  test('is followed', async () => {
    const { text, rules, errors } = await converted(source('#/components/schemas/Problem'));
    expect(rules.filter((rule) => /unused|missing|left-out/u.test(rule))).toEqual([]);
    expect(errors).toEqual([]);
    expect(text).toMatch(/reason|"type": "string"/u);
  });

  test('that leads nowhere keeps the operation from being converted', async () => {
    const { rules } = await converted(source('#/components/schemas/Nope'));
    expect(rules).toContain('refused ref-missing');
    expect(rules).toContain('refused operation-left-out');
  });
});

test('a default response in another file is read', async () => {
  const source = openApi3({ responses: { default: { $ref: 'errors.json#/Failed' } } }, {});
  const files = {
    'file:///source/errors.json': JSON.stringify({ Failed: body({ $ref: '#/Problem' }), Problem: error }),
  };
  const { text, rules } = await converted(source, { files, name: 'openapi.json' });
  expect(text).toContain('"reason"');
  expect(rules).toEqual([]);
});

test('an operation comes along that a part names which only the default response refers to', async () => {
  const call = { operationId: 'ListReasons', 'value-path': 'id' };
  const coded = { type: 'object', properties: { code: { type: 'string', 'x-ms-dynamic-values': call } } };
  const responses = { 200: { description: 'OK' } };
  const source = {
    swagger: '2.0',
    info,
    host: 'pets.contoso.com',
    paths: {
      '/pets': {
        get: { operationId: 'ListPets', summary: 'List pets', responses: { default: { $ref: '#/responses/Failed' } } },
      },
      '/reasons': { get: { operationId: 'ListReasons', summary: 'List reasons', responses } },
      '/other': { get: { operationId: 'Other', summary: 'Other', responses } },
    },
    responses: { Failed: { description: 'Failed', schema: { $ref: '#/definitions/Coded' } } },
    definitions: { Coded: coded },
  };
  const { text, errors, conversion } = await converted(JSON.stringify(source), { operations: ['ListPets'] });
  expect(errors).toEqual([]);
  expect(Object.keys(JSON.parse(text).paths)).toEqual(['/pets', '/reasons']);
  expect(conversion.notes).toEqual(['ListReasons is converted as well because ListPets uses it.']);
});
