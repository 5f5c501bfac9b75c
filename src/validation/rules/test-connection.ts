import { isObject, isText } from '../../json/value.ts';
import { unknownOperation } from '../engine/unknown-operation.ts';
import type { ParsedConnector } from '../engine/parsed-connector.ts';
import type { Location } from '../engine/location.ts';
import type { OperationNode } from '../engine/nodes.ts';
import type { Rule } from '../engine/rule.ts';

/** The operation that the test of a connection calls, if there is one of this ID. */
function testOperation(id: unknown, { definition }: ParsedConnector): OperationNode | undefined {
  return typeof id === 'string' ? definition?.operationsById.get(id) : undefined;
}

/** What the service makes of an operation ID. */
function sanitized(id: string): string {
  return id.replaceAll(/[_-]/gu, '');
}

function sanitizedIds({ definition }: ParsedConnector): ReadonlyMap<string, string> {
  return new Map([...(definition?.operationsById.keys() ?? [])].map((id) => [sanitized(id), id]));
}

function operationIdOf(capabilities: Location): Location {
  return capabilities.at('testConnection', 'operationId');
}

const names = ['x-ms-capabilities'];

export const testConnectionRules: readonly Rule[] = [
  {
    id: 'test-connection-invalid',
    level: 'warning',
    message: "'testConnection' needs an 'operationId'.",
    reason: 'The platform calls this operation to test a connection.',
    sources: ['TC'],
    good: [
      {
        definition: `{ "x-ms-capabilities": { "testConnection": { "operationId": "GetMe" } },
  "paths": { "/me": { "get": { "operationId": "GetMe" } } } }`,
      },
      { definition: '{ "x-ms-capabilities": {} }' },
    ],
    bad: [
      {
        definition: `{ "x-ms-capabilities": { "testConnection": ⟦{⟧ "parameters": {} } },
  "paths": { "/me": { "get": { "operationId": "GetMe" } } } }`,
      },
      { definition: '{ "x-ms-capabilities": { "testConnection": ⟦"GetMe"⟧ } }' },
    ],
    checkMember: {
      names,
      of: {
        definition: (member, report) => {
          const test = member.at('testConnection');
          if (test.value === undefined) return;
          const id = operationIdOf(member);
          if (!isObject(test.value)) report(test);
          else if (!isText(id.value)) report(id);
        },
      },
    },
  },
  {
    id: 'test-connection-operation-not-found',
    level: 'error',
    message: "Operation '{id}' doesn't exist{suggestion}.",
    reason: 'The platform calls this operation to test a connection.',
    sources: ['TC', 'SV'],
    good: [
      {
        definition: `{ "x-ms-capabilities": { "testConnection": { "operationId": "GetMe" } },
  "paths": { "/me": { "get": { "operationId": "GetMe" } } } }`,
      },
      { definition: '{ "x-ms-capabilities": { "testConnection": {} } }' },
      {
        definition: `{ "x-ms-capabilities": { "testConnection": { "operationId": "GetMe" } },
  "paths": { "/me": { "get": { "operationId": "Get-Me" } } } }`,
      },
    ],
    bad: [
      {
        definition: `{ "x-ms-capabilities": { "testConnection": { "operationId": ⟦"GetMy"⟧ } },
  "paths": { "/me": { "get": { "operationId": "GetMe" } } } }`,
      },
    ],
    checkMember: {
      names,
      of: {
        definition: (member, report, _node, connector) => {
          const id = operationIdOf(member);
          const { definition } = connector;
          const { value: wanted } = id;
          if (!definition || !isText(wanted) || testOperation(wanted, connector)) return;
          if (sanitizedIds(connector).has(sanitized(wanted))) return;
          report(id, { id: wanted }, () => unknownOperation(wanted, definition));
        },
      },
    },
  },
  {
    id: 'test-connection-operation-sanitized',
    level: 'warning',
    message: "Operation '{id}' doesn't exist. Use '{suggested}'.",
    reason: 'The service removes _ and - from operation IDs. Use the same ID in both places.',
    sources: ['TC', 'SV'],
    good: [
      {
        definition: `{ "x-ms-capabilities": { "testConnection": { "operationId": "GetMe" } },
  "paths": { "/me": { "get": { "operationId": "GetMe" } } } }`,
      },
      { definition: '{ "x-ms-capabilities": { "testConnection": { "operationId": "GetMe" } } }' },
    ],
    bad: [
      {
        definition: `{ "x-ms-capabilities": { "testConnection": { "operationId": ⟦"GetMe"⟧ } },
  "paths": { "/me": { "get": { "operationId": "Get_Me" } } } }`,
      },
    ],
    checkMember: {
      names,
      of: {
        definition: (member, report, _node, connector) => {
          const id = operationIdOf(member);
          if (!isText(id.value) || testOperation(id.value, connector)) return;
          const meant = sanitizedIds(connector).get(sanitized(id.value));
          if (meant !== undefined) report(id, { id: id.value, suggested: meant }, { fix: { replace: meant } });
        },
      },
    },
  },
  {
    id: 'test-connection-not-get',
    level: 'warning',
    message: "'testConnection' must use a GET operation.",
    reason: 'The platform runs the test for each new connection, so it must not change data.',
    sources: ['TC'],
    good: [
      {
        definition: `{ "x-ms-capabilities": { "testConnection": { "operationId": "GetMe" } },
  "paths": { "/me": { "get": { "operationId": "GetMe" } } } }`,
      },
      { definition: '{ "x-ms-capabilities": { "testConnection": { "operationId": "GetMy" } } }' },
    ],
    bad: [
      {
        definition: `{ "x-ms-capabilities": { "testConnection": { "operationId": ⟦"PutMe"⟧ } },
  "paths": { "/me": { "put": { "operationId": "PutMe" } } } }`,
      },
    ],
    checkMember: {
      names,
      of: {
        definition: (member, report, _node, connector) => {
          const id = operationIdOf(member);
          const operation = testOperation(id.value, connector);
          if (operation && operation.method !== 'get') report(id);
        },
      },
    },
  },
];
