import { expect, test } from 'vitest';
import { checkConnector } from '../../src/validation/check.ts';
import { isArray, isObject } from '../../src/json/value.ts';

const text = (title: string): object => ({ type: 'string', title, description: `The ${title}.` });
const reference = { $ref: '#/definitions/Pet' };
const id = {
  name: 'id',
  in: 'path',
  required: true,
  type: 'string',
  'x-ms-summary': 'ID',
  description: 'Its ID.',
  'x-ms-url-encoding': 'single',
};

/** A connector in which a slip in the name of any member should be one problem. */
const documents = {
  definition: {
    swagger: '2.0',
    info: {
      title: 'Orders',
      version: '1.0',
      description: 'Manages the orders of a shop and their lines.',
      contact: { name: 'Contoso', url: 'https://contoso.com/help', email: 'help@contoso.com' },
    },
    host: 'api.fabrikam.net',
    basePath: '/v1',
    schemes: ['https'],
    consumes: ['application/json'],
    produces: ['application/json'],
    paths: {
      '/pets/{id}': {
        get: {
          operationId: 'GetPet',
          summary: 'Get a pet',
          description: 'Returns a pet.',
          parameters: [
            id,
            {
              name: 'kind',
              in: 'query',
              required: false,
              type: 'string',
              'x-ms-summary': 'Kind',
              description: 'Its kind.',
              'x-ms-dynamic-values': { operationId: 'ListKinds', 'value-path': 'id', 'value-title': 'name' },
            },
            {
              name: 'size',
              in: 'query',
              type: 'string',
              enum: ['small', 'large'],
              default: 'small',
              'x-ms-summary': 'Size',
              description: 'Its size.',
            },
          ],
          responses: { '200': { description: 'OK', schema: reference } },
        },
      },
      '/pets': {
        post: {
          operationId: 'CreatePet',
          summary: 'Create a pet',
          description: 'Creates a pet.',
          parameters: [
            {
              name: 'body',
              in: 'body',
              required: true,
              'x-ms-summary': 'Pet',
              description: 'The pet.',
              schema: reference,
            },
          ],
          responses: { '201': { description: 'Created', schema: reference } },
        },
      },
      '/kinds': {
        get: {
          operationId: 'ListKinds',
          summary: 'List kinds',
          description: 'Lists kinds.',
          'x-ms-visibility': 'internal',
          responses: {
            '200': {
              description: 'OK',
              schema: { type: 'array', items: { type: 'object', properties: { id: text('ID'), name: text('Name') } } },
            },
          },
        },
      },
      '/events': {
        get: {
          operationId: 'OnEvent',
          summary: 'When a pet is born',
          description: 'Starts when a pet is born.',
          'x-ms-trigger': 'batch',
          responses: { '200': { description: 'OK', schema: { type: 'array', items: reference } } },
        },
      },
      '/hooks': {
        'x-ms-notification-content': { description: 'An event.', schema: reference },
        post: {
          operationId: 'OnHook',
          summary: 'When a pet is sold',
          description: 'Starts when a pet is sold.',
          'x-ms-trigger': 'single',
          parameters: [
            {
              name: 'body',
              in: 'body',
              required: true,
              'x-ms-summary': 'Hook',
              description: 'The hook.',
              schema: {
                type: 'object',
                required: ['url'],
                properties: {
                  url: { ...text('URL'), 'x-ms-visibility': 'internal', 'x-ms-notification-url': true },
                },
              },
            },
          ],
          responses: { '201': { description: 'Created' } },
        },
      },
      '/hooks/{id}': {
        delete: {
          operationId: 'DeleteHook',
          summary: 'Delete a hook',
          description: 'Deletes a hook.',
          'x-ms-visibility': 'internal',
          parameters: [id],
          responses: { '204': { description: 'No content' } },
        },
      },
    },
    definitions: {
      Pet: {
        type: 'object',
        required: ['name'],
        properties: {
          id: { ...text('ID'), format: 'uuid' },
          name: text('Name'),
          tags: { type: 'array', title: 'Tags', description: 'Its tags.', items: { type: 'string' } },
        },
      },
    },
    securityDefinitions: {
      oauth: {
        type: 'oauth2',
        flow: 'accessCode',
        authorizationUrl: 'https://fabrikam.net/authorize',
        tokenUrl: 'https://fabrikam.net/token',
        scopes: { read: 'Read' },
      },
    },
    security: [{ oauth: ['read'] }],
    'x-ms-connector-metadata': [
      { propertyName: 'Website', propertyValue: 'https://contoso.com' },
      { propertyName: 'Privacy policy', propertyValue: 'https://contoso.com/privacy' },
      { propertyName: 'Categories', propertyValue: 'Data' },
    ],
  },
  properties: {
    properties: {
      connectionParameters: {
        token: {
          type: 'oauthSetting',
          oAuthSettings: {
            identityProvider: 'oauth2',
            clientId: '6fa1b6c9e2d84e',
            scopes: ['read'],
            redirectMode: 'GlobalPerConnector',
            customParameters: {
              authorizationUrl: { value: 'https://fabrikam.net/authorize' },
              tokenUrl: { value: 'https://fabrikam.net/token' },
              refreshUrl: { value: 'https://fabrikam.net/refresh' },
            },
          },
          uiDefinition: { displayName: 'Sign in', description: 'Sign in.', constraints: { required: 'true' } },
        },
      },
      iconBrandColor: '#da3b01',
      capabilities: ['actions'],
      publisher: 'Contoso',
      stackOwner: 'Contoso',
      policyTemplateInstances: [
        {
          templateId: 'setheader',
          title: 'Header',
          parameters: {
            'x-ms-apimTemplateParameter.name': 'a',
            'x-ms-apimTemplateParameter.value': 'b',
            'x-ms-apimTemplate-policySection': 'Request',
            'x-ms-apimTemplate-operationName': ['GetPet'],
          },
        },
      ],
    },
  },
};

type Documents = Readonly<Record<keyof typeof documents, unknown>>;

function found(own: Documents): readonly string[] {
  const file = (name: string, content: unknown): { name: string; bytes: Uint8Array } => ({
    name,
    bytes: new TextEncoder().encode(JSON.stringify(content)),
  });
  const source = { definition: file('a.json', own.definition), properties: file('b.json', own.properties) };
  return checkConnector(source, { certification: true }).map(({ rule, pointer }) => `${rule} ${pointer}`);
}

/** The members of a document by their paths, except those whose names users choose. */
function membersOf(value: unknown, path: readonly string[] = []): readonly (readonly string[])[] {
  if (isArray(value)) return value.flatMap((item, index) => membersOf(item, [...path, String(index)]));
  if (!isObject(value)) return [];
  const isFree = /^(?:paths|definitions|securityDefinitions|scopes|connectionParameters)$/u.test(path.at(-1) ?? '');
  return Object.entries(value).flatMap(([name, below]) => {
    const own = [...path, name];
    return [...(isFree || (path.at(-1) === 'properties' && path.length > 1) ? [] : [own]), ...membersOf(below, own)];
  });
}

function renamed(value: unknown, [step, ...rest]: readonly string[], name: string): unknown {
  if (isArray(value)) {
    return value.map((item, index) => (String(index) === step ? renamed(item, rest, name) : item));
  }
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([own, below]) =>
      own !== step ? [own, below] : rest.length === 0 ? [name, below] : [own, renamed(below, rest, name)],
    ),
  );
}

function replaced(value: unknown, [step, ...rest]: readonly string[], by: unknown): unknown {
  const put = (own: string, below: unknown): unknown =>
    own !== step ? below : rest.length === 0 ? by : replaced(below, rest, by);
  if (isArray(value)) return value.map((item, index) => put(String(index), item));
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([own, below]) => [own, put(own, below)]));
}

const slips: readonly (readonly [what: string, slip: (name: string) => string])[] = [
  ['another case', (name) => (name === name.toLowerCase() ? name.toUpperCase() : name.toLowerCase())],
  ['a letter less', (name) => (name.length > 4 ? name.slice(0, -2) + name.slice(-1) : name)],
  ['a letter more', (name) => `${name.slice(0, -1)}${name.slice(-1)}${name.slice(-1)}`],
];

test.each([[5], [null]])('a value %j of another type is one problem at most', (wrong) => {
  const { definition } = documents;
  const places = [
    ['host'],
    ['paths'],
    ['paths', '/kinds'],
    ['paths', '/kinds', 'get'],
    ['paths', '/kinds', 'get', 'operationId'],
    ['paths', '/pets/{id}', 'get', 'responses', '200', 'schema'],
    ['paths', '/hooks', 'post', 'parameters', '0', 'schema', 'properties', 'url', 'x-ms-notification-url'],
    ['definitions'],
    ['securityDefinitions'],
    ['securityDefinitions', 'oauth', 'flow'],
    ['x-ms-connector-metadata', '0', 'propertyName'],
  ];
  const several = places
    .map((path) => [path.join('/'), ...found({ ...documents, definition: replaced(definition, path, wrong) })])
    .filter(({ length }) => length > 2);
  expect(several).toEqual([]);
});

test('the connector has no problems', () => {
  expect(found(documents)).toEqual([]);
});

test.each(slips)('a name with %s is one problem at most', (_what, slip) => {
  const several: unknown[] = [];
  for (const role of ['definition', 'properties'] as const) {
    for (const path of membersOf(documents[role])) {
      const changed = renamed(documents[role], path, slip(path.at(-1) ?? ''));
      const problems = found({ ...documents, [role]: changed });
      if (problems.length > 1) several.push([path.join('/'), ...problems]);
    }
  }
  expect(several).toEqual([]);
});
