import { isText } from '../../json/value.ts';
import { mustHave } from '../engine/checks.ts';
import type { OperationNode } from '../engine/nodes.ts';
import type { Rule } from '../engine/rule.ts';
import { lacksText, longerThan, ofText } from '../engine/text-checks.ts';

const longestOperationId = 80;

const allowedInId = /^[\w-]+$/u;

/** The ID as the service writes it. */
function sanitized(id: string): string {
  return id.replaceAll(/[^\dA-Za-z]/gu, '');
}

/** The identity of operations. What is said of them to people has rules of its own. */
export const operationIdRules: readonly Rule[] = [
  {
    id: 'operation-id-missing',
    level: 'error',
    message: "The operation needs an 'operationId'.",
    reason: 'The ID identifies the operation in flows and apps.',
    sources: ['SV'],
    good: [{ definition: '{ "paths": { "/orders": { "get": { "operationId": "ListOrders" } } } }' }],
    bad: [{ definition: '{ "paths": { "/orders": { "get": ⟦{⟧ "summary": "List orders" } } } }' }],
    check: { operation: mustHave(['operationId'], lacksText) },
  },
  {
    id: 'operation-id-duplicate',
    level: 'error',
    message: "operationId '{id}' is already used at {line}:{column}.",
    reason: 'The ID identifies the operation in flows and apps, so it must be unique.',
    sources: ['SV'],
    good: [
      {
        definition: '{ "paths": { "/a": { "get": { "operationId": "GetA" }, "put": { "operationId": "PutA" } } } }',
      },
      { definition: '{ "paths": { "/a": { "get": {}, "put": {} } } }' },
    ],
    bad: [
      {
        definition: '{ "paths": { "/a": { "get": { "operationId": "GetA" }, "put": { "operationId": ⟦"GetA"⟧ } } } }',
      },
    ],
    check: {
      connector: ({ definition }, report) => {
        const first = new Map<string, OperationNode>();
        for (const operation of definition?.operations ?? []) {
          const { id } = operation;
          if (!isText(id)) continue;
          const other = first.get(id);
          if (!other) first.set(id, operation);
          else {
            const related = [{ location: other.at('operationId'), message: 'The first use.' }];
            report(operation.at('operationId'), { id }, { related });
          }
        }
      },
    },
  },
  {
    id: 'operation-id-invalid-chars',
    level: 'warning',
    message: "operationId should contain only letters and digits. The service changes it to '{sanitized}'.",
    reason: 'The service removes other characters, so flows show a different operation ID than your files.',
    sources: ['SV'],
    good: [{ definition: '{ "paths": { "/orders": { "get": { "operationId": "ListOrders" } } } }' }],
    bad: [{ definition: '{ "paths": { "/orders": { "get": { "operationId": ⟦"List orders"⟧ } } } }' }],
    checkMember: {
      names: ['operationId'],
      of: {
        operation: ofText((id, member, report) => {
          if (!allowedInId.test(id)) report(member, { sanitized: sanitized(id) });
        }),
      },
    },
  },
  {
    id: 'operation-id-sanitized',
    level: 'info',
    common: true,
    message: "The service changes operationId to '{sanitized}'.",
    reason: 'The service removes _ and -, so flows show a different operation ID than your files.',
    sources: ['SV'],
    good: [
      { definition: '{ "paths": { "/orders": { "get": { "operationId": "ListOrders" } } } }' },
      { definition: '{ "paths": { "/orders": { "get": { "operationId": "List my-orders" } } } }' },
    ],
    bad: [{ definition: '{ "paths": { "/orders": { "get": { "operationId": ⟦"Orders_List"⟧ } } } }' }],
    checkMember: {
      names: ['operationId'],
      of: {
        operation: ofText((id, member, report) => {
          // With other characters in it the rule above has said so.
          if (/[_-]/u.test(id) && allowedInId.test(id)) report(member, { sanitized: sanitized(id) });
        }),
      },
    },
  },
  {
    id: 'operation-id-case',
    level: 'info',
    common: true,
    message: 'Use Pascal case for operationId.',
    hint: 'Start each word with a capital letter, without spaces: GetOrderStatus.',
    reason: 'Most connectors use Pascal case, and makers see the IDs in expressions and in the run history.',
    sources: ['CD'],
    good: [{ definition: '{ "paths": { "/orders": { "get": { "operationId": "ListOrders" } } } }' }],
    bad: [{ definition: '{ "paths": { "/orders": { "get": { "operationId": ⟦"listOrders"⟧ } } } }' }],
    checkMember: {
      names: ['operationId'],
      of: {
        operation: ofText((id, member, report) => {
          if (!/^[A-Z]/u.test(id)) report(member);
        }),
      },
    },
  },
  {
    id: 'operation-id-too-long',
    level: 'warning',
    message: 'operationId has {count} characters.',
    hint: `Use at most ${longestOperationId} characters.`,
    reason: "The limit of the service isn't documented. The longest ID of a published connector has 77 characters.",
    sources: ['SV'],
    good: [{ definition: '{ "paths": { "/orders": { "get": { "operationId": "ListOrders" } } } }' }],
    bad: [
      {
        definition: `{ "paths": { "/orders": { "get": {
  "operationId": ⟦"ListOrdersOfAllCustomersWithTheirLinesAndInvoicesThatHaveBeenChangedSinceTheLastCall"⟧ } } } }`,
      },
    ],
    checkMember: { names: ['operationId'], of: { operation: longerThan(longestOperationId) } },
  },
];
