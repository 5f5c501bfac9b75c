import { describe, expect, test } from 'vitest';
import { findingsInRefusal, parseFindings } from '../../src/connector/service-findings.ts';
import type { Finding } from '../../src/validation/engine/finding.ts';
import { JsonFile } from '../../src/validation/json-file.ts';
import { mergeFindings, placeFindings } from '../../src/validation/engine/service-findings.ts';

describe('a line of the service', () => {
  test.each([
    ['Error : paths/~1items/get : Bad.', 'error', '/paths/~1items/get', 'Bad.'],
    ['Warning : info : Too short: 3 : 30.', 'warning', '/info', 'Too short: 3 : 30.'],
    ['Critical, Error : #/info/title : Bad.', 'error', '/info/title', 'Bad.'],
    ['- Information : definitions/My Pet : Fine.', 'info', '/definitions/My Pet', 'Fine.'],
    ['error: No place at all.', 'error', '', 'No place at all.'],
  ])('%s', (line, level, pointer, message) => {
    expect(parseFindings(line)).toEqual({ findings: [{ level, pointer, message }], rest: '' });
  });

  test('that is not understood stays as it came', () => {
    expect(parseFindings('Odd.\n  Very odd.\n\nError : info : Bad.')).toEqual({
      findings: [{ level: 'error', pointer: '/info', message: 'Bad.' }],
      rest: 'Odd.\n  Very odd.',
    });
  });
});

test.each([
  ["Specified swagger has the following errors: 'Definition is not valid. Error: 'Error : info : Bad.''.", ['/info']],
  [
    "… 'Definition is not valid. Error: 'Error : info : Bad.\r\nCritical, Error : paths : It's bad.''.",
    ['/info', '/paths'],
  ],
  ["Definition is not valid. Error: 'What?'", []],
  ['Slow down.', []],
])('the refusal %j', (message, pointers) => {
  expect(findingsInRefusal(message).map(({ pointer }) => pointer)).toEqual(pointers);
});

const text = '{\r\n  "info": { "title": "T" },\r\n  "paths": { "/a": { "get": {} } }\r\n}';
const file = new JsonFile('d.json', new TextEncoder().encode(`\uFEFF${text}`));

function placed(line: string) {
  const answer = parseFindings(line);
  return { answer, findings: placeFindings(answer, file, true) };
}

test.each([
  ['a value', 'Error : info/title : Bad.', [2, 22, 2, 25], '/info/title'],
  ['an absent member', 'Error : paths/~1a/get/summary : Bad.', [3, 29, 3, 30], '/paths/~1a/get'],
  ['nothing that exists', 'Error : nowhere/at/all : Bad.', [1, 1, 1, 2], ''],
])('the place of %s', (_what, line, [startLine, column, endLine, endColumn], pointer) => {
  const [finding] = placed(line).findings;
  expect(finding).toMatchObject({ line: startLine, column, endLine, endColumn, pointer, rule: 'service' });
});

describe('what both say', () => {
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
