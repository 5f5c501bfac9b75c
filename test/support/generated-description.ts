import * as fc from 'fast-check';

/*
 * Documents of OpenAPI 3.0 and 3.1 that nobody has written: each part is chosen by itself, so that what seldom stands together
 * does. All are what the specification of OpenAPI allows, or come near it.
 */

type Json = string | number | boolean | null | readonly Json[] | Members;
interface Members {
  readonly [name: string]: Json | undefined;
}

const schemaNames = ['Pet', 'Owner', 'Page', 'Käfig', 'Pet.Details'] as const;

const word = fc.constantFrom(
  'name',
  'id',
  'owner id',
  'größe',
  'X-Trace',
  'filter[size]',
  'a/b',
  'tags',
  '$top',
  'type',
);
const sentence = fc.constantFrom(
  'Pets.',
  'Lists all pets of an owner.',
  'Über "Pets"',
  'A: b # c',
  '- item',
  'line 1\nline 2',
);
const limit = fc.integer({ min: 0, max: 9 });
const value: fc.Arbitrary<Json> = fc.oneof(sentence, fc.integer({ min: -5, max: 5 }), fc.boolean(), fc.constant(null));

/** An object of which each member is there or not. */
function some(members: Readonly<Record<string, fc.Arbitrary<Json>>>): fc.Arbitrary<Members> {
  return fc.record(members, { requiredKeys: [] });
}

/** An object of members that are always there, and of those of the second that happen to be. */
function object(
  always: Readonly<Record<string, fc.Arbitrary<Json>>>,
  sometimes: Readonly<Record<string, fc.Arbitrary<Json>>> = {},
): fc.Arbitrary<Members> {
  return fc.tuple(fc.record(always), some(sometimes)).map(([first, second]) => ({ ...first, ...second }));
}

const schemaReference = fc
  .constantFrom(...schemaNames)
  .map((name): Members => ({ $ref: `#/components/schemas/${name}` }));

const annotations = {
  description: sentence,
  title: sentence,
  deprecated: fc.boolean(),
  readOnly: fc.boolean(),
  example: value,
  nullable: fc.boolean(),
  externalDocs: object({ url: fc.constant('https://docs.example/pets') }),
  'x-internal-id': value,
};

const { schema } = fc.letrec<{ schema: Json }>((tie) => {
  const list = fc.array(tie('schema'), { minLength: 1, maxLength: 3 });
  return {
    schema: fc.oneof(
      { maxDepth: 3, depthIdentifier: 'schema' },
      schemaReference,
      object(
        { type: fc.constant('string') },
        {
          ...annotations,
          format: fc.constantFrom('date-time', 'uuid', 'byte', 'binary', 'made-up'),
          enum: fc.uniqueArray(sentence, { minLength: 1, maxLength: 3 }),
          default: sentence,
          minLength: limit,
          pattern: fc.constant('^[a-z]+$'),
        },
      ),
      object(
        { type: fc.constantFrom('integer', 'number') },
        { ...annotations, minimum: limit, exclusiveMinimum: limit },
      ),
      object({ type: fc.constant('boolean') }, annotations),
      object({ type: fc.constant('array'), items: tie('schema') }, { ...annotations, uniqueItems: fc.boolean() }),
      object(
        { type: fc.constant('object') },
        {
          ...annotations,
          properties: fc.dictionary(word, tie('schema'), { maxKeys: 3 }),
          required: fc.uniqueArray(word, { minLength: 1, maxLength: 2 }),
          additionalProperties: fc.oneof(fc.boolean(), tie('schema')),
          discriminator: object({ propertyName: word }),
          minProperties: limit,
        },
      ),
      object({ oneOf: list }, annotations),
      object({ anyOf: list }, annotations),
      object({ allOf: list }, annotations),
      object({ not: tie('schema') }, annotations),
      object({ type: fc.constant(['string', 'null']) }, { description: sentence }),
      object({ const: value }),
      fc.constantFrom(true, {}),
    ),
  };
});

const mediaType = some({
  schema,
  example: value,
  examples: fc.dictionary(word, object({ value }), { maxKeys: 2 }),
  encoding: fc.dictionary(word, some({ contentType: fc.constant('text/plain') }), { maxKeys: 1 }),
});

const content = fc.dictionary(
  fc.constantFrom(
    'application/json',
    'application/vnd.pets+json',
    'application/xml',
    'multipart/form-data',
    'application/x-www-form-urlencoded',
    'application/octet-stream',
    'text/plain',
    '*/*',
  ),
  mediaType,
  { minKeys: 1, maxKeys: 3 },
);

const parameterOptions = {
  description: sentence,
  deprecated: fc.boolean(),
  allowEmptyValue: fc.boolean(),
  example: value,
  explode: fc.boolean(),
};

const parameter = fc.oneof(
  object(
    { name: word, in: fc.constant('query'), schema },
    {
      ...parameterOptions,
      required: fc.boolean(),
      style: fc.constantFrom('form', 'spaceDelimited', 'deepObject'),
      allowReserved: fc.boolean(),
    },
  ),
  object(
    { name: word, in: fc.constantFrom('header', 'cookie'), schema },
    { ...parameterOptions, required: fc.boolean() },
  ),
  object({ name: word, in: fc.constant('query'), content }, { description: sentence }),
  fc.constant({ $ref: '#/components/parameters/Limit' }),
  // Operations with one of these are refused.
  object({ name: fc.constant('connectionId'), in: fc.constant('query'), schema }, { required: fc.boolean() }),
  fc.constant({ $ref: '#/components/parameters/Nowhere' }),
);

const parameters = fc.uniqueArray(parameter, {
  maxLength: 4,
  selector: (one) => JSON.stringify('name' in one ? [one['in'], one['name']] : one),
});

const header = some({ description: sentence, schema });
const response = fc.oneof(
  object(
    { description: sentence },
    {
      content,
      headers: fc.dictionary(fc.constantFrom('X-Rate', 'Link'), header, { maxKeys: 2 }),
      links: fc.dictionary(fc.constant('owner'), object({ operationId: word }), { maxKeys: 1 }),
    },
  ),
  fc.constant({ $ref: '#/components/responses/Missing' }),
  fc.constant({ $ref: '#/components/responses/Nowhere' }),
);

const responses = fc.dictionary(fc.constantFrom('200', '201', '2XX', '404', '500', 'default'), response, {
  minKeys: 1,
  maxKeys: 3,
});

const security = fc.array(
  fc.dictionary(fc.constantFrom('key', 'login', 'oauth', 'connect'), fc.constant([]), { maxKeys: 2 }),
  { maxLength: 2 },
);

const servers = fc.array(
  object(
    { url: fc.constantFrom('https://api.example/v1', '/v2', 'https://{region}.api.example') },
    { description: sentence },
  ),
  { minLength: 1, maxLength: 2 },
);

const pathParameter = { name: 'id', in: 'path', required: true, schema: { type: 'string' } };

function operation(path: string): fc.Arbitrary<Json> {
  return object(
    { responses },
    {
      summary: sentence,
      description: sentence,
      parameters: path.includes('{id}') ? parameters.map((list) => [pathParameter, ...list]) : parameters,
      requestBody: object({ content }, { description: sentence, required: fc.boolean() }),
      tags: fc.uniqueArray(word, { maxLength: 2 }),
      deprecated: fc.boolean(),
      externalDocs: object({ url: fc.constant('https://docs.example') }, { description: sentence }),
      security,
      servers,
      callbacks: fc.dictionary(
        fc.constant('done'),
        fc.constant({ '{$request.body#/url}': { post: { responses: {} } } }),
        {
          maxKeys: 1,
        },
      ),
      'x-code-samples': fc.array(object({ lang: sentence }), { maxLength: 1 }),
    },
  );
}

function pathItem(path: string): fc.Arbitrary<Json> {
  const methods = { get: operation(path), post: operation(path), delete: operation(path), trace: operation(path) };
  const shared = path.includes('{id}') ? fc.constant([pathParameter]) : parameters;
  return some({ ...methods, summary: sentence, description: sentence, parameters: shared, servers });
}

const securitySchemes = fc.constant({
  key: { type: 'apiKey', in: 'header', name: 'X-Key', description: 'Your key.' },
  login: { type: 'http', scheme: 'basic' },
  oauth: {
    type: 'oauth2',
    flows: {
      authorizationCode: {
        authorizationUrl: 'https://login.example/authorize',
        tokenUrl: 'https://login.example/token',
        scopes: { read: 'Read' },
      },
    },
  },
  connect: { type: 'openIdConnect', openIdConnectUrl: 'https://login.example/.well-known/openid-configuration' },
});

const components = object(
  {
    schemas: fc.record(Object.fromEntries(schemaNames.map((name) => [name, schema]))),
    parameters: object({
      Limit: object({ name: fc.constant('limit'), in: fc.constant('query'), schema }, parameterOptions),
    }),
    responses: object({ Missing: object({ description: sentence }, { content }) }),
    securitySchemes,
  },
  {
    examples: fc.dictionary(word, object({ value }), { maxKeys: 1 }),
    pathItems: object({ Elsewhere: pathItem('/elsewhere') }),
  },
);

/** A document of OpenAPI 3 that has at least one operation. */
export const generatedDescription: fc.Arbitrary<Members> = object(
  {
    openapi: fc.constantFrom('3.0.3', '3.1.0'),
    info: object(
      { title: fc.constantFrom('Pets', 'An API of pets with a title that is long'), version: fc.constant('1') },
      {
        description: sentence,
        contact: some({ name: sentence, email: fc.constant('pets@api.example') }),
        license: object({ name: fc.constant('MIT') }),
        termsOfService: fc.constant('https://api.example/terms'),
      },
    ),
    servers,
    paths: object(
      {
        '/pets': object({
          head: fc.constant({ responses: { '204': { description: 'Done' } } }),
          get: operation('/pets'),
        }),
      },
      {
        '/files/*': pathItem('/files/*'),
        '/twice/{id}/{id}': pathItem('/twice/{id}/{id}'),
        '/nowhere': object({ $ref: fc.constant('#/components/pathItems/Nowhere'), description: sentence }),
        '/elsewhere': object({ $ref: fc.constant('#/components/pathItems/Elsewhere') }, { description: sentence }),
        '/pets/{id}': pathItem('/pets/{id}'),
        '/pets/search': pathItem('/pets/search'),
        '/owners/a b': pathItem('/owners/a b'),
      },
    ),
    components,
  },
  {
    security,
    tags: fc.array(object({ name: word }, { description: sentence }), { maxLength: 2 }),
    externalDocs: object({ url: fc.constant('https://docs.example') }),
    webhooks: fc.dictionary(fc.constant('sold'), fc.constant({ post: { responses: {} } }), { maxKeys: 1 }),
    'x-origin': value,
  },
);
