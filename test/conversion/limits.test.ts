import { describe, expect, test } from 'vitest';
import { converted } from '../support/converted.ts';

/** A document of operations with descriptions that are too long together. */
function large(operations: readonly (readonly [path: string, tag?: string])[], length = 300_000): string {
  const paths = operations.map(([path, tag]) => [
    path,
    {
      get: {
        ...(tag !== undefined && { tags: [tag] }),
        description: 'x'.repeat(length),
        responses: { 200: { description: 'Fine' } },
      },
    },
  ]);
  return JSON.stringify({
    openapi: '3.0.0',
    info: { title: 'Pets', version: '1' },
    servers: [{ url: 'https://api.example' }],
    paths: Object.fromEntries(paths) as unknown,
  });
}

async function sentence(text: string): Promise<string> {
  const { entries, text: definition } = await converted(text);
  expect(definition).toBe('');
  return entries.find(({ rule }) => rule === 'definition-too-large')?.message ?? '';
}

describe('a definition that is too large names parts to select', () => {
  test('by tag', async () => {
    const message = await sentence(large([['/a', 'pets'], ['/b', 'pets'], ['/c', 'all toys'], ['/d', 'pets'], ['/e']]));
    expect(message).toContain('Select a part: pets (3 operations, ');
    expect(message).toContain('all toys (1 operation, ');
    expect(message).toMatch(/For example: paconn convert openapi.yaml --tag pets$/u);
  });

  test('of one tag by the beginning of their paths', async () => {
    const message = await sentence(large(['/v1/a/x', '/v1/a/y', '/v1/b', '/v1/c'].map((path) => [path, 'pets'])));
    expect(message).toContain('Select a part: /v1/a (2 operations, ');
    expect(message).toMatch(/ --tag pets --operations "\/v1\/a\*"$/u);
  });

  test('without tags by the beginning of their paths', async () => {
    const message = await sentence(large([['/a/x'], ['/a/y'], ['/b'], ['/c']]));
    expect(message).toMatch(/ --operations "\/a\*"$/u);
  });

  test('with an example that is small enough itself', async () => {
    const message = await sentence(
      large([
        ['/a', 'large'],
        ['/b', 'large'],
        ['/c', 'large'],
        ['/d', 'large'],
        ['/e', 'small'],
      ]),
    );
    expect(message).toMatch(/ --tag small$/u);
  });
});

describe('the size of a part', () => {
  const schema = (count: number) => ({
    type: 'object',
    properties: Object.fromEntries(
      Array.from({ length: count }, (_, index) => [`p${index}`, { type: 'string', description: 'x'.repeat(3000) }]),
    ),
  });
  const operation = (id: string, tags: readonly string[], name: string) => ({
    get: {
      operationId: id,
      summary: id,
      tags,
      responses: {
        200: {
          description: 'Fine',
          content: { 'application/json': { schema: { $ref: `#/components/schemas/${name}` } } },
        },
      },
    },
  });
  const document = JSON.stringify({
    openapi: '3.0.0',
    info: { title: 'Pets', version: '1', description: 'Pets.' },
    servers: [{ url: 'https://api.example' }],
    paths: {
      '/a': operation('a', ['pets'], 'A'),
      '/b': operation('b', ['toys'], 'B'),
      '/c': operation('c', ['toys', 'pets'], 'A'),
    },
    components: { schemas: { A: schema(150), B: schema(250) } },
  });

  test('has the components that it refers to, and operations with other tags as well', async () => {
    const message = await sentence(document);
    const stated = Number(/pets \(2 operations, (?<bytes>[\d,]+) bytes/u.exec(message)?.[1]?.replaceAll(',', ''));
    const { definition } = await converted(document, { tags: ['pets'] });
    const actual = JSON.stringify(definition).length;
    expect(stated).toBeGreaterThanOrEqual(actual);
    expect(stated).toBeLessThan(actual * 1.01);
    // All that toys refer to is in the whole, too.
    expect(message).toContain('toys (2 operations, 1,2');
    expect(message).toMatch(/ --tag pets$/u);
  });
});

test('a definition that is only too large with white space is written without', async () => {
  const { text, rules } = await converted(
    large(
      Array.from({ length: 5000 }, (_, index) => [`/a${index}`] as const),
      1,
    ),
  );
  expect(rules).toContain('kept written-compact');
  expect(text.split('\n')).toHaveLength(2);
});

test('more operations than the largest published connector has are counted', async () => {
  const { text, rules } = await converted(
    large(
      Array.from({ length: 257 }, (_, index) => [`/a${index}`] as const),
      1,
    ),
  );
  expect(text).not.toBe('');
  expect(rules).toContain('kept too-many-operations');
});

test('nothing is written where nothing is left, and the reasons are in the report', async () => {
  const { text, rules } = await converted(
    "openapi: 3.0.0\ninfo: { title: Pets, version: '1' }\nservers: [{ url: 'https://api.example' }]\npaths: { /a: { trace: { responses: {} } } }",
  );
  expect(text).toBe('');
  expect(rules).toEqual(expect.arrayContaining(['refused method', 'refused no-operations']));
});

test('an operation with a very long list is too large, and the others can be selected', async () => {
  const list = Array.from({ length: 200_000 }, (_, number) => `value ${number}`);
  const responses = { 200: { description: 'OK' } };
  const { entries, text } = await converted(
    JSON.stringify({
      swagger: '2.0',
      info: { title: 'Pets', version: '1', description: 'Pets.' },
      host: 'api.contoso.com',
      paths: {
        '/large': { get: { operationId: 'Large', summary: 'Large', responses, 'x-list': list } },
        '/small': { get: { operationId: 'Small', summary: 'Small', responses } },
      },
    }),
  );
  expect(text).toBe('');
  expect(entries.map(({ rule, message }) => `${rule} ${message}`)).toContainEqual(
    expect.stringMatching(/^definition-too-large .*\/small \(1 operation/u),
  );
});
