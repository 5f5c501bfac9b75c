import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { plainText } from '../../src/io/terminal/styled-text.ts';
import { layOutJson } from '../../src/output/json-layout.ts';
import { explanation, ruleReference, rulesResult } from '../../src/output/rule-reference.ts';
import { rules } from '../../src/validation/rules.ts';

test.each(rules.map(({ id }) => id))('%s is explained in lines of a bearable length', (id) => {
  const text = plainText(explanation(id, 80));
  expect(text).toMatch(/^[\w-]+ {2}\w.+\n\n/u);
  expect(text).toContain('\nWrong\n');
  expect(text).toContain('\nRight\n');
  expect(text).toContain('\nSources\n');
  expect(text).not.toMatch(/[⟦⟧{]suggestion|[⟦⟧]/u);
  const examples = text.slice(text.indexOf('\nWrong\n'), text.indexOf('\nSources\n')).split('\n');
  for (const line of examples) expect(line.length).toBeLessThanOrEqual(90);
});

test('markers of an example stay when it is formatted', () => {
  const text = plainText(explanation('operation-id-duplicate', 60));
  const lines = text.slice(text.indexOf('\nWrong\n'), text.indexOf('\nRight\n')).split('\n');
  const marks = lines.findIndex((line) => /^ *\^+$/u.test(line));
  const start = lines[marks]?.indexOf('^') ?? 0;
  const length = lines[marks]?.trim().length ?? 0;
  expect(lines[marks - 1]?.slice(start, start + length)).toMatch(/^"\w+"$/u);
});

test('the list of all rules, for people, for documents and for programs', () => {
  const markdown = plainText(ruleReference('markdown'));
  for (const { id } of rules) expect(markdown).toContain(`\n| \`${id}\` | `);
  for (const row of markdown.split('\n').filter((line) => line.startsWith('| `'))) {
    expect(row.split(/(?<!\\)\|/u)).toHaveLength(8);
  }
  expect(rulesResult().data['rules']).toHaveLength(rules.length);
  expect(plainText(ruleReference('text')).split('\n').length).toBeGreaterThan(2 * rules.length);
});

test('JSON that is laid out is the same JSON, and each token is found again', () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.integer({ min: 1, max: 60 }), (value, width) => {
      const json = JSON.stringify(value);
      const { text, moved } = layOutJson(json, width);
      expect(JSON.parse(text)).toEqual(JSON.parse(json));
      for (const { index, 0: token } of json.matchAll(/"(?:[^"\\]|\\.)*"|[{}[\],:]|[\w.+-]+/gu)) {
        expect(text.slice(moved(index), moved(index) + token.length)).toBe(token);
      }
    }),
  );
});

test("text that isn't JSON stays unchanged", () => {
  expect(layOutJson('{ "a": [1, 2 } }', 3).text).toBe('{ "a": [1, 2 } }');
});
