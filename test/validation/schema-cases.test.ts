import { expect, test } from 'vitest';
import { schemaCases } from './schema-cases.ts';
import { disagreements, verdictOf } from './schema-verdicts.ts';

const judged = schemaCases.map((one) => ({ ...one, differs: disagreements.some(({ covers }) => covers(one)) }));

test('documents have names of their own', () => {
  expect(new Set(schemaCases.map(({ name }) => name)).size).toBe(schemaCases.length);
});

test.each(judged.filter(({ isValid, differs }) => isValid && !differs))('valid: $name has no error', (one) => {
  expect(verdictOf(one)).toMatchObject({ hasErrors: false });
});

test.each(judged.filter(({ isValid, differs }) => !isValid && !differs))('invalid: $name is reported', (one) => {
  expect(verdictOf(one)).toMatchObject({ isReported: true });
});

test.each(judged.filter(({ differs }) => differs))('$name is judged differently', (one) => {
  expect(verdictOf(one)).toMatchObject(one.isValid ? { hasErrors: true } : { isReported: false });
});
