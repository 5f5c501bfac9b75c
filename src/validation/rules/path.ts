import { methods } from '../../connector/methods.ts';
import type { OperationNode, PathItemNode } from '../engine/nodes.ts';
import type { Report, Rule } from '../engine/rule.ts';

/** A rule about what a path must not contain. */
function forbidden(pattern: RegExp): Rule['check'] & object {
  return {
    pathItem: (node, report) => {
      if (pattern.test(node.template)) report(node, {}, { mark: 'name' });
    },
  };
}

function reportTwin(pathItem: PathItemNode, other: PathItemNode, report: Report): void {
  report(pathItem, { path: pathItem.template, other: other.template }, () => ({
    mark: 'name',
    related: [{ location: other, mark: 'name', message: 'The other path.' }],
  }));
}

export const pathRules: readonly Rule[] = [
  {
    id: 'path-empty',
    level: 'certification',
    message: "Path '{path}' has no operations.",
    hint: 'Remove the path.',
    reason: 'A path without operations has no effect.',
    sources: ['CS'],
    good: [
      { definition: '{ "paths": { "/orders": { "get": { "operationId": "ListOrders" } } } }' },
      { definition: '{ "paths": { "/orders": { "$ref": "#/x-paths/orders" } } }' },
    ],
    bad: [{ definition: '{ "paths": { ⟦"/orders"⟧: { "x-ms-notification-content": {} } } }' }],
    check: {
      connector: ({ definition }, report) => {
        if (!definition) return;
        const used = new Set(definition.operations.map((operation) => operation.pathItem));
        for (const pathItem of definition.pathItems) {
          if (used.has(pathItem) || pathItem.text('$ref') !== undefined) continue;
          const because = methods.map((method) => pathItem.at(method));
          report(pathItem, { path: pathItem.template }, { mark: 'name', because });
        }
      },
    },
  },
  {
    id: 'path-leading-slash',
    level: 'error',
    message: "Paths must start with '/'.",
    reason: 'The service appends the path to the base path.',
    sources: ['SV'],
    good: [{ definition: '{ "paths": { "/orders": {} } }' }],
    bad: [{ definition: '{ "paths": { ⟦"orders"⟧: {} } }' }],
    check: {
      pathItem: (node, report) => {
        if (!node.template.startsWith('/')) report(node, {}, { mark: 'name' });
      },
    },
  },
  {
    id: 'path-query-fragment',
    level: 'error',
    message: 'Paths must not contain a query or fragment.',
    hint: "Declare the part after '?' as query parameters.",
    reason: 'Path and method identify an operation. The query consists of its parameters.',
    sources: ['SV'],
    good: [
      {
        definition:
          '{ "paths": { "/orders": { "parameters": [{ "name": "top", "in": "query", "type": "integer" }] } } }',
      },
    ],
    bad: [{ definition: '{ "paths": { ⟦"/orders?top={top}"⟧: {} } }' }],
    check: forbidden(/[?#]/u),
  },
  {
    id: 'path-wildcard',
    level: 'error',
    message: "Paths must not contain '*'.",
    hint: 'Use a variable in braces instead.',
    reason: "The service doesn't support wildcards in paths.",
    sources: ['SV'],
    good: [{ definition: '{ "paths": { "/files/{name}": {} } }' }],
    bad: [{ definition: '{ "paths": { ⟦"/files/*"⟧: {} } }' }],
    check: forbidden(/\*/u),
  },
  {
    id: 'path-template-invalid',
    level: 'error',
    message: 'Invalid path template.',
    reason: 'A path variable is a name in braces, within one segment.',
    sources: ['SV'],
    good: [{ definition: '{ "paths": { "/orders/{id}/lines/{line}": {} } }' }],
    bad: [{ definition: '{ "paths": { ⟦"/orders/{id/lines/{line}"⟧: {} } }' }],
    check: {
      pathItem: (node, report) => {
        const { fault } = node.parsedTemplate;
        if (fault !== undefined) report(node, {}, { mark: 'name', hint: fault });
      },
    },
  },
  {
    id: 'path-variable-default',
    level: 'error',
    message: "Path variables can't have defaults.",
    hint: 'Write only the name in the path, and add "default" to the parameter.',
    reason: 'The braces contain only the name of a parameter.',
    sources: ['SV'],
    good: [{ definition: '{ "paths": { "/{version}/orders": {} } }' }],
    bad: [{ definition: '{ "paths": { ⟦"/{version=v1}/orders"⟧: {} } }' }],
    check: {
      pathItem: (node, report) => {
        if (node.parsedTemplate.hasDefault) report(node, {}, { mark: 'name' });
      },
    },
  },
  {
    id: 'path-variable-duplicate',
    level: 'error',
    message: "Path variable '{name}' occurs twice.",
    reason: 'A parameter replaces one variable in the path.',
    sources: ['S2'],
    good: [{ definition: '{ "paths": { "/orders/{id}/lines/{line}": {} } }' }],
    bad: [{ definition: '{ "paths": { ⟦"/orders/{id}/lines/{id}"⟧: {} } }' }],
    check: {
      pathItem: (node, report) => {
        const { duplicate } = node.parsedTemplate;
        if (duplicate !== undefined) report(node, { name: duplicate }, { mark: 'name' });
      },
    },
  },
  {
    id: 'path-duplicate',
    level: 'error',
    message: 'The path is defined twice (paths are compared case-insensitively).',
    hint: 'Move the operations of both paths to one path.',
    reason: 'The service compares paths case-insensitively.',
    sources: ['SV'],
    good: [{ definition: '{ "paths": { "/orders": {}, "/customers": {} } }' }],
    bad: [{ definition: '{ "paths": { "/orders": {}, ⟦"/Orders"⟧: {} } }' }],
    check: {
      connector: ({ definition }, report) => {
        const first = new Map<string, PathItemNode>();
        for (const pathItem of definition?.pathItems ?? []) {
          const path = pathItem.template.toLowerCase();
          const other = first.get(path);
          if (other) reportTwin(pathItem, other, report);
          else first.set(path, pathItem);
        }
      },
    },
  },
  {
    id: 'path-duplicate-template',
    level: 'error',
    message: "'{path}' and '{other}' match the same requests.",
    hint: 'Combine the operations, or change one of the paths.',
    reason: "Variable names aren't part of a request, so both paths match the same requests.",
    sources: ['SV'],
    good: [
      {
        definition: '{ "paths": { "/orders/{order-id}": { "get": {} }, "/orders/{order-id}/lines": { "get": {} } } }',
      },
      { definition: '{ "paths": { "/orders": { "get": {} }, "/Orders": { "get": {} } } }' },
      { definition: '{ "paths": { "/orders/{id}": { "get": {} }, "/orders/{}": { "get": {} } } }' },
    ],
    bad: [
      {
        definition: '{ "paths": { "/orders/{order-id}": { "get": {} }, ⟦"/orders/{order-name}"⟧: { "get": {} } } }',
      },
    ],
    check: {
      connector: ({ definition }, report) => {
        const first = new Map<string, OperationNode>();
        for (const operation of definition?.operations ?? []) {
          const { pathItem } = operation;
          const { fault, shape } = pathItem.parsedTemplate;
          if (fault !== undefined) continue;
          const key = `${operation.method} ${shape}`;
          const other = first.get(key)?.pathItem;
          if (!other) first.set(key, operation);
          // Paths that are the same but for letter case have the rule above.
          else if (other.template.toLowerCase() !== pathItem.template.toLowerCase()) {
            reportTwin(pathItem, other, report);
          }
        }
      },
    },
  },
  {
    id: 'path-item-ref',
    level: 'error',
    message: "'$ref' isn't supported in a path.",
    hint: 'Define the operations in the path itself.',
    reason: "The service reads operations only directly from 'paths'.",
    sources: ['SV'],
    good: [{ definition: '{ "paths": { "/orders": { "get": { "operationId": "ListOrders" } } } }' }],
    bad: [{ definition: '{ "paths": { "/orders": { "$ref": ⟦"#/x-paths/orders"⟧ } } }' }],
    checkMember: { names: ['$ref'], of: { pathItem: (member, report) => report(member) } },
  },
];
