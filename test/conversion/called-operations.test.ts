import { expect, test } from 'vitest';
import { member } from '../../src/json/value.ts';
import { converted } from '../support/converted.ts';

const answer = `{ '200': { description: Fine, content: { application/json: { schema: { type: array, items: { type: string } } } } } }`;
const shop = '{ name: Shop Id, in: path, required: true, schema: { type: string } }';

/** An operation that lists bikes, and one of which a parameter has values from the first. */
function withCall(call: string): string {
  return `openapi: 3.0.3
info: { title: Bikes, version: '1', description: Bikes. }
servers: [{ url: 'https://api.example/v1' }]
paths:
  /shops/{Shop Id}/bikes:
    get:
      operationId: list bikes
      summary: List bikes
      parameters:
        - ${shop}
        - { name: Accept, in: header, required: true, schema: { type: string } }
      responses: ${answer}
  /shops/{Shop Id}/orders:
    post:
      operationId: order
      summary: Order
      parameters:
        - ${shop}
        - { name: bike, in: query, schema: { type: string }, ${call} }
      responses: ${answer}
`;
}

test.each([
  [
    'x-ms-dynamic-values: { operationId: list bikes, value-path: id, parameters: { Shop Id: { parameter: Shop Id }, Accept: application/json } }',
    { operationId: 'ListBikes', 'value-path': 'id', parameters: { Shop_Id: { parameter: 'Shop_Id' } } },
  ],
  [
    'x-ms-dynamic-list: { operationId: list bikes, itemValuePath: id, itemTitlePath: id, parameters: { Shop Id: { parameterReference: Shop Id }, Accept: { value: a } } }',
    {
      operationId: 'ListBikes',
      itemValuePath: 'id',
      itemTitlePath: 'id',
      parameters: { Shop_Id: { parameterReference: 'Shop_Id' } },
    },
  ],
])('what an operation is called with has the names of the result: %s', async (call, extension) => {
  const { definition, errors, entries } = await converted(withCall(call));
  const parameters = member(
    member(member(member(definition, 'paths'), '/shops/{Shop_Id}/orders'), 'post'),
    'parameters',
  );
  expect(parameters).toMatchObject([{ name: 'Shop_Id' }, { name: 'bike', [call.split(':')[0] ?? '']: extension }]);
  expect(errors).toEqual([]);
  // The header itself, and what is passed to it.
  const left = entries.filter(({ rule }) => rule === 'parameter-header-ignored');
  expect(left.map(({ class: lossClass }) => lossClass)).toEqual(['dropped', 'dropped']);
});

test('a parameter in another place than a header may be called Accept', async () => {
  const text = withCall('x-ms-dynamic-values: { operationId: list bikes, value-path: id, parameters: { Accept: a } }');
  const { definition } = await converted(text.replace('name: Accept, in: header', 'name: Accept, in: query'));
  const order = member(member(member(definition, 'paths'), '/shops/{Shop_Id}/orders'), 'post');
  expect(JSON.stringify(order)).toContain('"parameters":{"Accept":"a"}');
});
