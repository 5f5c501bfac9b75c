import { expect, test } from 'vitest';
import { connectorIdSchema } from '../../src/connector/connector-id.ts';

test.each([
  'shared_pet-20store-5f1d2c3b4a-0e9f8d7c6b5a',
  'shared_contoso-5f00c3-5f5a1f1e5d2b3c4d',
  'a',
  'A.b_c-9',
  'trailing.',
])('%s is a connector ID', (id) => {
  expect(connectorIdSchema.safeParse(id).success).toBe(true);
});

test.each([
  '',
  '.',
  '..',
  '...',
  '../up',
  'a/../b',
  'a..b',
  '/etc/passwd',
  'a/b',
  'a\\b',
  'C:',
  'C:\\Windows',
  '~root/x ',
  'two words',
  'a\nb',
  'a\n',
  'a\0b',
  '%2e%2e%2f',
  'a?b=c',
  'a#b',
  'ünïcode',
  '\u2025\u2215x',
])('%j names no connector, and no directory', (id) => {
  expect(connectorIdSchema.safeParse(id).success).toBe(false);
});
