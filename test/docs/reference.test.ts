import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { certificationDocument } from './certification.ts';
import { withReference } from './reference.ts';

const readme = await readFile(new URL('../../README.md', import.meta.url), 'utf8');

test('the README tells of all commands as the program does (else: npm run docs)', async () => {
  expect(await withReference(readme)).toBe(readme);
});

test('the table of certification policies is as the program has it (else: npm run docs)', async () => {
  const written = await readFile(new URL('../../docs/certification.md', import.meta.url), 'utf8');
  expect(await certificationDocument()).toBe(written);
});

test('what was there before goes, and nothing else', async () => {
  const [before = '', after = ''] = readme.split(
    /(?<=Made by npm run docs from here -->\n).*(?=\n<!-- to here\. -->)/su,
  );
  expect(await withReference(`${before}outdated${after}`)).toBe(readme);
});

test('a document without a place for it is an error', async () => {
  await expect(withReference('# paconn')).rejects.toThrow(/no place for the reference/u);
});
