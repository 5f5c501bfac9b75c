import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { checkConnector, neverSent } from '../../src/validation/check.ts';
import { readExample } from '../../src/validation/engine/example.ts';
import type { Finding } from '../../src/validation/engine/finding.ts';
import type { Example, Rule } from '../../src/validation/engine/rule.ts';
import { rules, rulesById } from '../../src/validation/rules.ts';
import { evidence } from '../../src/validation/knowledge/sources.ts';
import { SourceFile } from '../../src/validation/engine/source-file.ts';

const everything = { certification: true, info: true } as const;

function findingsOf(rule: Rule, example: Example): readonly Finding[] {
  return checkConnector(readExample(example).source, everything).filter((finding) => finding.rule === rule.id);
}

test('each rule has a unique ID', () => {
  expect(rulesById.size).toBe(rules.length);
});

test('the ID of each rule starts with the name of its file', () => {
  const directory = fileURLToPath(new URL('../../src/validation/rules/', import.meta.url));
  const files = readdirSync(directory).map((file) => file.replace(/\.ts$/u, ''));
  const ids = files.flatMap((file) => {
    const text = readFileSync(`${directory}${file}.ts`, 'utf8');
    return [...text.matchAll(/^ {4}id: '(?<id>[^']+)'/gmu)].map(({ groups }) => ({ id: groups?.['id'] ?? '', file }));
  });
  expect(ids.map(({ id }) => id).toSorted()).toEqual([...rulesById.keys()].toSorted());
  // Of two names that fit, such as `parameter` and `parameter-sets`, the longer one.
  const nameFor = (id: string): string =>
    files.filter((file) => id.startsWith(file)).reduce((one, other) => (other.length > one.length ? other : one), '');
  expect(ids.filter(({ id, file }) => file !== nameFor(id))).toEqual([]);
});

test('each error rests on a source that shows that the service refuses it, or on a file that is broken', () => {
  const unfounded = rules.filter(
    ({ id, level, sources }) =>
      level === 'error' && !neverSent.has(id) && !sources.some((key) => evidence[key] !== undefined),
  );
  expect(unfounded.map(({ id }) => id)).toEqual([]);
});

describe.each(rules.map((rule) => [rule.id, rule] as const))('%s', (_id, rule) => {
  test.each(rule.good)('finds nothing in good example %#', (good) => {
    expect(findingsOf(rule, good)).toEqual([]);
  });

  test.each(rule.bad)('finds in bad example %# what is marked, and no more', (bad) => {
    const found = findingsOf(rule, bad);
    expect(found.length).toBeGreaterThan(0);
    const { source, marks } = readExample(bad);
    if (marks.length === 0) return;
    const texts = [source.definition, source.properties, source.script, source.settings, source.environments].map(
      (file) => new SourceFile(file?.name ?? '', new TextDecoder().decode(file?.bytes), 0),
    );
    const expected = marks.map(({ file, start, end }) => {
      const text = texts.find(({ name }) => name === file);
      const last = text?.positionAt(end);
      return { file, ...text?.positionAt(start), endLine: last?.line, endColumn: last?.column };
    });
    const shown = found.map(({ file, line, column, endLine, endColumn }) => ({
      file,
      line,
      column,
      endLine,
      endColumn,
    }));
    expect(new Set(shown.map((location) => JSON.stringify(location)))).toEqual(
      new Set(expected.map((location) => JSON.stringify(location))),
    );
  });

  test('fills all placeholders of its message and hint', () => {
    for (const { message, hint } of rule.bad.flatMap((bad) => findingsOf(rule, bad)))
      expect(`${message} ${hint ?? ''}`).not.toMatch(/\{\w+\}/u);
  });
});
