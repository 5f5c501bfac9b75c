import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { generatedPages } from './generated-pages.ts';
import { withCommands } from './reference.ts';

const readme = await readFile(new URL('../../README.md', import.meta.url), 'utf8');

test('the README lists all commands as the program has them (else: npm run docs)', async () => {
  expect(await withCommands(readme)).toBe(readme);
});

test.each(Object.entries(generatedPages))('%s is as the program has it (else: npm run docs)', async (name, make) => {
  const written = await readFile(new URL(`../../docs/${name}`, import.meta.url), 'utf8');
  expect(await make()).toBe(written);
});

test('only the previous list is replaced', async () => {
  const [before = '', after = ''] = readme.split(
    /(?<=Made by npm run docs from here -->\n).*(?=\n<!-- to here\. -->)/su,
  );
  expect(await withCommands(`${before}outdated${after}`)).toBe(readme);
});

test('a document without the two comments is an error', async () => {
  await expect(withCommands('# paconn')).rejects.toThrow(/no place for the commands/u);
});
