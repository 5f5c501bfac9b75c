import { win32 } from 'node:path';
import { assert, property, string } from 'fast-check';
import { expect, test } from 'vitest';
import { isDeviceName, isPortableName } from '../../../src/io/fs/portable-name.ts';

test.each(['NUL', 'nul.txt', 'CON', 'COM1', 'COM1 .txt', 'AUX .NET', 'lpt9.', 'COM¹', 'CONIN$'])(
  '%s is a device',
  (name) => {
    expect(isDeviceName(name)).toBe(true);
    expect(isPortableName(name)).toBe(false);
  },
);

test.each(['Console', 'NULL', 'COM', 'COM10', 'my.nul', 'a NUL', 'AUX-1', 'icon.png', '.gitignore', 'Ä 日本'])(
  '%s is a name everywhere',
  (name) => {
    expect(isDeviceName(name)).toBe(false);
    expect(isPortableName(name)).toBe(true);
  },
);

test.each(['a.', 'a ', 'file.txt:stream', 'a?', 'a*b', 'tab\t', 'a|b', '"a"'])('%j is no name on Windows', (name) => {
  expect(isPortableName(name)).toBe(false);
});

test('a portable name with a folder before it stays what it is', () => {
  assert(
    property(
      string({ minLength: 1 }).filter((name) => isPortableName(name) && !/[/\\]/u.test(name)),
      (name) => {
        expect(win32.basename(win32.join('C:\\folder', name))).toBe(name);
      },
    ),
  );
});
