import { expect, test } from 'vitest';
import type { CheckedConnector } from '../../src/output/report.ts';
import { summaryOf } from '../../src/output/report.ts';
import { findingsText } from '../../src/output/text.ts';
import { widthOf } from '../../src/io/terminal/width.ts';
import type { Finding } from '../../src/validation/engine/finding.ts';
import { SourceFile } from '../../src/validation/engine/source-file.ts';

const file = 'apiDefinition.swagger.json';
const text = `{\n${'  "swagger": "2", "host": "a very long line that no terminal shows whole, whatever its width is",\n'.repeat(120)}}`;

function finding(more: Partial<Finding> & Pick<Finding, 'line' | 'message' | 'rule'>): Finding {
  const place = { file, column: 14, endLine: more.line, endColumn: 17, pointer: '', url: '' };
  return { ...place, level: 'error', ...more };
}

const findings = [
  finding({
    line: 2,
    message: '\'swagger\' must be the string "2.0".',
    rule: 'swagger-version',
    hint: 'Change it to "2.0".',
  }),
  finding({
    line: 41,
    column: 9,
    level: 'warning',
    message: 'The operation needs a description.',
    rule: 'operation-description',
    hint: 'Describe what the operation does, for people who choose it in a flow and have not seen the API before.',
  }),
  finding({
    line: 101,
    level: 'info',
    message: 'A shorter one.',
    rule: 'a-rule-with-a-name-of-more-than-enough-letters',
    policy: '5000.2.3.6',
  }),
];

function shown(columns: number | undefined, of: readonly Finding[] = findings): readonly string[] {
  const texts = new Map([[file, new SourceFile(file, text, text.length)]]);
  const connector: CheckedConnector = { shown: file, files: 1, inputs: [], findings: of, ignored: 0, texts };
  const fix = 'paconn validate connectors/contoso --offline --ignore title-generic --fix';
  const summary = { ...summaryOf([connector]), fixable: 1 };
  return findingsText([connector], summary, {
    terminal: { columns: columns ?? 120, hasLineEnd: columns !== undefined },
    fix,
  })
    .map((piece) => piece.text)
    .join('')
    .split('\n');
}

test.each([40, 45, 60, 80, 120, 200])('in a terminal of %s columns no line wraps', (columns) => {
  // A command is one line, so that it can be copied.
  const lines = shown(columns).filter((line) => !line.startsWith('  paconn'));
  expect(lines.filter((line) => widthOf(line) > columns)).toEqual([]);
});

test('rules are in one column, and are cut where there is no room for them', () => {
  const lines = shown(80);
  expect(lines.filter((line) => /^ +\d+:\d+ /u.test(line))).toEqual([
    '    2:14  error    \'swagger\' must be the string "2.0".  swagger-version',
    '   41:9   warning  The operation needs a description.   operation-description',
    '  101:14  info     A shorter one.                       a-rule-with-a-name-of-m…',
  ]);
  expect(lines).toContain('3 problems (1 error, 1 warning, 1 info) in 1 file. Fix 1 with:');
});

test('excerpts and what to do are in one column, whatever the number of the line', () => {
  const lines = shown(80);
  expect(new Set(lines.flatMap((line) => / \| /u.exec(line)?.index ?? []))).toEqual(new Set([7]));
  expect(lines).toContain('          Change it to "2.0".');
});

test('in a narrow terminal a rule is below its message', () => {
  expect(shown(44, findings.slice(1, 2)).slice(1, 4)).toEqual([
    '  41:9  warning  The operation needs a',
    '                 description.',
    '                 operation-description',
  ]);
});

test('in a pipe nothing is cut', () => {
  expect(shown(undefined)).toContain(
    '  101:14  info     A shorter one.  a-rule-with-a-name-of-more-than-enough-letters  5000.2.3.6',
  );
});
