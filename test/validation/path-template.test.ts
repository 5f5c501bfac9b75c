import { expect, test } from 'vitest';
import { parsePathTemplate } from '../../src/validation/engine/path-template.ts';

test.each([
  ['/orders', [], '/orders'],
  ['/Orders/{id}/lines/{line}', ['id', 'line'], '/orders/{}/lines/{}'],
  ["/orders('{id}')", ['id'], "/orders('{}')"],
  ['/{a}{b}', ['a', 'b'], '/{}{}'],
  ['/{version=v1}/orders', ['version'], '/{}/orders'],
  ['', [], ''],
])('the path %s has variables and a shape', (path, names, shape) => {
  const template = parsePathTemplate(path);
  expect([...template.variables]).toEqual(names);
  expect(template).toMatchObject({ fault: undefined, shape });
});

test.each([
  ['/orders/{id', "A '{' has no '}' after it."],
  ['/orders/id}', "A '}' has no '{' before it."],
  ['/orders/{a}}', "A '}' has no '{' before it."],
  ['/orders/{}', 'A variable needs a name in its braces.'],
  ['/orders/{ }', 'A variable needs a name in its braces.'],
  ['/orders/{a{b}}', "Braces can't contain braces."],
  ['/orders/{a/b}', "A variable can't span more than one path segment."],
])('the path %s cannot be read', (path, fault) => {
  expect(parsePathTemplate(path)).toMatchObject({ variables: new Set(), fault });
});

test('a path of braces only is read once', () => {
  expect(parsePathTemplate('{'.repeat(1_000_000)).fault).toBe("A '{' has no '}' after it.");
});
