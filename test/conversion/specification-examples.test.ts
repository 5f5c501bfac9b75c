import { describe, expect, test } from 'vitest';
import { converted, withOperation, withSchema } from '../support/converted.ts';

/** What an example with a path parameter is not about. */
const everywhere = 'made parameter-encoding-made';

function relevant(rules: readonly string[]): readonly string[] {
  return rules.filter((rule) => rule !== everywhere);
}

describe('schemas', () => {
  test('null, const and exclusive limits', async () => {
    const { definition, rules, errors } = await converted(
      withSchema(`type: object
properties:
  note: { type: [string, 'null'] }
  kind: { const: order }
  rate: { type: number, exclusiveMinimum: 0 }`),
    );
    expect(definition).toMatchObject({
      definitions: {
        Pet: {
          type: 'object',
          properties: {
            note: { type: 'string', 'x-nullable': true },
            kind: { enum: ['order'], type: 'string' },
            rate: { type: 'number', minimum: 0, exclusiveMinimum: true },
          },
        },
      },
    });
    expect(rules).toEqual(['kept schema-const', 'kept schema-exclusive', 'kept schema-nullable']);
    expect(errors).toEqual([]);
  });

  test('oneOf of objects', async () => {
    const { definition, rules } = await converted(
      withSchema(`oneOf:
  - { type: object, required: [id, iban], properties: { id: { type: string }, iban: { type: string } } }
  - { type: object, required: [id, card], properties: { id: { type: string }, card: { type: integer } } }`),
    );
    expect(definition).toHaveProperty('definitions.Pet', {
      type: 'object',
      required: ['id'],
      properties: { id: { type: 'string' }, iban: { type: 'string' }, card: { type: 'integer' } },
    });
    expect(rules).toEqual(['narrowed schema-one-of-objects']);
  });

  test('allOf with a reference', async () => {
    const { definition, rules } = await converted(
      withSchema(`allOf: [ { $ref: '#/components/schemas/Animal' }, { type: object, required: [name], properties: { barks: { type: boolean } } } ]
`).replace(/$/u, '    Animal: { type: object, properties: { name: { type: string } } }\n'),
    );
    expect(definition).toHaveProperty('definitions', {
      Pet: {
        type: 'object',
        required: ['name'],
        properties: { name: { type: 'string' }, barks: { type: 'boolean' } },
      },
    });
    expect(rules).toEqual(['kept component-inlined', 'kept schema-all-of']);
  });
});

describe('operations', () => {
  test('query parameters', async () => {
    const { definition, rules } = await converted(
      withOperation(`parameters:
  - { name: ids, in: query, schema: { type: array, items: { type: integer } } }
  - { name: page, in: query, style: deepObject, schema: { type: object, properties: { size: { type: integer } } } }
  - { name: sid, in: cookie, schema: { type: string } }`),
    );
    expect(definition).toHaveProperty('paths./pets.get.parameters', [
      {
        name: 'ids',
        in: 'query',
        'x-ms-summary': 'IDs',
        type: 'array',
        items: { type: 'integer' },
        collectionFormat: 'multi',
      },
      { name: 'page[size]', in: 'query', 'x-ms-summary': 'Page size', type: 'integer' },
    ]);
    expect(rules).toEqual([
      'dropped parameter-cookie',
      'kept parameter-array',
      'kept parameter-object-deep',
      'made parameter-summary-made',
    ]);
  });

  test('an upload', async () => {
    const { definition, rules, errors } = await converted(
      withOperation(
        `requestBody: { content: { multipart/form-data: { schema: { type: object, required: [file], properties: {
  file: { type: string, format: binary }, tags: { type: array, items: { type: string } }, meta: { type: object } } } } } }`,
        { method: 'post' },
      ),
    );
    expect(definition).toHaveProperty('paths./pets.post.consumes', ['multipart/form-data']);
    expect(definition).toHaveProperty('paths./pets.post.parameters', [
      { name: 'file', in: 'formData', required: true, 'x-ms-summary': 'File', type: 'file' },
      {
        name: 'tags',
        in: 'formData',
        'x-ms-summary': 'Tags',
        type: 'array',
        items: { type: 'string' },
        collectionFormat: 'multi',
      },
      { name: 'meta', in: 'formData', 'x-ms-summary': 'Meta', type: 'string' },
    ]);
    expect(relevant(rules)).toEqual([
      'kept form',
      'kept form-array',
      'kept form-file',
      'made parameter-summary-made',
      'narrowed form-object',
    ]);
    expect(errors).toEqual([]);
  });

  test('responses', async () => {
    const { definition, rules } = await converted(
      withOperation(
        `responses: { '2XX': { description: Fine, content: { application/json: { schema: { $ref: '#/components/schemas/Pet' } }, application/xml: {} }, links: { owner: {} } } }`,
        { more: 'components: { schemas: { Pet: { type: object } } }' },
      ),
    );
    expect(definition).toHaveProperty('paths./pets.get.responses', {
      200: { description: 'Fine', schema: { $ref: '#/definitions/Pet' } },
    });
    expect(rules).toEqual(['dropped link', 'dropped response-media-type', 'narrowed response-range']);
  });

  test('without operationId and summary', async () => {
    const source = `openapi: 3.0.0
info: { title: Stores, version: '1', description: Stores. }
servers: [{ url: https://api.example }]
paths:
  /stores/{storeId}/open-hours:
    put:
      description: Sets the hours. They count at once.
      parameters: [{ name: storeId, in: path, required: true, schema: { type: string } }]
      responses: { '204': { description: Done } }
`;
    const { text, definition, rules } = await converted(source);
    expect(definition).toHaveProperty(['paths', '/stores/{storeId}/open-hours', 'put'], {
      operationId: 'PutStoresByStoreIdOpenHours',
      summary: 'Sets the hours',
      description: 'Sets the hours. They count at once.',
      parameters: [
        {
          name: 'storeId',
          in: 'path',
          required: true,
          'x-ms-summary': 'Store ID',
          type: 'string',
          'x-ms-url-encoding': 'single',
        },
      ],
      responses: { 204: { description: 'Done' } },
    });
    expect(relevant(rules)).toEqual(['made operation-id-made', 'made parameter-summary-made', 'made summary-made']);
    expect(text.indexOf('"operationId"')).toBeLessThan(text.indexOf('"summary"'));
  });
});

describe('servers', () => {
  const source = withOperation('tags: [pets]').replace(
    "servers: [{ url: 'https://api.example/v1' }]",
    "servers: [ { url: 'https://{region}.api.example/v2', variables: { region: { default: eu, enum: [eu, us] } } } ]",
  );

  test('a variable has its default', async () => {
    const { definition, rules, conversion } = await converted(source);
    expect(definition).toMatchObject({ host: 'eu.api.example', basePath: '/v2', schemes: ['https'] });
    expect(rules).toEqual(['narrowed server-variable']);
    expect(conversion.properties['policyTemplateInstances']).toEqual([]);
  });

  test('a variable is asked for', async () => {
    const { definition, rules, conversion, errors } = await converted(source, { serverVariables: 'connection' });
    expect(definition).toMatchObject({ host: 'eu.api.example', basePath: '/v2' });
    expect(rules).toEqual(['kept server-variable-connection']);
    expect(conversion.properties).toMatchObject({
      connectionParameters: { region: { type: 'string', uiDefinition: { displayName: 'Region' } } },
      policyTemplateInstances: [
        {
          templateId: 'dynamichosturl',
          title: 'Host',
          parameters: {
            'x-ms-apimTemplateParameter.urlTemplate': "https://@connectionParameters('region','eu').api.example/v2",
          },
        },
      ],
    });
    expect(errors).toEqual([]);
  });
});

test('two ways to sign in', async () => {
  const { conversion, definition, rules, errors } = await converted(
    withOperation('tags: [pets]', {
      more: `security: [ { key: [] }, { login: [] } ]
components: { securitySchemes: { key: { type: apiKey, in: header, name: X-Key }, login: { type: http, scheme: basic } } }`,
    }),
  );
  expect(conversion.properties).toMatchObject({
    connectionParameterSets: {
      uiDefinition: { displayName: 'Sign-in', description: 'How you sign in.' },
      values: [
        {
          name: 'key',
          uiDefinition: { displayName: 'Key', description: 'Sign in with Key.' },
          parameters: { api_key: { type: 'securestring' } },
        },
        { name: 'login', uiDefinition: { displayName: 'Login' }, parameters: { username: {}, password: {} } },
      ],
    },
    policyTemplateInstances: [{ templateId: 'setheader' }],
  });
  expect(Object.keys(conversion.properties)).not.toContain('connectionParameters');
  expect(definition).toMatchObject({
    securityDefinitions: { key: { type: 'apiKey' }, login: { type: 'basic' } },
    security: [{ key: [] }, { login: [] }],
  });
  expect(rules).toEqual(['kept security-alternatives']);
  expect(errors).toEqual([]);
});
