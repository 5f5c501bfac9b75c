import { expect, test } from 'vitest';
import { converted } from '../support/converted.ts';

function listed<Item>(count: number, item: (index: number) => Item): readonly Item[] {
  return Array.from({ length: count }, (_none, index) => item(index));
}

function named<Item>(count: number, entry: (index: number) => readonly [string, Item]): Readonly<Record<string, Item>> {
  return Object.fromEntries(listed(count, entry));
}

const info = { title: 'T', version: '1' };
const responses = { 200: { description: 'OK' } };
const openApi3 = { openapi: '3.0.3', info, servers: [{ url: 'https://api.contoso.com' }] };
const collection = {
  info: { name: 'T', schema: 'https://schema.getpostman.com/json/collection/v2.1.0/collection.json' },
};
const request = (path: string) => ({ method: 'GET', url: `https://api.contoso.com/${path}` });
const keys = (count: number) => named(count, (index) => [`k${index}`, { type: 'apiKey', in: 'header', name: 'key' }]);

/** What grows without end in a hostile source. */
const shapes: Readonly<Record<string, (count: number) => object>> = {
  'operations of one ID': (count) => ({
    ...openApi3,
    paths: named(count, (index) => [`/${index}`, { get: { operationId: 'Get', responses } }]),
  }),
  'requests of one name': (count) => ({
    ...collection,
    item: listed(count, (index) => ({ name: 'Get', request: request(String(index)) })),
  }),
  'variables of a URL': (count) => ({
    ...collection,
    item: [{ name: 'Get', request: request(listed(count, () => ':id').join('/')) }],
  }),
  'variables of a collection': (count) => ({
    ...collection,
    variable: listed(count, (index) => ({ key: `v${index}`, value: 'a' })),
    item: listed(count, (index) => ({ name: `R${index}`, request: request(`{{v1}}/${index}`) })),
  }),
  'parts of a schema': (count) => ({
    ...openApi3,
    paths: {
      '/a': {
        get: {
          responses: {
            200: {
              description: 'OK',
              content: {
                'application/json': {
                  schema: {
                    allOf: listed(count, (index) => ({
                      type: 'object',
                      properties: { [`p${index}`]: { type: 'string' } },
                    })),
                  },
                },
              },
            },
          },
        },
      },
    },
  }),
  'ways to sign in': (count) => ({
    ...openApi3,
    paths: { '/a': { get: { responses } } },
    components: { securitySchemes: keys(count) },
    security: listed(count, (index) => ({ [`k${index}`]: [] })),
  }),
  'keys of one way to sign in': (count) => ({
    ...openApi3,
    paths: { '/a': { get: { responses } } },
    components: { securitySchemes: keys(count) },
    security: [named(count, (index) => [`k${index}`, []])],
  }),
  'security definitions of OpenAPI 2.0': (count) => ({
    swagger: '2.0',
    info,
    host: 'api.contoso.com',
    paths: { '/a': { get: { responses } } },
    securityDefinitions: keys(count),
    security: listed(count, (index) => ({ [`k${index}`]: [] })),
  }),
};

/** Milliseconds of the processor, on which nobody else has an influence: the conversion with the check of its result. */
async function cost(source: object): Promise<number> {
  const text = JSON.stringify(source);
  const before = process.cpuUsage();
  await converted(text);
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

const size = 500;
const times = 16;

test.each(Object.keys(shapes))(
  '%s are converted in time that grows as they do',
  { timeout: 120_000 },
  async (shape) => {
    const make = shapes[shape] ?? (() => ({}));
    // Code is compiled in the first time.
    const one = Math.min(await cost(make(size)), await cost(make(size)));
    const many = await cost(make(times * size));
    // Where each is compared with each, it's 256 times as long.
    expect(many).toBeLessThan(100 * Math.max(10, one));
  },
);
