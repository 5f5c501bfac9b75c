import { expect, test } from 'vitest';
import { operationsOf } from '../../src/connector/operations.ts';

test('operations are found in their order, and what is none is passed over', () => {
  const definition = {
    paths: {
      '/b': { POST: { operationId: 'Add', summary: 'Adds' }, parameters: [], 'x-ms-notification-content': {} },
      '/a': { get: { operationId: 'Watch', 'x-ms-trigger': 'batch' }, head: 'odd', delete: { operationId: 1 } },
      '/c': [],
    },
  };
  expect(operationsOf(definition)).toEqual([
    { id: 'Add', summary: 'Adds', method: 'post', path: '/b', isTrigger: false },
    { id: 'Watch', summary: null, method: 'get', path: '/a', isTrigger: true },
    { id: null, summary: null, method: 'delete', path: '/a', isTrigger: false },
  ]);
});

test.each([undefined, null, 'text', [], {}, { paths: null }, { paths: [] }])('%j has no operations', (definition) => {
  expect(operationsOf(definition)).toEqual([]);
});
