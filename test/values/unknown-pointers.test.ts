import { expect, test } from 'vitest';
import { unknownPointers } from '../../src/values/unknown-pointers.ts';

const documents = {
  apiDefinition: {
    info: { title: 'Items', description: 'All items.' },
    schemes: ['https'],
    paths: { '/items/{id}': { get: { description: 'One item.' } }, '/items': { get: {} } },
  },
  apiProperties: { properties: { connectionParameters: { token: { oAuthSettings: { scopes: ['a', 'b'] } } } } },
};

test.each([
  ['/paths/items/{id}/get/description', '/paths/~1items~1{id}/get/description'],
  ['/paths//items/{id}/get/description', '/paths/~1items~1{id}/get/description'],
  ['/paths/items/get', '/paths/~1items/get'],
  ['/paths/items/{id}/get/descripton', '/paths/~1items~1{id}/get/description'],
  ['/schemes/1', '/schemes/0'],
  ['/nothing/1', undefined],
  ['/titel', undefined],
  ['/title', '/info/title'],
])('%s: did you mean %s?', (pointer, suggestion) => {
  const [unknown] = unknownPointers([{ pointer, value: '', path: [] }], documents);
  expect(unknown).toMatchObject({ kind: 'unknown', suggestion });
});
