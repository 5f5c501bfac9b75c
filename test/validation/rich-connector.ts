/** A connector with every extension, kind of connection parameter and policy template: what rules read, they find here. */
export const richDefinition = {
  swagger: '2.0',
  info: {
    title: 'Bücher 😀',
    version: '1.0',
    description: 'Finds, lends and takes back books of all the libraries of a town.',
    contact: { name: 'Contoso', url: 'https://contoso.com', email: 'books@contoso.com' },
    'x-ms-deployment-version': '1.0.0',
    'x-ms-keywords': ['books'],
  },
  host: 'api.contoso.com',
  basePath: '/v1',
  schemes: ['https'],
  consumes: ['application/json'],
  produces: ['application/json'],
  tags: [{ name: 'Books', externalDocs: { url: 'https://contoso.com/docs' } }],
  'x-ms-connector-metadata': [
    { propertyName: 'Website', propertyValue: 'https://contoso.com' },
    { propertyName: 'Privacy policy', propertyValue: 'https://contoso.com/privacy' },
    { propertyName: 'Categories', propertyValue: 'Data;Education' },
  ],
  'x-ms-capabilities': { testConnection: { operationId: 'ListShelves', parameters: { library: 'main' } } },
  'x-ms-parameterized-host': { hostTemplate: '{library}.contoso.com', parameters: [] },
  'x-ms-openai-manifest': { properties: { namespace: 'Books' } },
  paths: {
    '/libraries/{library}/shelves': {
      parameters: [{ $ref: '#/parameters/library' }],
      get: {
        operationId: 'ListShelves',
        summary: 'List shelves',
        description: 'Lists the shelves of a library.',
        deprecated: true,
        'x-ms-visibility': 'internal',
        'x-ms-pageable': { nextLinkName: '@odata.nextLink', operationName: 'NextShelves' },
        'x-ms-api-annotation': {
          status: 'Production',
          family: 'ListShelves',
          revision: 1,
          replacement: { api: 'books', operationId: 'ListShelvesV2' },
        },
        'x-ms-no-generic-test': true,
        'x-ms-docs': 'https://contoso.com/docs',
        responses: {
          200: {
            description: 'OK',
            headers: { 'X-Left': { type: 'integer', format: 'int32' } },
            schema: { type: 'array', items: { $ref: '#/definitions/Shelf' } },
            examples: { 'application/json': [] },
          },
          404: { $ref: '#/responses/Failure' },
        },
      },
    },
    '/books/{id}': {
      post: {
        operationId: 'LendBook',
        summary: 'Lend a book',
        description: 'Lends a book to a reader.',
        tags: ['Books'],
        'x-ms-require-user-confirmation': true,
        'x-ms-openai-data': { openAIEnabled: true },
        parameters: [
          {
            name: 'id',
            in: 'path',
            required: true,
            type: 'string',
            'x-ms-url-encoding': 'single',
            'x-ms-summary': 'Book',
            description: 'The book to lend.',
            'x-ms-test-value': '1',
            'x-ms-dynamic-values': {
              operationId: 'ListShelves',
              parameters: { library: { parameter: 'body/place/library' } },
              'value-collection': 'value',
              'value-path': 'id',
              'value-title': 'name',
            },
            'x-ms-dynamic-list': {
              operationId: 'ListShelves',
              parameters: { library: { parameterReference: 'body/place/library' } },
              itemsPath: 'value',
              itemValuePath: 'id',
              itemTitlePath: 'name',
            },
          },
          {
            name: 'shelf',
            in: 'query',
            type: 'string',
            'x-ms-dynamic-tree': {
              settings: { canSelectParentNodes: true, canSelectLeafNodes: false },
              open: {
                operationId: 'ListShelves',
                itemValuePath: 'id',
                itemTitlePath: 'name',
                parameters: { library: { value: 'main' } },
              },
              browse: { operationId: 'ListShelves', parameters: { library: { selectedItemValuePath: 'id' } } },
            },
          },
          {
            name: 'order',
            in: 'query',
            type: 'array',
            collectionFormat: 'csv',
            items: { type: 'string', enum: ['up', 'down'] },
            default: ['up'],
          },
          { name: 'body', in: 'body', required: true, schema: { $ref: '#/definitions/Loan' } },
        ],
        responses: {
          200: {
            description: 'OK',
            schema: {
              type: 'object',
              'x-ms-dynamic-schema': {
                operationId: 'ListShelves',
                parameters: { library: { parameter: 'id' } },
                'value-path': 'schema',
              },
              'x-ms-dynamic-properties': {
                operationId: 'ListShelves',
                parameters: { library: { parameterReference: 'id' } },
                itemValuePath: 'schema',
              },
            },
          },
          default: { description: 'Failure', schema: { type: 'string', format: 'binary' } },
        },
      },
    },
    '/hooks/{hook}': {
      'x-ms-notification-content': { description: 'Event', schema: { $ref: '#/definitions/Shelf' } },
      post: {
        operationId: 'OnBookReturned',
        summary: 'When a book is returned',
        description: 'Triggers when a book is returned.',
        'x-ms-trigger': 'single',
        'x-ms-trigger-hint': 'Return a book.',
        'x-ms-trigger-metadata': { kind: 'query', mode: 'single' },
        'x-ms-operation-context': { simulate: { operationId: 'ListShelves', parameters: { $top: 1 } } },
        security: [{ oauth: ['read'] }, { key: [] }],
        parameters: [
          { name: 'hook', in: 'path', required: true, type: 'string', 'x-ms-visibility': 'advanced' },
          {
            name: 'body',
            in: 'body',
            schema: {
              type: 'object',
              required: ['url'],
              properties: { url: { type: 'string', 'x-ms-notification-url': true, 'x-ms-visibility': 'internal' } },
            },
          },
        ],
        responses: { 201: { description: 'Created' } },
      },
      delete: {
        operationId: 'DeleteHook',
        parameters: [{ name: 'hook', in: 'path', required: true, type: 'string' }],
        responses: { 200: { description: 'OK' } },
      },
    },
    '/files': {
      put: {
        operationId: 'AddFile',
        consumes: ['multipart/form-data'],
        parameters: [{ name: 'file', in: 'formData', type: 'file', 'x-ms-media-kind': 'image' }],
        responses: { 202: { description: 'Accepted', schema: { type: 'file' } } },
      },
    },
  },
  parameters: {
    library: {
      name: 'library',
      in: 'path',
      required: true,
      type: 'string',
      default: 'main',
      enum: ['main', 'north'],
      'x-ms-enum': { name: 'Library', modelAsString: true },
      'x-ms-enum-values': [
        { value: 'main', displayName: 'Main' },
        { value: 'north', displayName: 'North' },
      ],
      'x-ms-parameter-location': 'method',
    },
  },
  responses: { Failure: { description: 'Not found', schema: { $ref: '#/definitions/Shelf' } } },
  definitions: {
    Shelf: {
      type: 'object',
      discriminator: 'kind',
      required: ['kind'],
      minProperties: 1,
      maxProperties: 9,
      properties: {
        kind: { type: 'string', pattern: '^[a-z]+$', minLength: 1, maxLength: 9 },
        width: { type: 'number', minimum: 0, exclusiveMinimum: true, maximum: 9, multipleOf: 0.5, format: 'double' },
        below: { $ref: '#/definitions/Shelf' },
      },
      additionalProperties: { type: 'string' },
      example: { kind: 'oak' },
    },
    Loan: {
      allOf: [{ $ref: '#/definitions/Shelf' }],
      properties: {
        location: { type: 'object', properties: { library: { type: 'string', readOnly: true } } },
        until: { type: 'string', format: 'date-time', 'x-ms-editor': 'date', 'x-ms-editor-options': { rows: 1 } },
        days: { type: 'integer', default: 30, 'x-ms-visibility': 'internal', enum: [30, 60] },
        books: { type: 'array', minItems: 1, maxItems: 9, uniqueItems: true, items: { $ref: '#/definitions/Loan' } },
      },
    },
  },
  securityDefinitions: {
    oauth: {
      type: 'oauth2',
      flow: 'accessCode',
      authorizationUrl: 'https://contoso.com/authorize',
      tokenUrl: 'https://contoso.com/token',
      scopes: { read: 'Read' },
    },
    key: { type: 'apiKey', name: 'X-Key', in: 'header' },
    user: { type: 'basic' },
  },
  security: [{ key: [] }],
};

const oAuthSettings = {
  identityProvider: 'oauth2',
  clientId: 'books',
  clientSecret: '',
  scopes: ['read'],
  redirectMode: 'Global',
  redirectUrl: 'https://global.consent.azure-apim.net/redirect/books',
  properties: { IsFirstParty: 'False' },
  customParameters: {
    authorizationUrl: { value: 'https://contoso.com/authorize' },
    tokenUrl: { value: 'https://contoso.com/token' },
    refreshUrl: { value: 'https://contoso.com/token' },
  },
};

export const richProperties = {
  properties: {
    iconBrandColor: '#da3b01',
    publisher: 'Contoso',
    stackOwner: 'Contoso',
    capabilities: ['actions', 'gateway'],
    connectionParameters: {
      library: {
        type: 'string',
        defaultValue: 'main',
        allowedValues: [{ value: 'main' }],
        uiDefinition: {
          displayName: 'Library',
          description: 'Where the books are.',
          tooltip: 'Name a library.',
          constraints: {
            required: 'true',
            tabIndex: 2,
            clearText: true,
            hidden: 'false',
            capability: ['gateway'],
            allowedValues: [{ text: 'Main', value: 'main' }],
          },
        },
      },
      apiKey: { type: 'securestring', uiDefinition: { displayName: 'Key', constraints: { clearText: false } } },
      count: { type: 'int' },
      isPublic: { type: 'bool' },
      gateway: {
        type: 'gatewaySetting',
        gatewaySettings: { dataSourceType: 'CustomConnector', connectionDetails: [] },
        uiDefinition: { constraints: { tabIndex: 4, required: 'true', capability: ['gateway'] } },
      },
      token: { type: 'oauthSetting', oAuthSettings },
      'token:TenantId': { type: 'string', metadata: { sourceType: 'AzureActiveDirectoryTenant' } },
    },
    connectionParameterSets: {
      uiDefinition: { displayName: 'Sign in', description: 'How to sign in' },
      values: [
        {
          name: 'oauth',
          uiDefinition: { displayName: 'OAuth', description: 'By OAuth' },
          parameters: { token: { type: 'oauthSetting', oAuthSettings } },
          metadata: { allowSharing: true },
        },
        { name: 'key', uiDefinition: {}, parameters: { apiKey: { type: 'securestring' } } },
      ],
    },
    policyTemplateInstances: [
      {
        templateId: 'setheader',
        title: 'Key',
        parameters: {
          'x-ms-apimTemplateParameter.name': 'X-Key',
          'x-ms-apimTemplateParameter.value': "@connectionParameters('apiKey')",
          'x-ms-apimTemplateParameter.existsAction': 'override',
          'x-ms-apimTemplate-policySection': 'Request',
          'x-ms-apimTemplate-operationName': ['LendBook'],
        },
      },
      {
        templateId: 'routerequesttoendpoint',
        title: 'Route',
        parameters: {
          'x-ms-apimTemplateParameter.newPath': '/all',
          'x-ms-apimTemplateParameter.httpMethod': '@Request.OriginalHTTPMethod',
        },
      },
      {
        templateId: 'dynamichosturl',
        title: 'Host',
        parameters: {
          'x-ms-apimTemplateParameter.urlTemplate': "https://@connectionParameters('library','main').contoso.com",
        },
      },
    ],
    scriptOperations: ['LendBook'],
  },
};

export const richSettings = {
  connectorId: 'shared_books-5f0a',
  environment: 'Default-00000000-0000-0000-0000-000000000000',
  apiProperties: 'apiProperties.json',
  apiDefinition: 'apiDefinition.swagger.json',
  icon: 'icon.png',
  script: 'script.csx',
  powerAppsUrl: 'https://api.powerapps.com',
  powerAppsApiVersion: '2016-11-01',
};

export const richScript = `// ü 😀
#if LOCAL
using System.Data;
#endif
using System.Net;
using Json = Newtonsoft.Json.Linq;

public class Script : ScriptBase
{
    /* File.Open */
    public override async Task<HttpResponseMessage> ExecuteAsync()
    {
        var text = $"{Context.OperationId:x}{{" + @"a""b" + """c""" + $@"{(true ? "}" : '\\'')}" + """"
            raw """ text
            """";
        if (this.Context.OperationId == "LendBook" || "GetBook".Equals(Context.OperationId)) return new HttpClient();
        switch (Context.OperationId) { case "AddFile": case "Add": break; default: File.Open(text); break; }
        return Context.OperationId switch { "DeleteHook" => new Socket(), _ => null };
    }
}
`;
