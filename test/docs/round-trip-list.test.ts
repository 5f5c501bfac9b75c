import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { changesIn3, changingRules } from '../support/round-trip-changes.ts';

test('docs/convert.md lists all that a way to OpenAPI 3.0 and back may change', () => {
  const page = readFileSync(new URL('../../docs/convert.md', import.meta.url), 'utf8');
  const section = page.slice(page.indexOf('## OpenAPI 2.0 to 3.0 and back'));
  expect([...section.matchAll(/^- (.+)$/gmu)].map(([, line]) => line)).toEqual(changesIn3);
  const rules = section.slice(section.indexOf('These rules')).matchAll(/`([a-z-]+)`/gu);
  expect([...rules].map(([, rule]) => rule)).toEqual(changingRules);
});
