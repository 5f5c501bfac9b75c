import { expect, test } from 'vitest';
import { converted } from '../support/converted.ts';
import { forgotten } from '../support/source-coverage.ts';

const schema = 'https://schema.getpostman.com/json/collection/v2.1.0/collection.json';
const get = { method: 'GET', url: 'https://api.contoso.com/pets' };

function collection(item: unknown, info: object = {}): string {
  return JSON.stringify({ info: { name: 'Pets', schema, ...info }, item });
}

/** A folder in this many others. */
function deep(folders: number): unknown {
  let item: unknown = { name: 'Deep', request: get };
  for (let count = 0; count < folders; count += 1) item = { name: `F${count}`, item: [item] };
  return item;
}

test.for<readonly [string, string, string]>([
  ['an ID', collection([{ name: 'A', id: 'r1', request: get }]), 'kept postman-identity /item/0/id'],
  [
    'an unknown member',
    collection([{ name: 'A', request: { ...get, x: 1 } }]),
    'dropped postman-setting /item/0/request/x',
  ],
  [
    'a part of the version',
    collection([{ name: 'A', request: get }], { version: { major: 1, identifier: 'b' } }),
    'dropped postman-setting /info/version/identifier',
  ],
  [
    'a list that is text',
    collection([{ name: 'A', request: { ...get, header: 'X-A: 1' } }]),
    'dropped type-wrong /item/0/request/header',
  ],
  ['a name that is a list', collection([{ name: ['A'], request: get }]), 'dropped type-wrong /item/0/name'],
  [
    'a host that is none',
    collection([
      { name: 'A', request: get },
      { name: 'B', request: 'https://{a/pets' },
      { name: 'C', request: get },
    ]),
    'refused postman-host-unknown /item/1/request',
  ],
  [
    'an empty folder',
    collection([
      { name: 'A', request: get },
      { name: 'Empty', description: 'E', item: [] },
    ]),
    'dropped postman-folder-empty /item/1',
  ],
  [
    'an item without a request',
    collection([{ name: 'A', request: get }, { name: 'Nothing' }]),
    'dropped postman-folder-empty /item/1',
  ],
  [
    'the description of a folder of folders',
    collection([{ name: 'A', description: 'Outer', item: [deep(1)] }]),
    'dropped postman-folder-empty /item/0/description',
  ],
  ['an item that is text', collection([{ name: 'A', request: get }, 'B']), 'dropped type-wrong /item/1'],
  [
    'a second description',
    collection([{ name: 'A', description: 'One', request: { ...get, description: 'Two' } }]),
    'kept postman-description /item/0/request/description',
  ],
  [
    'a name that is long',
    collection([{ name: `A ${'long '.repeat(20)}name`, request: get }]),
    'narrowed summary-cut /item/0/name',
  ],
  [
    'a long name with a description',
    collection([{ name: `A ${'long '.repeat(20)}name`, description: 'About', request: get }]),
    'narrowed summary-cut /item/0/name',
  ],
  [
    'a fragment',
    collection([{ name: 'A', request: { ...get, url: { raw: get.url, hash: 'top' } } }]),
    'dropped path-fragment /item/0/request/url',
  ],
  [
    'an empty body',
    collection([{ name: 'A', request: { ...get, body: { mode: 'raw', raw: '' } } }]),
    'kept postman-body-empty /item/0/request/body',
  ],
])('%s has an entry', async ([, text, expected]) => {
  const { conversion, entries, errors } = await converted(text);
  expect(entries.map((one) => `${one.class} ${one.rule} ${one.pointer}`)).toContain(expected);
  expect(forgotten(conversion)).toEqual([]);
  expect(errors).toEqual([]);
});

test('folders that are too deep are reported', async () => {
  const { conversion, rules } = await converted(collection([{ name: 'A', request: get }, deep(60)]));
  expect(rules).toContain('dropped postman-folder-deep');
  expect(forgotten(conversion)).toEqual([]);
});

test('folders and scripts that a selection leaves out have no entries', async () => {
  const events = [{ listen: 'test', script: {} }];
  const folder = (name: string): object => ({ name, event: events, item: [{ name: `Get ${name}`, request: get }] });
  const { entries } = await converted(collection([folder('One'), folder('Two')]), { operations: ['GetOne'] });
  expect(entries.filter(({ pointer }) => pointer.startsWith('/item/1'))).toEqual([]);
  expect(entries.map(({ rule }) => rule)).toContain('postman-script');
});
