import { expect, test } from 'vitest';
import { checkConnector } from '../../src/validation/check.ts';

test('many findings of one rule leave room for one of each other rule, and the rest is counted', () => {
  const parameters = Array.from({ length: 1500 }, (_, index) => ({ in: 'query', name: `p${index}`, type: 'text' }));
  const responses = { 200: { description: 'OK', schema: { type: 'string' } } };
  const get = { operationId: 'GetA', summary: 'Get a', description: 'Gets a.', parameters, responses, fetch: 1 };
  const text = JSON.stringify({ swagger: '2.0', host: 'api.fabrikam.net', paths: { '/a': { get } }, extra: 1 });
  const definition = { name: 'apiDefinition.swagger.json', bytes: new TextEncoder().encode(text) };
  const errors = checkConnector({ definition }).filter(({ level }) => level === 'error');
  const rules = new Set(errors.map(({ rule }) => rule));
  expect([...rules].toSorted()).toEqual([
    'parameter-type-invalid',
    'required-property',
    'too-many-findings',
    'unknown-property',
  ]);
  const listed = errors.length - 1;
  const all = 1500 + 3;
  expect(errors.find(({ rule }) => rule === 'too-many-findings')?.message).toBe(
    `${all - listed} more problems (error) in this file aren't listed.`,
  );
});
