import { isObject, member } from '../../json/value.ts';
import { mustHave } from '../engine/checks.ts';
import type { OperationNode } from '../engine/nodes.ts';
import type { ParsedConnector } from '../engine/parsed-connector.ts';
import {
  codesOf,
  hasSchema,
  isResponseCode,
  isEmptySchema,
  isSuccess,
  schemaContents,
  successes,
} from '../engine/responses.ts';
import type { Rule } from '../engine/rule.ts';
import { hasContent, lacksContent, url, webhook } from './webhook.ts';

/** Its answer goes to the notification URL, and what that gets is described at the path, or should be. */
function isWebhook(operation: OperationNode, connector: ParsedConnector): boolean {
  return hasContent(operation) || lacksContent(operation, connector);
}

export function answers(responses: string): string {
  return `{ "paths": { "/orders": { "get": { "responses": { ${responses} } } } } }`;
}

/** A definition in which an MCP server has these responses. */
function mcpServer(responses: string): string {
  const marker = '"x-ms-agentic-protocol": "mcp-streamable-1.0"';
  return `{ "paths": { "/mcp": { "post": { ${marker}, "responses": ${responses} } } } }`;
}

export const responseRules: readonly Rule[] = [
  {
    id: 'responses-missing',
    level: 'warning',
    certified: 'error',
    message: 'The operation must define at least one response.',
    hint: 'Add "responses": { "200": { "description": "OK" } }.',
    reason: 'The responses describe the result of the operation.',
    sources: ['SV'],
    good: [
      { definition: '{ "paths": { "/orders": { "get": { "responses": { "200": { "description": "OK" } } } } } }' },
      { definition: mcpServer('{}') },
    ],
    bad: [
      { definition: '{ "paths": { "/orders": { "get": { "responses": ⟦{}⟧ } } } }' },
      { definition: '{ "paths": { "/orders": { "get": ⟦{⟧ "operationId": "ListOrders" } } } }' },
      { definition: '{ "paths": { "/orders": { "get": { "responses": ⟦{ "x-note": "" }⟧ } } } }' },
    ],
    check: {
      operation: (node, report) => {
        if (node.isAgentic) return;
        const responses = node.at('responses');
        if (responses.value === undefined || codesOf(node)?.length === 0) report(responses);
      },
    },
  },
  {
    id: 'response-code-invalid',
    level: 'error',
    message: "'{code}' isn't an HTTP status code or 'default'.",
    reason: 'The status code, from 100 to 599, identifies the response.',
    sources: ['SV'],
    good: [
      { definition: '{ "paths": { "/orders": { "get": { "responses": { "200": { "description": "OK" } } } } } }' },
      { definition: answers('"default": { "description": "Failed" }, "x-note": {}') },
    ],
    bad: [
      { definition: '{ "paths": { "/orders": { "get": { "responses": { ⟦"OK"⟧: { "description": "OK" } } } } } }' },
    ],
    checkMember: {
      names: ['responses'],
      of: {
        operation: (responses, report, node) => {
          for (const code of codesOf(node) ?? []) {
            if (isResponseCode(code)) continue;
            const isDefault = code.toLowerCase() === 'default' && member(responses.value, 'default') === undefined;
            const fix = isDefault ? { rename: 'default' } : undefined;
            report(responses.at(code), { code }, { mark: 'name', fix });
          }
        },
      },
    },
  },
  {
    id: 'response-description-missing',
    level: 'error',
    message: "The response needs a 'description'.",
    hint: 'Add "description": "OK".',
    reason: 'OpenAPI requires a description of each response.',
    sources: ['S2'],
    good: [{ definition: '{ "responses": { "Done": { "description": "OK" } } }' }],
    bad: [{ definition: '{ "responses": { "Done": ⟦{⟧ "schema": { "type": "string" } } } }' }],
    check: { response: mustHave(['description']) },
  },
  {
    id: 'response-no-success',
    level: 'warning',
    message: 'The operation should have a successful response.',
    hint: 'Add a response for 200, 201, 202, or 204.',
    reason: 'Makers use the result of a successful operation in the next step.',
    sources: ['SV'],
    good: [
      { definition: '{ "paths": { "/orders": { "get": { "responses": { "200": { "description": "OK" } } } } } }' },
      { definition: '{ "paths": { "/orders": { "get": {} } } }' },
      { definition: answers('') },
      { definition: answers('"default": { "description": "OK" }') },
      { definition: answers('"OK": { "description": "OK" }') },
    ],
    bad: [
      {
        definition:
          '{ "paths": { "/orders": { "get": { "responses": ⟦{⟧ "404": { "description": "Not found" } } } } } }',
      },
    ],
    check: {
      operation: (node, report) => {
        const codes = codesOf(node) ?? [];
        // What is no code can be meant as one of success, and is reported.
        if (codes.length === 0 || codes.some((code) => isSuccess(code) || code === 'default' || !isResponseCode(code)))
          return;
        report(node.at('responses', '200'));
      },
    },
  },
  {
    id: 'response-default-only',
    level: 'info',
    certified: 'warning',
    common: true,
    message: "Define a success response in addition to 'default'.",
    reason: "'default' covers all other responses, including errors.",
    sources: ['CD'],
    good: [
      { definition: '{ "paths": { "/orders": { "get": { "responses": { "200": { "description": "OK" } } } } } }' },
      { definition: answers('"404": { "description": "Not found" }') },
      { definition: answers('"default": { "description": "Failed" }, "201": { "description": "OK" }') },
    ],
    bad: [
      {
        definition: '{ "paths": { "/orders": { "get": { "responses": ⟦{⟧ "default": { "description": "OK" } } } } } }',
      },
    ],
    check: {
      operation: (node, report) => {
        const codes = codesOf(node) ?? [];
        if (codes.includes('default') && !codes.some(isSuccess)) report(node.at('responses', '200'));
      },
    },
  },
  {
    id: 'response-many-schemas',
    level: 'info',
    common: true,
    message: 'The designer uses only one response schema.',
    hint: 'Keep the schema of the success response.',
    reason: 'A step has one result, so users never see the schemas of other responses.',
    sources: ['SV'],
    good: [
      {
        definition: `{ "paths": { "/orders": { "get": { "responses": {
  "200": { "description": "OK", "schema": { "type": "string" } }, "404": { "description": "Not found" } } } } } }`,
      },
    ],
    bad: [
      {
        definition: `{ "paths": { "/orders": { "get": { ⟦"responses"⟧: {
  "200": { "description": "OK", "schema": { "type": "string" } },
  "404": { "description": "Not found", "schema": { "type": "string" } } } } } } }`,
      },
    ],
    checkMember: {
      names: ['responses'],
      of: {
        operation: (responses, report, node, { definition }) => {
          const codes = codesOf(node) ?? [];
          if (codes.length < 2) return;
          const count = codes.filter((code) => hasSchema(node, code, definition)).length;
          if (count > 1) report(responses, {}, { mark: 'name' });
        },
      },
    },
  },
  {
    id: 'response-schema-missing',
    level: 'certification',
    common: true,
    message: 'Define the output schema on 200 or 201.',
    hint: 'Use 204 for an operation that returns nothing.',
    reason: 'The schema describes the result, so that makers can use it in the next step.',
    sources: ['SV', 'CS'],
    good: [
      {
        definition: `{ "paths": { "/orders": { "get": { "responses": {
  "200": { "description": "OK", "schema": { "type": "string" } } } } } } }`,
      },
      { definition: mcpServer('{ "200": { "description": "OK" } }') },
      ...['202', '204'].map((code) => ({ definition: answers(`"${code}": { "description": "Accepted" }`) })),
      { definition: answers('"201": { "description": "Created", "schema": { "type": "string" } }') },
      { definition: answers('"404": { "description": "Not found" }') },
      { definition: answers('"default": { "description": "Done" }') },
      { definition: answers('') },
      {
        definition:
          '{ "paths": { "/orders": { "get": { "x-ms-visibility": "internal", "responses": { "200": { "description": "OK" } } } } } }',
      },
      { definition: '{ "paths": { "/orders": { "delete": { "responses": { "200": { "description": "OK" } } } } } }' },
      {
        definition: `{ "paths": { "/hooks": { "x-ms-notification-content": { "schema": {} },
  "post": { "responses": { "201": { "description": "Created" } } } } } }`,
      },
      // What it lacks is at its path.
      {
        definition: webhook(url, '').replace(
          '"parameters"',
          '"responses": { "201": { "description": "Created" } }, "parameters"',
        ),
      },
      {
        definition: `{ "responses": { "Order": { "description": "OK", "schema": { "type": "string" } } },
  "paths": { "/orders": { "get": { "responses": { "200": { "$ref": "#/responses/Order" } } } } } }`,
      },
    ],
    bad: [
      {
        definition: '{ "paths": { "/orders": { "get": { "responses": { "200": ⟦{⟧ "description": "OK" } } } } } }',
      },
      { definition: answers('"201": ⟦{⟧ "description": "Created" }, "404": { "description": "Not found" }') },
      { definition: answers('"201": { "description": "Created" }, "200": ⟦{⟧ "description": "OK" }') },
    ],
    check: {
      operation: (node, report, connector) => {
        const { definition } = connector;
        if (node.isInternal || node.isAgentic || node.method === 'delete' || isWebhook(node, connector)) return;
        const codes = codesOf(node) ?? [];
        // That none is of success has rules of its own.
        if (!codes.some(isSuccess) || codes.some((code) => code === '202' || code === '204')) return;
        if (['200', '201'].some((code) => hasSchema(node, code, definition))) return;
        const code = !codes.includes('200') && codes.includes('201') ? '201' : '200';
        report(node.at('responses', code, 'schema'));
      },
    },
  },
  {
    id: 'response-schema-empty',
    level: 'certification',
    message: "Empty response schemas aren't allowed.",
    hint: 'Describe the properties, use x-ms-dynamic-schema, or remove the schema from a 204 response.',
    reason: "Makers can't use the result of an operation with an empty schema.",
    sources: ['CS'],
    good: [
      {
        definition: `{ "responses": { "Order": { "description": "OK", "schema": {
  "type": "object", "properties": { "id": { "type": "string" } } } } } }`,
      },
      { definition: '{ "responses": { "Order": { "description": "OK" } } }' },
      { definition: mcpServer('{ "200": { "description": "OK", "schema": {} } }') },
      { definition: answers('"default": { "description": "OK", "schema": {} }') },
      ...[
        '"type": "string"',
        '"properties": []',
        '"additionalProperties": {}',
        '"allOf": []',
        '"items": {}',
        '"enum": []',
        '"x-ms-dynamic-schema": {}',
        '"x-ms-dynamic-properties": {}',
        '"$ref": "#/definitions/Order"',
      ].map((content) => ({
        definition: `{ "responses": { "Order": { "description": "OK", "schema": { ${content} } } } }`,
      })),
      {
        definition: `{ "definitions": { "Order": null },
  "responses": { "Order": { "description": "OK", "schema": { "$ref": "#/definitions/Order" } } } }`,
      },
    ],
    bad: [
      { definition: '{ "responses": { "Order": { "description": "OK", "schema": ⟦{ "type": "object" }⟧ } } }' },
      { definition: '{ "responses": { "Order": { "description": "OK", "schema": ⟦{ "properties": {} }⟧ } } }' },
    ],
    check: {
      response: (node, report, { definition }) => {
        if (!isObject(node.value['schema']) || node.operation?.isAgentic === true) return;
        // That it has a schema has a rule of its own.
        if (node.operation && node.name === 'default') return;
        const schema = definition?.follow(node.at('schema'));
        if (!schema || !isEmptySchema(schema.value)) return;
        // Many published connectors have bare objects; reviewers refuse what is emptier than that in an answer of success.
        const isOfSuccess = node.operation ? isSuccess(node.name) : successes(definition).has(node.value);
        const isBare = member(schema.value, 'type') !== undefined && member(schema.value, 'properties') === undefined;
        const because = ['$ref', 'type', 'properties', ...schemaContents].map((name) => schema.at(name));
        report(schema, {}, { isMild: !isOfSuccess || isBare, because });
      },
    },
  },
];
