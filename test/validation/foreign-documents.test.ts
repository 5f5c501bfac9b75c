import { commandWord } from '../../src/io/terminal/command-word.ts';
import { describe, expect, test } from 'vitest';
import { checkConnector } from '../../src/validation/check.ts';
import { openApi2Members } from '../../src/validation/knowledge/document-kinds.ts';
import { memberTypes } from '../../src/validation/knowledge/member-types.ts';

const everything = { certification: true, info: true } as const;

/** What is found in a file that stands in the place of the API definition: rules, messages and hints. */
function found(text: string, name = 'given.json') {
  const definition = { name, bytes: new TextEncoder().encode(text) };
  return checkConnector({ definition }, everything).map(({ rule, message, hint }) => ({ rule, message, hint }));
}

const rightFile = 'Specify the correct file with --api-definition or in settings.json.';
const otherFormat =
  'paconn convert accepts OpenAPI 3, YAML, and Postman collections. Use one of these formats to describe the API.';
const exportCollection = 'Export the collection as Collection v2.1, and convert that with paconn convert.';
const armSchema = 'https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#';
const workflowSchema =
  'https://schema.management.azure.com/providers/Microsoft.Logic/schemas/2016-06-01/workflowdefinition.json#';

describe('a document of another kind is one problem with its kind and a solution', () => {
  test.each([
    ['the package.json of an npm package', rightFile, { name: 'x', version: '1.0.0', dependencies: { axios: '1' } }],
    ['the package.json of an npm package', rightFile, { name: 'x', version: '1.0.0', scripts: {} }],
    ['the lock file of an npm package', rightFile, { name: 'x', lockfileVersion: 3, packages: {} }],
    ['a TypeScript configuration', rightFile, { compilerOptions: { paths: { a: ['b'] } } }],
    ['a HAR file', otherFormat, { log: { version: '1.2', entries: [] } }],
    ['a Postman environment', exportCollection, { id: '1', values: [], _postman_variable_scope: 'environment' }],
    ['a Postman environment', exportCollection, { id: '1', name: 'x', values: [{ key: 'a', value: 'b' }] }],
    ['a Postman collection v1', exportCollection, { id: '1', name: 'x', order: [], requests: [] }],
    ['an AsyncAPI document', otherFormat, { asyncapi: '2.6.0', info: { title: 'x', version: '1' }, channels: {} }],
    ['an Arazzo document', otherFormat, { arazzo: '1.0.0', info: { title: 'x' }, workflows: [] }],
    ['an OpenAPI 1 document (Swagger 1.2)', otherFormat, { swaggerVersion: '1.2', apis: [], info: { title: 'x' } }],
    ['an ARM template', rightFile, { $schema: armSchema, parameters: {}, resources: [] }],
    ['an Insomnia export', otherFormat, { _type: 'export', __export_format: 4, resources: [] }],
    ['an Insomnia export', otherFormat, { type: 'collection.insomnia.rest/5.0', name: 'x', collection: [] }],
    ['a Bruno collection', otherFormat, { name: 'x', version: '1', items: [{ name: 'a', request: {} }] }],
    ['a Bruno collection', otherFormat, { name: 'x', brunoConfig: {}, items: [] }],
    ['a GraphQL schema', otherFormat, { data: { __schema: { types: [] } } }],
    ['a GraphQL schema', otherFormat, { __schema: { types: [] } }],
    ['a Google API discovery document', otherFormat, { discoveryVersion: 'v1', basePath: '/x', parameters: {} }],
    ['a Logic Apps workflow', rightFile, { definition: { $schema: workflowSchema, actions: {}, triggers: {} } }],
    ['a Logic Apps workflow', rightFile, { $schema: workflowSchema, actions: {}, parameters: {} }],
    ['a Logic Apps workflow', rightFile, { properties: { definition: { actions: {} } }, schemaVersion: '1.0.0.0' }],
    ['an MCP client configuration', rightFile, { mcpServers: { a: { url: 'https://a.example/mcp' } } }],
    ['a JSON schema', rightFile, { $schema: 'http://json-schema.org/draft-07/schema#', definitions: {} }],
    ['a JSON schema', rightFile, { type: 'object', properties: { a: { type: 'string' } }, definitions: {} }],
    ['a settings file', rightFile, { connectorId: 'shared_orders', environment: 'x' }],
    ['the API properties', rightFile, { properties: { iconBrandColor: '#da3b01' } }],
    ['an empty JSON object', rightFile, {}],
    ["JSON without 'swagger'", rightFile, { rows: [], tags: [], more: 1 }],
    ['a JSON array', rightFile, [{ swagger: '2.0' }]],
    ['a JSON number', rightFile, 5],
    ['a JSON string', rightFile, 'swagger'],
    ['a JSON boolean', rightFile, true],
    ['the JSON value null', rightFile, null],
  ])('%s', (words, hint, document) => {
    const finding = { rule: 'file-wrong-kind', message: `This is ${words}, not an API definition.`, hint };
    expect(found(JSON.stringify(document))).toEqual([finding]);
    // A fault in its JSON is no news about a file that is meant to be another.
    if (typeof document !== 'object' || document === null || Object.keys(document).length === 0) return;
    expect(found(JSON.stringify(document).replace(/[}\]]$/u, ',$&'))).toEqual([finding]);
  });

  test.each([
    ['a RAML document', otherFormat, '#%RAML 1.0\ntitle: x\nversion: v1\n'],
    ['an AsyncAPI document in YAML', otherFormat, '# x\nasyncapi: 2.6.0\ninfo:\n  title: x\n'],
    ['YAML', rightFile, 'name: build\non: push\njobs:\n  paths: {}\n'],
    ['YAML', rightFile, '- swagger\n- paths\n'],
    ['XML', rightFile, '<wsdl:definitions xmlns:wsdl="http://schemas.xmlsoap.org/wsdl/"/>'],
    ['a web page', rightFile, '\n<!DOCTYPE html><html></html>'],
  ])('%s', (words, hint, text) => {
    expect(found(text)).toEqual([
      { rule: 'file-wrong-kind', message: `This is ${words}, not an API definition.`, hint },
    ]);
  });

  test.each([
    ['swagger: "2.0"\ninfo:\n  title: x\n'],
    ['basePath: /v1\ndefinitions:\n  A:\n    type: object\nhost: a.example\ninfo:\n  title: x\nswagger: "2.0"\n'],
    ['"swagger": "2.0"\n"info":\n  "title": "x"\n'],
    ["# Orders\r\n\r\n---\r\n'openapi': 3.0.1\r\ninfo: {}\r\n"],
    ['%YAML 1.2\n---\n# Orders\n"openapi": 3.0.1\n'],
    ['--- # Orders\nx-first: true\nopenapi: 3.1.0\n'],
    ['info:\n  title: x\npaths: {}\n'],
  ])('YAML of an API: %j', (text) => {
    expect(found(text, 'apis/orders.yaml')).toEqual([
      {
        rule: 'yaml-unsupported',
        message: 'This is YAML. The service supports only JSON.',
        hint: `Convert it with: paconn convert ${commandWord('apis/orders.yaml')} --output-dir apis`,
      },
    ]);
  });

  test.each([
    ['openapi3-unsupported', { openapi: '3.0.1', paths: {} }],
    ['openapi3-unsupported', { info: { title: 'x' }, paths: {}, components: {} }],
    ['openapi3-unsupported', { info: { title: 'x' }, servers: [], paths: {} }],
    ['postman-unsupported', { info: { _postman_id: '1' }, item: [] }],
    ['postman-unsupported', { collection: { info: { schema: 'https://schema.getpostman.com/x.json' }, item: [] } }],
  ])('%s: %j', (rule, document) => {
    const [only, ...others] = found(JSON.stringify(document));
    expect(others).toEqual([]);
    expect(only).toMatchObject({ rule, hint: 'Convert it with: paconn convert given.json' });
  });
});

test('version 2.0 under the name of later ones says which name it has', () => {
  const document = { openapi: '2.0', info: { title: 'x', version: '1' }, paths: {} };
  expect(found(JSON.stringify(document))).toMatchObject([
    {
      message:
        "This is OpenAPI 2.0 with 'openapi' instead of 'swagger'. The service supports only OpenAPI 2.0 (Swagger).",
    },
  ]);
});

test.each(['my $orders.yaml', 'it is.yaml', String.raw`a\b.yaml`])('the path %j is one word of a shell', (path) => {
  expect(found('swagger: "2.0"\n', path)).toMatchObject([
    { hint: `Convert it with: paconn convert ${commandWord(path)}` },
  ]);
});

test('a file with the name of the result goes into another folder', () => {
  expect(found('swagger: "2.0"\n', 'apiDefinition.swagger.json')).toMatchObject([
    { hint: 'Convert it with: paconn convert apiDefinition.swagger.json --output-dir converted' },
  ]);
});

test('a path that is too long for a message is left to the reader', () => {
  expect(found('swagger: "2.0"\n', `${'long '.repeat(130)}.yaml`)).toMatchObject([
    { hint: 'Convert it with: paconn convert <file>' },
  ]);
});

test('the names at the root of OpenAPI 2.0 are those that have a type', () => {
  expect([...openApi2Members].toSorted()).toEqual(Object.keys(memberTypes.definition).toSorted());
});

test.each([
  ['{ "swagger": "2.0", "compilerOptions": {}, "openrpc": "", "a": 1, "b": 2, "c": 3 }', 'unknown-property'],
  ['{ "info": { "title": "Orders", "version": "1" }, "paths": {} }', 'required-property'],
  ['{ "host": "api.contoso.com", "rows": [] }', 'unknown-property'],
  ['{ swagger: "2.0" }', 'json-syntax'],
  ['"swagger": "2.0",\n"host": "api.contoso.com",\n', 'json-trailing-data'],
  ['Hello', 'json-syntax'],
])('what may be meant as an API definition is checked as one: %s', (text, rule) => {
  const rules = found(text).map((finding) => finding.rule);
  expect(rules).toContain(rule);
  expect(rules).not.toContain('file-wrong-kind');
});
