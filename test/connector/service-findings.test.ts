import { describe, expect, test } from 'vitest';
import { findingsInRefusal, serviceFindingsText, parseFindings } from '../../src/connector/service-findings.ts';

describe('the response of a validation as text', () => {
  test.each([
    ['nothing', '', ''],
    ['an empty JSON text', '""', ''],
    ['white space alone', ' \r\n ', ''],
    ['quotes around it', '"Error: no host"', 'Error: no host'],
    ['escaped line ends', '"Error: one\\r\\nWarning: two\\r\\n"', 'Error: one\nWarning: two'],
    ['real line ends', 'Error: one\r\nWarning: two\r\n', 'Error: one\nWarning: two'],
    ['quotes inside that stay', 'Error: "host" is missing', 'Error: "host" is missing'],
    ['quotes around and inside', '"a "b" c"', 'a "b" c'],
    ['a lone quote', '"', '"'],
    ['a quote at one end only', 'Error: "host"', 'Error: "host"'],
    ['no text in JSON', 'null', ''],
    ['an empty list', '[]', ''],
    ['an empty object', ' {} ', ''],
  ])('%s', (_what, answer, text) => {
    expect(serviceFindingsText(answer)).toBe(text);
  });
});

function read(text: string) {
  const { findings, said, complaint } = parseFindings(text);
  return {
    findings: findings.map(({ level, pointer, message }) => `${level} ${pointer} ${message}`),
    ...(said !== '' && { said }),
    ...(complaint && { complaint: `${complaint.level}: ${complaint.text}` }),
  };
}

describe('a response without bad words has no problems, and is shown unchanged', () => {
  test.each([
    'Swagger certification succeeded.',
    'Swagger certification succeeded',
    'Something that nobody understands.\n  Over two lines.',
    'Validated with 0 errors and 0 warnings.',
    'No errors or warnings were found.',
    'No invalid references were found.',
    'There are no critical problems.',
    '0 failed, 12 passed',
    'Passed: 12, failed: 0.',
    'None failed.',
    'Your definition is error-free.',
    'The definition is free of errors.',
    'Not invalid.',
    'Errors: none',
    'Errors:\n None',
    'Errors:\n  - None.\nWarnings:\n  No warnings found.',
    'Errors (0):\nWarnings (0): None',
    'Errors: 0',
  ])('%j', (text) => {
    expect(read(text)).toEqual({ findings: [], said: text });
  });
});

test.each([
  ['The definition is invalid.', 'error'],
  ['Validation failed', 'error'],
  ['CRITICAL: everything', 'error'],
  ['There were 2 errors.', 'error'],
  ['10 failed, 2 passed', 'error'],
  ['1.0 failed', 'error'],
  ['Passed: 0, failed: 12.', 'error'],
  ['No description, and the title is invalid.', 'error'],
  ['No host and errors in the title.', 'error'],
  ['Errors: 01', 'error'],
  ['There is a warning in the middle.', 'warning'],
])('a text of no known form is as bad as its words: %j', (text, level) => {
  const levels = [...parseFindings(text).findings, parseFindings(text).complaint].map((one) => one?.level);
  expect(levels.filter(Boolean)).toEqual([level]);
});

test.each([
  ['[{"Level":"Error","Message":"Add a title.","ValuePath":"/info/title"}]', 'error', '/info/title', 'Add a title.'],
  ['[{"level":"Warning","message":"Add a title.","valuePath":"info"}]', 'warning', '/info', 'Add a title.'],
  ['[{"MESSAGE":"The title is invalid.","level":null}]', 'error', '', 'The title is invalid.'],
])('a list in JSON is read, whatever the case of its names: %j', (text, level, pointer, message) => {
  expect(parseFindings(text)).toEqual({ findings: [{ level, pointer, message }], said: '', complaint: undefined });
});

describe('a line contains its level, its place, and a message', () => {
  test.each([
    ['Error : paths/~1items/get : Bad.', 'error /paths/~1items/get Bad.'],
    ['Warning : info : Too short: 3 : 30.', 'warning /info Too short: 3 : 30.'],
    ['Critical, Error : #/info/title : Bad.', 'error /info/title Bad.'],
    ['- Information : definitions/My Pet : Fine.', 'info /definitions/My Pet Fine.'],
    ['error: No place at all.', 'error  No place at all.'],
    ["Error : The value 'a : b' is bad.", "error  The value 'a : b' is bad."],
    ['##[error]Bad. ValuePath: /paths/~1items/get', 'error /paths/~1items/get Bad.'],
    ['##[warning]Bad. ValuePath: /info.', 'warning /info Bad.'],
    ['##[error]Bad.', 'error  Bad.'],
    ['Bad. ValuePath: /info', 'warning /info Bad.'],
    ['This is invalid. ValuePath: #/info', 'error /info This is invalid.'],
    ['Bad. ValuePath: /info (line 3)', 'warning /info Bad. (line 3)'],
  ])('%s', (line, finding) => {
    expect(read(line)).toEqual({ findings: [finding] });
  });
});

describe('a heading and sections say the level of lines that have none', () => {
  test('warnings of a definition that is good', () => {
    expect(read('Swagger certification succeeded with warnings.\n\nWarnings:\n  No summary.\n  No license')).toEqual({
      findings: ['warning  No summary.', 'warning  No license'],
      said: 'Swagger certification succeeded with warnings.',
    });
  });

  test('errors and warnings of one that is not', () => {
    const text = `Swagger certification failed with errors.

Errors:
  The operation has no
  response. ValuePath: /paths/~1a/get
  - Title is bad.
Warnings:
  Critical, Error : info : Levels of lines win.
  Too short
    by ten characters.
  ValuePath: /info/title`;
    expect(read(text)).toEqual({
      findings: [
        'error /paths/~1a/get The operation has no response.',
        'error  Title is bad.',
        'error /info Levels of lines win.',
        'warning /info/title Too short by ten characters.',
      ],
    });
  });

  test('sections may have the number of their lines', () => {
    const text = 'Errors (1): No host.\nWarnings (2):\n  Too short.\n  No license.';
    expect(read(text).findings).toEqual(['error  No host.', 'warning  Too short.', 'warning  No license.']);
  });

  test.each([
    'Warnings: 2',
    'Warnings (2):',
    'Warnings (2)',
    '2 Warnings:',
    'Warnings 2:',
    'WARNINGS:',
    'warnings :',
    'Warnings(1)',
  ])('whatever the form of its number: %s', (section) => {
    const text = `Swagger certification failed with errors.\nErrors: 1\nA ValuePath: /info\n${section}\nB ValuePath: /info/title`;
    expect(read(text)).toEqual({ findings: ['error /info A', 'warning /info/title B'] });
  });

  test('a line that is further in goes on with the finding before it, also behind its place', () => {
    const text = 'Errors:\nOne ValuePath: /info\n  goes on.\n  Two ValuePath: /host\nThree';
    expect(read(text).findings).toEqual(['error /info One goes on.', 'error /host Two', 'error  Three']);
  });

  test('a section with none has no finding, and the others keep theirs', () => {
    const text = 'Swagger certification succeeded with warnings.\nErrors: none\nWarnings:\n  No license.';
    expect(read(text)).toEqual({
      findings: ['warning  No license.'],
      said: 'Swagger certification succeeded with warnings.',
    });
    expect(read('Swagger certification failed with errors.\nErrors: none').complaint).toBe(
      'error: Swagger certification failed with errors.',
    );
  });

  test('without sections it is the heading', () => {
    expect(read('Swagger certification failed with errors.\nNo host.')).toEqual({ findings: ['error  No host.'] });
    expect(read('Swagger certification succeeded with warnings.\nNo host.').findings).toEqual(['warning  No host.']);
    expect(read('Swagger certification succeeded.\nBy the way.')).toEqual({
      findings: [],
      said: 'Swagger certification succeeded.\nBy the way.',
    });
  });

  test('the heading stays if there is no reason', () => {
    expect(read('Swagger certification failed with errors.')).toEqual({
      findings: [],
      complaint: 'error: Swagger certification failed with errors.',
    });
    expect(read('Swagger certification failed with errors.\nWarning : info : Short.')).toEqual({
      findings: ['warning /info Short.'],
      complaint: 'error: Swagger certification failed with errors.',
    });
  });

  test.each([
    'Swagger certification failed with errors. Please validate again after fixing following errors: ',
    'Swagger certification failed with errors.\nPlease validate again after fixing following errors:\n\n',
    'Swagger certification failed with errors. ',
    'Swagger certification failed ',
    'Swagger certification failed with errors:\n',
  ])('what is glued behind it is a finding of its own: %j', (glued) => {
    expect(read(`${glued}Error : info : The 'contact' property is required.\nError : No metadata.`)).toEqual({
      findings: ["error /info The 'contact' property is required.", 'error  No metadata.'],
    });
    expect(read(`${glued}No contact. ValuePath: /info`)).toEqual({
      findings: [expect.stringMatching(/^error \/info .*No contact\.$/u)],
    });
  });
});

describe('a finding with the code of a policy has it, its place, and its message', () => {
  const entries =
    '5000.2.6.2:The x-ms-summary property is required. Path: paths/~1pets/get/parameters/0 Value: x-ms-summary||##||5000.2.2.1:Title: too long Path: info/title Value: a: b||##||';
  const findings = [
    {
      level: 'error',
      policy: '5000.2.6.2',
      pointer: '/paths/~1pets/get/parameters/0',
      message: 'The x-ms-summary property is required.',
    },
    { level: 'error', policy: '5000.2.2.1', pointer: '/info/title', message: 'Title: too long' },
  ];

  test.each([
    ['alone', entries],
    ['without the last mark', entries.replace(/\|\|##\|\|$/u, '')],
    ['behind a sentence', `Swagger certification failed with errors.\n${entries}`],
    ['glued to a sentence', `Swagger certification failed with errors. ${entries}`],
    [
      'on several lines',
      entries.replace('property', '\n\nproperty').replace('a: b', 'a:\nb').replace('||##||', ' ||##||\n'),
    ],
  ])('%s', (_what, text) => {
    expect(parseFindings(text)).toEqual({ findings, said: '', complaint: undefined });
    expect(findingsInRefusal(undefined, text)?.findings).toEqual(findings);
  });

  test('with a place that has spaces, or none', () => {
    const text = '5000.2.6.2:Bad. Path: definitions/My Pet Value: type||##||5000.2.1.1:No color.';
    expect(parseFindings(text).findings).toEqual([
      { level: 'error', policy: '5000.2.6.2', pointer: '/definitions/My Pet', message: 'Bad.' },
      { level: 'error', policy: '5000.2.1.1', pointer: '', message: 'No color.' },
    ]);
  });

  test('in the words of a review', () => {
    const text =
      'Policy Code: 5000.2.6.2\nMessage: The summary is required.\n\nPolicy Code: 5000.2.2.1\nMessage: Too long.';
    const expected = [
      { level: 'error', policy: '5000.2.6.2', pointer: '', message: 'The summary is required.' },
      { level: 'error', policy: '5000.2.2.1', pointer: '', message: 'Too long.' },
    ];
    expect(parseFindings(text).findings).toEqual(expected);
    expect(findingsInRefusal(undefined, text)?.findings).toEqual(expected);
  });

  test('beside findings of other forms, at the level of its section', () => {
    const text = `Swagger certification failed with errors.\nErrors:\nNo host. ValuePath: /host\nWarnings:\n${entries}Warning : info : Short.`;
    expect(read(text).findings).toEqual([
      'error /host No host.',
      'warning /paths/~1pets/get/parameters/0 The x-ms-summary property is required.',
      'warning /info/title Title: too long',
      'warning /info Short.',
    ]);
  });
});

describe('a refusal', () => {
  test.each<[code: string | undefined, message: string, pointers: readonly string[]]>([
    [
      undefined,
      "Specified swagger has the following errors: 'Definition is not valid. Error: 'Error : info : Bad.''.",
      ['/info'],
    ],
    [
      'ApiResourceSwaggerInvalid',
      "… 'Definition is not valid. Error: 'Error : info : Bad.\r\nCritical, Error : paths : It's bad.''.",
      ['/info', '/paths'],
    ],
    ['SwaggerCertificationFailedWithErrors', 'Error : info : Bad.\r\nNo host. ValuePath: /host', ['/info', '/host']],
    ['Other', 'Swagger certification failed with errors. Error : info : Bad.', ['/info']],
  ])('of a definition has findings: %s, %j', (code, message, pointers) => {
    expect(findingsInRefusal(code, message)?.findings.map(({ pointer }) => pointer)).toEqual(pointers);
  });

  test('of a definition is an error in any case', () => {
    for (const message of ['Warning : info : Bad.', 'Nothing bad.']) {
      expect(findingsInRefusal('ApiResourceSwaggerInvalid', message)?.complaint).toEqual({
        level: 'error',
        text: message,
      });
    }
  });

  test('for another reason has none', () => {
    expect(findingsInRefusal('TooManyRequests', 'Slow down.')).toBeUndefined();
  });
});
