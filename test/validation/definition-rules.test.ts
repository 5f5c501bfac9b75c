import { describe, expect, test } from 'vitest';
import { checkConnector } from '../../src/validation/check.ts';
import type { Finding } from '../../src/validation/engine/finding.ts';

const encoder = new TextEncoder();

function file(name: string, content: unknown): { readonly name: string; readonly bytes: Uint8Array } {
  return { name, bytes: encoder.encode(JSON.stringify(content)) };
}

function findingsOf(rule: string, definition: object, properties?: object): readonly Finding[] {
  const source = {
    definition: file('apiDefinition.swagger.json', definition),
    properties: properties && file('apiProperties.json', { properties }),
  };
  return checkConnector(source, { certification: true, info: true }).filter((finding) => finding.rule === rule);
}

function pointersOf(rule: string, definition: object, properties?: object): readonly string[] {
  return findingsOf(rule, definition, properties).map((finding) => finding.pointer);
}

test('a reference is suggested with its escapes', () => {
  const definitions = { 'A%20B': { type: 'string' }, C: { $ref: '#/definitions/A%20B' } };
  expect(findingsOf('ref-unresolved', { definitions })).toMatchObject([
    { message: "'#/definitions/A%20B' doesn't exist, did you mean '#/definitions/A%2520B'?" },
  ]);
});

const get = (operation: object): object => ({ paths: { '/orders': { get: operation } } });
const metadata = (...entries: readonly (readonly [string, unknown])[]): object => ({
  'x-ms-connector-metadata': entries.map(([propertyName, propertyValue]) => ({ propertyName, propertyValue })),
});
const idInPath = { name: 'id', in: 'path', required: true, type: 'string' };
const top = { name: 'top', in: 'query', type: 'integer' };
const body = { name: 'order', in: 'body', schema: {} };
const withSchema = { description: 'OK', schema: { type: 'string' } };

describe('problems that are found', () => {
  test.each<[rule: string, definition: object, ...pointers: string[]]>([
    ['host-invalid', { host: '' }, '/host'],
    ['host-invalid', { host: 'api contoso.com' }, '/host'],
    ['host-invalid', { host: '{instance}.contoso.com' }, '/host'],
    ['host-invalid', { host: 'api.contoso.com:https' }, '/host'],
    ['host-localhost', { host: '127.0.0.1' }, '/host'],
    ['host-localhost', { host: '[::1]:80' }, '/host'],
    ['host-non-production', { host: 'UAT.contoso.com:8443' }, '/host'],
    ['host-placeholder', { host: 'contoso.com' }, '/host'],
    ['schemes-no-https', { schemes: ['http', 'ws'] }, '/schemes'],
    ['mime-invalid', get({ consumes: ['json', 'text/'] }), ...[0, 1].map((n) => `/paths/~1orders/get/consumes/${n}`)],
    ['no-operations', { paths: { 'x-note': {} } }, '/paths'],
    ['required-value-empty', { info: { title: ' ' } }, '/info/title'],
    ['title-product-name', { info: { title: 'power apps and Power BI' } }, '/info/title', '/info/title'],
    ['title-end', { info: { title: 'Orders ' } }, '/info/title'],
    ['info-description-length', { info: { description: '' } }, '/info/description'],
    ['info-description-length', { info: { description: 'x'.repeat(501) } }, '/info/description'],
    ['contact-incomplete', { info: { contact: {} } }, ...['', '', ''].map(() => '/info/contact')],
    ['contact-email-invalid', { info: { contact: { email: 'a@b' } } }, '/info/contact/email'],
    ['contact-email-invalid', { info: { contact: { email: 'ä@b.example' } } }, '/info/contact/email'],
    ['url-invalid', metadata(['Website', '']), '/x-ms-connector-metadata/0/propertyValue'],
    ['url-invalid', metadata(['Privacy Policy', 'ftp://a']), '/x-ms-connector-metadata/0/propertyValue'],
    ['metadata-invalid', { 'x-ms-connector-metadata': {} }, '/x-ms-connector-metadata'],
    ['metadata-invalid', { 'x-ms-connector-metadata': ['a'] }, '/x-ms-connector-metadata/0'],
    ['metadata-category-invalid', metadata(['Categories', '']), '/x-ms-connector-metadata/0/propertyValue'],
    ['path-duplicate-template', { paths: { '/a/{x}': { get: {} }, '/A/{y}': { get: {} } } }, '/paths/~1A~1{y}'],
    ['operation-id-missing', get({ operationId: ' ' }), '/paths/~1orders/get/operationId'],
    ['responses-missing', get({}), '/paths/~1orders/get'],
    ['responses-missing', get({ responses: { 'x-note': {} } }), '/paths/~1orders/get/responses'],
    [
      'default-response-schema',
      { ...get({ responses: { default: { $ref: '#/responses/Done' } } }), responses: { Done: withSchema } },
      '/paths/~1orders/get/responses/default',
    ],
    ['response-schema-missing', get({ responses: { 201: {} } }), '/paths/~1orders/get/responses/201'],
    ['response-schema-empty', { responses: { A: { schema: {} } } }, '/responses/A/schema'],
    [
      'response-schema-empty',
      { responses: { A: { schema: { $ref: '#/definitions/B' } } }, definitions: { B: { properties: {} } } },
      '/definitions/B',
    ],
    [
      'parameter-duplicate',
      { ...get({ parameters: [top, { $ref: '#/parameters/top' }] }), parameters: { top } },
      '/paths/~1orders/get/parameters/1',
    ],
    [
      'parameter-multiple-body',
      { paths: { '/a': { parameters: [body], post: { parameters: [{ ...body, name: 'other' }] } } } },
      '/paths/~1a/post/parameters/0',
    ],
    [
      'get-with-body',
      { ...get({ parameters: [{ $ref: '#/parameters/order' }] }), parameters: { order: body } },
      '/paths/~1orders/get/parameters/0',
    ],
    ['parameter-type-invalid', { parameters: { a: { ...top, type: 'guid' } } }, '/parameters/a/type'],
    [
      'collection-format-invalid',
      { parameters: { a: { ...top, collectionFormat: 'tabs' } } },
      '/parameters/a/collectionFormat',
    ],
    ['path-parameter-undeclared', { paths: { '/{id}': { parameters: [top], get: {} } } }, '/paths/~1{id}/get'],
    [
      'path-parameter-not-in-template',
      { paths: { '/{Id}': { get: { parameters: [idInPath] } } } },
      '/paths/~1{Id}/get/parameters/0',
    ],
    [
      'path-parameter-not-in-template',
      { paths: { '/orders': { parameters: [idInPath], get: {}, put: {} } } },
      '/paths/~1orders/parameters/0',
    ],
    [
      'parameter-summary-missing',
      {
        paths: {
          '/a': {
            get: { 'x-ms-visibility': 'internal', parameters: [top] },
            put: { parameters: [{ $ref: '#/parameters/top' }] },
          },
        },
        parameters: { top },
      },
      '/parameters/top',
    ],
    [
      'internal-required-no-default',
      get({
        parameters: [
          {
            ...body,
            schema: { required: ['a'], properties: { a: { type: 'string', 'x-ms-visibility': 'internal' } } },
          },
        ],
      }),
      '/paths/~1orders/get/parameters/0/schema/properties/a',
    ],
    [
      'internal-default-optional',
      get({ parameters: [{ ...body, schema: { properties: { a: { default: 1, 'x-ms-visibility': 'internal' } } } }] }),
      '/paths/~1orders/get/parameters/0/schema/properties/a',
    ],
  ])('%s %#', (rule, definition, ...pointers) => {
    expect(pointersOf(rule, definition)).toEqual(pointers);
  });
});

describe('valid definitions', () => {
  test.each<[rule: string, definition: object, properties?: object]>([
    ['host-invalid', { host: '{a}.contoso.com' }, { policyTemplateInstances: [{ templateId: 'DynamicHostUrl' }] }],
    ['host-invalid', { host: '[::1]:80' }],
    ['host-invalid', { host: 'DefinedInConnectionParameters' }],
    ['host-localhost', { host: 'localhost' }, { capabilities: ['Gateway'] }],
    ['host-localhost', { host: '127.contoso.com' }],
    ['host-non-production', { host: 'testing.contoso.dev' }],
    ['base-path-invalid', { basePath: '' }],
    ['schemes-no-https', { schemes: ['HTTPS'] }],
    ['mime-invalid', { produces: ['application/*+json', '*/*', 'text/plain ; charset=utf-8'] }],
    ['tag-duplicate', { tags: [{ name: 'constructor' }, { name: '__proto__' }] }],
    ['required-value-empty', { info: { title: 1 } }],
    ['title-restricted-word', { info: { title: 'Rapid Connectors' } }],
    ['contact-email-invalid', { info: { contact: { email: '' } } }],
    ['url-invalid', { info: { contact: { url: 'HTTP://contoso.com' } } }],
    ['metadata-category-invalid', metadata(['Categories', 'AI; Data;'])],
    ['metadata-too-many-categories', metadata(['Categories', 'AI;Data;'])],
    ['path-empty', { paths: { '/a': { $ref: '#/x' }, 'x-note': {} } }],
    ['path-duplicate-template', { paths: { '/a/{x}': { get: {} }, '/a/{y}': { put: {} } } }],
    ['path-duplicate-template', { paths: { '/a/{x}': { get: {} }, '/A/{x}': { get: {} } } }],
    ['operation-summary-missing', get({ 'x-ms-visibility': 'internal' })],
    ['deprecated-summary', get({ deprecated: true })],
    ['response-no-success', get({ responses: {} })],
    ['response-no-success', get({ responses: { 299: {} } })],
    ['response-code-invalid', get({ responses: { 599: {}, default: {}, 'x-note': {} } })],
    ['response-description-missing', get({ responses: { 200: { $ref: '#/responses/A' } } })],
    ['response-schema-missing', get({ responses: { 202: {} } })],
    [
      'response-schema-missing',
      { paths: { '/a': { 'x-ms-notification-content': {}, post: { responses: { 200: {} } } } } },
    ],
    ['response-schema-missing', { paths: { '/a': { delete: { responses: { 200: {} } } } } }],
    ['response-schema-empty', { responses: { A: { schema: { 'x-ms-dynamic-schema': {} } } } }],
    [
      'response-schema-empty',
      { responses: { A: { schema: { $ref: '#/definitions/A' } } }, definitions: { A: { $ref: '#/definitions/A' } } },
    ],
    ['parameter-duplicate', { paths: { '/a': { parameters: [top], get: { parameters: [top] } } } }],
    ['parameter-multiple-body', { paths: { '/a': { parameters: [body], post: { parameters: [body] } } } }],
    ['parameter-type-missing', { parameters: { a: body, b: { name: 'b' } } }],
    ['path-parameter-undeclared', { paths: { '/{id}': { get: { parameters: [{ $ref: '#/parameters/gone' }] } } } }],
    ['path-parameter-undeclared', { paths: { '/{id}': { parameters: [idInPath], get: {} } } }],
    ['path-parameter-not-in-template', { paths: { '/{id': { get: { parameters: [idInPath] } } } }],
    [
      'file-parameter-consumes',
      {
        consumes: ['multipart/form-data; boundary=a'],
        ...get({ parameters: [{ name: 'a', in: 'formData', type: 'file' }] }),
      },
    ],
    ['parameter-summary-missing', get({ parameters: [body, { ...top, 'x-ms-visibility': 'internal' }] })],
  ])('%s %#', (rule, definition, properties) => {
    expect(pointersOf(rule, definition, properties)).toEqual([]);
  });
});

describe('fixes', () => {
  test.each<[rule: string, definition: object, change: unknown]>([
    ['scheme-invalid', { schemes: ['HTTPS'] }, { replace: 'https' }],
    ['scheme-invalid', { schemes: ['httpss'] }, undefined],
    ['metadata-unknown-name', metadata(['privacy Policy', 'x']), { replace: 'Privacy policy' }],
    ['metadata-category-invalid', metadata(['Categories', 'data; AI']), { replace: 'Data;AI' }],
    ['metadata-category-invalid', metadata(['Categories', 'Datas;AI']), undefined],
    ['unknown-property', { swagger: '2.0', hosts: 'a' }, { rename: 'host' }],
    ['unknown-property', { hosts: 'a', host: 'b' }, undefined],
    // As near to get as to put.
    ['unknown-property', { paths: { '/a': { gut: {} } } }, undefined],
    ['response-code-invalid', get({ responses: { Default: {} } }), { rename: 'default' }],
    ['parameter-in-invalid', { parameters: { a: { in: 'FormData' } } }, { replace: 'formData' }],
    ['path-parameter-required', { parameters: { a: { in: 'path', required: false } } }, { replace: true }],
    [
      'path-parameter-encoding',
      { parameters: { id: idInPath } },
      { insert: { name: 'x-ms-url-encoding', value: 'single' } },
    ],
  ])('%s %#', (rule, definition, change) => {
    expect(findingsOf(rule, definition).map((finding) => finding.fix?.change)).toEqual([change]);
  });
});
