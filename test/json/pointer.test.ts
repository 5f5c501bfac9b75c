import { expect, test } from 'vitest';
import { jsonPointer, pointerPath } from '../../src/json/pointer.ts';

test.each([
  [[], ''],
  [['paths', '/items/{id}', 'get', 'parameters', 0], '/paths/~1items~1{id}/get/parameters/0'],
  [['a~1', ''], '/a~01/'],
])('the pointer of %j leads back', (path, pointer) => {
  expect(jsonPointer(path)).toBe(pointer);
  expect(pointerPath(pointer)).toEqual(path.map(String));
});

test('a pointer ends before a name that is too long', () => {
  expect(jsonPointer(['paths', '/'.repeat(20_000), 'get'])).toBe('/paths');
});
