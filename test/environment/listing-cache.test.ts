import { mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { readListings, rememberListing } from '../../src/environment/listing-cache.ts';
import { hasModes } from '../support/system.ts';
import { TemporaryDirectory } from '../support/temporary-directory.ts';

const environments = [
  { name: 'env-1', properties: { displayName: 'Contoso (default)' } },
  { name: 'env-2', properties: null },
];

const pets = { name: 'shared_pets', properties: { displayName: 'Pets' } };

function many(count: number): { readonly name: string }[] {
  return Array.from({ length: count }, (_item, index) => ({ name: `connector-${index}` }));
}

test('what was listed is remembered by ID and name', async () => {
  await using directory = await TemporaryDirectory.create();
  await rememberListing(directory.path, { environments });
  await rememberListing(directory.path, { environment: 'env-1', connectors: [pets] });
  await rememberListing(directory.path, { environment: 'env-2', connectors: [] });

  expect(await readListings(directory.path)).toEqual({
    version: 1,
    environments: [
      { id: 'env-1', name: 'Contoso (default)' },
      { id: 'env-2', name: 'env-2' },
    ],
    connectors: [
      { environment: 'env-2', connectors: [] },
      { environment: 'env-1', connectors: [{ id: 'shared_pets', name: 'Pets' }] },
    ],
  });
});

test('a new list of an environment takes the place of the old one', async () => {
  await using directory = await TemporaryDirectory.create();
  await rememberListing(directory.path, { environments });
  await rememberListing(directory.path, { environment: 'env-1', connectors: many(3) });
  await rememberListing(directory.path, { environment: 'env-1', connectors: [pets] });
  await rememberListing(directory.path, { environments: [] });

  expect(await readListings(directory.path)).toEqual({
    version: 1,
    environments: [],
    connectors: [{ environment: 'env-1', connectors: [{ id: 'shared_pets', name: 'Pets' }] }],
  });
});

test('only the owner can read it, and nothing is kept but IDs and names', async () => {
  await using directory = await TemporaryDirectory.create();
  const createdBy = { displayName: 'Somebody' };
  await rememberListing(directory.join('made'), {
    environment: 'env-1',
    connectors: [{ name: 'a', properties: { displayName: 'A', ...{ createdBy } } }],
  });
  const file = directory.join('made/listings.json');
  expect(await readFile(file, 'utf8')).toBe(
    '{"version":1,"environments":[],"connectors":[{"environment":"env-1","connectors":[{"id":"a","name":"A"}]}]}',
  );
  // Where modes mean nothing a file that can be written has all of them.
  expect((await stat(file)).mode & 0o777).toBe(hasModes ? 0o600 : 0o666);
});

test('the oldest lists go when there is too much', async () => {
  await using directory = await TemporaryDirectory.create();
  await rememberListing(directory.path, { environment: 'first', connectors: many(3000) });
  await rememberListing(directory.path, { environment: 'second', connectors: many(9000) });
  await rememberListing(directory.path, { environment: 'third', connectors: [{ name: 'x'.repeat(1_000_000) }] });

  const { connectors } = await readListings(directory.path);
  expect(connectors.map((list) => [list.environment, list.connectors.length])).toEqual([['third', 1]]);
  expect((await readFile(directory.join('listings.json'))).length).toBeLessThan(1000);
});

test.each(['', 'not JSON', '[]', '{"version":2}', `[${' '.repeat(5_000_000)}]`])(
  'a file that holds something else is replaced',
  async (content) => {
    await using directory = await TemporaryDirectory.create();
    await writeFile(directory.join('listings.json'), content);
    expect(await readListings(directory.path)).toEqual({ version: 1, environments: [], connectors: [] });
    await rememberListing(directory.path, { environments });
    expect((await readListings(directory.path)).environments).toHaveLength(2);
  },
);

test('where it cannot be kept, nothing fails', async () => {
  await using directory = await TemporaryDirectory.create();
  await mkdir(directory.join('listings.json'));
  await rememberListing(directory.path, { environments });
  expect(await readListings(directory.path)).toEqual({ version: 1, environments: [], connectors: [] });
});
