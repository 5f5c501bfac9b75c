import { posix, win32 } from 'node:path';
import { array, assert, constantFrom, property, stringMatching } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isInside } from '../../../src/io/fs/is-inside.ts';
import { portable } from '../../../src/settings/settings-file.ts';

const systems = [
  { name: 'win32', system: win32, root: 'C:\\' },
  { name: 'posix', system: posix, root: '/' },
];

const part = stringMatching(/^[a-z. ]{0,3}[a-z]$/u);
const parts = array(part, { maxLength: 4 });
/** With steps up. */
const stepDepths = new Map([
  ['..', -1],
  ['.', 0],
]);
const way = array(constantFrom('..', '.', 'a', '..a', 'a..'), { maxLength: 5 });

describe.each(systems)('on $name', ({ system, root }) => {
  test('a folder and everything below it is inside; its parents and siblings are not', () => {
    assert(
      property(parts, parts, part, (folder, below, sibling) => {
        const path = system.join(root, 'base', ...folder);
        expect(isInside(path, system.join(path, ...below), system)).toBe(true);
        expect(isInside(path, system.dirname(path), system)).toBe(false);
        expect(isInside(path, `${path}${sibling}`, system)).toBe(false);
      }),
    );
  });

  test('a way with steps up is inside as long as none leads out in the end', () => {
    assert(
      property(way, (steps) => {
        const folder = system.join(root, 'x', 'y');
        let depth = 0;
        let lowest = 0;
        for (const step of steps) {
          depth += stepDepths.get(step) ?? 1;
          lowest = Math.min(lowest, depth);
        }
        // Back into it only by its name, which no step is.
        expect(isInside(folder, system.resolve(folder, ...steps), system)).toBe(lowest === 0);
      }),
    );
  });

  test('a path for a settings file leads to the same place, on every system', () => {
    assert(
      property(parts, (names) => {
        const path = system.join('.', ...names);
        const written = portable(path, system);
        expect(written).not.toContain('\\');
        expect(system.normalize(written)).toBe(path);
        expect(written).toBe(posix.join('.', ...names));
      }),
    );
  });
});

test('another drive is outside', () => {
  expect(isInside('C:\\a', 'D:\\a', win32)).toBe(false);
  expect(isInside('C:\\a', '\\\\server\\share\\a', win32)).toBe(false);
});

test('on Windows the case of letters is no difference', () => {
  expect(isInside('C:\\Connectors', 'c:\\connectors\\A', win32)).toBe(true);
  expect(isInside('/Connectors', '/connectors/a', posix)).toBe(false);
});
