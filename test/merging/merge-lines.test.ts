import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { mergeLines } from '../../src/merging/merge-lines.ts';

describe('lines', () => {
  test.each([
    ['of both sides', 'a\nb\nc\nd\n', 'A\nb\nc\nd\n', 'a\nb\nc\nD\n', 'A\nb\nc\nD\n'],
    ['that are the same on both sides', 'a\n', 'b\n', 'b\n', 'b\n'],
    ['that end otherwise there', 'a\nb\n', 'a\r\nb\r\n', 'a\nb\nc\n', 'a\r\nb\r\nc\r\n'],
    ['of which one ends otherwise', 'a\nb\nc\n', 'a\r\nb\nc\n', 'a\nb\nd\n', 'a\nb\nd\n'],
    ['that only end otherwise', 'a\nb\n', 'a\nb\n', 'a\r\nb\r\n', 'a\nb\n'],
    ['with a byte order mark', '\uFEFFa\nb\n', '\uFEFFa\nb\n', '\uFEFFa\nB\n', '\uFEFFa\nB\n'],
    [
      'with names of objects in JavaScript',
      'constructor\n',
      'constructor\n__proto__\n',
      'toString\nconstructor\n',
      'toString\nconstructor\n__proto__\n',
    ],
  ])('%s', (_what, base, ours, theirs, merged) => {
    expect(mergeLines({ base, ours, theirs })).toEqual({ text: merged, conflicts: [] });
  });

  test('in conflict are between conflict markers, or resolved', () => {
    const versions = { base: 'a\nb\nc\n', ours: 'a\nmine\nc\n', theirs: 'a\ntheirs\nand more\nc\n' };
    const conflicts = [{ line: 2, ours: ['mine'], theirs: ['theirs', 'and more'] }];
    const marked = 'a\n<<<<<<< local\nmine\n=======\ntheirs\nand more\n>>>>>>> environment\nc\n';
    expect(mergeLines(versions)).toEqual({ text: marked, conflicts });
    expect(mergeLines(versions, 'ours')).toEqual({ text: versions.ours, conflicts });
    expect(mergeLines(versions, 'theirs')).toEqual({ text: versions.theirs, conflicts });
  });
});

describe('a merge of lines', () => {
  const text = fc.array(fc.constantFrom('a', 'b', 'c', ''), { maxLength: 6 }).map((lines) => lines.join('\n'));

  test('of sides that are the same, or of which one has changed nothing, is the other one', () => {
    fc.assert(
      fc.property(text, text, (base, side) => {
        expect(mergeLines({ base, ours: side, theirs: side })).toEqual({ text: side, conflicts: [] });
        expect(mergeLines({ base, ours: side, theirs: base })).toEqual({ text: side, conflicts: [] });
        expect(mergeLines({ base, ours: base, theirs: side })).toEqual({ text: side, conflicts: [] });
      }),
    );
  });

  test('loses no line that a side has added without a conflict', () => {
    const withAdded = (mark: string): fc.Arbitrary<readonly string[]> =>
      fc
        .subarray(['1', '2', '3', '4', '5'])
        .map((places) =>
          ['1', '2', '3', '4', '5'].flatMap((line) => (places.includes(line) ? [line, `${mark}${line}`] : [line])),
        );
    fc.assert(
      fc.property(withAdded('o'), withAdded('t'), (ours, theirs) => {
        const merged = mergeLines({ base: '1\n2\n3\n4\n5', ours: ours.join('\n'), theirs: theirs.join('\n') });
        expect(merged.text.split('\n')).toEqual(expect.arrayContaining([...ours, ...theirs]));
      }),
    );
  });
});
