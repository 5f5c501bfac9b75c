import { expect, test } from 'vitest';
import { operationsOf } from '../../src/connector/operations.ts';
import { parseTree } from '../../src/json/tree.ts';

test('operations are found in order, and other members are skipped', () => {
  const definition = {
    paths: {
      '/b': { POST: { operationId: 'Add' }, parameters: [], 'x-ms-notification-content': {} },
      '/a': { get: { operationId: 'Watch' }, head: 'odd', delete: { operationId: 1 } },
      '/c': [],
    },
  };
  const operations = operationsOf(parseTree(JSON.stringify(definition)));
  expect(operations.map(({ id, route, path }) => ({ id, route, path }))).toEqual([
    { id: 'Add', route: 'POST /b', path: ['paths', '/b', 'POST'] },
    { id: 'Watch', route: 'GET /a', path: ['paths', '/a', 'get'] },
    { id: undefined, route: 'HEAD /a', path: ['paths', '/a', 'head'] },
    { id: undefined, route: 'DELETE /a', path: ['paths', '/a', 'delete'] },
  ]);
});

test.each([null, 'text', [], {}, { paths: null }, { paths: [] }])('%j has no operations', (definition) => {
  expect(operationsOf(parseTree(JSON.stringify(definition)))).toEqual([]);
});
