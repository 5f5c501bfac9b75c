import { expect, test } from 'vitest';
import { unifiedDiff } from '../../src/output/unified-diff.ts';

test('a change of what may be a secret is shown without it', () => {
  const text = (value: string): string => `{\n  // the client secret for prod: ${value}\n  "a": 1\n}\n`;
  const diff = unifiedDiff([{ name: 'apiProperties.json', before: text('hush1'), after: text('hush2') }]);
  const line = '  // the client secret *** ***** *****';
  expect(diff.split('\n').slice(2)).toEqual(['@@ -1,4 +1,4 @@', ' {', `-${line}`, `+${line}`, '   "a": 1', ' }']);
});

test('a secret over several lines takes as many', () => {
  const before = '{\n  "clientSecret": "hu\nsh\n",\n  "a": 1\n}\n';
  const diff = unifiedDiff([{ name: 'apiProperties.json', before, after: before.replace('1', '2') }]);
  expect(diff).not.toMatch(/hu|sh/u);
  expect(diff).toContain('@@ -1,6 +1,6 @@');
});
