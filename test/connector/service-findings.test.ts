import { describe, expect, test } from 'vitest';
import { findingsText, hasErrors } from '../../src/connector/service-findings.ts';

describe('what a validation answered, as text for people', () => {
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
  ])('%s', (_what, answer, text) => {
    expect(findingsText(answer)).toBe(text);
  });
});

describe('findings that hold errors', () => {
  test.each([
    'Error: no host',
    'Warning: one\nError: two',
    ' - error : indented',
    'CRITICAL: everything',
    'something nobody understands',
    'the word warning in the middle',
    'Warnings: not a level',
  ])('%j', (text) => {
    expect(hasErrors(text)).toBe(true);
  });

  test.each(['Warning: one', 'warning one\n  - WARNING: two', 'Warning: an error may follow\nof this kind'])(
    'but not in %j',
    (text) => {
      expect(hasErrors(text)).toBe(false);
    },
  );
});
