import { describe, expect, test } from 'vitest';
import { converted, withOperation } from '../support/converted.ts';
import { forgotten } from '../support/source-coverage.ts';

// What isn't in the result has no entry that says what it's like there.

const head =
  "openapi: 3.0.3\ninfo: { title: Pets, version: '1', description: Pets. }\nservers: [{ url: 'https://api.example' }]\n";
const operation = "{ responses: { '204': { description: Done } } }";

/** `rule` and place of all entries. */
async function placesIn(source: string, options = {}): Promise<readonly string[]> {
  const { entries } = await converted(source, options);
  return entries.map(({ rule, pointer }) => `${rule} ${pointer}`);
}

describe('an operation that is refused', () => {
  test.each([
    ['as another path', '/pets/{id}: { get: OP }\n  /pets/{ID}: { get: OP }', 'path-same', '/paths/~1pets~1{ID}/get'],
    ['for its path', '/pets: { get: OP }\n  /a/{x}/{x}: { get: OP }', 'path-variable-twice', '/paths/~1a~1{x}~1{x}'],
    ['for a wildcard', '/pets: { get: OP }\n  /a/*: { get: OP }', 'path-wildcard', '/paths/~1a~1*'],
  ])('%s', async (_, paths, rule, place) => {
    const places = await placesIn(`${head}paths:\n  ${paths.replaceAll('OP', operation)}\n`);
    expect(places).toContain(`${rule} ${place}`);
    const path = place.replace(/\/get$/u, '');
    expect(
      places.filter((one) => one.includes(path) && !one.startsWith(rule) && !one.startsWith('path-empty')),
    ).toEqual([]);
  });

  test('for a body that has no fields', async () => {
    const refused = `post:
      tags: [a, a]
      parameters: [{ name: PetId, in: query, schema: { type: string, multipleOf: -1 } }]
      requestBody: { content: { multipart/form-data: { schema: { type: string } } } }
      responses: { '204': { description: Done } }`;
    const places = await placesIn(`${head}paths:\n  /pets:\n    get: ${operation}\n    ${refused}\n`);
    expect(places.filter((one) => one.includes('/post'))).toEqual([
      'operation-left-out /paths/~1pets/post',
      'form-not-object /paths/~1pets/post/requestBody/content/multipart~1form-data/schema',
    ]);
  });

  test('for a reference that leads nowhere', async () => {
    const refused = `post: { requestBody: { $ref: '#/components/requestBodies/None' }, responses: {} }`;
    const places = await placesIn(`${head}paths:\n  /pets:\n    get: ${operation}\n    ${refused}\n`);
    expect(places.filter((one) => one.includes('/post'))).toEqual([
      'operation-left-out /paths/~1pets/post',
      'ref-missing /paths/~1pets/post/requestBody/$ref',
    ]);
  });

  test.each([
    ['required', true, ['refused /paths/~1pets/post', 'refused /paths/~1pets/post/parameters/0']],
    ['optional', false, ['dropped /paths/~1pets/post/parameters/0']],
  ])('for connectionId only if it is %s', async (_, required, expected) => {
    const parameter = `{ name: connectionId, in: query, required: ${required}, schema: { type: string } }`;
    const refused = `post: { parameters: [${parameter}], responses: { '204': { description: Done } } }`;
    const { entries } = await converted(`${head}paths:\n  /pets:\n    get: ${operation}\n    ${refused}\n`);
    const losses = entries.filter(({ class: lossClass }) => lossClass === 'refused' || lossClass === 'dropped');
    expect(losses.map(({ class: lossClass, pointer }) => `${lossClass} ${pointer}`)).toEqual(expected);
  });

  test('with the components that only it uses', async () => {
    const [content, components] = [
      "{ application/json: { schema: { $ref: '#/components/schemas/Pet' } } }",
      'components: { schemas: { Pet: { type: object, description: A pet. } } }',
    ];
    const refused = `put: { requestBody: { $ref: '#/components/requestBodies/None' }, responses: { '200': { description: Fine, content: ${content} } } }`;
    const places = await placesIn(`${head}paths:\n  /pets:\n    get: ${operation}\n    ${refused}\n${components}\n`);
    expect(places).toContain('component-unused /components/schemas/Pet');
  });

  test('with what its path says, where that leads nowhere', async () => {
    const path = "/nowhere: { $ref: '#/components/pathItems/None', description: Pets. }";
    const places = await placesIn(`${head}paths:\n  /pets: { get: ${operation} }\n  ${path}\n`);
    expect(places).toContain('path-empty /paths/~1nowhere');
  });
});

test('an operation that is not selected has no entry', async () => {
  const source = `${head}paths:\n  /pets: { get: ${operation}, post: ${operation} }\n`;
  const places = await placesIn(source, { operations: ['GET /pets'] });
  expect(places.filter((one) => one.includes('/post'))).toEqual([]);
  expect(places).toContain('operation-id-made /paths/~1pets/get');
});

test.each([
  [
    'that is not in the path',
    '{ name: OldId, in: path, required: true, schema: { type: string } }',
    'path-parameter-stray',
  ],
  ['that comes twice', '{ name: petId, in: query, schema: { type: string, multipleOf: -1 } }', 'parameter-twice'],
])('a parameter %s has only the entry that says so', async (_, parameter, rule) => {
  const list = `parameters:\n  - { name: petId, in: query, schema: { type: string } }\n  - ${parameter}`;
  const places = await placesIn(withOperation(list));
  expect(places.filter((one) => one.includes('/parameters/1'))).toEqual([`${rule} /paths/~1pets/get/parameters/1`]);
});

test.each(['https://[2001:db8::1]/v1', 'https://{region/v1'])(
  'the server %s, whose host OpenAPI 2.0 cannot have, is left out',
  async (url) => {
    const text = withOperation('').replace("[{ url: 'https://api.example/v1' }]", `[{ url: '${url}' }, text]`);
    const { conversion, definition, errors, rules } = await converted(text, { sourceUrl: 'https://api.pets.example' });
    expect(definition).toMatchObject({ host: 'api.pets.example' });
    expect(rules).toEqual(expect.arrayContaining(['dropped server-unusable', 'dropped type-wrong']));
    expect(errors).toEqual([]);
    expect(forgotten(conversion)).toEqual([]);
  },
);
