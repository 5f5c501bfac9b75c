import { createServer } from 'node:http';
import { once } from 'node:events';
import { describe, expect, test } from 'vitest';
import { runInProcess } from '../support/run-in-process.ts';
import { Workspace } from '../support/workspace.ts';
import { converted, withOperation, withSchema } from '../support/converted.ts';

const head = "openapi: 3.0.0\ninfo: { title: Pets, version: '1' }\nservers: [{ url: 'https://api.example' }]\n";
const paths = "paths: { /pets: { get: { operationId: list, responses: { '200': { description: Fine } } } } }\n";

function lines(count: number, line: (index: number) => string): string {
  return Array.from({ length: count }, (_, index) => line(index)).join('\n');
}

const deep = /more than 500 objects and/u;

const tooMany = (format: string, most: string): string =>
  `openapi.yaml has more than ${most} values, which is more than paconn converts from ${format}.`;

describe('ends with one sentence about', () => {
  test.each<readonly [name: string, text: string, words: RegExp | string]>([
    ['lists that are never closed', `${head}x: ${'['.repeat(200_000)}`, deep],
    ['objects inside each other', `${head}x: ${'{ a: '.repeat(20_000)}1${' }'.repeat(20_000)}`, deep],
    ['brackets that quotes seem to close', `${head}x: ${`['${']'.repeat(9)}', `.repeat(20_000)}`, deep],
    ['lists on one line', `${head}x:\n  ${'- '.repeat(50_000)}`, deep],
    ['names that are objects', '? '.repeat(50_000), deep],
    ['indentation', lines(2000, (index) => `${' '.repeat(index)}a:`), deep],
    ['indentation by lists', lines(900, (index) => `${'  '.repeat(index)}a:\n${'  '.repeat(index)}- b: 1`), deep],
    ['JSON inside JSON', `{"openapi":"3.0.0","x":${'['.repeat(100_000)}`, deep],
    [
      'aliases that grow',
      `${head}${lines(40, (i) => `x${i}: &a${i} [${i > 0 ? `*a${i - 1}, *a${i - 1}` : '1'}]`)}`,
      /grow to more than/u,
    ],
    [
      'merges that grow',
      `${head}x: &a { ${Array.from({ length: 1100 }, (_, i) => `p${i}: 1`).join(', ')} }
${lines(1000, (i) => `x${i}: { <<: *a }`)}`,
      /grow to more than/u,
    ],
    ['values in a list', `${head}x: [${'1,'.repeat(300_000)}]`, tooMany('YAML', '280,000')],
    ['members without values', `${head}x:\n${lines(300_000, (i) => `  k${i}:`)}`, tooMany('YAML', '280,000')],
    [
      'values of which a half has no text',
      `${head}x:\n${lines(150_000, (i) => `  k${i}:`)}\ny: [${'1,'.repeat(150_000)}]`,
      tooMany('YAML', '280,000'),
    ],
    ['texts without anything between them', `${head}x: [${'"a" '.repeat(300_000)}]`, tooMany('YAML', '280,000')],
    ['commas without values', `${head}x: [${','.repeat(300_000)}]`, tooMany('YAML', '280,000')],
    [
      'comments',
      `${head}${'# a\n'.repeat(1_000_000)}`,
      'openapi.yaml has more than 1,000,000 lines, which is more than paconn converts from YAML.',
    ],
    ['values in JSON', `{"openapi":"3.0.0","x":[${'[],'.repeat(500_000)}1]}`, tooMany('JSON', '500,000')],
    [
      'values that one alias repeats',
      `${head}x: &a [${'1,'.repeat(150_000)}]\ny: *a`,
      'openapi.yaml:5:4: the aliases of this file grow to more than 280,000 values, or as much text as 35,000,000 characters.',
    ],
    [
      'a long text that aliases repeat',
      `${head}x: &a "${'y'.repeat(100_000)}"\ny: [${'*a,'.repeat(1000)}]`,
      /grow to more than/u,
    ],
    [
      'a long name that aliases repeat',
      `${head}x: &a\n  ? "${'y'.repeat(100_000)}"\n  : 1\ny: [${'*a,'.repeat(1000)}]`,
      /grow to more than/u,
    ],
    // Each merges all objects before it, and the one before it as well: what is there already adds nothing, but costs time.
    [
      'merges of merges',
      `${head}${lines(2000, (i) => `x${i}: &a${i} { p${i}: 1${i > 0 ? `, <<: [*a${i - 1}, *a${i - 1}]` : ''} }`)}`,
      /grow to more than/u,
    ],
    ['an alias of itself', `${head}x: &a [*a]`, "openapi.yaml:4:8: the alias 'a' contains itself."],
    ['an object that merges itself', `${head}x: &a { <<: *a }`, 'contains itself'],
    [
      'a name that comes twice',
      `${head}x: { a: 1, b: 2, a: 3 }`,
      'openapi.yaml:4:18: this name is already used in the same object.',
    ],
    ['an object as a name', `${head}? { a: 1 }\n: 2`, "openapi.yaml:4:3: an object or a list can't be a name."],
    ['a name without end', `${head}${'k'.repeat(100_000)}: 1`, 'a key is longer than 1,024 characters.'],
    ['NUL', `${head}x: "\0"`, 'NUL character'],
  ])('%s', async (_, text, words) => {
    await expect(converted(text)).rejects.toThrow(words);
  });
});

function utf32(text: string): Buffer {
  return Buffer.from(Uint32Array.from(text, (character) => character.codePointAt(0) ?? 0).buffer);
}

describe('takes', () => {
  test.each([
    ['UTF-8 with a mark', Buffer.from(`\uFEFF${head}${paths}`)],
    ['UTF-16, little end first', Buffer.from(`\uFEFF${head}${paths}`, 'utf16le')],
    ['UTF-16, big end first', Buffer.from(`\uFEFF${head}${paths}`, 'utf16le').swap16()],
    ['UTF-32', utf32(`\uFEFF${head}${paths}`)],
    ['line ends of Windows', Buffer.from(`${head}${paths}`.replaceAll('\n', '\r\n'))],
  ])('%s', async (_, bytes) => {
    expect((await converted(bytes)).text).toBe((await converted(`${head}${paths}`)).text);
  });

  test('bytes that are no text only with their place', async () => {
    await expect(converted(Buffer.from([0x61, 0x3a, 0x20, 0xff]))).rejects.toThrow("isn't valid UTF-8 at byte 3");
  });

  test('many names in one object', async () => {
    const { rules } = await converted(`${head}${paths}x-many:\n${lines(20_000, (index) => `  k${index}: 1`)}`);
    expect(rules).not.toContain('dropped member-twice');
  });

  test('names that objects of JavaScript have', async () => {
    const source = withOperation("responses: { '200': { description: Fine, __proto__: 1, constructor: { a: 1 } } }", {
      more: 'components: { schemas: { __proto__: { type: object }, toString: { type: string } } }',
    });
    const { entries, errors, text } = await converted(source);
    expect(entries.map(({ rule, pointer }) => `${rule} ${pointer}`)).toEqual(
      expect.arrayContaining([
        'member-unknown /paths/~1pets/get/responses/200/__proto__',
        'component-unused /components/schemas/__proto__',
        'component-unused /components/schemas/toString',
      ]),
    );
    expect(text).not.toContain('__proto__');
    expect(errors).toEqual([]);
    expect(Object.prototype).not.toHaveProperty('type');
  });

  test('a property called __proto__', async () => {
    const { text, errors } = await converted(withSchema('type: object\nproperties: { __proto__: { type: string } }'));
    expect(text).toContain('"__proto__": {');
    expect(errors).toEqual([]);
  });
});

describe('schemas that grow', () => {
  const tower = (keyword: string, height: number): string =>
    `{ openapi: 3.1.0, info: { title: Pets, version: '1' }, servers: [{ url: 'https://api.example' }],
  paths: { /a: { get: { responses: { '200': { description: Fine, content: { application/json: { schema: { $ref: '#/components/schemas/S${height}' } } } } } } } },
  components: { schemas: {
${lines(height + 1, (i) => `    S${i}: { ${i === 0 ? 'type: object' : `${keyword}: [{ $ref: '#/components/schemas/S${i - 1}' }, { $ref: '#/components/schemas/S${i - 1}' }]`}, properties: { p${i}: { type: string } } },`)}
  } } }`;

  test.each(['allOf', 'oneOf', 'anyOf'])('a tower of %s costs what it is high', async (keyword) => {
    const { errors, definition } = await converted(tower(keyword, 60));
    expect(errors).toEqual([]);
    expect(definition).toHaveProperty('paths');
  });

  test.each([
    ['a reference to itself', "$ref: '#/components/schemas/Pet'"],
    ['allOf with itself', "allOf: [{ $ref: '#/components/schemas/Pet' }, { type: object }]"],
    ['oneOf with itself', "oneOf: [{ $ref: '#/components/schemas/Pet' }, { type: object }]"],
    ['a list of itself', "type: array\nitems: { $ref: '#/components/schemas/Pet' }"],
    ['not itself', "not: { $ref: '#/components/schemas/Pet' }"],
    ['a property of itself', "type: object\nproperties: { pet: { $ref: '#/components/schemas/Pet' } }"],
    ['an anchor to itself', "$anchor: me\nallOf: [{ $ref: '#me' }]"],
    ['a dynamic reference to itself', "$dynamicAnchor: me\ntype: object\nproperties: { pet: { $dynamicRef: '#me' } }"],
  ])('%s ends', async (_, schema) => {
    const { errors } = await converted(withSchema(schema));
    expect(errors).toEqual([]);
  });
});

describe('references', () => {
  test.each([
    'https://2130706433/pet.yaml',
    'https://0x7f.1/pet.yaml',
    'https://[::1]/pet.yaml',
    'https://[::ffff:169.254.169.254]/pet.yaml',
    'https://10.0.0.1/pet.yaml',
    'https://192.168.1.1/pet.yaml',
    'https://100.100.100.200/latest/meta-data',
    'https://0.0.0.0/pet.yaml',
    'https://pets.localhost/pet.yaml',
    'file://server/share/pet.yaml',
    'data:application/json,{}',
    'ftp://api.example/pet.yaml',
  ])('to %s is never followed', async (reference) => {
    const text = withSchema(`$ref: '${reference}'`);
    await using workspace = await Workspace.create(undefined, { files: { 'openapi.yaml': text } });
    const host = URL.canParse(reference) ? new URL(reference).host : '';
    const args = ['convert', 'openapi.yaml', '--dry-run', '--query', 'entries[].rule', '-o', 'json'];
    const { stdout } = await runInProcess(workspace, ...args, '--ref-hosts', host || 'none');
    expect(stdout).toMatch(/"ref-(?:not-fetched|outside|unreadable)"/u);
  });

  test('to where the source comes from, which leads elsewhere, is not followed', async () => {
    const asked: string[] = [];
    const server = createServer((request, response) => {
      asked.push(request.url ?? '');
      if (request.url === '/openapi.yaml') response.end(withSchema("$ref: 'pet.yaml'"));
      else response.writeHead(302, { location: 'http://169.254.169.254/latest/meta-data' }).end();
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    const port = typeof address === 'object' ? (address?.port ?? 0) : 0;
    await using workspace = await Workspace.create();
    const args = ['--dry-run', '--query', 'entries[].rule', '-o', 'json'];
    const { stdout } = await runInProcess(workspace, 'convert', `http://127.0.0.1:${port}/openapi.yaml`, ...args);
    server.close();
    expect(asked).toEqual(['/openapi.yaml', '/pet.yaml']);
    expect(stdout).toContain('"ref-not-fetched"');
  });
});

test('a source of more than 32 MB is not read', async () => {
  const text = `${head}${paths}# ${'x'.repeat(33 * 1024 * 1024)}`;
  await using workspace = await Workspace.create(undefined, { files: { 'openapi.yaml': text } });
  const { exitCode, stderr } = await runInProcess(workspace, 'convert', 'openapi.yaml', '--dry-run');
  expect({ exitCode, stderr }).toMatchObject({ exitCode: 1 });
  expect(stderr).toContain('32');
});

describe('schemas that need one another', () => {
  const numbers = (count: number) => Array.from({ length: count }, (_, index) => index);
  const ref = (index: number) => ({ $ref: `#/components/schemas/S${index}` });
  const text = (count: number, schema: (index: number) => unknown) =>
    JSON.stringify({
      openapi: '3.0.3',
      info: { title: 'Pets', version: '1', description: 'Pets.' },
      servers: [{ url: 'https://api.example' }],
      paths: {
        '/pets': {
          get: {
            operationId: 'listPets',
            summary: 'List pets',
            responses: { 200: { description: 'Fine', content: { 'application/json': { schema: ref(0) } } } },
          },
        },
      },
      components: { schemas: Object.fromEntries(numbers(count).map((index) => [`S${index}`, schema(index)])) },
    });
  const object = (index: number) => ({ type: 'object', properties: { [`p${index}`]: { type: 'string' } } });
  const isLast = (index: number) => index === 1999;

  test.each([
    ['allOf', (index: number) => (isLast(index) ? object(index) : { allOf: [ref(index + 1), object(index)] })],
    ['oneOf', (index: number) => (isLast(index) ? object(index) : { oneOf: [ref(index + 1), object(index)] })],
    [
      'oneOf in a property, in rings',
      (index: number) => ({
        type: 'object',
        properties: { next: { oneOf: [ref((index * 7 + 1) % 2000), ref((index + 1) % 2000)] } },
      }),
    ],
  ])('in a chain by %s are converted as far as there is room, and the rest is reported', async (_, schema) => {
    const { definition, rules, errors } = await converted(text(2000, schema));
    expect(definition).toHaveProperty('paths./pets.get');
    expect(rules).toContain('dropped schema-deep');
    expect(errors).toEqual([]);
  });

  test('by references alone are no circle, however many they are', async () => {
    const { rules, errors } = await converted(text(2000, (index) => (isLast(index) ? object(index) : ref(index + 1))));
    expect(rules.filter((rule) => rule.includes('ref-'))).toEqual([]);
    expect(errors).toEqual([]);
  });

  test('too many in a ring are cut to a depth that JSON may have', async () => {
    const { rules, errors } = await converted(
      text(600, (index) => ({ type: 'object', properties: { next: ref((index + 1) % 600) } })),
    );
    expect(rules).toContain('narrowed schema-cut');
    expect(errors).toEqual([]);
  });
});
