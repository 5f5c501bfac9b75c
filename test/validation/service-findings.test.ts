import { describe, expect, test } from 'vitest';
import { parseFindings } from '../../src/connector/service-findings.ts';
import type { Finding } from '../../src/validation/engine/finding.ts';
import { JsonFile } from '../../src/validation/engine/json-file.ts';
import { mergeFindings, placeFindings } from '../../src/validation/engine/service-findings.ts';

const text = '{\r\n  "info": { "title": "T" },\r\n  "paths": { "/a": { "get": {} } }\r\n}';
const file = new JsonFile('d.json', new TextEncoder().encode(`\uFEFF${text}`));

function placed(line: string) {
  const answer = parseFindings(line);
  return { answer, findings: placeFindings(answer, file) };
}

test.each([
  ['a value', 'Error : info/title : Bad.', [2, 22, 2, 25], '/info/title'],
  ['an absent member', 'Error : paths/~1a/get/summary : Bad.', [3, 29, 3, 30], '/paths/~1a/get'],
  ['nothing that exists', 'Error : nowhere/at/all : Bad.', [1, 1, 1, 2], ''],
])('the place of %s', (_what, line, [startLine, column, endLine, endColumn], pointer) => {
  const [finding] = placed(line).findings;
  expect(finding).toMatchObject({ line: startLine, column, endLine, endColumn, pointer, rule: 'service' });
});

test.each([
  ['Error : definitions/Gone : Bad.', '/definitions/Gone: Bad.'],
  ['Error : info/contact : The contact is missing.', 'The contact is missing.'],
])('of a place that is not in the file, the words say where it is: %s', (line, message) => {
  expect(placed(line).findings.map((finding) => finding.message)).toEqual([message]);
});

test('the policy that the service names', () => {
  const [finding] = placed('5000.2.2.1:Too long. Path: info/title Value: T||##||').findings;
  expect(finding).toMatchObject({ pointer: '/info/title', policy: '5000.2.2.1', message: 'Too long.' });
});

describe('problems of service and rules', () => {
  const own = (message: string, pointer: string, line: number, column: number): Finding => ({
    file: 'd.json',
    line,
    column,
    endLine: line,
    endColumn: column + 1,
    rule: 'rule',
    level: 'warning',
    message,
    pointer,
    url: '',
  });
  const summary = own("The 'summary' property is required.", '/paths/~1a/get', 3, 29);

  test.each([
    'Error : paths/~1a/get/summary : The operation has no summary property.',
    'Error : paths/~1a/get : Property summary is required.',
  ])('is said once, at the worse level: %s', (line) => {
    const { answer, findings } = placed(line);
    const merged = mergeFindings([summary], findings, file, answer.findings);
    expect(merged).toEqual([{ ...summary, level: 'error' }]);
  });

  test.each(['Error : paths/~1a/get : The operation needs an ID.', 'Error : info : The summary property is required.'])(
    'is not %s',
    (line) => {
      const { answer, findings } = placed(line);
      expect(mergeFindings([summary], findings, file, answer.findings)).toHaveLength(2);
    },
  );

  test('is in the order of the places, file by file', () => {
    const other = { ...own('Other.', '', 9, 9), file: 'p.json' };
    const { answer, findings } = placed('Error : info : Bad.\nWarning : paths : Worse.');
    const merged = mergeFindings([summary, other], findings, file, answer.findings);
    expect(merged.map(({ message }) => message)).toEqual(['Bad.', 'Worse.', summary.message, 'Other.']);
  });
});
