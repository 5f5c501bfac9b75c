import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { folderKey, folderName, folderNames } from '../../src/connector/folder-name.ts';

describe('the folder of a display name', () => {
  test.each([
    ['Contoso Pets', 'Contoso Pets'],
    ['Zahlungen für Müller', 'Zahlungen für Müller'],
    ['漢字', '漢字'],
    ['a/b\\c:d*e?f"g<h>i|j', 'a-b-c-d-e-f-g-h-i-j'],
    ['../../etc/passwd', 'etc-passwd'],
    ['..', ''],
    ['.hidden', 'hidden'],
    ['--force', 'force'],
    ['trailing. . ', 'trailing'],
    ['CON', '_CON'],
    ['nul.txt', '_nul.txt'],
    ['COM1 .txt', '_COM1 .txt'],
    ['AUX .NET', '_AUX .NET'],
    ['name:stream', 'name-stream'],
    ['COM¹', '_COM¹'],
    ['Console', 'Console'],
    ['node_modules', '_node_modules'],
    ['one\u0000two\u001b[31m', 'one-two-[31m'],
    ['left\u202eright', 'left-right'],
    ['two  \n lines', 'two - lines'],
    ['x'.repeat(300), 'x'.repeat(100)],
    ['Mu\u0308ller', 'Müller'],
  ])('%j is %j', (displayName, expected) => {
    expect(folderName(displayName)).toBe(expected);
  });

  test('is a single path segment on every system, for any name', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (displayName) => {
        const name = folderName(displayName);
        expect(name).not.toMatch(/[\\/:*?"<>|\p{Cc}]|^[.\s-]|[.\s]$/u);
        expect(name).not.toMatch(/^(?:con|prn|aux|nul|com\d|lpt\d) *(?:\.|$)/iu);
        expect(Buffer.byteLength(name)).toBeLessThanOrEqual(101);
      }),
    );
  });
});

describe('the folders of several things', () => {
  const pets = { id: 'shared_pets-5f00112233aabbccdd', displayName: 'Pets' };
  const others = { id: 'shared_pets-5f44556677eeff0011', displayName: 'PETS' };

  test('have the ends of their IDs if they differ only by case', () => {
    expect([...folderNames([pets, others], []).values()]).toEqual(['Pets aabbccdd', 'PETS eeff0011']);
  });

  test('do not depend on the order of the things', () => {
    expect(folderNames([others, pets], [])).toEqual(folderNames([pets, others], []));
  });

  test('keep existing folders', () => {
    expect(folderNames([pets], ['pets']).get(pets.id)).toBe('Pets aabbccdd');
    expect(folderNames([pets], ['pets', 'Pets aabbccdd']).get(pets.id)).toBe(pets.id);
    expect(folderNames([pets], ['pets', 'Pets aabbccdd', pets.id]).get(pets.id)).toBe(`${pets.id} 2`);
  });

  test('have the ID as name if nothing of the name is usable', () => {
    expect(folderNames([{ id: 'shared_x', displayName: '...' }], []).get('shared_x')).toBe('shared_x');
    expect(folderNames([{ id: '../..', displayName: '/' }], []).get('../..')).toBe('connector');
  });

  test('are never the same folder to any file system', () => {
    const name = fc.oneof(fc.constantFrom('a', 'A', 'a ', 'á', 'a\u0301', '..', 'CON', '_con', '/'), fc.string());
    const things = fc.uniqueArray(fc.record({ id: fc.string(), displayName: name }), { selector: ({ id }) => id });
    fc.assert(
      fc.property(things, fc.array(name), (named, taken) => {
        const names = [...folderNames(named, taken).values()];
        expect(names).toHaveLength(named.length);
        const keys = [...names, ...new Set(taken.map(folderKey))].map(folderKey);
        expect(new Set(keys).size).toBe(keys.length);
      }),
    );
  });
});
