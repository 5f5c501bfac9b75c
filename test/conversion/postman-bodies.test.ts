import { describe, expect, test } from 'vitest';
import { type Json, convertedRequest, operation } from '../support/postman.ts';

describe('the body', () => {
  test.each<readonly [name: string, body: Json, parameters: readonly Json[], rule: string]>([
    [
      'as JSON with variables',
      { mode: 'raw', raw: '{"name":"Rex","age":{{age}},"tags":["a"],"born":"2020-01-01T00:00:00Z","owner":null}' },
      [
        {
          name: 'body',
          in: 'body',
          schema: {
            type: 'object',
            properties: {
              name: { type: 'string' },
              age: { 'x-nullable': true },
              tags: { type: 'array', items: { type: 'string' } },
              born: { type: 'string', format: 'date-time' },
              owner: { 'x-nullable': true },
            },
          },
        },
      ],
      'kept postman-body-json',
    ],
    [
      'as text',
      { mode: 'raw', raw: 'hello' },
      [{ name: 'body', in: 'body', schema: { type: 'string' } }],
      'narrowed postman-body-text',
    ],
    [
      'as a form',
      {
        mode: 'urlencoded',
        urlencoded: [
          { key: 'pet_name', value: 'Rex' },
          { key: 'age', value: '3', disabled: true },
        ],
      },
      [
        { name: 'pet_name', in: 'formData', 'x-ms-summary': 'Pet name', type: 'string' },
        { name: 'age', in: 'formData', 'x-ms-summary': 'Age', type: 'integer' },
      ],
      'kept postman-body-form',
    ],
    [
      'as an upload',
      { mode: 'formdata', formdata: [{ key: 'photo', type: 'file', src: '/home/me/rex.png' }] },
      [{ name: 'photo', in: 'formData', 'x-ms-summary': 'Photo', type: 'file' }],
      'kept postman-body-form',
    ],
    [
      'as a file',
      { mode: 'file', file: { src: '/home/me/rex.png' } },
      [{ name: 'body', in: 'body', schema: { type: 'string', format: 'binary' } }],
      'kept postman-body-file',
    ],
    [
      'as GraphQL',
      { mode: 'graphql', graphql: { query: '{ pets { name } }' } },
      [
        {
          name: 'body',
          in: 'body',
          schema: { type: 'object', properties: { query: { type: 'string' }, variables: { type: 'object' } } },
        },
      ],
      'narrowed postman-body-graphql',
    ],
  ])('%s', async (_, body, parameters, rule) => {
    const { definition, text, rules, errors } = await convertedRequest({ body });
    expect(definition).toHaveProperty(`${operation}.parameters`, parameters);
    expect(rules).toContain(rule);
    expect(text).not.toMatch(/Rex|rex\.png|hello|pets \{/u);
    expect(errors).toEqual([]);
  });
});

test('fields of a form keep their descriptions', async () => {
  const { definition } = await convertedRequest({
    body: { mode: 'urlencoded', urlencoded: [{ key: 'size', value: '1', description: 'How large.' }] },
  });
  expect(definition).toHaveProperty(
    `${operation}.parameters.0`,
    expect.objectContaining({ description: 'How large.' }),
  );
});
