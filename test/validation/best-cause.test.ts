import { expect, test } from 'vitest';
import { checkConnector } from '../../src/validation/check.ts';

const encoder = new TextEncoder();

function file(name: string, content: unknown): { readonly name: string; readonly bytes: Uint8Array } {
  return { name, bytes: encoder.encode(JSON.stringify(content)) };
}

const metadata = [
  { propertyName: 'Website', propertyValue: 'https://contoso.com' },
  { propertyName: 'Privacy policy', propertyValue: 'https://contoso.com/privacy' },
  { propertyName: 'Categories', propertyValue: 'Data' },
];

const schema = { type: 'object', properties: { name: { type: 'string' } } };

const operation = {
  operationId: 'GetOrder',
  summary: 'Get an order',
  description: 'Returns an order.',
  parameters: [
    { name: 'id', in: 'path', required: true, type: 'string', 'x-ms-summary': 'ID', description: 'Its ID.' },
  ],
  responses: { '200': { description: 'OK', schema } },
};

const definition = {
  swagger: '2.0',
  info: {
    title: 'Orders',
    version: '1.0',
    description: 'Manages the orders of a shop and their lines.',
    contact: { name: 'Contoso', url: 'https://contoso.com/help', email: 'help@contoso.com' },
  },
  host: 'api.fabrikam.net',
  schemes: ['https'],
  paths: { '/orders/{id}': { get: operation } },
  'x-ms-connector-metadata': metadata,
};

const properties = {
  connectionParameters: {},
  iconBrandColor: '#da3b01',
  capabilities: [],
  publisher: 'Contoso',
  stackOwner: 'Contoso',
};

function found(own: object, ofProperties: object = { properties }): readonly string[] {
  const source = {
    definition: file('apiDefinition.swagger.json', own),
    properties: file('apiProperties.json', ofProperties),
  };
  const findings = checkConnector(source, { certification: true });
  return findings.filter(({ rule }) => rule !== 'readme-missing').map(({ level, rule }) => `${level} ${rule}`);
}

const withOperation = (members: object): object => ({
  ...definition,
  paths: { '/orders/{id}': { get: { ...operation, ...members } } },
});
const [parameter] = operation.parameters;
const { name: parameterName, ...withoutName } = parameter ?? {};
const { operationId, ...withoutId } = operation;
const reference = { description: 'OK', schema: { $ref: '#/definitions/Order' } };
const post = (body: object): object => ({
  ...definition,
  paths: { '/orders': { post: { ...operation, parameters: [body] } } },
});

/** A webhook, with the content of its events somewhere. */
function webhook(place: 'path' | 'operation' | 'response' | 'root' | 'nowhere'): object {
  const content = (where: typeof place): object =>
    where === place ? { 'x-ms-notification-content': { description: 'An event.', schema } } : {};
  const hook = {
    type: 'object',
    properties: { url: { type: 'string', title: 'URL', 'x-ms-visibility': 'internal', 'x-ms-notification-url': true } },
    required: ['url'],
  };
  const create = {
    operationId: 'OnOrder',
    summary: 'When an order is created',
    description: 'Starts when an order is created.',
    'x-ms-trigger': 'single',
    parameters: [{ name: 'body', in: 'body', required: true, schema: hook }],
    responses: { '201': { description: 'Created', ...content('response') } },
    ...content('operation'),
  };
  return {
    ...definition,
    paths: {
      '/hooks': { ...content('path'), post: create },
      '/hooks/{id}': { delete: { ...operation, operationId: 'DeleteHook', 'x-ms-visibility': 'internal' } },
    },
    ...content('root'),
  };
}

/** The first of these texts replaced in what an object says. */
function replaced(own: object, text: string, by: string): object {
  return JSON.parse(JSON.stringify(own).replace(text, by));
}

function withoutUrl(own: object): object {
  return replaced(own, ',"x-ms-notification-url":true', '');
}

/** The webhook with its body in a section, under the name `Hook`. */
function sharedHook(section: string, referred: string): object {
  const own = webhook('path');
  const hook = /(?<="required":true,"schema":)\{"type":"object","properties":\{"url".*?\["url"\]\}/u.exec(
    JSON.stringify(own),
  )?.[0];
  return {
    ...replaced(own, hook ?? '', `{"$ref":"#/definitions/${referred}"}`),
    [section]: { Hook: JSON.parse(hook ?? '') },
  };
}

/** A parameter that gets its values from an operation with these parameters, to which it passes a shop. */
function passing(parameters: unknown): object {
  const call = { operationId: 'ListShops', parameters: { shop: 'a' }, 'value-path': 'name' };
  const order = { ...parameter, 'x-ms-dynamic-values': call };
  return {
    ...definition,
    paths: {
      '/orders/{id}': { get: { ...operation, parameters: [order] } },
      '/shops': { get: { ...operation, operationId: 'ListShops', summary: 'List shops', parameters } },
    },
  };
}

/** An operation that gets the values of one parameter from another operation, to which it passes the other one. */
function choosing(call: object, other: unknown, more: object = {}): object {
  const shop = { name: 'shop', in: 'query', type: 'string', 'x-ms-summary': 'Shop', description: 'The shop.' };
  const order = {
    ...parameter,
    'x-ms-dynamic-values': { operationId: 'ListShops', parameters: call, 'value-path': 'name' },
  };
  const town = { ...shop, name: 'searchText', required: true };
  return {
    ...definition,
    paths: {
      '/orders/{id}': { get: { ...operation, parameters: [order, other] } },
      '/shops': { get: { ...operation, operationId: 'ListShops', summary: 'List shops', parameters: [town] } },
    },
    ...more,
  };
}

const shop = { name: 'shop', in: 'query', type: 'string', 'x-ms-summary': 'Shop', description: 'The shop.' };
const passed = { searchText: { parameter: 'shop' } };
const section = { parameters: { Shop: shop } };

const bodyInBoddy = {
  name: 'body',
  in: 'boddy',
  required: true,
  schema: { type: 'object', properties: { shop: { type: 'string', title: 'Shop', description: 'The shop.' } } },
};

test.each<readonly [what: string, own: object, rules: readonly string[]]>([
  ['of the location of a body to pass', choosing(passed, bodyInBoddy), ['parameter-in-invalid']],
  ['of a parameter to pass', choosing({ serchText: { parameter: 'shop' } }, shop), ['dynamic-parameter-unknown']],
  ['of a passed parameter', choosing({ searchText: { parameter: 'shpo' } }, shop), ['dynamic-reference-unknown']],
  ['of the name of a parameter', choosing(passed, { ...shop, name: undefined, nmae: 'shop' }), ['unknown-property']],
  ['of $ref', choosing(passed, { ref: '#/parameters/Shop' }, section), ['unknown-property']],
  ['of the case of $ref', choosing(passed, { $Ref: '#/parameters/Shop' }, section), ['unknown-property']],
  ['of the type of $ref', choosing(passed, { $ref: 5 }), ['json-type']],
  ['of a reference', choosing(passed, { $ref: '#/parameters/Shpo' }, section), ['ref-unresolved']],
  ['of the section', choosing(passed, { $ref: '#/parameter/Shop' }, section), ['ref-unresolved']],
  ['of the beginning', choosing(passed, { $ref: '/parameters/Shop' }, section), ['ref-external']],
  [
    'in the $ref of a response',
    {
      ...withOperation({ responses: { ...operation.responses, default: { ref: '#/responses/Problem' } } }),
      responses: { Problem: { description: 'A problem.' } },
    },
    ['unknown-property'],
  ],
])('a slip %s is one problem, with all rules', (_what, own, rules) => {
  const source = {
    definition: file('apiDefinition.swagger.json', own),
    properties: file('apiProperties.json', { properties }),
  };
  const right = { ...source, definition: file('apiDefinition.swagger.json', choosing(passed, shop)) };
  const known = new Set(checkConnector(right, { certification: true, info: true }).map(({ rule }) => rule));
  const all = checkConnector(source, { certification: true, info: true }).map(({ rule }) => rule);
  expect(all.filter((rule) => !known.has(rule))).toEqual(rules);
});

test('a slip has the code of the policy that asks for what is lacking', () => {
  const source = {
    definition: file('apiDefinition.swagger.json', definition),
    properties: file('apiProperties.json', { properties: { ...withoutColor, iconBrandcolor: iconBrandColor } }),
  };
  const findings = checkConnector(source, { certification: true }).filter(({ rule }) => rule !== 'readme-missing');
  expect(findings).toMatchObject([{ rule: 'props-unknown-property', policy: '5000.2.1.1' }]);
});

test.each([
  ['displayName', '5000.2.6.9'],
  ['description', '5000.2.6.10'],
])('a %s of another type is as bad as none, with the code of the policy', (name, policy) => {
  const uiDefinition = { displayName: 'API key', description: 'The key.', constraints: { required: 'true' } };
  const key = { type: 'securestring', uiDefinition: { ...uiDefinition, [name]: [uiDefinition.displayName] } };
  const source = {
    definition: file('apiDefinition.swagger.json', definition),
    properties: file('apiProperties.json', { properties: { ...properties, connectionParameters: { key } } }),
  };
  const findings = checkConnector(source, { certification: true }).filter(({ pointer }) => pointer.includes(name));
  expect(findings).toMatchObject([{ rule: 'json-type-unexpected', level: 'error', policy }]);
});

test('a connector without a slip has no finding', () => {
  expect(found(definition)).toEqual([]);
  expect(found(webhook('path'))).toEqual([]);
});

test.each<[slip: string, own: object, finding: string]>([
  [
    'operationid',
    { ...definition, paths: { '/orders/{id}': { get: { ...withoutId, operationid: operationId } } } },
    'error unknown-property',
  ],
  [
    'descripton of a response',
    withOperation({ responses: { '200': { descripton: 'OK', schema } } }),
    'error unknown-property',
  ],
  ['desc of a response', withOperation({ responses: { '200': { desc: 'OK', schema } } }), 'error unknown-property'],
  [
    'Param of an operation',
    withOperation({ parameters: undefined, Param: operation.parameters }),
    'error unknown-property',
  ],
  ['the content of events in the operation', webhook('operation'), 'error extension-misplaced'],
  ['the content of events in a response', webhook('response'), 'error extension-misplaced'],
  ['the content of events at the root', webhook('root'), 'error extension-misplaced'],
  ['no content of events', webhook('nowhere'), 'error webhook-content-missing'],
  ['no notification URL', withoutUrl(webhook('path')), 'error webhook-url-missing'],
  [
    'definition in place of definitions',
    { ...withOperation({ responses: { '200': reference, '201': reference } }), definition: { Order: schema } },
    'error unknown-property',
  ],
  [
    'a path parameter in another case',
    withOperation({ parameters: [{ ...parameter, name: 'ID' }] }),
    'error path-parameter-not-in-template',
  ],
  [
    'a path parameter with another name',
    withOperation({ parameters: [{ ...parameter, name: 'order' }] }),
    'error path-parameter-not-in-template',
  ],
  ['a misspelled location', post({ name: 'order', in: 'bdy', schema }), 'error parameter-in-invalid'],
  [
    'a misspelled location of a path parameter',
    withOperation({ parameters: [{ ...parameter, in: 'paht', 'x-ms-url-encoding': 'single' }] }),
    'error parameter-in-invalid',
  ],
  ['a path parameter that is a number', withOperation({ parameters: [5] }), 'error json-type'],
  [
    'a list of types of a parameter',
    withOperation({ parameters: [{ ...parameter, type: ['string'] }] }),
    'error schema-type-array',
  ],
  ['no allowed value', withOperation({ parameters: [{ ...parameter, enum: [], default: 'a' }] }), 'error enum-empty'],
  ['a misspelled trigger', replaced(webhook('path'), 'x-ms-trigger"', 'x-ms-triger"'), 'warning extension-misspelled'],
  ['another visibility of the URL', replaced(webhook('path'), '"internal"', '"hidden"'), 'error visibility-invalid'],
  [
    'another type of the visibility of the URL',
    replaced(webhook('path'), '"internal"', 'true'),
    'error visibility-invalid',
  ],
  ['a body that is nowhere', sharedHook('definitions', 'Hok'), 'error ref-unresolved'],
  ['definition in place of definitions, for a webhook', sharedHook('definition', 'Hook'), 'error unknown-property'],
  [
    'a misspelled name of a parameter that a call passes',
    passing([{ ...withoutName, in: 'query', required: false, nam: 'shop' }]),
    'error unknown-property',
  ],
  [
    'a misspelled location of a body with the value that a call passes',
    passing([bodyInBoddy]),
    'error parameter-in-invalid',
  ],
  ['parameters that a call passes, of another type', passing('shop'), 'error json-type'],
  ['no responses', withOperation({ responses: {} }), 'error responses-missing'],
  [
    'a default response only',
    withOperation({ responses: { default: { description: 'OK' } } }),
    'warning response-default-only',
  ],
  [
    'an empty schema of the default response',
    withOperation({ responses: { ...operation.responses, default: { description: 'Failed', schema: {} } } }),
    'error default-response-schema',
  ],
  [
    'Privacy Policy',
    {
      ...definition,
      'x-ms-connector-metadata': metadata.map((entry) => ({
        ...entry,
        propertyName: entry.propertyName.replace('policy', 'Policy'),
      })),
    },
    'warning metadata-unknown-name',
  ],
  [
    'a website without https://',
    {
      ...definition,
      'x-ms-connector-metadata': metadata.map((entry) => ({
        ...entry,
        propertyValue: entry.propertyValue.replace(/^https:\/\/contoso.com$/u, 'contoso.com'),
      })),
    },
    'error url-invalid',
  ],
])('one slip is one finding: %s', (_slip, own, finding) => {
  expect(found(own)).toEqual([finding]);
});

const { in: _place, ...withoutPlace } = parameter ?? {};
const at = (path: string, ...parameters: readonly object[]): object => ({
  ...definition,
  paths: { [path]: { get: { ...operation, parameters } } },
});
const line = { ...parameter, name: 'line' };
const [website, policy, data] = metadata;
const nameless = { propertyValue: 'https://contoso.com' };
const calling = (operations: readonly object[], ...ids: readonly string[]): object => ({
  ...definition,
  paths: Object.fromEntries(
    [
      {
        ...operation,
        operationId: 'CreateOrder',
        parameters: ids.map((id, index) => ({
          ...parameter,
          name: `p${index}`,
          in: 'query',
          required: false,
          'x-ms-dynamic-values': { operationId: id, 'value-path': 'id' },
        })),
      },
      ...operations.map((own) => ({ ...own, parameters: [] })),
    ].map((own, index) => [`/orders${index}`, { get: own }]),
  ),
});
const undeclared = 'error path-parameter-undeclared';
const unknownId = 'error dynamic-operation-not-found';

test.each<[faults: string, own: object, findings: readonly string[]]>([
  ['a parameter without a name', at('/{id}', withoutName), ['error required-property']],
  [
    'a parameter without a name for two variables',
    at('/{id}/{line}', withoutName),
    [undeclared, undeclared, 'error required-property'],
  ],
  [
    'a misspelled name and another variable',
    at('/{id}/{line}', { ...withoutName, nam: parameterName }),
    [undeclared, 'error unknown-property'],
  ],
  [
    'a misspelled name of a query parameter',
    at('/{id}', { ...withoutName, in: 'query', required: false, nam: parameterName }),
    [undeclared, 'error unknown-property'],
  ],
  ['a location of another type', at('/{id}', { ...parameter, in: 7 }), ['error json-type']],
  ['a location of another type at another parameter', at('/{id}', { ...line, in: 7 }), [undeclared, 'error json-type']],
  ['a misspelled location', at('/{id}', { ...withoutPlace, inn: 'path' }), ['error unknown-property']],
  ['an operation without ID', calling([withoutId], 'GetOrder'), ['error operation-id-missing']],
  [
    'an operation without ID for two unknown ones',
    calling([withoutId], 'GetOrder', 'Zebras'),
    [unknownId, unknownId, 'error operation-id-missing'],
  ],
  [
    'a misspelled member with another ID',
    calling([{ ...withoutId, operatonId: operationId }], operationId, 'Zebras'),
    [unknownId, 'error unknown-property'],
  ],
  [
    'an entry without a name',
    { ...definition, 'x-ms-connector-metadata': [nameless, policy, data] },
    ['warning metadata-invalid'],
  ],
  [
    'an entry without a name for two',
    { ...definition, 'x-ms-connector-metadata': [nameless, data] },
    ['warning metadata-incomplete', 'warning metadata-incomplete', 'warning metadata-invalid'],
  ],
  [
    'two entries without a name',
    { ...definition, 'x-ms-connector-metadata': [website, nameless, nameless] },
    ['warning metadata-invalid', 'warning metadata-invalid'],
  ],
  [
    'a misspelled name of another parameter than a call passes',
    passing([{ ...withoutName, in: 'query', required: false, nam: 'region' }]),
    ['error dynamic-parameter-unknown', 'error unknown-property'],
  ],
  [
    'a definition that is nowhere, and one under the wrong name of its section',
    {
      ...withOperation({
        responses: { '200': reference, '201': { description: 'OK', schema: { $ref: '#/definitions/Nope' } } },
      }),
      definition: { Order: schema },
    },
    ['error ref-unresolved', 'error unknown-property'],
  ],
  [
    'a scheme that is nowhere',
    { ...definition, securityDefinition: { key: { type: 'basic' } }, security: [{ key: [], kex: [] }] },
    ['error unknown-property', 'warning security-requirement-undefined'],
  ],
])('a slip hides only what it leads to: %s', (_faults, own, findings) => {
  expect(found(own).toSorted()).toEqual(findings.toSorted());
});

const { iconBrandColor, ...withoutColor } = properties;
const signIn = (customParameters?: unknown): object => ({
  properties: {
    ...properties,
    connectionParameters: {
      token: {
        type: 'oauthSetting',
        oAuthSettings: { identityProvider: 'oauth2', clientId: '6fa1b6c9e2d84e', scopes: ['read'], customParameters },
      },
    },
  },
});
const url = { value: 'https://contoso.com/token' };
const secured = {
  ...definition,
  securityDefinitions: {
    oauth: {
      type: 'oauth2',
      flow: 'accessCode',
      authorizationUrl: 'https://contoso.com/authorize',
      tokenUrl: 'https://contoso.com/token',
      scopes: { read: 'Read' },
    },
  },
};

test.each<[slip: string, ofProperties: object, finding: string, own?: object]>([
  [
    'iconBrandcolor',
    { properties: { ...withoutColor, iconBrandcolor: iconBrandColor } },
    'error props-unknown-property',
  ],
  ['iconBrandColor outside', { properties: withoutColor, iconBrandColor }, 'error root-misplaced-property'],
  [
    'refreshUri',
    signIn({ authorizationUrl: url, tokenUrl: url, refreshUri: url }),
    'error oauth-custom-parameter-unknown',
    secured,
  ],
  ['no custom parameters', signIn(), 'error oauth-custom-parameter-missing', secured],
  ['custom parameters as a list', signIn([]), 'error json-type-unexpected', secured],
  ['custom parameters as text', signIn('tokenUrl'), 'error json-type-unexpected', secured],
  [
    'a parameter of a policy',
    {
      properties: {
        ...properties,
        policyTemplateInstances: [
          {
            templateId: 'setheader',
            title: 'Header',
            parameters: { 'x-ms-apimTemplateParameter.nme': 'a', 'x-ms-apimTemplateParameter.value': 'b' },
          },
        ],
      },
    },
    'warning policy-parameter-unknown',
  ],
])('one slip in the API properties is one finding: %s', (_slip, ofProperties, finding, own = definition) => {
  expect(found(own, ofProperties)).toEqual([finding]);
});

test('what is missing is reported where the rule about the slip is ignored', () => {
  const source = {
    definition: file('apiDefinition.swagger.json', definition),
    properties: file('apiProperties.json', { properties: { ...withoutColor, iconBrandcolor: iconBrandColor } }),
  };
  const findings = checkConnector(source, { ignored: new Set(['props-unknown-property']) });
  expect(findings.map(({ rule }) => rule)).toEqual(['brand-color-missing']);
});
