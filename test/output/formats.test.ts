import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import draft04 from 'ajv-draft-04';
import formats from 'ajv-formats';
import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { findingsGithub } from '../../src/output/github.ts';
import { findingsResult } from '../../src/output/findings-result.ts';
import { type CheckedConnector, summaryOf } from '../../src/output/report.ts';
import { findingsSarif } from '../../src/output/sarif.ts';
import { checkConnector } from '../../src/validation/check.ts';
import { readExample } from '../../src/validation/engine/example.ts';
import type { Finding } from '../../src/validation/engine/finding.ts';
import { rules } from '../../src/validation/rules.ts';

const finding: Finding = {
  file: 'my connector/ü,a:b.json',
  line: 2,
  column: 3,
  endLine: 2,
  endColumn: 5,
  rule: 'swagger-version',
  level: 'error',
  message: '100% "wrong"\r\nreally',
  pointer: '/a~1b',
  hint: 'Mend it: now.',
  url: 'https://example.com',
  related: [{ file: 'other.json', line: 7, column: 1, message: 'The first one is here.' }],
  fix: { start: 0, end: 1, change: { replace: '2.0' } },
};

function connectorWith(...findings: readonly Finding[]): CheckedConnector {
  return { shown: 'a.json', files: 3, inputs: [], findings, ignored: 1, texts: new Map() };
}

test('JSON has exactly the documented members', () => {
  const { hint: _hint, ...withoutHint } = finding;
  const connectors = [connectorWith(finding, { ...withoutHint, level: 'warning' })];
  const { file, line, column, endLine, endColumn, rule, level, message, pointer, hint, url } = finding;
  const shown = { file, line, column, endLine, endColumn, rule, level, message, pointer, hint, url };
  expect(findingsResult(connectors, summaryOf(connectors)).data).toEqual({
    findings: [shown, { ...shown, level: 'warning', hint: null }],
    summary: { connectors: 1, files: 3, errors: 1, warnings: 1, infos: 0, ignored: 1, fixable: 2 },
  });
});

test('SARIF keeps characters that a terminal must not get, as escapes', () => {
  const connectors = [connectorWith({ ...finding, message: 'a\u001b[31m\u009b\u202eb\u2028' })];
  const text = findingsSarif(connectors, '1.0.0');
  expect(text).toMatch(/^[\n\u0020-\u007e\u00a0-\u200d]*$/u);
  expect(JSON.stringify(JSON.parse(text))).toContain('\\u001b[31m\u009b\u202eb');
});

describe('annotations of GitHub', () => {
  test('are escaped', () => {
    expect(findingsGithub([connectorWith(finding)])).toBe(
      '::error file=my connector/ü%2Ca%3Ab.json,line=2,endLine=2,col=3,endColumn=5,title=swagger-version::100%25 "wrong"%0D%0Areally%0AMend it: now.',
    );
  });

  test('have no columns when they go over several lines, and levels of their own', () => {
    const { hint: _hint, ...other } = { ...finding, endLine: 4, level: 'info' as const, message: 'x' };
    expect(findingsGithub([connectorWith(other)])).toMatch(/^::notice file=[^,]+,line=2,endLine=4,title=[\w-]+::x$/u);
  });
});

describe('SARIF', () => {
  const path = createRequire(import.meta.url).resolve('@microsoft/jest-sarif');
  const schema: unknown = JSON.parse(
    readFileSync(new URL('schemas/sarif-2.1.0-rtm.5.json', `file://${path}`), 'utf8').replace(/^\uFEFF/u, ''),
  );
  const ajv = new draft04.default({ strict: false, allErrors: true, unicodeRegExp: false });
  formats.default(ajv);
  const isValid = ajv.compile(z.looseObject({}).parse(schema));

  function expectValid(log: unknown): void {
    isValid(log);
    expect(isValid.errors).toBeNull();
  }

  test('passes the official schema, whatever was found', () => {
    const findings = rules
      .flatMap((rule) => rule.bad)
      .flatMap((bad) => checkConnector(readExample(bad).source, { certification: true, info: true }));
    expect(new Set(findings.map((one) => one.rule)).size).toBeGreaterThan(rules.length * 0.9);
    const service = { ...finding, rule: 'service', pointer: '' };
    expectValid(JSON.parse(findingsSarif([connectorWith(...findings, finding, service)], '1.0.0')));
    expectValid(JSON.parse(findingsSarif([], '1.0.0')));
  });

  test('the schema refuses invalid reports', () => {
    expect(isValid({ version: '2.1.0', runs: [{}] })).toBe(false);
  });

  test('has rules with all about them, and places', () => {
    const { runs } = JSON.parse(findingsSarif([connectorWith(finding)], '1.2.3'));
    expect(runs).toHaveLength(1);
    expect(runs[0]).toMatchObject({
      columnKind: 'utf16CodeUnits',
      tool: {
        driver: {
          name: 'paconn',
          version: '1.2.3',
          rules: [
            {
              id: 'swagger-version',
              defaultConfiguration: { level: 'error' },
              help: { markdown: expect.stringContaining('https://') },
            },
          ],
        },
      },
      results: [
        {
          ruleId: 'swagger-version',
          ruleIndex: 0,
          level: 'error',
          locations: [
            {
              physicalLocation: {
                artifactLocation: { uri: 'my%20connector/%C3%BC%2Ca%3Ab.json' },
                region: { startLine: 2, startColumn: 3, endLine: 2, endColumn: 5 },
              },
              logicalLocations: [{ fullyQualifiedName: '/a~1b' }],
            },
          ],
          relatedLocations: [{ message: { text: 'The first one is here.' } }],
        },
      ],
    });
  });
});
