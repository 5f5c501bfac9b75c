import { win32 } from 'node:path';
import { assert, property, string } from 'fast-check';
import { expect, test } from 'vitest';
import { devicePath, isDeviceName, isPortableName } from '../../../src/io/fs/portable-name.ts';

test.each(['NUL', 'nul.txt', 'CON', 'COM1', 'COM1 .txt', 'AUX .NET', 'lpt9.', 'COM¹', 'CONIN$', 'NUL:'])(
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

test.each([
  ['NUL', 'NUL'],
  ['C:NUL', 'NUL'],
  [String.raw`.\con`, 'con'],
  [String.raw`C:\work\nul:`, 'nul'],
  ['C:/work/LPT1 ', 'LPT1'],
  ['//./NUL/', 'NUL'],
])('the path %s means the device %s', (path, name) => {
  expect(devicePath(path)).toBe(`\\\\.\\${name}`);
});

test.each(['nul.txt', 'COM1 .txt', String.raw`NUL\a.txt`, 'NULL', 'a:NUL.json', String.raw`C:\work`, ''])(
  'the path %j means no device',
  (path) => {
    expect(devicePath(path)).toBeUndefined();
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
