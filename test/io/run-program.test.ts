import { expect, test } from 'vitest';
import { windowsPrograms } from '../../src/io/run-program.ts';

test('on Windows a program is looked for in each folder of PATH, by each ending that programs have', () => {
  const variables = { PATH: String.raw`C:\Windows;;"C:\Program Files\az\wbin"`, PATHEXT: '.EXE;.CMD' };
  expect(windowsPrograms('az', variables)).toEqual([
    String.raw`C:\Windows\az.EXE`,
    String.raw`C:\Windows\az.CMD`,
    String.raw`C:\Program Files\az\wbin\az.EXE`,
    String.raw`C:\Program Files\az\wbin\az.CMD`,
  ]);
  expect(windowsPrograms('az', { Path: String.raw`C:\az` })).toContain(String.raw`C:\az\az.CMD`);
  expect(windowsPrograms('az', {})).toEqual([]);
});
